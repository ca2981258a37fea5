import { marshall } from '@aws-sdk/util-dynamodb';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createHandler as answerQueries } from '../../functions/answer-queries/handler.ts';
import { createHandler as manageFamily } from '../../functions/manage-family/handler.ts';
import { createHandler as cancelAlert } from '../../functions/cancel-alert/handler.ts';
import { createHandler as manageCheckIns } from '../../functions/manage-check-ins/handler.ts';
import { createHandler as raiseAlert } from '../../functions/raise-alert/handler.ts';
import { createHandler as recordPositions } from '../../functions/record-positions/handler.ts';
import { createHandler as registerFamily } from '../../functions/register-family/handler.ts';
import { createHandler as serveCase } from '../../functions/serve-case/handler.ts';
import { consentTexts } from '../../shared/data/consent-texts.ts';
import { caseOperations } from '../../shared/contracts/case-operations.ts';
import { familyActionRequests, officerActionRequests } from '../../shared/contracts/case-actions.ts';
import { manageFamilyOperations } from '../../shared/contracts/manage-family-operations.ts';
import { operations } from '../../shared/contracts/operations.ts';
import { consulateById, ministryDesk, openConsulates } from '../../shared/data/consulates.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { AlertState } from '../../shared/domain/vocabulary.ts';
import type { Case } from '../../shared/domain/case/case.ts';
import { composeServeCase } from '../../shared/compose.ts';
import { hashSecret } from '../../shared/runtime/device-token.ts';
import type { HttpHandler } from '../../shared/runtime/http.ts';
import { anyCodePoint } from '../support/any-code-point.ts';
import { expectDocumented, routeOf } from '../support/api-contract.ts';
import { caseIn, caseNow, everyState } from '../support/cases.ts';
import { aCheckIn, fakeCheckInStore } from '../support/check-ins.ts';
import { aContext, aFamily, anAccount, anAlert, anEvent } from '../support/fixtures.ts';
import { keepCase, keepFamily, keepLink } from '../support/kept.ts';
import { createOutside } from '../support/outside.ts';
import { onlyCase } from '../support/only-case.ts';
import { queryDeps } from '../support/query-deps.ts';
import { noDistricts } from '../support/no-districts.ts';

/** Planted in whatever is sent; no refusal may bring it back. Made of letters that every field takes. */
const marker = 'Zaqxsw';
const secret = `Bearer ${aFamily().familyId}.${'s'.repeat(43)}`;
const knownAlert = anAlert();
const { position: _position, ...withoutPosition } = knownAlert;

const presses = new Map<string, Alert>();
const putPress = (alert: Alert) => {
  held(alert);
  const first = presses.get(alert.alertId);
  presses.set(alert.alertId, first ?? alert);
  const has = { hasPosition: first?.position !== undefined, hasNote: first?.note !== undefined };
  return first ? { kind: 'exists' as const, alert: first, first: has } : { kind: 'stored' as const };
};
const queries = answerQueries(
  queryDeps({ family: aFamily({ contacts: [] }), pressed: [{ alert: knownAlert, events: [] }] }),
);

/** The pages of one case, new for each request. */
const links = { office: 'o'.repeat(43), ministry: 'm'.repeat(43), family: 'f'.repeat(43) };
const recipients = {
  office: { kind: 'consulate', id: 'los-angeles' },
  ministry: { kind: 'ministry' },
  family: { kind: 'family' },
} as const;
const pagesOf =
  (found: Case): HttpHandler =>
  async (event, context) => {
    const world = createOutside({ start: caseNow.toISOString(), allOffices: true });
    await keepFamily(world, found.family);
    await keepCase(world, found);
    const { familyId, alertId } = found.alert;
    for (const name of ['office', 'ministry', 'family'] as const) {
      const link = { familyId, alertId, recipient: recipients[name], expiresAt: '2026-12-22T20:00:00.000Z' };
      await keepLink(world, link, links[name]);
    }
    return serveCase(world.of(composeServeCase))(event, context);
  };
const pageRoutes = new Set(caseOperations.map(routeOf));

const pins = {
  pins: {
    hashesOf: async () => ({ pin: 'hash' }),
    countTry: async () => 'counted' as const,
    takeBack: async () => undefined,
    clear: async () => undefined,
    pretend: async () => undefined,
  },
  hasher: {
    hash: async () => 'hash',
    match: async (_: string, pin: string) => (pin === '1234' ? ('pin' as const) : ('wrong' as const)),
  },
};

