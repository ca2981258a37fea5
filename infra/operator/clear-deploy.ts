import {
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DeleteTableCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  ScanCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { stackName } from '../../shared/names.ts';
import type { Outcome } from './command-line.ts';
import { OperatorError } from './operator-error.ts';
import type { Aws } from './target.ts';

type Clearing = Pick<Aws, 'cloudFormation' | 'dynamoDb' | 'place' | 'wait'>;

const everySeconds = 5;
const mostWaits = 240;

/** Of a stack that was never complete. One that served anybody is in none of these states. */
const neverComplete = new Set(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED']);

/** @returns the stack's id and status; `undefined` without a stack. @param idOrName of a stack that is gone only the id is known */
const stackNow = async ({ cloudFormation }: Clearing, idOrName: string) => {
  try {
    const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: idOrName }));
    return stack && { id: stack.StackId ?? idOrName, status: stack.StackStatus ?? '' };
  } catch (fault) {
    if (fault instanceof Error && fault.message.endsWith('does not exist')) return undefined;
    throw fault;
  }
};

/** The tables that this stack has made and its rollback has kept, by its own events and never by their names. */
const keptTables = async ({ cloudFormation }: Clearing, stackId: string): Promise<readonly string[]> => {
  const tables = new Set<string>();
  let token: string | undefined;
  do {
    const page = await cloudFormation.send(new DescribeStackEventsCommand({ StackName: stackId, NextToken: token }));
    for (const { ResourceType, PhysicalResourceId, ResourceStatus } of page.StackEvents ?? []) {
      if (ResourceType !== 'AWS::DynamoDB::GlobalTable' || ResourceStatus !== 'DELETE_SKIPPED') continue;
      if (PhysicalResourceId) tables.add(PhysicalResourceId);
    }
    token = page.NextToken;
  } while (token !== undefined);
  return [...tables];
};

const deleteStack = async (aws: Clearing, stackId: string): Promise<void> => {
  const { cloudFormation, wait } = aws;
  await cloudFormation.send(
    new UpdateTerminationProtectionCommand({ StackName: stackName, EnableTerminationProtection: false }),
  );
  await cloudFormation.send(new DeleteStackCommand({ StackName: stackName }));
  for (let waits = 0; waits < mostWaits; waits += 1) {
    const stack = await stackNow(aws, stackId);
    if (!stack || stack.status === 'DELETE_COMPLETE') return;
    if (stack.status === 'DELETE_FAILED') {
      throw new OperatorError(`The stack ${stackName} would not go: read its events in CloudFormation.`);
    }
    await wait(everySeconds * 1000);
  }
  throw new OperatorError(`The stack ${stackName} is still being deleted: run this again later.`);
};

/** @returns whether it is gone. A table that holds anything stays. */
const deleteIfEmpty = async ({ dynamoDb, wait }: Clearing, table: string): Promise<boolean> => {
  try {
    const { Count = 0 } = await dynamoDb.send(new ScanCommand({ TableName: table, Limit: 1, Select: 'COUNT' }));
    if (Count > 0) return false;
    await dynamoDb.send(new UpdateTableCommand({ TableName: table, DeletionProtectionEnabled: false }));
    for (let waits = 1; ; waits += 1) {
      try {
        await dynamoDb.send(new DeleteTableCommand({ TableName: table }));
        return true;
      } catch (fault) {
        // Its protection is still being taken off.
        if (!(fault instanceof ResourceInUseException) || waits > mostWaits) throw fault;
        await wait(everySeconds * 1000);
      }
    }
  } catch (fault) {
    if (!(fault instanceof ResourceNotFoundException)) throw fault;
  }
  return true;
};

/**
 * Takes away what a first deploy has left that failed: the stack, which its own protection keeps, and its empty table. The
 * keys have gone with the rollback. Refuses a stack that was complete at any time.
 */
export const clearFailedDeploy = async (aws: Clearing): Promise<Outcome> => {
  const stack = await stackNow(aws, stackName);
  if (!stack) {
    return { exitCode: 0, text: `There is no stack ${stackName} in ${aws.place}: deploy.`, json: { cleared: false } };
  }
  if (!neverComplete.has(stack.status)) {
    throw new OperatorError(
      `The stack ${stackName} is ${stack.status}. This command takes away only what a first deploy has left that failed ` +
        '(ROLLBACK_COMPLETE); it touches nothing that has served anybody.',
    );
  }
  const tables = await keptTables(aws, stack.id);
  await deleteStack(aws, stack.id);
  const kept: string[] = [];
  for (const table of tables) if (!(await deleteIfEmpty(aws, table))) kept.push(table);
  return {
    exitCode: kept.length === 0 ? 0 : 1,
    text: [
      `The stack ${stackName} is gone, with ${tables.length - kept.length} empty table(s). Deploy again when the cause is mended.`,
      ...kept.map((table) => `The table ${table} stays: it holds something.`),
    ].join('\n'),
    json: { cleared: true, kept },
  };
};
