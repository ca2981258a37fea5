import type { InputProblem } from '../aws-input.ts';
import { AwsError } from '../aws-service.ts';

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html

export const queueDoesNotExist = (): AwsError =>
  new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');

export const refuse = (code: string, message: string): AwsError => new AwsError(code, message);

export const refuseInput = ({ kind, path, detail }: InputProblem): AwsError =>
  kind === 'missing'
    ? refuse('MissingParameter', `The request must contain the parameter ${path}.`)
    : refuse('InvalidParameterValue', `Value for parameter ${path} is invalid. Reason: ${detail}`);
