import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue, Item } from 'dynalite/db/index.js';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-items */
export const maxItemBytes = 400 * 1024;
export const maxNesting = 32;

/**
 * Size that counts against the 400 KB limit, in bytes. Strings are UTF-8.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export const itemSizeBytes = (item: Item): number =>
  Object.entries(item).reduce((total, [name, value]) => total + Buffer.byteLength(name) + valueSizeBytes(value), 0);

const valueSizeBytes = (value: AttributeValue): number => {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberSizeBytes(value.N);
  if (value.B !== undefined) return Buffer.byteLength(value.B, 'base64');
  if (value.SS) return sum(value.SS, (text) => Buffer.byteLength(text));
  if (value.NS) return sum(value.NS, numberSizeBytes);
  if (value.BS) return sum(value.BS, (binary) => Buffer.byteLength(binary, 'base64'));
  if (value.L) return 3 + sum(value.L, (member) => 1 + valueSizeBytes(member));
  if (value.M) return 3 + Object.keys(value.M).length + itemSizeBytes(value.M);
  return 1;
};

const numberSizeBytes = (digits: string): number => {
  const significant = digits.replace(/^-|\./g, '').replace(/^0+|0+$/g, '').length;
  return 1 + Math.ceil(significant / 2) + (digits.startsWith('-') ? 1 : 0);
};

const sum = <T>(values: readonly T[], size: (value: T) => number): number =>
  values.reduce((total, value) => total + size(value), 0);

/** Levels of lists and maps: a plain attribute is 1, a map's member 2. */
export const nestingDepth = (item: Item): number => {
  const depth = (value: AttributeValue): number => 1 + deepest(value.L ?? Object.values(value.M ?? {}));
  const deepest = (values: readonly AttributeValue[]): number =>
    values.reduce((most, value) => Math.max(most, depth(value)), 0);
  return deepest(Object.values(item));
};

/** Whether two items hold the same, the order of a set's members aside. */
export const sameItem = (one: Item | undefined, other: Item | undefined): boolean => {
  if (!one || !other) return one === other;
  return isDeepStrictEqual(withSortedSets(one), withSortedSets(other));
};

const withSortedSets = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, sortedSet(value)]));

const sortedSet = (value: AttributeValue): AttributeValue => {
  if (value.SS) return { SS: value.SS.toSorted() };
  if (value.NS) return { NS: value.NS.toSorted() };
  if (value.BS) return { BS: value.BS.toSorted() };
  if (value.L) return { L: value.L.map(sortedSet) };
  if (value.M) return { M: withSortedSets(value.M) };
  return { ...value };
};
