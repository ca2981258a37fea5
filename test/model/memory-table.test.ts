import * as fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { AwsService } from '../../infra/local-aws/aws-service.ts';
import { AwsError } from '../../infra/local-aws/aws-service.ts';
import { createDynamoDb } from '../../infra/local-aws/dynamodb/dynamodb.ts';
import { tableDefinition } from '../support/table.ts';
import type { Item } from './expressions.ts';
import { createMemoryTable } from './memory-table.ts';
import { play } from './play.ts';
import { scenarios } from './scenario.ts';

type Outcome = { readonly answer: Record<string, unknown> } | { readonly refused: string; readonly details: unknown };

const plain = (outcome: Outcome): unknown => JSON.parse(JSON.stringify(outcome));

const inOrder = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1;

// The rest of the answers says how the call was made, not what is stored. An index keeps no order among equal keys.
const ofInterest = (answer: Record<string, unknown>, isOfIndex: boolean) => {
  const {
    Item: item,
    Items: items = [],
    Attributes: attributes,
  } = answer as { Items?: readonly Item[] } & typeof answer;
  const texts = items.map((each) => JSON.stringify(Object.entries(each).toSorted(inOrder)));
  return { item, items: isOfIndex ? texts.toSorted() : texts, attributes };
};

const outcomeOf = async (service: AwsService, operation: string, input: Record<string, unknown>): Promise<Outcome> => {
  try {
    return { answer: ofInterest(await service.call(operation, input), input['IndexName'] !== undefined) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { CancellationReasons: reasons, Item: item } = error.details;
    const codes = Array.isArray(reasons) ? reasons.map(({ Code, Item: old }) => ({ Code, Item: old })) : undefined;
    return { refused: error.code, details: { codes, item } };
  }
};

/** Both tables at once: each call is answered by the one in memory, after the emulator has answered the same. */
const createBoth = async () => {
  const emulator = await createDynamoDb({ now: () => new Date(), onRecord: () => undefined });
  await emulator.call('CreateTable', tableDefinition);
  const counts = new Map<string, number>();
  const differences: object[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const create = (onInsert: (item: Item) => void) => {
    const memory = createMemoryTable(onInsert);
    const both = async (operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>> => {
      const expected = await outcomeOf(emulator, operation, input);
      let answered: Record<string, unknown> = {};
      const seen = await outcomeOf(
        { call: async (...call) => (answered = await memory.call(...call)) },
        operation,
        input,
      );
      // A handler would make a 500 of what is thrown here.
      if (!isDeepStrictEqual(plain(seen), plain(expected))) differences.push({ operation, input, seen, expected });
      counts.set(operation, (counts.get(operation) ?? 0) + 1);
      if ('refused' in seen) return memory.call(operation, input);
      return answered;
    };
    return {
      ...memory,
      call: async (operation: string, input: Record<string, unknown>) => {
        const turn = last.then(async () => both(operation, input));
        last = turn.catch(() => undefined);
        return turn;
      },
    };
  };
  return { create, counts, differences, close: async () => emulator.close() };
};

describe('the table in memory', () => {
  it('answers every call of the model’s world as the emulator does', async () => {
    const called = new Set<string>();
    await fc.assert(
      fc.asyncProperty(scenarios(10), async (scenario) => {
        const { create, counts, differences, close } = await createBoth();
        await play(scenario, create).finally(() => expect(differences).toEqual([]));
        for (const operation of counts.keys()) called.add(operation);
        await close();
      }),
      { numRuns: 5, endOnFailure: true },
    );
    expect([...called].toSorted()).toEqual([
      'BatchWriteItem',
      'GetItem',
      'PutItem',
      'Query',
      'TransactWriteItems',
      'UpdateItem',
    ]);
  }, 60_000);
});
