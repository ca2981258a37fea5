import { fitsPattern } from './wildcard.ts';

/** Operator to condition key to accepted values. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Values of the condition keys of one request, keys in lower case. An absent key has no value in the request. */
export type ConditionValues = Readonly<Record<string, string | readonly string[]>>;

type Comparison = { readonly negated: boolean; readonly fits: (accepted: string, actual: string) => boolean };

const equal = (accepted: string, actual: string): boolean => accepted === actual;
const equalIgnoringCase = (accepted: string, actual: string): boolean =>
  accepted.toLowerCase() === actual.toLowerCase();

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: { negated: false, fits: equal },
  StringNotEquals: { negated: true, fits: equal },
  StringEqualsIgnoreCase: { negated: false, fits: equalIgnoringCase },
  StringLike: { negated: false, fits: fitsPattern },
  StringNotLike: { negated: true, fits: fitsPattern },
  ArnEquals: { negated: false, fits: fitsPattern },
  ArnLike: { negated: false, fits: fitsPattern },
  ArnNotEquals: { negated: true, fits: fitsPattern },
  ArnNotLike: { negated: true, fits: fitsPattern },
  Bool: { negated: false, fits: equalIgnoringCase },
};

/** Keys for which the local stack knows a value, or knows that a function's request has none. */
const knownKeys = new Set([
  'aws:calledvialast',
  'aws:securetransport',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalisawsservice',
  'aws:resourceaccount',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceowner',
  'dynamodb:leadingkeys',
  'kms:calleraccount',
  'kms:grantisforawsresource',
  'kms:viaservice',
  'sns:endpoint',
  'sns:protocol',
]);

const knownPrefix = 'kms:encryptioncontext:';

const isKnownKey = (key: string): boolean => knownKeys.has(key) || key.startsWith(knownPrefix);

/** What conditions of policies may say. */
export const conditionWords = {
  operators: [...Object.keys(comparisons), 'Null'],
  keys: [...knownKeys, `${knownPrefix}*`],
};

type Operator = { readonly quantifier: 'any' | 'all' | 'one'; readonly ifExists: boolean; readonly name: string };

const parseOperator = (text: string): Operator => {
  const [first, rest] = text.includes(':') ? text.split(':', 2) : ['', text];
  const quantifier = first === 'ForAnyValue' ? 'any' : first === 'ForAllValues' ? 'all' : 'one';
  const ifExists = rest?.endsWith('IfExists') ?? false;
  const name = ifExists ? (rest ?? '').slice(0, -'IfExists'.length) : (rest ?? '');
  return { quantifier, ifExists, name };
};

/** Throws, naming operator or key, where a policy asks for what this evaluator does not know. */
export const assertUnderstood = (conditions: ConditionBlock, where: string): void => {
  for (const [operator, byKey] of Object.entries(conditions)) {
    const { name } = parseOperator(operator);
    if (comparisons[name] === undefined && name !== 'Null') {
      throw new Error(`${where}: the condition operator ${operator} is not understood`);
    }
    for (const key of Object.keys(byKey)) {
      if (!isKnownKey(key.toLowerCase())) throw new Error(`${where}: the condition key ${key} is not understood`);
    }
  }
};

const holds = (
  operator: string,
  accepted: readonly string[],
  value: string | readonly string[] | undefined,
): boolean => {
  const { quantifier, ifExists, name } = parseOperator(operator);
  if (name === 'Null') return accepted.some((wanted) => (value === undefined) === (wanted === 'true'));
  const comparison = comparisons[name];
  if (comparison === undefined) throw new Error(`the condition operator ${operator} is not understood`);
  const { negated, fits } = comparison;
  if (value === undefined) return ifExists || negated || quantifier === 'all';
  const actual = typeof value === 'string' ? [value] : value;
  // A negated operator holds only if the value equals none of those listed.
  const test = (one: string): boolean => accepted.some((wanted) => fits(wanted, one)) !== negated;
  return quantifier === 'all' ? actual.every(test) : actual.some(test);
};

/** All operators and all keys must hold; of the values of one key, one is enough. */
export const conditionsHold = (conditions: ConditionBlock, values: ConditionValues): boolean =>
  Object.entries(conditions).every(([operator, byKey]) =>
    Object.entries(byKey).every(([key, accepted]) => holds(operator, accepted, values[key.toLowerCase()])),
  );
