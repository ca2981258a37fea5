import { describe, expect, it } from 'vitest';
import { compileFilterPolicy } from '../../infra/local-aws/sns/filter-policy.ts';

type Attribute = { DataType: string; StringValue?: string; BinaryValue?: Uint8Array };
const text = (value: string): Attribute => ({ DataType: 'String', StringValue: value });
const number = (value: number): Attribute => ({ DataType: 'Number', StringValue: String(value) });
const list = (...values: unknown[]): Attribute => ({ DataType: 'String.Array', StringValue: JSON.stringify(values) });

const accepts = (policy: unknown, attributes: Record<string, Attribute>) =>
  compileFilterPolicy(JSON.stringify(policy), 'MessageAttributes')({ attributes, body: 'hello' });
const acceptsBody = (policy: unknown, body: unknown) =>
  compileFilterPolicy(JSON.stringify(policy), 'MessageBody')({ attributes: {}, body: JSON.stringify(body) });
const compile = (policy: unknown, scope: 'MessageAttributes' | 'MessageBody' = 'MessageAttributes') =>
  compileFilterPolicy(JSON.stringify(policy), scope);

// https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html
describe('string values', () => {
  it('match exactly, with case, and by any element of an array', () => {
    expect(accepts({ drill: ['false'] }, { drill: text('false') })).toBe(true);
    expect(accepts({ drill: ['false'] }, { drill: text('False') })).toBe(false);
    expect(accepts({ drill: ['false'] }, { drill: text('true') })).toBe(false);
    expect(accepts({ drill: ['false'] }, { type: text('false') })).toBe(false);
    expect(accepts({ sport: ['rugby', 'tennis'] }, { sport: list('golf', 'tennis') })).toBe(true);
  });

  it('match by prefix, suffix and without regard to case', () => {
    expect(accepts({ type: [{ prefix: 'alert.' }] }, { type: text('alert.raised.v1') })).toBe(true);
    expect(accepts({ type: [{ prefix: 'alert.' }] }, { type: text('check-in.reminder.v1') })).toBe(false);
    expect(accepts({ type: [{ suffix: '.v1' }] }, { type: text('alert.raised.v1') })).toBe(true);
    expect(accepts({ type: [{ 'equals-ignore-case': 'Drill' }] }, { type: text('dRILL') })).toBe(true);
  });

  it('match anything but the named ones', () => {
    expect(accepts({ sport: [{ 'anything-but': ['rugby', 'tennis'] }] }, { sport: text('golf') })).toBe(true);
    expect(accepts({ sport: [{ 'anything-but': 'rugby' }] }, { sport: text('rugby') })).toBe(false);
    expect(accepts({ sport: [{ 'anything-but': ['rugby'] }] }, { sport: list('rugby', 'golf') })).toBe(true);
    expect(accepts({ sport: [{ 'anything-but': ['rugby'] }] }, { sport: list('rugby') })).toBe(false);
    expect(accepts({ sport: [{ 'anything-but': ['rugby'] }] }, { other: text('golf') })).toBe(false);
    expect(accepts({ sport: [{ 'anything-but': { prefix: 'bas' } }] }, { sport: text('basketball') })).toBe(false);
    expect(accepts({ sport: [{ 'anything-but': { suffix: 'ball' } }] }, { sport: text('golf') })).toBe(true);
  });
});

// https://docs.aws.amazon.com/sns/latest/dg/numeric-value-matching.html
describe('numeric values', () => {
  it('match exactly and in ranges, but only numbers', () => {
    expect(accepts({ price: [{ numeric: ['=', 301.5] }] }, { price: number(301.5) })).toBe(true);
    expect(accepts({ price: [301.5] }, { price: number(301.5) })).toBe(true);
    expect(accepts({ price: [{ numeric: ['>', 0, '<=', 150] }] }, { price: number(150) })).toBe(true);
    expect(accepts({ price: [{ numeric: ['>', 0, '<=', 150] }] }, { price: number(0) })).toBe(false);
    expect(accepts({ price: [{ numeric: ['<', 5] }] }, { price: text('3') })).toBe(false);
    expect(accepts({ price: [{ 'anything-but': [100, 500] }] }, { price: number(101) })).toBe(true);
  });
});

