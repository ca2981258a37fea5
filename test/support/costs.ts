import type { World } from './world.ts';

export const kilobytes = (value: unknown): number => Math.ceil(JSON.stringify(value).length / 1024);

/** What a request cost: calls, with how many parts and how many kilobytes each writes. */
export const costOf = (world: World) =>
  world.calls.map(({ operation, input }) => {
    const parts = (input['TransactItems'] ?? []) as readonly object[];
    return [operation, parts.map((part) => [Object.keys(part)[0], kilobytes(part)])];
  });

/** Kilobytes of the family's item: DynamoDB counts names and values, and next to nothing for types. */
export const storedSize = (world: World): number => kilobytes(world.stored());