/** A family with one check-in that waits, and one that was missed; new for each request. */
const checkIns: HttpHandler = async (event, context) => {
  const { devices, presses: history } = queryDeps();
  const missed = aCheckIn({ checkInId: knownAlert.alertId, state: 'missed', alertId: knownAlert.alertId });
  const handler = manageCheckIns({
    ...pins,
    devices,
    families: { get: async () => aFamily() },
    presses: history,
    checkIns: fakeCheckInStore([aCheckIn(), missed]).store,
    alerts: { get: async () => undefined },
    heads: onlyCase,
    cases: { read: async () => undefined, apply: async () => 'applied' },
    consulateById,
    openConsulates,
    ...noDistricts,
    desk: ministryDesk,
    now: () => new Date('2026-11-22T20:10:00.000Z'),
    newId: () => crypto.randomUUID(),
    retentionMs: 1,
  });
  return handler(event, context);
};

const knownDevice = '33333333-3333-4333-8333-333333333333';
const changeFamily = manageFamily({
  ...pins,
  openConsulates,
  consentTexts,
  recoveries: { find: async () => undefined },
  subscriptions: { list: async () => [], refused: () => [] },
  reaches: { get: async () => undefined },
  codes: { tryFirstHalf: async () => undefined, redeem: async () => false },
  accounts: {
    applySettings: async (change) => {
      held(change);
      return { kind: 'applied' };
    },
    get: async () =>
      anAccount({
        devices: { [hashSecret('s'.repeat(43))]: { deviceId: knownDevice, addedAt: '2026-11-01T00:00:00.000Z' } },
        shownContacts: [knownDevice, aFamily().familyId].map((contactId) => ({
          contactId,
          name: 'Lupita',
          channel: 'email',
          endpoint: `${contactId}@example.com`,
        })),
      }),
    apply: async (change) => {
      held(change);
      return { kind: 'applied' };
    },
  },
  presses: { list: async () => [] },
  secrets: {
    newId: () => crypto.randomUUID(),
    newSecret: () => ({ secret: 's'.repeat(43), secretHash: 'new' }),
    newLinkToken: () => 'l'.repeat(22),
    newCode: () => ({ code: '0000-0000-0000-0000', codeHash: 'code' }),
  },
  now: () => new Date('2026-11-22T20:10:00.000Z'),
  smsCountries: ['US', 'MX'],
});

/** Throws as DynamoDB and its client do for what an item cannot hold, so that it shows as a 500. */
const held = <T>(item: T): T => {
  const check = (value: unknown): void => {
    if (typeof value === 'string' && !value.isWellFormed()) throw new Error('half a character');
    if (typeof value === 'number' && value !== 0 && !(Math.abs(value) >= 1e-130)) throw new Error('too small');
    if (typeof value === 'object' && value !== null) Object.entries(value).flat().forEach(check);
  };
  marshall(item, { removeUndefinedValues: true });
  check(item);
  return item;
};

const registering = registerFamily({
  families: { register: async ({ family }) => ({ kind: 'registered', family: held(family) }) },
  secrets: {
    newId: () => crypto.randomUUID(),
    newSecret: () => ({ secret: 's'.repeat(43), secretHash: 'hash' }),
    newLinkToken: () => 'l'.repeat(22),
    newCode: () => ({ code: '0000-0000-0000-0000', codeHash: 'code' }),
  },
  pinHasher: { hash: async () => 'hash' },
  keyedHash: async () => 'hash',
  openConsulates,
  consentTexts,
  ...noDistricts,
  officeReach: { get: async () => undefined },
  now: () => new Date(),
  registrationCodeHash: undefined,
  asksForWork: false,
  smsCountries: ['US', 'MX'],
});