// https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
describe('exists', () => {
  it('asks for the presence or the absence of an attribute', () => {
    expect(accepts({ office: [{ exists: true }] }, { office: text('losangeles') })).toBe(true);
    expect(accepts({ office: [{ exists: true }] }, { drill: text('false') })).toBe(false);
    expect(accepts({ office: [{ exists: false }] }, { drill: text('false') })).toBe(true);
  });

  it('false does not match a message without any attribute', () => {
    expect(accepts({ office: [{ exists: false }] }, {})).toBe(false);
  });

  it('does not see binary attributes', () => {
    const attributes = { photo: { DataType: 'Binary', BinaryValue: new Uint8Array([1]) }, drill: text('false') };
    expect(accepts({ photo: [{ exists: true }] }, attributes)).toBe(false);
  });
});

// https://docs.aws.amazon.com/sns/latest/dg/and-or-logic.html
describe('AND and OR', () => {
  it('want every key and one value of each', () => {
    const policy = { drill: ['false'], office: ['boise', 'laredo'] };
    expect(accepts(policy, { drill: text('false'), office: text('laredo') })).toBe(true);
    expect(accepts(policy, { drill: text('false'), office: text('miami') })).toBe(false);
    expect(accepts(policy, { office: text('laredo') })).toBe(false);
  });

  it('$or wants one of its alternatives beside the other keys', () => {
    const policy = { drill: ['false'], $or: [{ office: ['boise'] }, { level: [{ numeric: ['>', 2] }] }] };
    expect(accepts(policy, { drill: text('false'), level: number(3) })).toBe(true);
    expect(accepts(policy, { drill: text('false'), office: text('boise') })).toBe(true);
    expect(accepts(policy, { drill: text('false'), office: text('miami') })).toBe(false);
    expect(accepts(policy, { drill: text('true'), office: text('boise') })).toBe(false);
  });

  it('$or without two alternatives is the name of an attribute', () => {
    expect(() => compile({ $or: [{ office: ['boise'] }] })).toThrow('Unrecognized match type office');
    expect(accepts({ $or: ['a'] }, { drill: text('false') })).toBe(false);
  });
});

// https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering-scope.html
describe('the scope MessageBody', () => {
  it('looks into nested objects and arrays of the body', () => {
    const policy = { alert: { office: ['boise'], tags: ['b'] } };
    expect(acceptsBody(policy, { alert: { office: 'boise', tags: ['a', 'b'] } })).toBe(true);
    expect(acceptsBody(policy, { alert: [{ office: 'laredo' }, { office: 'boise', tags: ['b'] }] })).toBe(true);
    expect(acceptsBody(policy, { alert: { office: 'boise' } })).toBe(false);
    expect(acceptsBody({ drill: [false, null] }, { drill: false })).toBe(true);
    expect(acceptsBody({ alert: { note: [{ exists: false }] } }, { drill: true })).toBe(true);
  });

  it('accepts no message whose body is not a JSON object', () => {
    const filter = compile({ drill: [{ exists: false }] }, 'MessageBody');
    expect(filter({ attributes: {}, body: 'hello' })).toBe(false);
  });
});

// https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
describe('a policy is refused', () => {
  it.each([
    ['that is not an object', '["a"]'],
    ['that is not JSON', 'drill=false'],
    ['with a bare value', '{"drill":"false"}'],
    ['with an empty array', '{"drill":[]}'],
    ['with an array in an array', '{"drill":[["false"]]}'],
    ['with an unknown operator', '{"drill":[{"like":"f%"}]}'],
    ['with two operators in one', '{"drill":[{"prefix":"a","suffix":"b"}]}'],
    ['with an unknown numeric operator', '{"price":[{"numeric":["~",1]}]}'],
    ['with an empty range', '{"price":[{"numeric":[">",5,"<",1]}]}'],
    ['with a number above a billion', '{"price":[{"numeric":["<",1000000001]}]}'],
    ['with a mixed anything-but', '{"price":[{"anything-but":["a",1]}]}'],
    ['with exists that is not a boolean', '{"price":[{"exists":"true"}]}'],
    ['with nesting in the scope MessageAttributes', '{"alert":{"office":["boise"]}}'],
    ['with six keys', JSON.stringify(Object.fromEntries('abcdef'.split('').map((key) => [key, ['x']])))],
    ['with more than 150 combinations', JSON.stringify({ a: 'abcdefghijklm'.split(''), b: 'abcdefghijkl'.split('') })],
  ])('%s', (_what, json) => {
    expect(() => compileFilterPolicy(json, 'MessageAttributes')).toThrow('Invalid parameter: FilterPolicy');
  });

  it('by name when AWS has the operator and the local stack has not', () => {
    expect(() => compile({ ip: [{ cidr: '10.0.0.0/24' }] })).toThrow(
      'does not understand the SNS filter operator cidr',
    );
  });
});
