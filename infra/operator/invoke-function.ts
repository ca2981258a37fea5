import { InvokeCommand } from '@aws-sdk/client-lambda';
import type * as z from 'zod';
import { OperatorError } from './operator-error.ts';
import type { Aws } from './target.ts';

/**
 * Has a function of the stack do what its role alone may.
 * @param asked `answer`: what it answers; `runbook`: heading in docs/runbook.md for when it fails
 * @throws {OperatorError} when it failed, or answers otherwise
 */
export const invokeFunction = async <Answer>(
  { lambda }: Pick<Aws, 'lambda'>,
  functionName: string,
  asked: { readonly payload: object; readonly answer: z.ZodType<Answer>; readonly runbook: string },
): Promise<Answer> => {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(asked.payload) }),
  );
  const parsed =
    FunctionError === undefined ? asked.answer.safeParse(JSON.parse(Payload?.transformToString() ?? '{}')) : undefined;
  if (parsed?.success) return parsed.data;
  throw new OperatorError(`The function ${functionName} failed: docs/runbook.md#${asked.runbook} says how to go on.`);
};
