/*
 * Shapes of what is stored, in the words of zod, which requests and published documents are read with. Only what items
 * need: every consumer of the stream meets a press cold, and zod's own code and classes are a seventh of the time that
 * the press then takes to be told. `test/unit/schema.test.ts` holds both to the same verdict and the same result.
 */

/* oxlint-disable typescript/consistent-type-assertions -- That a value is of a type is what this file finds out. */

/** What is wrong, and where. Never the value itself: items hold what people wrote. */
class Misfit {
  readonly #what: string;
  readonly #path: string[] = [];

  constructor(what: string) {
    this.#what = what;
  }

  under(key: string): this {
    this.#path.unshift(key);
    return this;
  }

  toString(): string {
    return `${this.#path.join('.') || 'it'} ${this.#what}`;
  }
}

/** A value is not of the shape that it should have. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

type Read<Out> = (value: unknown) => Out | Misfit;

/** Whether a member of an object may be left out. */
type Presence = 'required' | 'optional';

export class Schema<Out, P extends Presence = 'required'> {
  readonly read: Read<Out>;
  readonly presence: P;

  constructor(read: Read<Out>, presence: P) {
    this.read = read;
    this.presence = presence;
  }

  /** @throws {ShapeError} */
  parse(value: unknown): Out {
    const read = this.read(value);
    if (read instanceof Misfit) throw new ShapeError(read.toString());
    return read;
  }

  /** Without `data` where it does not fit. */
  safeParse(value: unknown): { readonly data?: Out } {
    const data = this.read(value);
    return data instanceof Misfit ? {} : { data };
  }

  /** Absent, never `undefined`. */
  exactOptional(): Schema<Out, 'optional'> {
    return new Schema(this.read, 'optional');
  }

  /** Absent or `undefined`. */
  optional(): Schema<Out | undefined, 'optional'> {
    return new Schema<Out | undefined, 'optional'>(
      (value) => (value === undefined ? value : this.read(value)),
      'optional',
    );
  }

  nullable(): Schema<Out | null> {
    return required((value) => (value === null ? null : this.read(value)));
  }

  default(absent: Out): Schema<Out> {
    return required((value) => (value === undefined ? absent : this.read(value)));
  }

  transform<To>(change: (read: Out) => To): Schema<To> {
    return required((value) => {
      const read = this.read(value);
      return read instanceof Misfit ? read : change(read);
    });
  }
}

const required = <Out>(read: Read<Out>): Schema<Out> => new Schema(read, 'required');

type AnySchema = Schema<unknown, Presence>;
export type Shape = Readonly<Record<string, AnySchema>>;
// oxlint-disable-next-line typescript/no-explicit-any -- Whatever its presence.
type Of<S> = S extends Schema<infer Out, any> ? Out : never;
export type { Of as infer };
type OptionalKey<S extends Shape> = { [K in keyof S]: S[K] extends Schema<unknown> ? never : K }[keyof S];
type Flat<T> = { [K in keyof T]: T[K] };
type Members<S extends Shape> = Flat<
  { -readonly [K in Exclude<keyof S, OptionalKey<S>>]: Of<S[K]> } & {
    -readonly [K in OptionalKey<S>]?: Of<S[K]>;
  }
>;

/** A value that passes as it is. */
const plain = <Out>(what: string, fits: (value: unknown) => boolean): Schema<Out> =>
  required((value) => (fits(value) ? (value as Out) : new Misfit(value === undefined ? 'is missing' : what)));

export const string = (): Schema<string> => plain('is no text', (value) => typeof value === 'string');
export const number = (): Schema<number> => plain('is no number', Number.isFinite);
export const boolean = (): Schema<boolean> => plain('is neither true nor false', (value) => typeof value === 'boolean');
export const unknown = (): Schema<unknown> => required((value) => value);
const nothing = (): Schema<null> => plain('is not null', (value) => value === null);
export { nothing as null };

export const custom = <Out>(fits: (value: unknown) => boolean): Schema<Out> => plain('does not fit', fits);

const oneOf = <const Out extends string>(values: readonly Out[]): Schema<Out> =>
  plain(`is none of ${values.join(', ')}`, (value) => values.some((one) => one === value));
export { oneOf as enum };

class LiteralSchema<Out> extends Schema<Out> {
  readonly value: Out;

  constructor(value: Out) {
    super((given) => (given === value ? value : new Misfit(`is not ${String(value)}`)), 'required');
    this.value = value;
  }
}

export const literal = <const Out extends string | boolean>(value: Out): LiteralSchema<Out> => new LiteralSchema(value);

