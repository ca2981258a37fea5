import type { InputProblem } from '../aws-input.ts';
import { AwsError } from '../aws-service.ts';

// Codes are those on the wire of the query protocol; the SDK adds `Exception` to them.
// https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html

export const invalidParameter = (what: string): AwsError =>
  new AwsError('InvalidParameter', `Invalid parameter: ${what}`);

/** What is wrong with a message attribute has its own code: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export const invalidValue = (what: string): AwsError => new AwsError('ParameterValueInvalid', what);

export const notFound = (what: string): AwsError =>
  new AwsError('NotFound', `${what} does not exist`, { statusCode: 404 });

export const notAuthorized = (what: string): AwsError =>
  new AwsError('AuthorizationError', `Not authorized to perform ${what}`, { statusCode: 403 });

export const refuseInput = ({ kind, path, detail }: InputProblem): AwsError =>
  invalidParameter(`${path} Reason: ${kind === 'missing' ? 'no value for required parameter' : detail}`);
