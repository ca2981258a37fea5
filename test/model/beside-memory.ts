import { isDeepStrictEqual } from 'node:util';
import { type AwsService, AwsError } from '../../infra/local-aws/aws-service.ts';
import type { Item } from './expressions.ts';
import { createMemoryTable } from './memory-table.ts';

type Outcome = { readonly answer: Record<string, unknown> } | { readonly refused: string; readonly details: unknown };

/** Comparable: the members of a map come in no order. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, inOrder(member)]));
};
const plain = (outcome: Outcome): unknown => JSON.parse(JSON.stringify(outcome));

// The rest of the answers says how the call was made, not what is stored. An index keeps no order among equal keys.
const ofInterest = (answer: Record<string, unknown>, isOfIndex: boolean) => {
  const {
    Item: item,
    Items: items = [],
    Attributes: attributes,
  } = answer as { Items?: readonly Item[] } & typeof answer;
  const texts = items.map((each) => JSON.stringify(inOrder(each)));
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

/** Both tables at once: each call is answered by the one in memory, after the other has answered the same. */
export const besideMemory = (other: AwsService) => {
  const counts = new Map<string, number>();
  const differences: object[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const create = (onInsert: (item: Item) => void) => {
    const memory = createMemoryTable(onInsert);
    const both = async (operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>> => {
      const expected = await outcomeOf(other, operation, input);
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
  return { create, counts, differences };
};