const handlers: Readonly<Record<string, HttpHandler>> = {
  'POST /v1/check-ins': checkIns,
  'GET /v1/check-ins': checkIns,
  'POST /v1/check-ins/{checkInId}/ok': checkIns,
  'POST /v1/check-ins/{checkInId}/end': checkIns,
  'POST /v1/alerts/{alertId}/positions': recordPositions({
    devices: queryDeps().devices,
    alerts: { get: async (_, alertId) => (alertId === knownAlert.alertId ? withoutPosition : undefined) },
    heads: onlyCase,
    cases: {
      apply: async (change) => {
        held(change);
        return 'applied';
      },
    },
    track: { add: async (_alert, points, last) => (held(points), last) },
    retentionMs: 1,
    openConsulates,
    ...noDistricts,
    chooseConsulate: async () => ({
      kind: 'chosen',
      assigned: { id: 'fresno', distanceMeters: 900, basis: 'great-circle' },
    }),
    now: () => new Date(),
    newId: () => crypto.randomUUID(),
  }),
  'POST /v1/alerts': raiseAlert({
    devices: { authenticatePress: async (token) => queryDeps().devices.authenticate(token) },
    alerts: {
      putUnseen: async () => undefined,
      put: async (alert) => putPress(alert),
      putDrill: async (alert) => putPress(alert),
      add: async (addition) => {
        held(addition);
      },
    },
    now: () => new Date(),
  }),
  'POST /v1/families': registering,
  'GET /v1/registration-challenge': registering,
  ...Object.fromEntries(manageFamilyOperations.map(({ method, path }) => [`${method} ${path}`, changeFamily] as const)),
  'POST /v1/alerts/{alertId}/cancel': cancelAlert({
    devices: queryDeps().devices,
    alerts: { get: async (_, alertId) => (alertId === knownAlert.alertId ? knownAlert : undefined) },
    heads: onlyCase,
    families: { get: async () => aFamily() },
    cases: {
      read: async () => ({ alert: knownAlert, events: [], family: aFamily() }),
      apply: async () => 'applied',
    },
    ...pins,
    openConsulates,
    ...noDistricts,
    consulateById,
    desk: ministryDesk,
    now: () => new Date('2026-11-22T20:10:00.000Z'),
    newId: () => crypto.randomUUID(),
    retentionMs: 1,
  }),
};
const routes = [...new Set(operations.map(routeOf)), '$default'];

/** Text with the marker somewhere, of any characters, and what people type into such fields. */
const text = fc.oneof(
  fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: anyCodePoint })).map((parts) => parts.join(marker)),
  fc.constantFrom(marker, '', '1', '-91', '1e3', 'es', '+12135550101', 'a@example.com', 'sms', '2026-11-22T20:00:00Z'),
  fc.uuid(),
);
const anyJson = fc.jsonValue({ maxDepth: 4 });
/** What programs send for "no value", and what no table holds. */
const oddNumber = fc.constantFrom(4.9e-324, -4.9e-324, 1e-131, 1e20, 2 ** 53, -0, '4.9E-324', '34,05', '٣٤');
const leaf = fc.oneof(text, fc.double(), oddNumber, fc.integer(), fc.boolean(), fc.constant(null), anyJson);
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
const rightPosition = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});
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
    record({ consularNotification: mostlyRight(fc.boolean()), version: mostlyRight(fc.constantFrom('2026-01', '1')) }),
  ),
  sharePositionWithFamily: rarely(leaf),
});

const typed = mostlyRight(fc.constantFrom(marker, `<${marker}>`));
const officerAction = record({
  officer: typed,
  to: mostlyRight(fc.constantFrom(...everyState)),
  facility: rarely(typed),
  note: rarely(typed),
  text: typed,
  name: typed,
  phone: mostlyRight(fc.constant('+12135550177')),
  consulateId: mostlyRight(fc.constantFrom('boston', 'los-angeles', 'nowhere')),
  disposition: mostlyRight(fc.constantFrom('safe', 'released', 'other')),
});

