import { isObject } from '../json.ts';

/** What a created resource answers to `Ref` and `Fn::GetAtt`. */
export type ResourceValues = { readonly ref: string; readonly attributes?: Readonly<Record<string, string>> };

/** Where intrinsic functions find their values. */
export type IntrinsicScope = {
  readonly pseudoParameters: Readonly<Record<string, string>>;
  /** Undefined where the template has no such resource. */
  readonly resource: (logicalId: string) => ResourceValues | undefined;
};

/** `Ref: AWS::NoValue` takes the property away. */
const noValue = Symbol('AWS::NoValue');

const text = (value: unknown, where: string): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${where}: expected a text, got ${JSON.stringify(value)}`);
};

const list = (value: unknown, where: string): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  throw new Error(`${where}: expected a list, got ${JSON.stringify(value)}`);
};

const ref = (name: string, scope: IntrinsicScope): string | symbol => {
  if (name === 'AWS::NoValue') return noValue;
  const value = scope.pseudoParameters[name] ?? scope.resource(name)?.ref;
  if (value === undefined) throw new Error(`Ref: there is no resource or parameter ${name}`);
  return value;
};

const getAtt = (logicalId: string, attribute: string, scope: IntrinsicScope): string => {
  const value = scope.resource(logicalId)?.attributes?.[attribute];
  if (value === undefined) throw new Error(`Fn::GetAtt: ${logicalId} has no attribute ${attribute} here`);
  return value;
};

/** `${Name}`, `${Name.Attribute}` and the literal `${!Name}`; the second element of a list adds own variables. */
const sub = (argument: unknown, scope: IntrinsicScope): string => {
  const [template, variables] = Array.isArray(argument) ? list(argument, 'Fn::Sub') : [argument, {}];
  const own = isObject(variables) ? variables : {};
  return text(template, 'Fn::Sub').replaceAll(/\$\{(!?)([^}]+)\}/g, (_match, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (Object.hasOwn(own, name)) return text(resolve(own[name], scope), 'Fn::Sub');
    const dot = name.indexOf('.');
    if (dot > 0) return getAtt(name.slice(0, dot), name.slice(dot + 1), scope);
    return text(ref(name, scope), 'Fn::Sub');
  });
};

type Intrinsic = (argument: unknown, scope: IntrinsicScope) => unknown;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => ref(text(argument, 'Ref'), scope),
  'Fn::GetAtt': (argument, scope) => {
    const parts = typeof argument === 'string' ? argument.split('.') : list(argument, 'Fn::GetAtt');
    const [logicalId, ...attribute] = parts.map((part) => text(resolve(part, scope), 'Fn::GetAtt'));
    return getAtt(logicalId ?? '', attribute.join('.'), scope);
  },
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = list(argument, 'Fn::Join');
    const values = list(resolve(parts, scope), 'Fn::Join').map((part) => text(part, 'Fn::Join'));
    return values.join(text(separator, 'Fn::Join'));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, source] = list(argument, 'Fn::Split');
    return text(resolve(source, scope), 'Fn::Split').split(text(separator, 'Fn::Split'));
  },
  'Fn::Select': (argument, scope) => {
    const [index, source] = list(argument, 'Fn::Select');
    const chosen = list(resolve(source, scope), 'Fn::Select')[Number(resolve(index, scope))];
    if (chosen === undefined) throw new Error(`Fn::Select: there is no element ${JSON.stringify(index)}`);
    return chosen;
  },
  'Fn::Sub': sub,
};

/** What templates may compute with. */
export const intrinsicNames: readonly string[] = Object.keys(intrinsics);

const intrinsicOf = (value: Record<string, unknown>): [name: string, argument: unknown] | undefined => {
  const [only, ...others] = Object.entries(value);
  if (only === undefined || others.length > 0) return undefined;
  return only[0] === 'Ref' || only[0].startsWith('Fn::') ? only : undefined;
};

/** Replaces each intrinsic function in a value by what it stands for. Unknown functions are an error. */
export const resolve = (value: unknown, scope: IntrinsicScope): unknown => {
  if (Array.isArray(value)) {
    return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue);
  }
  if (!isObject(value)) return value;
  const found = intrinsicOf(value);
  if (found !== undefined) {
    const [name, argument] = found;
    const intrinsic = intrinsics[name];
    if (intrinsic === undefined) throw new Error(`the function ${name} is not understood`);
    return intrinsic(argument, scope);
  }
  const resolved = Object.entries(value).map(([key, member]): [string, unknown] => [key, resolve(member, scope)]);
  return Object.fromEntries(resolved.filter(([, member]) => member !== noValue));
};

/** Names that a value refers to, wherever in it they stand; pseudo parameters included. */
export const referencesIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const found = intrinsicOf(value);
  if (found === undefined) return Object.values(value).flatMap(referencesIn);
  const [name, argument] = found;
  if (name === 'Ref' && typeof argument === 'string') return [argument];
  if (name === 'Fn::GetAtt') {
    const first: unknown = typeof argument === 'string' ? argument.split('.')[0] : list(argument, name)[0];
    return typeof first === 'string' ? [first] : referencesIn(first);
  }
  if (name === 'Fn::Sub') {
    const template: unknown = Array.isArray(argument) ? argument[0] : argument;
    const names = typeof template === 'string' ? template.matchAll(/\$\{(?!!)([^}.]+)[^}]*\}/g) : [];
    return [
      ...Array.from(names, (match) => match[1] ?? ''),
      ...referencesIn(Array.isArray(argument) ? argument[1] : []),
    ];
  }
  return referencesIn(argument);
};
