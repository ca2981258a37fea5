import { isObject, parseJson } from '../json.ts';
import { compileMatcher, reservedWords, type Matcher, type Scalar } from './filter-operators.ts';
import { invalidParameter } from './errors.ts';
import type { MessageAttributes } from './message-attributes.ts';

export type FilterPolicyScope = 'MessageAttributes' | 'MessageBody';

/** Whether a subscription wants this message. `body` is what its protocol would receive. */
export type Filter = (message: { readonly attributes: MessageAttributes; readonly body: string }) => boolean;

export const acceptEverything: Filter = () => true;

/** All of `fields` and, for each `$or`, one of its alternatives. */
type Node = { readonly fields: ReadonlyMap<string, Matcher | Node>; readonly choices: readonly (readonly Node[])[] };

// https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
const maxKeys = 5;
const maxCombinations = 150;
const maxPolicyBytes = 262_144;

/** Reads a filter policy; throws `InvalidParameter` as Subscribe and SetSubscriptionAttributes do. */
export const compileFilterPolicy = (json: string, scope: FilterPolicyScope): Filter => {
  const policy = parseJson(json);
  if (!isObject(policy)) throw invalidParameter('FilterPolicy: failed to parse JSON.');
  if (Buffer.byteLength(json) > maxPolicyBytes) throw invalidParameter('FilterPolicy: Filter policy is too large');
  if (Object.keys(policy).length > maxKeys) {
    throw invalidParameter(`FilterPolicy: Filter policy can not have more than ${maxKeys} keys`);
  }
  const count = { combinations: 1 };
  const node = compileNode(policy, { scope, depth: 1, count });
  if (count.combinations > maxCombinations) throw invalidParameter('FilterPolicy: Filter policy is too complex');
  // Setting `{}` is how a filter policy is removed.
  if (Object.keys(policy).length === 0) return acceptEverything;
  return scope === 'MessageAttributes' ? matchAttributes(node) : matchBody(node);
};

type Position = { readonly scope: FilterPolicyScope; readonly depth: number; readonly count: { combinations: number } };

const compileNode = (policy: Record<string, unknown>, at: Position): Node => {
  const fields = new Map<string, Matcher | Node>();
  const choices: Node[][] = [];
  for (const [key, value] of Object.entries(policy)) {
    if (key === '$or' && isChoice(value)) {
      choices.push(value.map((alternative) => compileNode(alternative, at)));
    } else if (Array.isArray(value)) {
      fields.set(key, compileLeaf(value, at));
    } else if (!isObject(value)) {
      throw invalidParameter(`FilterPolicy: "${key}" must be an object or an array`);
    } else if (at.scope === 'MessageAttributes') {
      throw invalidParameter(
        `FilterPolicy: Filter policy scope MessageAttributes does not support nested filter policy`,
      );
    } else {
      fields.set(key, compileNode(value, { ...at, depth: at.depth + 1 }));
    }
  }
  return { fields, choices };
};

/** `$or` is an operator only with two or more objects without operators as keys; else it is the name of a property. */
// https://docs.aws.amazon.com/sns/latest/dg/and-or-logic.html
const isChoice = (value: unknown): value is Record<string, unknown>[] =>
  Array.isArray(value) &&
  value.length >= 2 &&
  value.every((item) => isObject(item) && Object.keys(item).every((key) => !reservedWords.has(key)));

const compileLeaf = (values: readonly unknown[], { depth, count }: Position): Matcher => {
  if (values.length === 0) throw invalidParameter('FilterPolicy: Empty arrays are not allowed');
  count.combinations *= values.length * depth;
  const matchers = values.map(compileMatcher);
  return (found) => matchers.some((matches) => matches(found));
};

/** A message without any attribute matches no policy, `exists: false` included. */
// https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
const matchAttributes =
  (node: Node): Filter =>
  ({ attributes }) => {
    const comparable = Object.fromEntries(
      Object.entries(attributes).flatMap(([name, { DataType, StringValue = '' }]) => {
        // Binary attributes are ignored: subscription-filter-policy-constraints.html
        if (DataType.startsWith('Binary')) return [];
        if (DataType === 'String.Array') return [[name, parseJson(StringValue)]];
        return [[name, DataType.startsWith('Number') ? Number(StringValue) : StringValue]];
      }),
    );
    return Object.keys(comparable).length > 0 && matchesNode(node, comparable);
  };

/** A body that is not a JSON object is filtered out. */
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering-scope.html
const matchBody =
  (node: Node): Filter =>
  ({ body }) => {
    const parsed = parseJson(body);
    return isObject(parsed) && matchesNode(node, parsed);
  };

const matchesNode = (node: Node, source: unknown): boolean => {
  if (Array.isArray(source)) return source.some((item) => matchesNode(node, item));
  const record = isObject(source) ? source : {};
  return (
    [...node.fields].every(([key, rule]) =>
      typeof rule === 'function' ? rule(scalarsOf(record[key])) : matchesNode(rule, record[key]),
    ) && node.choices.every((alternatives) => alternatives.some((alternative) => matchesNode(alternative, record)))
  );
};

const isScalar = (value: unknown): value is Scalar =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

const scalarsOf = (value: unknown): readonly Scalar[] | undefined => {
  if (value === undefined) return undefined;
  return (Array.isArray(value) ? value : [value]).filter(isScalar);
};
