import { answerCloudFormation } from '../../shared/adapters/cloudformation-answer.ts';
import { lambdaConcurrency } from '../../shared/adapters/lambda-concurrency.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler({ concurrency: lambdaConcurrency(), answer: answerCloudFormation });
