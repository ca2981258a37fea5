import { ResourceInUseException, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { clearFailedDeploy } from '../../infra/operator/clear-deploy.ts';
import { clientOf } from '../support/sdk-client.ts';

type Account = { status?: string; items?: number; gone?: boolean; busy?: number; afterDelete?: string };

/** An account with one stack, whose rollback has kept a table. */
const account = ({ status = 'ROLLBACK_COMPLETE', items = 0, gone = false, busy = 0, afterDelete }: Account = {}) => {
  const done: string[] = [];
  let deleted = false;
  let left = busy;
  const { client: cloudFormation } = clientOf({
    call: async (operation: string, input: Record<string, unknown>) => {
      if (operation === 'DescribeStacks') {
        if (deleted && afterDelete === undefined) throw new Error('Stack with id AlertButton does not exist');
        return { Stacks: [{ StackId: 'arn:stack/1', StackStatus: deleted ? afterDelete : status }] };
      }
      if (operation === 'DescribeStackEvents') {
        const event = { ResourceType: 'AWS::DynamoDB::GlobalTable', PhysicalResourceId: 'AlertButton-AlertTable-1' };
        return {
          StackEvents: [
            { ...event, ResourceStatus: 'CREATE_COMPLETE', PhysicalResourceId: 'somebody-elses' },
            { ...event, ResourceStatus: 'DELETE_SKIPPED' },
          ],
        };
      }
      done.push(
        operation === 'UpdateTerminationProtection'
          ? `protected: ${String(input['EnableTerminationProtection'])}`
          : operation,
      );
      if (operation === 'DeleteStack') deleted = true;
      return {};
    },
  });
  const { client: dynamoDb } = clientOf({
    call: async (operation: string, input: Record<string, unknown>) => {
      if (gone) throw new ResourceNotFoundException({ message: 'no table', $metadata: {} });
      if (operation === 'Scan') return { Count: items };
      if (operation === 'DeleteTable' && (left -= 1) >= 0)
        throw new ResourceInUseException({ message: 'busy', $metadata: {} });
      done.push(`${operation} ${String(input['TableName'])}`);
      return {};
    },
  });
  const run = async () =>
    clearFailedDeploy({ cloudFormation, dynamoDb, place: 'us-east-1', wait: async () => undefined });
  return { run, done };
};

describe('clearing a first deploy that failed', () => {
  it('takes the protection off, deletes the stack, and then its empty table', async () => {
    const { run, done } = account();
    expect(await run()).toMatchObject({ exitCode: 0, json: { cleared: true, kept: [] } });
    expect(done).toEqual([
      'protected: false',
      'DeleteStack',
      'UpdateTable AlertButton-AlertTable-1',
      'DeleteTable AlertButton-AlertTable-1',
    ]);
  });

  it.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'CREATE_IN_PROGRESS'])(
    'refuses a stack that is %s, and touches nothing',
    async (status) => {
      const { run, done } = account({ status });
      await expect(run()).rejects.toThrow(`is ${status}`);
      expect(done).toEqual([]);
    },
  );

  it('leaves a table that holds anything, and says so', async () => {
    const { run, done } = account({ items: 1 });
    expect(await run()).toMatchObject({ exitCode: 1, json: { kept: ['AlertButton-AlertTable-1'] } });
    expect(done).toEqual(['protected: false', 'DeleteStack']);
  });

  it('is content when the table is gone, as when it is run twice', async () => {
    expect(await account({ gone: true }).run()).toMatchObject({ exitCode: 0 });
  });

  it('waits while the table changes', async () => {
    const { run, done } = account({ busy: 3 });
    expect(await run()).toMatchObject({ exitCode: 0 });
    expect(done.at(-1)).toBe('DeleteTable AlertButton-AlertTable-1');
  });

  it('says so when the stack would not go', async () => {
    await expect(account({ afterDelete: 'DELETE_FAILED' }).run()).rejects.toThrow('would not go');
    await expect(account({ afterDelete: 'DELETE_IN_PROGRESS' }).run()).rejects.toThrow('still being deleted');
  });
});
