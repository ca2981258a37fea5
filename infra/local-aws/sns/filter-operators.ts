import { notUnderstood } from '../aws-input.ts';
import { isObject } from '../json.ts';
import { invalidParameter } from './errors.ts';

export type Scalar = string | number | boolean | null;

/** Whether a property's values satisfy one element of a policy's array; undefined when the message lacks the property. */
export type Matcher = (values: readonly Scalar[] | undefined) => boolean;

const some =
  (test: (value: Scalar) => boolean): Matcher =>
  (values) =>
    values?.some(test) ?? false;

// https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html
// https://docs.aws.amazon.com/sns/latest/dg/numeric-value-matching.html
// https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
const operators: Readonly<Record<string, (operand: unknown) => Matcher>> = {
  prefix: (operand) => some(startsWith(operand)),
  suffix: (operand) => some(endsWith(operand)),
  'equals-ignore-case': (operand) => {
    const wanted = text('equals-ignore-case', operand).toLowerCase();
    return some((value) => typeof value === 'string' && value.toLowerCase() === wanted);
  },
  'anything-but': (operand) => anythingBut(operand),
  exists: (operand) => {
    if (typeof operand !== 'boolean') throw refuse('exists match pattern must be either true or false.');
    // The key must have a non-null and non-empty value.
    return (values) => (values?.some((value) => value !== null && value !== '') ?? false) === operand;
  },
  numeric: (operand) => some(numericRange(operand)),
};

/** Operators that AWS has and the local stack has not. */
const notEmulated = ['cidr', 'wildcard'];

export const filterWords = { understood: Object.keys(operators), refused: notEmulated };

export const reservedWords: ReadonlySet<string> = new Set([...Object.keys(operators), ...notEmulated]);

export const compileMatcher = (item: unknown): Matcher => {
  if (isLiteral(item)) return some((value) => value === item);
  if (!isObject(item)) throw refuse('Match value must be String, number, true, false, or null');
  const [[operator, operand] = [], ...others] = Object.entries(item);
  if (operator === undefined || others.length > 0) throw refuse('Only one key allowed in match expression');
  if (notEmulated.includes(operator)) throw notUnderstood(`the SNS filter operator ${operator}`);
  const compile = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  if (compile === undefined) throw refuse(`Unrecognized match type ${operator}`);
  return compile(operand);
};

/** Matches when at least one value is none of the named ones, so an array with one other element passes. */
const anythingBut = (operand: unknown): Matcher => {
  if (isObject(operand)) {
    const [[operator, text] = [], ...others] = Object.entries(operand);
    if (others.length > 0 || (operator !== 'prefix' && operator !== 'suffix')) {
      throw refuse('Unsupported anything-but pattern');
    }
    const excluded = operator === 'prefix' ? startsWith(text) : endsWith(text);
    return some((value) => !excluded(value));
  }
  const excluded: unknown[] = Array.isArray(operand) ? operand : [operand];
  const uniform = ['string', 'number'].some((type) => excluded.every((value) => typeof value === type));
  if (excluded.length === 0 || !uniform) throw refuse('anything-but list must be all strings or all numbers.');
  return some((value) => !excluded.includes(value));
};

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** One comparison, or a lower bound followed by an upper one. */
const numericRange = (operand: unknown): ((value: Scalar) => boolean) => {
  if (!Array.isArray(operand)) throw refuse('Value of numeric must be an array.');
  const terms: unknown[] = operand;
  const [firstSign, first, secondSign, second, ...rest] = terms;
  const lower = comparison(firstSign, first);
  if (terms.length === 2) return (value) => typeof value === 'number' && lower(value);
  const upper = comparison(secondSign, second);
  const ordered = typeof first === 'number' && typeof second === 'number' && first < second;
  if (rest.length > 0 || !String(firstSign).startsWith('>') || !String(secondSign).startsWith('<') || !ordered) {
    throw refuse('Bottom must be less than top');
  }
  return (value) => typeof value === 'number' && lower(value) && upper(value);
};

const comparison = (sign: unknown, bound: unknown): ((value: number) => boolean) => {
  const compare = typeof sign === 'string' && Object.hasOwn(comparisons, sign) ? comparisons[sign] : undefined;
  if (compare === undefined) throw refuse(`Unrecognized numeric range operator: ${String(sign)}`);
  // -10^9 to 10^9 with five digits after the point: subscription-filter-policy-constraints.html
  if (typeof bound !== 'number' || Math.abs(bound) > 1e9) throw refuse(`Value of ${String(sign)} must be numeric`);
  return (value) => compare(roundTo5(value), roundTo5(bound));
};

const roundTo5 = (value: number): number => Math.round(value * 1e5) / 1e5;

const startsWith = (operand: unknown): ((value: Scalar) => boolean) => {
  const wanted = text('prefix', operand);
  return (value) => typeof value === 'string' && value.startsWith(wanted);
};

const endsWith = (operand: unknown): ((value: Scalar) => boolean) => {
  const wanted = text('suffix', operand);
  return (value) => typeof value === 'string' && value.endsWith(wanted);
};

const text = (operator: string, operand: unknown): string => {
  if (typeof operand !== 'string') throw refuse(`${operator} match pattern must be a string`);
  return operand;
};

const isLiteral = (value: unknown): value is Scalar =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

const refuse = (reason: string) => invalidParameter(`FilterPolicy: ${reason}`);
