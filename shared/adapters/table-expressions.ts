import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';

/*
 * What DynamoDB is told in its language of expressions, written as values. A path is a name, or names joined by dots as
 * in `deliveries.family.status`. Each name stands behind an alias, so that none is a reserved word by accident:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html
 */

/** Aliases of one request, as they come up. */
export type Terms = {
  /** The alias of a path. */
  readonly name: (path: string) => string;
  /** The alias of a value. */
  readonly value: (value: unknown) => string;
};

export type Condition = ((terms: Terms) => string) & {
  /** Whether it is alternatives, which stand in parentheses within others. */
  readonly isEither?: true;
};

export const present =
  (path: string): Condition =>
  ({ name }) =>
    `attribute_exists(${name(path)})`;

export const absent =
  (path: string): Condition =>
  ({ name }) =>
    `attribute_not_exists(${name(path)})`;

const compared =
  (operator: string) =>
  (path: string, to: string | number | boolean): Condition =>
  ({ name, value }) =>
    `${name(path)} ${operator} ${value(to)}`;

export const differs = compared('<>');
export const below = compared('<');
export const atMost = compared('<=');
export const above = compared('>');

/** Whether it is still as it was read; `undefined`: it was not there. */
export const is = (path: string, as: string | number | boolean | undefined): Condition =>
  as === undefined ? absent(path) : compared('=')(path, as);

/** AND binds closer than OR. Each pair of parentheses that is not needed has the local table's parser begin again and again. */
export const every =
  (...conditions: readonly Condition[]): Condition =>
  (terms) =>
    conditions.map((condition) => (condition.isEither ? `(${condition(terms)})` : condition(terms))).join(' AND ');

export const either = (...conditions: readonly Condition[]): Condition =>
  Object.assign((terms: Terms) => conditions.map((condition) => condition(terms)).join(' OR '), {
    isEither: true,
  } as const);

/** A value that DynamoDB works out. */
type Computed = (terms: Terms, path: string) => string;

const isComputed = (value: unknown): value is Computed => typeof value === 'function';

/** Sets the value where there is none. */
export const unlessSet =
  (to: unknown): Computed =>
  ({ name, value }, path) =>
    `if_not_exists(${name(path)}, ${value(to)})`;

/** Appends to the list, which begins as `start` where there is none. */
export const appended =
  (start: readonly unknown[], more: readonly unknown[]): Computed =>
  ({ name, value }, path) =>
    `list_append(if_not_exists(${name(path)}, ${value(start)}), ${value(more)})`;

/** How an item changes. */
export type Change = {
  /** Values by path; what is `undefined` is left as it is. */
  readonly set?: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  /** Numbers to add, or members of sets. */
  readonly add?: Readonly<Record<string, number | ReadonlySet<string> | undefined>>;
  readonly if?: Condition;
};

const isThere = ([, value]: readonly [string, unknown]): boolean => value !== undefined;

const clause = (word: string, parts: readonly string[]): readonly string[] =>
  parts.length === 0 ? [] : [`${word} ${parts.join(', ')}`];

export const updateExpression = ({ set = {}, remove = [], add = {} }: Change, terms: Terms): string =>
  [
    ...clause(
      'SET',
      Object.entries(set)
        .filter(isThere)
        .map(([path, to]) => `${terms.name(path)} = ${isComputed(to) ? to(terms, path) : terms.value(to)}`),
    ),
    ...clause('REMOVE', remove.map(terms.name)),
    ...clause(
      'ADD',
      Object.entries(add)
        .filter(isThere)
        .map(([path, by]) => `${terms.name(path)} ${terms.value(by)}`),
    ),
  ].join(' ');

/** What an item is, as DynamoDB writes it. */
export const toAttributes = (values: Readonly<Record<string, unknown>>): Record<string, AttributeValue> =>
  marshall(values, { removeUndefinedValues: true });

/** Collects the aliases of one request, and hands them out as the request has to say them. */
export const createTerms = () => {
  const names = new Map<string, string>();
  const values: Record<string, unknown> = {};
  const aliasOf = (name: string): string => {
    const alias = names.get(name) ?? (/^\w+$/.test(name) ? `#${name}` : `#n${names.size}`);
    names.set(name, alias);
    return alias;
  };
  const terms: Terms = {
    name: (path) => path.split('.').map(aliasOf).join('.'),
    value: (value) => {
      const alias = `:v${Object.keys(values).length}`;
      values[alias] = value;
      return alias;
    },
  };
  return {
    terms,
    aliases: () => ({
      ...(names.size > 0 && {
        ExpressionAttributeNames: Object.fromEntries([...names].map(([name, alias]) => [alias, name])),
      }),
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: toAttributes(values) }),
    }),
  };
};