const pinField = mostlyRight(fc.constantFrom('1234', '4321'));
const bodies: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'POST /c/{token}/{action}': officerAction,
  'POST /f/{token}/{action}': record({ name: typed, task: rarely(typed) }),
  'POST /v1/alerts/{alertId}/positions': record({
    positions: mostlyRight(
      fc.array(fc.oneof({ weight: 15, arbitrary: rightPosition }, position), { minLength: 1, maxLength: 3 }),
    ),
  }),
  'POST /v1/alerts': nearlyPress,
  'POST /v1/families': nearlyRegistration,
  'POST /v1/family/contacts': fc
    .tuple(contact, record({ pin: pinField }))
    .map(([fields, pin]) => ({ ...fields, ...pin })),
  'POST /v1/family/contacts/{contactId}': record({
    pin: pinField,
    name: rarely(typed),
    endpoint: rarely(fc.oneof(fc.constantFrom('+12135550177', 'lupita@example.com'), leaf)),
    language: rarely(fc.constant('en')),
  }),
  'POST /v1/family/settings': record({
    pin: pinField,
    person: rarely(person),
    newPin: rarely(leaf),
    newDuressPin: rarely(leaf),
    consent: rarely(
      record({ consularNotification: mostlyRight(fc.boolean()), version: rarely(fc.constant('2026-01')) }),
    ),
    sharePositionWithFamily: rarely(fc.boolean()),
  }),
  ...Object.fromEntries(
    manageFamilyOperations
      .filter(({ id }) => !['addContact', 'changeContact', 'changeSettings'].includes(id))
      .map(({ method, path }) => [`${method} ${path}`, record({ pin: pinField })] as const),
  ),
  'POST /v1/check-ins': record({
    dueAt: mostlyRight(fc.constantFrom('2026-11-22T21:00:00Z', '2026-11-22T19:00:00Z', '2026-11-23T01:00:00+02:00')),
    label: rarely(typed),
    checkInId: rarely(fc.oneof(fc.uuid(), leaf)),
  }),
  'POST /v1/check-ins/{checkInId}/ok': record({ pin: mostlyRight(fc.constantFrom('1234', '4321')) }),
  'POST /v1/check-ins/{checkInId}/end': record({ pin: mostlyRight(fc.constantFrom('1234', '4321')) }),
  'POST /v1/alerts/{alertId}/cancel': record({ pin: mostlyRight(fc.constantFrom('1234', '4321')) }),
};
/** As a browser sends a form. */
const formOf = (value: unknown): string => {
  const form = new URLSearchParams();
  for (const [name, field] of Object.entries(typeof value === 'object' && value !== null ? value : {})) {
    form.append(name, typeof field === 'string' ? field : JSON.stringify(field));
  }
  return form.toString();
};
const garbage = fc.oneof(
  anyJson.map((json) => JSON.stringify(json)),
  text,
  fc.integer({ min: 1, max: 16_000 }).map((depth) => '['.repeat(depth) + marker),
  fc.integer({ min: 16_000, max: 20_000 }).map((length) => JSON.stringify({ [marker]: 'x'.repeat(length) })),
  fc.constantFrom('{"__proto__": {"alertId": "Zaqxsw"}}', '{"constructor": 1}', 'null', '"', '\uD800'),
);
const bodyFor = (routeKey: string) => {
  const fields = bodies[routeKey] ?? anyJson;
  const json = fields.map((value) => JSON.stringify(value));
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ body: json }) },
    { weight: 2, arbitrary: fc.record({ body: garbage }) },
    fc.record({ body: json.map((plain) => Buffer.from(plain).toString('base64')), isBase64Encoded: fc.constant(true) }),
    fc.record({ body: garbage, isBase64Encoded: fc.constant(true) }),
    fc.constant({}),
    { weight: pageRoutes.has(routeKey) ? 4 : 1, arbitrary: fc.record({ body: fields.map(formOf) }) },
  );
};

const mostly = (usual: string) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(usual) },
    text,
    text.map((value) => `Bearer ${value}`),
  );
const headersFor = (routeKey: string) =>
  fc.record(
    {
      authorization: mostly(secret),
      'content-type': pageRoutes.has(routeKey)
        ? fc.oneof(mostly('application/json'), mostly('application/x-www-form-urlencoded'))
        : mostly('application/json'),
      accept: fc.oneof(text, fc.constantFrom('application/json', 'text/html', '*/*')),
      'x-forwarded-for': text,
    },
    { requiredKeys: ['authorization'] },
  );
const parametersFor = (routeKey: string) => {
  const isFamily = routeKey.includes('/f/');
  const actions = Object.keys(isFamily ? familyActionRequests : officerActionRequests);
  return fc.record({
    alertId: fc.oneof(text, fc.constant(knownAlert.alertId)),
    contactId: fc.oneof(text, fc.constant(knownDevice)),
    deviceId: fc.oneof(text, fc.constant(knownDevice)),
    checkInId: fc.oneof(text, fc.constantFrom(knownAlert.alertId, aCheckIn().checkInId)),
    token: fc.oneof(
      { weight: 6, arbitrary: isFamily ? fc.constant(links.family) : fc.constantFrom(links.office, links.ministry) },
      fc.constantFrom(...Object.values(links)),
      text,
    ),
    action: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...actions) }, text),
  });
};
const number = fc.double({ min: -100, max: 100, noNaN: true }).map((value) => value.toFixed(3));
const query = record({
  latitude: fc.oneof(number, text),
  longitude: fc.oneof(number, text),
  limit: fc.oneof(fc.constantFrom('1', '10'), text),
  language: text,
  case: fc.oneof(text, fc.constant(`${knownAlert.familyId}.${knownAlert.alertId}`)),
  from: fc.oneof(text, fc.constantFrom('0', '50')),
  before: text,
  done: text,
}).map((fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'string')));

