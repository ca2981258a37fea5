import { AwsError } from '../aws-service.ts';
import type { Need } from '../iam/required-access.ts';

/** The error with which a service tells its caller that a policy is missing. */
export const refusal = (service: string, roleArn: string, { action, resource }: Need): AwsError => {
  const message = `User: ${roleArn} is not authorized to perform: ${action} on resource: ${resource} because no policy allows the ${action} action`;
  if (service !== 'sns')
    return new AwsError('AccessDeniedException', message, { statusCode: service === 'location' ? 403 : 400 });
  // SNS has its own names, one for its own actions and one for those it asks of KMS in the caller's name,
  // https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors
  return action.startsWith('kms:')
    ? new AwsError('KMSAccessDenied', message)
    : new AwsError('AuthorizationError', message, { statusCode: 403 });
};
