import type { InputProblem } from '../aws-input.ts';
import { AwsError } from '../aws-service.ts';

type Reason = 'CannotParse' | 'FieldValidationFailed' | 'Missing' | 'Other' | 'UnknownField' | 'UnknownOperation';

/**
 * https://docs.aws.amazon.com/location/previous/APIReference/API_ForecastGeofenceEvents.html#API_ForecastGeofenceEvents_Errors
 */
export const validationException = (reason: Reason, field: string, message: string): AwsError =>
  new AwsError('ValidationException', message, {
    statusCode: 400,
    // Named as on the wire: the SDK makes `Reason` and `FieldList` of them.
    details: { reason, fieldList: [{ name: field, message }] },
  });

export const notFound = (what: string): AwsError =>
  new AwsError('ResourceNotFoundException', `${what} not found`, { statusCode: 404 });

export const conflict = (message: string): AwsError => new AwsError('ConflictException', message, { statusCode: 409 });

export const refuseInput = ({ kind, path, detail }: InputProblem): AwsError =>
  kind === 'missing'
    ? validationException('Missing', path, `${path} is required`)
    : validationException('FieldValidationFailed', path, `${path}: ${detail}`);
