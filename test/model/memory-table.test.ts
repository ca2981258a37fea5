import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDynamoDb } from '../../infra/local-aws/dynamodb/dynamodb.ts';
import { tableDefinition } from '../support/table.ts';
import { besideMemory } from './beside-memory.ts';
import { play } from './play.ts';
import { scenarios } from './scenario.ts';

describe('the table in memory', () => {
  it('answers every call of the model’s world as the emulator does', async () => {
    const called = new Set<string>();
    await fc.assert(
      fc.asyncProperty(scenarios(10), async (scenario) => {
        const emulator = await createDynamoDb({ now: () => new Date(), onRecord: () => undefined });
        await emulator.call('CreateTable', tableDefinition);
        const { create, counts, differences } = besideMemory(emulator);
        await play(scenario, create).finally(() => expect(differences.slice(0, 1)).toEqual([]));
        for (const operation of counts.keys()) called.add(operation);
        await emulator.close();
      }),
      { numRuns: 5, endOnFailure: true },
    );
    // DeleteItem comes with an erased family alone, which few sequences have.
    const usual = ['BatchGetItem', 'BatchWriteItem', 'GetItem', 'PutItem', 'Query', 'TransactWriteItems', 'UpdateItem'];
    expect([...called]).toEqual(expect.arrayContaining(usual));
  }, 60_000);
});
