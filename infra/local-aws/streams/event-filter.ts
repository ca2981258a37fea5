import { isObject } from '../json.ts';

/** Whether an event passes. */
export type EventFilter = (event: unknown) => boolean;

type Test = (value: unknown) => boolean;

const isScalar = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

const textual =
  (argument: unknown, name: string, test: (text: string, argument: string) => boolean): Test =>
  (value) => {
    if (typeof argument !== 'string') throw new Error(`the filter comparison ${name} needs a text`);
    return typeof value === 'string' && test(value, argument);
  };

const comparisons: Readonly<Record<string, (argument: unknown) => Test>> = {
  exists: (argument) => (value) => (value !== undefined) === argument,
  prefix: (argument) => textual(argument, 'prefix', (text, wanted) => text.startsWith(wanted)),
  suffix: (argument) => textual(argument, 'suffix', (text, wanted) => text.endsWith(wanted)),
  'equals-ignore-case': (argument) =>
    textual(argument, 'equals-ignore-case', (text, wanted) => text.toLowerCase() === wanted.toLowerCase()),
  'anything-but': (argument) => {
    const unwanted: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
    if (!unwanted.every(isScalar)) {
      throw new Error('the filter comparison anything-but is understood for plain values only');
    }
    return (value) => value !== undefined && !unwanted.some((one) => one === value);
  },
};

/** What patterns of event filters may compare by, beside plain values. */
export const comparisonNames: readonly string[] = Object.keys(comparisons);

const ruleTest = (rule: unknown): Test => {
  if (isScalar(rule)) return (value) => value === rule;
  const [only, ...others] = isObject(rule) ? Object.entries(rule) : [];
  if (only === undefined || others.length > 0)
    throw new Error(`the filter rule ${JSON.stringify(rule)} is not understood`);
  const [name, argument] = only;
  const comparison = Object.hasOwn(comparisons, name) ? comparisons[name] : undefined;
  if (comparison === undefined) throw new Error(`the filter comparison ${name} is not understood`);
  return comparison(argument);
};

/** Rules of one member are alternatives. */
const leafTest = (rules: readonly unknown[]): Test => {
  const tests = rules.map(ruleTest);
  return (value) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.some((one) => tests.some((test) => test(one)));
  };
};

const objectTest = (pattern: Record<string, unknown>): Test => {
  const tests = Object.entries(pattern).map(([key, expected]): [string, Test] => {
    if (key.startsWith('$')) throw new Error(`the filter operator ${key} is not understood`);
    if (Array.isArray(expected)) return [key, leafTest(expected)];
    if (isObject(expected)) return [key, objectTest(expected)];
    throw new Error(`the filter pattern of ${key} is neither a list nor an object`);
  });
  return (value) => tests.every(([key, test]) => test(isObject(value) ? value[key] : undefined));
};

/**
 * Lambda's event filtering: a record passes if it fits any pattern, and a pattern in all its members.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 * @param patterns JSON texts; none lets everything pass
 */
export const eventFilter = (patterns: readonly string[]): EventFilter => {
  const tests = patterns.map((text) => {
    const pattern: unknown = JSON.parse(text);
    if (!isObject(pattern)) throw new Error(`the filter pattern ${text} is not an object`);
    return objectTest(pattern);
  });
  return (event) => tests.length === 0 || tests.some((test) => test(event));
};
