import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AwsService, AwsError } from '../../infra/local-aws/aws-service.ts';
import { describeDynamoDbContract } from '../local-aws/support/dynamodb-contract.ts';
import { besideMemory } from '../model/beside-memory.ts';
import { play } from '../model/play.ts';
import { scenarios } from '../model/scenario.ts';
import { judgeClient, judgeOfRun, tableDefinition } from '../support/table.ts';

// The adapters' tests are those of test/unit, see vitest.config.ts.

describeDynamoDbContract('DynamoDB Local', async () => judgeClient(judgeOfRun()));

/** An empty table of the template there, as a service that answers what is on the wire. */
const judgedTable = async (): Promise<AwsService> => {
  const judge = judgeOfRun();
  const client = judgeClient(judge);
  await client.send(new CreateTableCommand({ ...judge.table, TableName: tableDefinition.TableName }));
  const { accessKeyId } = await client.config.credentials();
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none`;
  return {
    call: async (operation, input) => {
      const response = await fetch(judge.url, {
        method: 'POST',
        headers: {
          authorization,
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `DynamoDB_20120810.${operation}`,
        },
        body: JSON.stringify(input),
      });
      const answer = (await response.json()) as Record<string, unknown>;
      if (response.ok) return answer;
      const { __type: type, message, ...details } = answer;
      throw new AwsError(String(type).split('#').at(-1) ?? '', String(message), { details });
    },
  };
};

describe('the model’s world', () => {
  it('gets the same answers from DynamoDB Local as from the table in memory', async () => {
    const called = new Set<string>();
    await fc.assert(
      fc.asyncProperty(scenarios(10), async (scenario) => {
        const { create, counts, differences } = besideMemory(await judgedTable());
        await play(scenario, create).finally(() => expect(differences.slice(0, 1)).toEqual([]));
        for (const operation of counts.keys()) called.add(operation);
      }),
      { numRuns: Number(process.env['RUNS'] ?? 5), endOnFailure: true },
    );
    expect(called).toContain('TransactWriteItems');
  });
});
