import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createHandler as answerQueries } from '../../functions/answer-queries/handler.ts';
import { createHandler as cancelAlert } from '../../functions/cancel-alert/handler.ts';
import { createHandler as raiseAlert } from '../../functions/raise-alert/handler.ts';
import { createHandler as registerFamily } from '../../functions/register-family/handler.ts';
import { operations } from '../../shared/contracts/operations.ts';
import { consulateById, ministryDesk, openConsulates } from '../../shared/data/consulates.ts';
import type { Alert } from '../../shared/domain/alert.ts';
import type { HttpHandler } from '../../shared/runtime/http.ts';
import { expectDocumented } from '../support/api-contract.ts';
import { aContext, aFamily, anAlert, anEvent, answerOf } from '../support/fixtures.ts';
import { queryDeps } from '../support/query-deps.ts';

/** Planted in whatever is sent; no refusal may bring it back. Made of letters that every field takes. */
const marker = 'Zaqxsw';
const secret = `Bearer ${aFamily().familyId}.${'s'.repeat(43)}`;
const knownAlert = anAlert();

const presses = new Map<string, Alert>();
const queries = answerQueries(
  queryDeps({ family: aFamily({ contacts: [] }), pressed: [{ alert: knownAlert, events: [] }] }),
);
const handlers: Readonly<Record<string, HttpHandler>> = {
  'POST /v1/alerts': raiseAlert({
    devices: queryDeps().devices,
    alerts: {
      put: async (alert) => {
        const first = presses.get(alert.alertId);
        presses.set(alert.alertId, first ?? alert);
        return first ? { kind: 'exists', alert: first } : { kind: 'stored' };
      },
    },
    now: () => new Date(),
  }),
  'POST /v1/families': registerFamily({
    families: { register: async ({ family }) => family },
    secrets: {
      newId: () => crypto.randomUUID(),
      newSecret: () => ({ secret: 's'.repeat(43), secretHash: 'hash' }),
    },
    pinHasher: { hash: async () => 'hash' },
    now: () => new Date(),
    registrationCodeHash: undefined,
    smsCountryCodes: ['+1', '+52'],
  }),
  'POST /v1/alerts/{alertId}/cancel': cancelAlert({
    devices: queryDeps().devices,
    alerts: { get: async (_, alertId) => (alertId === knownAlert.alertId ? knownAlert : undefined) },
    families: { get: async () => aFamily() },
    cases: {
      read: async () => ({ alert: knownAlert, events: [], family: aFamily() }),
      apply: async () => 'applied',
    },
    pins: {
      hashesOf: async () => ({ pin: 'hash' }),
      countTry: async () => 'counted',
      takeBack: async () => undefined,
      clear: async () => undefined,
      pretend: async () => undefined,
    },
    hasher: { hash: async () => 'hash', match: async (_, pin) => (pin === '1234' ? 'pin' : 'wrong') },
    openConsulates,
    consulateById,
    desk: ministryDesk,
    now: () => new Date('2026-11-22T20:10:00.000Z'),
    newId: () => crypto.randomUUID(),
    retentionMs: 1,
  }),
};
const routes = [...operations.map(({ method, path }) => `${method} ${path}`), '$default'];

/** Text with the marker somewhere, of any characters, and what people type into such fields. */
const text = fc.oneof(
  fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })).map((parts) => parts.join(marker)),
  fc.constantFrom(marker, '', '1', '-91', '1e3', 'es', '+12135550101', 'a@example.com', 'sms', '2026-11-22T20:00:00Z'),
  fc.uuid(),
);
const anyJson = fc.jsonValue({ maxDepth: 4 });
const leaf = fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null), anyJson);
const mostlyRight = (value: fc.Arbitrary<unknown>) => fc.oneof({ weight: 15, arbitrary: value }, leaf);
const record = (model: Record<string, fc.Arbitrary<unknown>>) =>
  fc
    .tuple(
      fc.oneof({ weight: 4, arbitrary: fc.record(model) }, fc.record(model, { requiredKeys: [] })),
      fc.dictionary(text, leaf, { maxKeys: 2 }),
    )
    .map(([known, unknown]) => ({ ...unknown, ...known }));

/** Optional fields: mostly left out, else one of them would spoil almost every request. */
const rarely = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 15, arbitrary: fc.constant<unknown>(undefined) }, value);