const requestTo = (routeKey: string) =>
  fc.record({
    routeKey: fc.constant(routeKey),
    payload: bodyFor(routeKey),
    headers: headersFor(routeKey),
    queryStringParameters: fc.option(query, { nil: undefined }),
    pathParameters: fc.option(parametersFor(routeKey), { nil: undefined }),
    state: fc.constantFrom(...everyState),
  });

type Sent = { routeKey: string; payload: object; state: AlertState };

const handlerFor = ({ routeKey, state }: Sent): HttpHandler =>
  pageRoutes.has(routeKey) ? pagesOf(caseIn(state)) : (handlers[routeKey] ?? queries);

const send = async (request: Sent) => {
  const { routeKey, payload, state: _, ...rest } = request;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const result = await handlerFor(request)(anEvent({ routeKey, ...payload, ...given }), aContext);
  const {
    statusCode: status,
    headers,
    body,
  } = result as Record<'headers', Record<string, string>> & {
    statusCode: number;
    body: string;
  };
  const isJson = headers['content-type']?.startsWith('application/') === true;
  const answer = { status, headers, body: isJson ? (JSON.parse(body) as unknown) : body };
  return expectDocumented(routeKey, answer);
};

/**
 * Holds an answer to what it may repeat: nothing. Registration, adding and changing answer with the contacts and an action with the case, for
 * that is what they are for; a form that was wrong comes back filled in, and no markup comes of it.
 */
const expectNoEcho = (route: string, { status, headers: answered, body }: Awaited<ReturnType<typeof send>>): void => {
  expect(JSON.stringify(answered)).not.toContain(marker);
  const isAction = route.startsWith('POST') && pageRoutes.has(route);
  if (isAction && typeof body === 'string') expect(body).not.toContain(`<${marker}`);
  else if (!isAction || status !== 200) {
    const shown = status < 300 && typeof body === 'object' ? { ...body, contacts: [], name: '' } : body;
    expect(JSON.stringify(shown)).not.toContain(marker);
  }
};

/** Each status must be among the answers, or the requests would not get past the first check of their route. */
const expected: Readonly<Record<string, readonly number[]>> = {
  'POST /v1/alerts': [202, 400, 401, 413],
  'POST /v1/families': [201, 400, 413, 415],
  'POST /v1/family/contacts': [201, 400, 401, 403, 413, 415],
  'POST /v1/family/contacts/{contactId}': [200, 400, 401, 403, 404, 413, 415],
  'POST /v1/family/contacts/{contactId}/invite': [200, 400, 401, 403, 404, 413, 415],
  'POST /v1/family/contacts/{contactId}/remove': [200, 400, 401, 403, 404, 413, 415],
  'POST /v1/family/settings': [200, 400, 401, 403, 413, 415],
  'POST /v1/family/devices': [201, 400, 401, 403, 413, 415],
  'POST /v1/family/devices/{deviceId}/revoke': [200, 400, 401, 403, 404, 413, 415],
  'POST /v1/family/erase': [200, 400, 401, 403, 413, 415],
  'POST /v1/alerts/{alertId}/cancel': [200, 400, 401, 403, 404, 413, 415],
  'POST /v1/alerts/{alertId}/positions': [202, 400, 401, 404, 413, 415],
  'POST /v1/check-ins': [201, 400, 401, 413, 415],
  'GET /v1/check-ins': [200, 401],
  'POST /v1/check-ins/{checkInId}/ok': [200, 400, 401, 403, 404, 409, 413, 415],
  'POST /v1/check-ins/{checkInId}/end': [200, 400, 401, 403, 404, 409, 413, 415],
  'GET /c/{token}': [200, 404],
  'POST /c/{token}/{action}': [200, 303, 400, 404, 409, 413, 415],
  'GET /o/{token}': [200, 404],
  'GET /f/{token}': [200, 404],
  'POST /f/{token}/{action}': [200, 303, 400, 404, 413, 415],
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
          const answer = await send(request);
          seen.add(answer.status);
          expect(answer.status).toBeLessThan(500);
          expectNoEcho(route, answer);
        }),
        // So many that the rare statuses come, with the seed of all tests.
        { numRuns: expected[route] ? 200 : 60 },
      );
      // Another seed than that of all tests may not come by a rare one.
      const rare = process.env['SEED'] === undefined ? (expected[route] ?? []) : [];
      expect([...seen]).toEqual(expect.arrayContaining([...rare]));
      expect(JSON.stringify(written.mock.calls)).not.toContain(marker);
    },
  );
});
