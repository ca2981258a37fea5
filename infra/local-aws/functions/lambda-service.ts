import * as z from 'zod';
import { operationsOf, serviceOf } from '../aws-input.ts';
import { AwsError, type AwsService } from '../aws-service.ts';
import { parseJson } from '../json.ts';
import type { Functions } from './functions.ts';

const define = operationsOf(({ path, detail }) => new AwsError('InvalidParameterValueException', `${path}: ${detail}`));

/** What AWS gives an account that is no longer new. */
const concurrentExecutions = 1000;

/**
 * AWS Lambda as far as an operator calls it: a function of the stack, run once, its outcome awaited, and the account's
 * limits. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export const createLambdaService = (functions: Functions): AwsService =>
  serviceOf('Lambda', {
    /** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
    GetAccountSettings: define(z.strictObject({}), () => ({
      AccountLimit: {
        ConcurrentExecutions: concurrentExecutions,
        UnreservedConcurrentExecutions: concurrentExecutions,
      },
    })),
    Invoke: define(
      z.strictObject({
        FunctionName: z.string(),
        InvocationType: z.literal('RequestResponse').optional(),
        Payload: z.string(),
      }),
      async ({ FunctionName, Payload }) => {
        const found = functions.find(FunctionName);
        if (found === undefined) {
          throw new AwsError('ResourceNotFoundException', `Function not found: ${FunctionName}`, { statusCode: 404 });
        }
        const event = Payload === '' ? {} : parseJson(Payload);
        if (event === undefined) {
          throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json');
        }
        const outcome = await found.invoke(event);
        return outcome.kind === 'result'
          ? { Payload: outcome.payload }
          : { FunctionError: 'Unhandled', Payload: JSON.stringify(outcome.error) };
      },
    ),
  });
