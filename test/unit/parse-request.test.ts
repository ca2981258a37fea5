import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { makeCheckInRequest } from '../../shared/contracts/check-ins.ts';
import { uuid } from '../../shared/contracts/common.ts';
import { registerFamilyRequest } from '../../shared/contracts/families.ts';
import { parseRequest, withoutNulls } from '../../shared/runtime/parse.ts';
import { HttpProblem } from '../../shared/runtime/problem.ts';

/** `field code` of each wrong field, as the answer has them. */
const refused = (schema: z.ZodType, input: unknown): readonly string[] => {
  try {
    parseRequest(schema, input);
  } catch (fault) {
    if (!(fault instanceof HttpProblem)) throw fault;
    const { errors } = JSON.parse(JSON.stringify(fault.toDocument('request'))) as {
      errors: readonly { field: string; code: string; detail: string }[];
    };
    return errors.map(({ field, code }) => `${field} ${code}`);
  }
  return [];
};

const registration = {
  person: { name: 'Ana', language: 'es' },
  contacts: [{ name: 'José', channel: 'sms', endpoint: '+12135550101' }],
  pin: '4711',
  consent: { consularNotification: true, version: '2026-01' },
};
const register = (change: object) => refused(registerFamilyRequest(['US', 'MX']), { ...registration, ...change });
const contact = (endpoint: unknown) => register({ contacts: [{ name: 'José', channel: 'sms', endpoint }] });

describe('each wrong field has a code beside its text', () => {
  it('of what every schema says', () => {
    const schema = z.object({
      id: uuid,
      count: z.number().min(1).max(9),
      list: z.array(z.string()).min(1).max(2),
      word: z.enum(['a', 'b']),
      text: z.string().max(3),
    });
    const right = { id: '3f1c9a44-5d3e-4b65-8f3b-1f2a90c7d611', count: 2, list: ['x'], word: 'a', text: 'abc' };
    expect(refused(schema, right)).toEqual([]);
    for (const [change, code] of [
      [{ id: undefined }, 'id missing'],
      [{ id: null }, 'id missing'],
      [{ id: 7 }, 'id wrong-type'],
      [{ id: 'x' }, 'id wrong-format'],
      [{ count: 0 }, 'count too-small'],
      [{ count: 10 }, 'count too-large'],
      [{ list: [] }, 'list too-short'],
      [{ list: ['x', 'x', 'x'] }, 'list too-long'],
      [{ list: ['x', 7] }, 'list.1 wrong-type'],
      [{ word: 'c' }, 'word unknown-value'],
      [{ text: 'abcd' }, 'text too-long'],
    ] as const) {
      expect(refused(schema, { ...right, ...change })).toEqual([code]);
    }
    expect(refused(schema, undefined)).toEqual([' missing']);
  });

  it('of the rules that no schema can say', () => {
    expect(register({})).toEqual([]);
    expect(register({ person: { name: '❤️', language: 'es' } })).toEqual(['person.name no-letter']);
    expect(register({ person: { name: 'Banco 90055', language: 'es' } })).toEqual(['person.name too-many-digits']);
    expect(register({ person: { name: 'a'.repeat(81), language: 'es' } })).toEqual(['person.name too-long']);
    expect(register({ person: { name: 'Ana', language: 'xx' } })).toEqual(['person.language unknown-value']);
    expect(register({ duressPin: '4711' })).toEqual(['duressPin same-as-pin']);
    expect(register({ contacts: [...registration.contacts, ...registration.contacts] })).toEqual([
      'contacts.1.endpoint duplicate',
    ]);
    expect(register({ contacts: [{ name: 'José', channel: 'fax', endpoint: '1' }] })).toEqual([
      'contacts.0.channel unknown-value',
    ]);
    for (const [endpoint, code] of [
      [undefined, 'missing'],
      ['213 555 0101', 'no-country-code'],
      ['+1 213 555', 'incomplete-phone'],
      ['+1 900 555 0199', 'premium-phone'],
      ['+1 213 555 0101 ext. 12', 'phone-extension'],
      ['+1 876 555 0101', 'other-country'],
    ]) {
      expect(contact(endpoint)).toEqual([`contacts.0.endpoint ${code}`]);
    }
    expect(refused(makeCheckInRequest, { dueAt: '2026-11-22T20:00:00Z', label: 'x'.repeat(101) })).toEqual([
      'label too-long',
    ]);
  });
});

describe('a request without nulls', () => {
  it('has no field that is null, as deep as requests are', () => {
    const sent = { a: null, b: { c: null, d: [{ e: null, f: 0 }, null] }, g: '' };
    expect(withoutNulls(sent)).toEqual({ b: { d: [{ f: 0 }, null] }, g: '' });
    expect(withoutNulls(null)).toBeNull();
    expect(withoutNulls(JSON.parse('{"__proto__":{"pin":null}}'))).not.toHaveProperty('pin');
  });

  it('is read however deep it is', () => {
    expect(() => withoutNulls(JSON.parse(`${'['.repeat(8000)}${']'.repeat(8000)}`))).not.toThrow();
  });
});
