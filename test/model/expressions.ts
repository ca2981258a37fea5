import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/*
 * DynamoDB's update and condition expressions, as far as our adapters use them. What it does not know it throws on;
 * `memory-table.test.ts` holds it to the emulator that `npm start` runs.
 */

export type Item = Readonly<Record<string, AttributeValue>>;
type Names = Readonly<Record<string, string>> | undefined;
type Values = Readonly<Record<string, AttributeValue>> | undefined;
export type Bindings = { readonly names?: Names; readonly values?: Values };

type Operand =
  | { readonly kind: 'path'; readonly path: readonly string[] }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'if_not_exists'; readonly path: readonly string[]; readonly otherwise: Operand }
  | { readonly kind: 'list_append'; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'sum'; readonly sign: 1 | -1; readonly left: Operand; readonly right: Operand };

type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'exists' | 'missing'; readonly path: readonly string[] }
  | { readonly kind: 'begins'; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'compare'; readonly operator: string; readonly left: Operand; readonly right: Operand };

type Update = {
  readonly set: { readonly path: readonly string[]; readonly to: Operand }[];
  readonly remove: (readonly string[])[];
  readonly add: { readonly path: readonly string[]; readonly value: string }[];
};

const tokensOf = (text: string): string[] => text.match(/<=|>=|<>|[=<>(),.+-]|[:#]?\w+/g) ?? [];

const reader = (text: string) => {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = (): string | undefined => tokens[at];
  const next = (): string => tokens[at++] ?? '';
  const accept = (token: string): boolean => {
    if (peek() !== token) return false;
    at += 1;
    return true;
  };
  const expect = (token: string): void => {
    if (!accept(token)) throw new Error(`Expected ${token} before ${peek() ?? 'the end'} in: ${text}`);
  };
  const path = (): readonly string[] => {
    const parts = [next()];
    while (accept('.')) parts.push(next());
    return parts;
  };
  const atom = (): Operand => {
    if (peek()?.startsWith(':') === true) return { kind: 'value', name: next() };
    const name = path();
    if (!accept('(')) return { kind: 'path', path: name };
    if (name[0] === 'if_not_exists') {
      const tested = path();
      expect(',');
      const otherwise = atom();
      expect(')');
      return { kind: 'if_not_exists', path: tested, otherwise };
    }
    if (name[0] !== 'list_append') throw new Error(`Not understood: ${String(name[0])}`);
    const left = atom();
    expect(',');
    const right = atom();
    expect(')');
    return { kind: 'list_append', left, right };
  };
  const operand = (): Operand => {
    const left = atom();
    if (accept('+')) return { kind: 'sum', sign: 1, left, right: atom() };
    if (accept('-')) return { kind: 'sum', sign: -1, left, right: atom() };
    return left;
  };
  const term = (): Condition => {
    if (accept('(')) {
      const inner = either();
      expect(')');
      return inner;
    }
    const called = peek();
    if (called === 'attribute_exists' || called === 'attribute_not_exists') {
      next();
      expect('(');
      const tested = path();
      expect(')');
      return { kind: called === 'attribute_exists' ? 'exists' : 'missing', path: tested };
    }
    if (called === 'begins_with') {
      next();
      expect('(');
      const left = atom();
      expect(',');
      const right = atom();
      expect(')');
      return { kind: 'begins', left, right };
    }
    const left = operand();
    const operator = next();
    if (operator !== 'BETWEEN') return { kind: 'compare', operator, left, right: operand() };
    const from: Condition = { kind: 'compare', operator: '>=', left, right: operand() };
    expect('AND');
    return { kind: 'and', left: from, right: { kind: 'compare', operator: '<=', left, right: operand() } };
  };
  const all = (): Condition => {
    const left = term();
    return accept('AND') ? { kind: 'and', left, right: all() } : left;
  };
  const either = (): Condition => {
    const left = all();
    return accept('OR') ? { kind: 'or', left, right: either() } : left;
  };
  const update = (): Update => {
    const parsed: Update = { set: [], remove: [], add: [] };
    while (peek() !== undefined) {
      const clause = next();
      do {
        const target = path();
        if (clause === 'REMOVE') parsed.remove.push(target);
        else if (clause === 'ADD') parsed.add.push({ path: target, value: next() });
        else if (clause === 'SET') {
          expect('=');
          parsed.set.push({ path: target, to: operand() });
        } else throw new Error(`Not understood: ${clause}`);
      } while (accept(','));
    }
    const targets = [...parsed.set, ...parsed.add].map((one) => one.path).concat(parsed.remove);
    const distinct = new Set(targets.map((target) => JSON.stringify(target)));
    if (distinct.size < targets.length) throw new Error(`Two document paths overlap: ${text}`);
    return parsed;
  };
  const whole = <T>(parse: () => T): T => {
    const parsed = parse();
    if (peek() !== undefined) throw new Error(`Not understood: ${String(peek())} in ${text}`);
    return parsed;
  };
  return { condition: () => whole(either), update: () => whole(update) };
};

const remember = <T>(parse: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text) ?? parse(text);
    known.set(text, found);
    return found;
  };
};
const conditionOf = remember((text) => reader(text).condition());
const updateOf = remember((text) => reader(text).update());

const resolve = (path: readonly string[], { names }: Bindings): readonly string[] =>
  path.map((part) => (part.startsWith('#') ? (names?.[part] ?? '') : part));

