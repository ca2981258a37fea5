import * as z from 'zod';
import { operationsOf, serviceOf } from '../aws-input.ts';
import { AwsError, type AwsService } from '../aws-service.ts';
import { parseJson } from '../json.ts';
import type { Functions } from './functions.ts';
import type { LambdaFunction } from './lambda-function.ts';

const define = operationsOf(({ path, detail }) => new AwsError('InvalidParameterValueException', `${path}: ${detail}`));

/** What AWS gives an account that is no longer new, and how much of it no function may have for itself. */
const concurrentExecutions = 1000;
const unreservedExecutions = 100;

const find = (functions: Functions, name: string): LambdaFunction => {
  const found = functions.find(name);
  if (found) return found;
  throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, { statusCode: 404 });
};

/**
 * Reservations are kept and bounded as on AWS. They hold nothing back: one machine runs far fewer at once.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
const concurrencyOperations = (functions: Functions) => {
  const reserved = new Map<string, number>();
  const named = z.strictObject({ FunctionName: z.string() });
  const unreserved = (except?: string): number =>
    [...reserved].reduce((left, [name, count]) => (name === except ? left : left - count), concurrentExecutions);
  return {
    /** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
    GetAccountSettings: define(z.strictObject({}), () => ({
      AccountLimit: { ConcurrentExecutions: concurrentExecutions, UnreservedConcurrentExecutions: unreserved() },
    })),
    /** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html */
    GetFunctionConcurrency: define(named, ({ FunctionName }) => {
      const count = reserved.get(find(functions, FunctionName).functionName);
      return count === undefined ? {} : { ReservedConcurrentExecutions: count };
    }),
    /** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html */
    PutFunctionConcurrency: define(
      named.extend({ ReservedConcurrentExecutions: z.number().int().min(0) }),
      ({ FunctionName, ReservedConcurrentExecutions }) => {
        const { functionName } = find(functions, FunctionName);
        if (unreserved(functionName) - ReservedConcurrentExecutions < unreservedExecutions) {
          throw new AwsError(
            'InvalidParameterValueException',
            `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${unreservedExecutions}].`,
          );
        }
        reserved.set(functionName, ReservedConcurrentExecutions);
        return { ReservedConcurrentExecutions };
      },
    ),
    /** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html */
    DeleteFunctionConcurrency: define(named, ({ FunctionName }) => {
      reserved.delete(find(functions, FunctionName).functionName);
      return {};
    }),
  };
};

/**
 * AWS Lambda as far as an operator calls it: a function of the stack, run once, its outcome awaited, and the account's
 * limits. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export const createLambdaService = (functions: Functions): AwsService =>
  serviceOf('Lambda', {
    ...concurrencyOperations(functions),
    Invoke: define(
      z.strictObject({
        FunctionName: z.string(),
        InvocationType: z.literal('RequestResponse').optional(),
        Payload: z.string(),
      }),
      async ({ FunctionName, Payload }) => {
        const found = find(functions, FunctionName);
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
