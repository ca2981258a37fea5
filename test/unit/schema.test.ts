import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as zod from 'zod';
import * as ours from '../../shared/domain/schema.ts';

/** The same schema by both libraries. */
type Both = { readonly ours: ours.Schema<unknown, 'required' | 'optional'>; readonly zod: zod.ZodType };
type Member = { readonly key: string; readonly of: Both };

const leaf = fc.constantFrom<Both>(
  { ours: ours.string(), zod: zod.string() },
  { ours: ours.number(), zod: zod.number() },
  { ours: ours.boolean(), zod: zod.boolean() },
  { ours: ours.null(), zod: zod.null() },
  { ours: ours.record(ours.string(), ours.unknown()), zod: zod.record(zod.string(), zod.unknown()) },
  { ours: ours.literal('a'), zod: zod.literal('a') },
  { ours: ours.literal(true), zod: zod.literal(true) },
  { ours: ours.enum(['a', 'b']), zod: zod.enum(['a', 'b']) },
  { ours: ours.set(ours.string()), zod: zod.set(zod.string()) },
  {
    ours: ours.prefixed('a', ours.enum(['', 'b'])),
    zod: zod.templateLiteral(['a', zod.enum(['', 'b'])]),
  },
  { ours: ours.prefixed('a', ours.string()), zod: zod.templateLiteral(['a', zod.string()]) },
);

const keys = ['a', 'b', 'ab', 'c'] as const;
const key = fc.constantFrom(...keys);

const shapesOf = (members: readonly Member[]) => ({
  ours: Object.fromEntries(members.map((member) => [member.key, member.of.ours])),
  zod: Object.fromEntries(members.map((member) => [member.key, member.of.zod])),
});

const bothObjects = (members: readonly Member[]): Both => {
  const shapes = shapesOf(members);
  return { ours: ours.object(shapes.ours), zod: zod.object(shapes.zod) };
};

const required = ({ ours: own, zod: other }: Both) => ({ ours: own as ours.Schema<unknown>, zod: other });

const { any } = fc.letrec<{ any: Both; member: Member; object: Both }>((tie) => ({
  member: fc.record({
    key,
    of: fc
      .tuple(tie('any'), fc.constantFrom('required', 'exact', 'optional', 'default'))
      .map(([of, presence]): Both => {
        const one = required(of);
        if (presence === 'exact') return { ours: one.ours.exactOptional(), zod: zod.exactOptional(one.zod) };
        if (presence === 'optional') return { ours: one.ours.optional(), zod: one.zod.optional() };
        return presence === 'default' ? { ours: one.ours.default('a'), zod: one.zod.default('a') } : of;
      }),
  }),
  object: fc.uniqueArray(tie('member'), { selector: (member) => member.key, maxLength: 4 }).map(bothObjects),
  any: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'schema' },
    leaf,
    tie('object'),
    tie('any')
      .map(required)
      .map((one) => ({ ours: ours.array(one.ours), zod: zod.array(one.zod) })),
    tie('any')
      .map(required)
      .map((one) => ({ ours: one.ours.nullable(), zod: one.zod.nullable() })),
    tie('any')
      .map(required)
      .map((one) => ({ ours: one.ours.transform((of) => [of]), zod: one.zod.transform((of) => [of]) })),
    tie('any')
      .map(required)
      .map((one) => ({ ours: ours.record(ours.string(), one.ours), zod: zod.record(zod.string(), one.zod) })),
    tie('any')
      .map(required)
      .map((one) => ({
        ours: ours.partialRecord(ours.enum(['a', 'b']), one.ours),
        zod: zod.partialRecord(zod.enum(['a', 'b']), one.zod),
      })),
    fc
      .array(tie('any'), { minLength: 1, maxLength: 3 })
      .map((all) => ({ ours: ours.union(all.map((one) => one.ours)), zod: zod.union(all.map((one) => one.zod)) })),
    fc.uniqueArray(tie('member'), { selector: (member) => member.key, maxLength: 3 }).map((members): Both => {
      const shapes = shapesOf(members);
      const kind = (of: 'a' | 'b') => ({
        ours: ours.object({ ...shapes.ours, kind: ours.literal(of) }),
        zod: zod.object({ ...shapes.zod, kind: zod.literal(of) }),
      });
      return {
        ours: ours.discriminatedUnion('kind', [kind('a').ours, ours.object({ kind: ours.literal('b') })]),
        zod: zod.discriminatedUnion('kind', [kind('a').zod, zod.object({ kind: zod.literal('b') })]),
      };
    }),
  ),
}));

