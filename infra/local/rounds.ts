import { officeReachKey } from '../../shared/adapters/dynamo-keys.ts';
import { indexNames } from '../../shared/names.ts';
import type { DeployedStack } from '../local-aws/deployed-stack.ts';

type Watched = Pick<DeployedStack, 'services' | 'outputs' | 'now' | 'faults'>;

/** Whether the table has what a round of the watchman begins with: something due, or the check of the offices. */
const hasWork = async ({ services: { dynamoDb }, outputs, now }: Watched): Promise<boolean> => {
  const request = { TableName: outputs.get('TableName'), Select: 'COUNT' };
  const until = { N: String(now().getTime()) };
  const due = await dynamoDb.call('Scan', {
    ...request,
    IndexName: indexNames.due,
    FilterExpression: 'dueAt <= :until',
    ExpressionAttributeValues: { ':until': until },
  });
  // An index of more than a page: what the others hold is the watchman's to find.
  if (due['Count'] !== 0 || due['LastEvaluatedKey'] !== undefined) return true;
  const checkedUntil = await dynamoDb.call('Query', {
    ...request,
    KeyConditionExpression: 'pk = :pk AND sk = :sk',
    FilterExpression: 'checkAtMs > :until',
    ExpressionAttributeValues: { ':pk': { S: officeReachKey.pk }, ':sk': { S: officeReachKey.sk }, ':until': until },
  });
  return checkedUntil['Count'] === 0;
};

/** Whether a scheduled function does anything this minute: of the watchman the table tells it before. */
export const isNeeded = async (functionName: string, stack: Watched): Promise<boolean> =>
  functionName !== 'watchman' || stack.faults.list().length > 0 || hasWork(stack);