const lookUp = (item: Item | undefined, path: readonly string[]): AttributeValue | undefined => {
  let at: Readonly<Record<string, AttributeValue>> | undefined = item;
  for (const [index, part] of path.entries()) {
    const value: AttributeValue | undefined = at && Object.hasOwn(at, part) ? at[part] : undefined;
    if (index === path.length - 1) return value;
    at = value?.M;
  }
  return undefined;
};

const evaluate = (item: Item | undefined, operand: Operand, bindings: Bindings): AttributeValue | undefined => {
  switch (operand.kind) {
    case 'path':
      return lookUp(item, resolve(operand.path, bindings));
    case 'value':
      return bindings.values?.[operand.name];
    case 'if_not_exists':
      return lookUp(item, resolve(operand.path, bindings)) ?? evaluate(item, operand.otherwise, bindings);
    case 'list_append': {
      const [left, right] = [operand.left, operand.right].map((side) => evaluate(item, side, bindings)?.L ?? []);
      return { L: [...(left ?? []), ...(right ?? [])] };
    }
    case 'sum': {
      const left = Number(evaluate(item, operand.left, bindings)?.N);
      return { N: String(left + operand.sign * Number(evaluate(item, operand.right, bindings)?.N)) };
    }
  }
};

const scalarOf = (value: AttributeValue): string | number | boolean | undefined =>
  value.S ?? (value.N === undefined ? value.BOOL : Number(value.N));

const compare = (operator: string, a: AttributeValue | undefined, b: AttributeValue | undefined): boolean => {
  if (!a || !b || Object.keys(a)[0] !== Object.keys(b)[0]) return false;
  const [left, right] = [scalarOf(a), scalarOf(b)];
  if (left === undefined || right === undefined) throw new Error('Only strings, numbers and booleans are compared.');
  switch (operator) {
    case '=':
      return left === right;
    case '<>':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      throw new Error(`Not understood: ${operator}`);
  }
};

const test = (item: Item | undefined, condition: Condition, bindings: Bindings): boolean => {
  switch (condition.kind) {
    case 'and':
      return test(item, condition.left, bindings) && test(item, condition.right, bindings);
    case 'or':
      return test(item, condition.left, bindings) || test(item, condition.right, bindings);
    case 'exists':
      return lookUp(item, resolve(condition.path, bindings)) !== undefined;
    case 'missing':
      return lookUp(item, resolve(condition.path, bindings)) === undefined;
    case 'begins': {
      const start = evaluate(item, condition.right, bindings)?.S ?? '';
      return evaluate(item, condition.left, bindings)?.S?.startsWith(start) === true;
    }
    case 'compare':
      return compare(
        condition.operator,
        evaluate(item, condition.left, bindings),
        evaluate(item, condition.right, bindings),
      );
  }
};

export const holds = (item: Item | undefined, condition: string | undefined, bindings: Bindings): boolean =>
  condition === undefined || test(item, conditionOf(condition), bindings);

/** What the first term compares its attribute with: the hash key of a search. */
export const hashKeyOf = (condition: string, bindings: Bindings): { name: string; value: string } => {
  let first = conditionOf(condition);
  while (first.kind === 'and') first = first.left;
  if (first.kind !== 'compare' || first.left.kind !== 'path') throw new Error(`Not understood: ${condition}`);
  const value = evaluate(undefined, first.right, bindings)?.S ?? '';
  return { name: resolve(first.left.path, bindings)[0] ?? '', value };
};

/** A document path that does not exist in the item. */
export class InvalidPathError extends Error {}

const put = (item: Item, [name = '', ...rest]: readonly string[], value: AttributeValue | undefined): Item => {
  if (rest.length > 0) {
    const inner = item[name]?.M;
    if (inner) return { ...item, [name]: { M: put(inner, rest, value) } };
    throw new InvalidPathError(name);
  }
  if (value !== undefined) return { ...item, [name]: value };
  const { [name]: _, ...others } = item;
  return others;
};

const added = (before: AttributeValue | undefined, more: AttributeValue | undefined): AttributeValue => {
  if (more?.SS) return { SS: [...new Set([...(before?.SS ?? []), ...more.SS])] };
  return { N: String(Number(before?.N ?? 0) + Number(more?.N)) };
};

/** The item after the update; operands are read from the item as it was. */
export const apply = (before: Item | undefined, key: Item, update: string, bindings: Bindings): Item => {
  const { set, remove, add } = updateOf(update);
  let after: Item = before ?? key;
  for (const { path, to } of set) {
    const value = evaluate(before, to, bindings);
    if (!value) throw new InvalidPathError(path.join('.'));
    after = put(after, resolve(path, bindings), value);
  }
  for (const path of remove) {
    const target = resolve(path, bindings);
    if (target.length > 1 && lookUp(before, target.slice(0, -1)) === undefined) throw new InvalidPathError(path.join());
    after = put(after, target, undefined);
  }
  for (const { path, value } of add) {
    const target = resolve(path, bindings);
    after = put(after, target, added(lookUp(before, target), bindings.values?.[value]));
  }
  return after;
};

export const project = (item: Item, projection: string, bindings: Bindings): Item => {
  let shown: Item = {};
  for (const text of projection.split(',')) {
    const path = resolve(text.trim().split('.'), bindings);
    const value = lookUp(item, path);
    if (value === undefined) continue;
    for (let depth = 1; depth < path.length; depth += 1) {
      const outer = path.slice(0, depth);
      if (lookUp(shown, outer) === undefined) shown = put(shown, outer, { M: {} });
    }
    shown = put(shown, path, value);
  }
  return shown;
};