/** Values that are likely to fit, nearly. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'value' },
    fc.constantFrom<unknown>('a', 'b', 'ab', '', 'c', 0, 1.5, Number.NaN, Infinity, true, false, null, undefined),
    fc.constantFrom<unknown>(new Set(['a']), new Set([1]), new Set(), new Date(0)),
    fc.dictionary(fc.constantFrom(...keys, 'kind', 'other'), tie('value'), { maxKeys: 5 }),
    fc.record({ kind: fc.constantFrom('a', 'b'), a: tie('value'), b: tie('value') }, { requiredKeys: ['kind'] }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
}));

describe('the schemas of stored items', () => {
  it('give the verdict and the result of zod', () => {
    let fitted = 0;
    fc.assert(
      fc.property(any, value, (schema, given) => {
        const own = schema.ours.safeParse(given);
        const other = schema.zod.safeParse(given);
        expect('data' in own).toBe(other.success);
        if (!other.success) return;
        fitted += 1;
        expect(own.data).toStrictEqual(other.data);
      }),
      { numRuns: 2_000 },
    );
    // Else it would compare refusals alone.
    expect(fitted).toBeGreaterThan(200);
  });

  const press = ours.object({
    alertId: ours.string(),
    note: ours.string().exactOptional(),
    state: ours.enum(['raised', 'closed']),
    places: ours.array(ours.object({ latitude: ours.number() })),
  });
  const fitting = { alertId: 'x', state: 'raised', places: [{ latitude: 1 }] };

  it.each([
    [{ ...fitting, places: [{ latitude: 1 }, { latitude: 'secret' }] }, 'places.1.latitude is no number'],
    [{ ...fitting, state: 'secret' }, 'state is none of raised, closed'],
    [{ ...fitting, note: 5 }, 'note is no text'],
    [{ state: 'raised', places: [] }, 'alertId is missing'],
    ['secret', 'it is no object'],
  ])('say what is wrong and where, and never the value: %j', (given, message) => {
    expect(() => press.parse(given)).toThrow(new ours.ShapeError(message));
  });

  it('tell kinds of objects apart by their own member', () => {
    const either = ours.discriminatedUnion('kind', [
      ours.object({ kind: ours.literal('a'), of: ours.string() }),
      ours.object({ kind: ours.literal('b') }),
    ]);
    expect(either.parse({ kind: 'b', of: 1 })).toEqual({ kind: 'b' });
    expect(() => either.parse({ kind: 'a', of: 1 })).toThrow('of is no text');
    expect(() => either.parse({ kind: 'secret' })).toThrow('kind is none that is known');
  });

  it('pick, leave out and add members', () => {
    expect(press.pick({ alertId: true }).parse(fitting)).toEqual({ alertId: 'x' });
    expect(press.omit({ places: true }).parse(fitting)).toEqual({ alertId: 'x', state: 'raised' });
    expect(() => press.extend({ note: ours.string() }).parse(fitting)).toThrow('note is missing');
    expect(Object.keys(press.extend({ more: ours.unknown() }).shape)).toEqual([
      'alertId',
      'note',
      'state',
      'places',
      'more',
    ]);
  });

  it('take a member that is inherited for none of its own', () => {
    const odd = ours.record(ours.string(), ours.number()).parse(JSON.parse('{"__proto__": 1, "a": 2}'));
    expect(Object.getPrototypeOf(odd)).toBe(Object.prototype);
  });
});