/** Text that begins with this, the rest as told. */
export const prefixed = <const Prefix extends string, Rest extends string>(
  prefix: Prefix,
  rest: Schema<Rest>,
): Schema<`${Prefix}${Rest}`> =>
  plain(
    `does not begin with ${prefix}`,
    (value) =>
      typeof value === 'string' &&
      value.startsWith(prefix) &&
      !(rest.read(value.slice(prefix.length)) instanceof Misfit),
  );

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readMembers = (entries: readonly (readonly [string, AnySchema])[], value: unknown) => {
  if (!isObject(value)) return new Misfit(value === undefined ? 'is missing' : 'is no object');
  const members: Record<string, unknown> = {};
  for (const [key, schema] of entries) {
    const member = value[key];
    if (member === undefined && schema.presence === 'optional' && !(key in value)) continue;
    const read = schema.read(member);
    if (read instanceof Misfit) return read.under(key);
    members[key] = read;
  }
  return members;
};

class ObjectSchema<S extends Shape> extends Schema<Members<S>> {
  readonly shape: S;

  constructor(shape: S) {
    const entries = Object.entries(shape);
    super((value) => readMembers(entries, value) as Members<S> | Misfit, 'required');
    this.shape = shape;
  }

  extend<More extends Shape>(more: More): ObjectSchema<Flat<Omit<S, keyof More> & More>> {
    const shape: unknown = { ...this.shape, ...more };
    return new ObjectSchema(shape as Flat<Omit<S, keyof More> & More>);
  }

  pick<Key extends keyof S & string>(keys: Readonly<Record<Key, true>>): ObjectSchema<Flat<Pick<S, Key>>> {
    return new ObjectSchema(this.#only((key) => key in keys) as Pick<S, Key>);
  }

  omit<Key extends keyof S & string>(keys: Readonly<Record<Key, true>>): ObjectSchema<Flat<Omit<S, Key>>> {
    return new ObjectSchema(this.#only((key) => !(key in keys)) as Omit<S, Key>);
  }

  #only(isWanted: (key: string) => boolean): unknown {
    return Object.fromEntries(Object.entries(this.shape).filter(([key]) => isWanted(key)));
  }
}

/** What it does not name is left out. */
export const object = <S extends Shape>(shape: S): ObjectSchema<S> => new ObjectSchema(shape);

const readItems = <Out>(item: Schema<Out>, values: Iterable<unknown>): Out[] | Misfit => {
  const items: Out[] = [];
  for (const value of values) {
    const read = item.read(value);
    if (read instanceof Misfit) return read.under(String(items.length));
    items.push(read);
  }
  return items;
};

export const array = <Out>(item: Schema<Out>): Schema<Out[]> =>
  required((value) => (Array.isArray(value) ? readItems(item, value) : new Misfit('is no list')));

export const set = <Out>(item: Schema<Out>): Schema<Set<Out>> =>
  required((value) => {
    const items = value instanceof Set ? readItems(item, value) : new Misfit('is no set');
    return items instanceof Misfit ? items : new Set(items);
  });

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isObject(value) && [Object.prototype, null].some((plainest) => plainest === Object.getPrototypeOf(value));

export const record = <Key extends string, Out>(key: Schema<Key>, item: Schema<Out>): Schema<Record<Key, Out>> =>
  required((value) => {
    if (!isPlain(value)) return new Misfit('is no record');
    const members: [string, Out][] = [];
    for (const [name, member] of Object.entries(value)) {
      if (key.read(name) instanceof Misfit) return new Misfit('has a key that does not fit');
      const read = item.read(member);
      if (read instanceof Misfit) return read.under(name);
      members.push([name, read]);
    }
    return Object.fromEntries(members) as Record<Key, Out>;
  });

/** The same where not every key has to be there. */
export const partialRecord = <Key extends string, Out>(
  key: Schema<Key>,
  item: Schema<Out>,
): Schema<Partial<Record<Key, Out>>> => record(key, item);

/** The first that fits. */
export const union = <const All extends readonly AnySchema[]>(all: All): Schema<Of<All[number]>> =>
  required((value) => {
    for (const one of all) {
      const read = one.read(value);
      if (!(read instanceof Misfit)) return read as Of<All[number]>;
    }
    return new Misfit('fits none');
  });

/** Objects, told apart by a member that is a literal in each. */
export const discriminatedUnion = <const All extends readonly ObjectSchema<Shape>[]>(
  key: string,
  all: All,
): Schema<Of<All[number]>> => {
  const byValue = new Map(all.map((one) => [(one.shape[key] as LiteralSchema<unknown>).value, one]));
  return required((value) => {
    const one = isObject(value) ? byValue.get(value[key]) : undefined;
    if (!one) return new Misfit('is none that is known').under(key);
    return one.read(value) as Of<All[number]> | Misfit;
  });
};