const position = record({ latitude: leaf, longitude: leaf, accuracyMeters: leaf, measuredAt: leaf });
const nearlyPress = record({
  alertId: mostlyRight(fc.uuid()),
  position: mostlyRight(position),
  pressedAt: leaf,
  drill: leaf,
  battery: leaf,
  note: leaf,
});
const contact = record({
  name: mostlyRight(fc.constant(marker)),
  channel: mostlyRight(fc.constant('email')),
  endpoint: mostlyRight(fc.constantFrom('a@example.com', `${marker}@example.com`)),
});
const person = record({
  name: mostlyRight(fc.constant(marker)),
  language: mostlyRight(fc.constant('es')),
  homePosition: rarely(position),
  phone: rarely(leaf),
});
const nearlyRegistration = record({
  registrationId: rarely(leaf),
  person: mostlyRight(person),
  contacts: mostlyRight(fc.array(contact, { maxLength: 2 })),
  pin: mostlyRight(fc.constant('1234')),
  duressPin: rarely(leaf),
  consent: mostlyRight(
    record({ consularNotification: mostlyRight(fc.boolean()), version: mostlyRight(fc.constant('1')) }),
  ),
  sharePositionWithFamily: rarely(leaf),
});

const bodies: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'POST /v1/alerts': nearlyPress,
  'POST /v1/families': nearlyRegistration,
  'POST /v1/alerts/{alertId}/cancel': record({ pin: mostlyRight(fc.constantFrom('1234', '4321')) }),
};
const garbage = fc.oneof(
  anyJson.map((json) => JSON.stringify(json)),
  text,
  fc.integer({ min: 1, max: 16_000 }).map((depth) => '['.repeat(depth) + marker),
  fc.integer({ min: 16_000, max: 17_000 }).map((length) => JSON.stringify({ [marker]: 'x'.repeat(length) })),
  fc.constantFrom('{"__proto__": {"alertId": "Zaqxsw"}}', '{"constructor": 1}', 'null', '"', '\uD800'),
);
const bodyFor = (routeKey: string) => {
  const json = (bodies[routeKey] ?? anyJson).map((value) => JSON.stringify(value));
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ body: json }) },
    fc.record({ body: garbage }),
    fc.record({ body: json.map((plain) => Buffer.from(plain).toString('base64')), isBase64Encoded: fc.constant(true) }),
    fc.record({ body: garbage, isBase64Encoded: fc.constant(true) }),
    fc.constant({}),
  );
};

const mostly = (usual: string) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(usual) },
    text,
    text.map((value) => `Bearer ${value}`),
  );
const headers = fc.record(
  { authorization: mostly(secret), 'content-type': mostly('application/json'), accept: text, 'x-forwarded-for': text },
  { requiredKeys: ['authorization'] },
);
const number = fc.double({ min: -100, max: 100, noNaN: true }).map((value) => value.toFixed(3));
const query = record({
  latitude: fc.oneof(number, text),
  longitude: fc.oneof(number, text),
  limit: fc.oneof(fc.constantFrom('1', '10'), text),
  language: text,
}).map((fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'string')));

const requestTo = (routeKey: string) =>
  fc.record({
    routeKey: fc.constant(routeKey),
    payload: bodyFor(routeKey),
    headers,
    queryStringParameters: fc.option(query, { nil: undefined }),
    pathParameters: fc.option(fc.record({ alertId: fc.oneof(text, fc.constant(knownAlert.alertId)) }), {
      nil: undefined,
    }),
  });

const send = async ({ routeKey, payload, ...rest }: { routeKey: string; payload: object }) => {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const result = await (handlers[routeKey] ?? queries)(anEvent({ routeKey, ...payload, ...given }), aContext);
  return expectDocumented(routeKey, answerOf(result));
};

/** Each status must be among the answers, or the requests would not get past the first check of their route. */
const expected: Readonly<Record<string, readonly number[]>> = {
  'POST /v1/alerts': [202, 400, 401, 413],
  'POST /v1/families': [201, 400, 413, 415],
  'POST /v1/alerts/{alertId}/cancel': [200, 400, 401, 403, 404, 413, 415],
  'GET /v1/family': [200, 401],
  'GET /v1/alerts/{alertId}': [200, 401, 404],
  'GET /v1/consulates': [200, 400],
  'GET /v1/rights': [200, 400],
};

describe('any request', () => {
  it.each(routes)(
    'to %s is answered with 2xx or 4xx as documented, and nothing repeats what was sent',
    async (route) => {
      const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
      onTestFinished(() => written.mockRestore());
      const seen = new Set<number>();
      await fc.assert(
        fc.asyncProperty(requestTo(route), async (request) => {
          const { status, headers: answered, body } = await send(request);
          seen.add(status);
          expect(status).toBeLessThan(500);
          // The answer to a registration names the contacts: that is what it is for.
          const shown = status === 201 ? { ...body, contacts: [] } : body;
          expect(JSON.stringify([answered, shown])).not.toContain(marker);
        }),
        { numRuns: 500 },
      );
      expect([...seen]).toEqual(expect.arrayContaining([...(expected[route] ?? [])]));
      expect(JSON.stringify(written.mock.calls)).not.toContain(marker);
    },
  );
});
