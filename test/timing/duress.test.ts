import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { physicalName } from '../../infra/local-aws/template/names.ts';
import { synthesise } from '../../infra/local/synthesise.ts';
import { dynamoAlertReader } from '../../shared/adapters/dynamo-alert-reader.ts';
import { dynamoCaseStore } from '../../shared/adapters/dynamo-case-store.ts';
import { dynamoCheckInStore } from '../../shared/adapters/dynamo-check-in-store.ts';
import { dynamoLinkStore } from '../../shared/adapters/dynamo-link-store.ts';
import { dynamoFamilyDirectory } from '../../shared/adapters/dynamo-family-directory.ts';
import { aCheckIn } from '../support/check-ins.ts';
import { anAlert } from '../support/fixtures.ts';
import { houston, startStack, type TestStack } from '../support/local-stack.ts';
import { mannWhitneyP, median } from '../support/mann-whitney.ts';

/** Samples of each PIN; 500 for numbers to publish. */
const samples = Number(process.env['DURESS_SAMPLES'] ?? 100);
/** The first requests of all, which are not counted. */
const warmUp = 20;
/** Two equal distributions fall below it in one run of a hundred; so a failure is measured once more. */
const level = 0.01;

const pins = { pin: '482915', duress: '110022' } as const;
type Kind = keyof typeof pins;
type Sample = { readonly kind: Kind; readonly alertId: string };
type Answer = { readonly status: number; readonly headers: object; readonly body: unknown };
type Measured = { readonly milliseconds: Record<Kind, number[]>; readonly answers: Record<Kind, Set<string>> };

let stack: TestStack;
let tableName: string;
let dynamoDb: DynamoDBClient;
let auth: Record<string, string>;
let familyId: string;

const asOperator = () => ({
  endpoint: stack.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local-operator', secretAccessKey: 'any' },
});

beforeAll(async () => {
  const assembly = await synthesise();
  // The announcers work on other machines than the phone's request. Here they would share its two cores, and the time
  // of a request would depend on what the one before it had set going.
  const resources = new Map(
    [...assembly.template.resources].filter(([, { Type }]) => Type !== 'AWS::Lambda::EventSourceMapping'),
  );
  stack = await startStack({ assembly: { ...assembly, template: { ...assembly.template, resources } } });
  tableName = physicalName('AlertButton', 'AlertTable');
  dynamoDb = new DynamoDBClient(asOperator());
  ({ auth, familyId } = await stack.register({ pin: pins.pin, duressPin: pins.duress }));
});
afterAll(async () => stack.close());

const shuffled = <T>(items: readonly T[]): T[] => {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
};

const inAWeek = (): string => new Date(Date.now() + 7 * 24 * 60 * 60_000).toISOString();
const checkIns = () => dynamoCheckInStore(dynamoDb, tableName, () => new Date());

const raise = async (count: number): Promise<Sample[]> => {
  const raised: Sample[] = [];
  for (const kind of ['pin', 'duress'] as const) {
    for (let index = 0; index < count; index += 1) {
      const { status, alertId } = await stack.press(auth);
      if (status !== 202) throw new Error(`a press answered ${status}`);
      // More than a phone may have waiting, so not by its request; and more than are made in a day, so each on its own.
      const createdAt = new Date(Date.now() - raised.length * 24 * 60 * 60_000).toISOString();
      const promise = aCheckIn({ familyId, checkInId: alertId, promisedAt: inAWeek(), createdAt });
      const made = await checkIns().add(promise, new Date(inAWeek()));
      if (made === 'used-up') throw new Error('a check-in was not made');
      raised.push({ kind, alertId });
    }
  }
  return raised;
};

/** What of an answer may differ between two alerts, by its name. */
const comparable = ({ status, headers, body }: Answer): string =>
  JSON.stringify([status, headers, body]).replaceAll(
    /"folio":"\w{4}"|"(?:deviceToken|recoveryCode)":"[^"]*"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z|\w{3}, \d\d \w{3} \d{4} [\d:]+ GMT/g,
    '*',
  );

/** In random order, so that what one request leaves behind for the next is no property of a PIN. */
const measure = async (
  cancelled: readonly Sample[],
  send: (sample: Sample) => ReturnType<TestStack['send']>,
  before?: (sample: Sample) => Promise<void>,
): Promise<Measured> => {
  const measured: Measured = { milliseconds: { pin: [], duress: [] }, answers: { pin: new Set(), duress: new Set() } };
  for (const [index, sample] of shuffled(cancelled).entries()) {
    await before?.(sample);
    const startedAt = performance.now();
    const { status, headers, json } = await send(sample);
    const milliseconds = performance.now() - startedAt;
    const { 'apigw-requestid': _, ...rest } = Object.fromEntries(headers);
    measured.answers[sample.kind].add(comparable({ status, headers: rest, body: json }));
    if (index >= warmUp) measured.milliseconds[sample.kind].push(milliseconds);
  }
  return measured;
};

const requests: Record<string, (sample: Sample) => ReturnType<TestStack['send']>> = {
  cancel: async ({ kind, alertId }) => stack.send('POST', `/v1/alerts/${alertId}/cancel`, { pin: pins[kind] }, auth),
  status: async ({ alertId }) => stack.send('GET', `/v1/alerts/${alertId}`, undefined, auth),
  'repeated press': async ({ alertId }) => stack.press(auth, { alertId, position: houston }),
  'repeated cancel': async ({ kind, alertId }) =>
    stack.send('POST', `/v1/alerts/${alertId}/cancel`, { pin: pins[kind] }, auth),
  ok: async ({ kind, alertId }) => stack.send('POST', `/v1/check-ins/${alertId}/ok`, { pin: pins[kind] }, auth),
  'repeated ok': async ({ kind, alertId }) =>
    stack.send('POST', `/v1/check-ins/${alertId}/ok`, { pin: pins[kind] }, auth),
};

/** What officers do to a case that is open to them: the phone's later reads must not feel it. */
const workOnOpenCases = async (cancelled: readonly Sample[]): Promise<void> => {
  const now = () => new Date();
  const cases = dynamoCaseStore(dynamoDb, tableName, {
    alerts: dynamoAlertReader(dynamoDb, tableName, now),
    families: dynamoFamilyDirectory(dynamoDb, tableName),
  });
  for (const { alertId } of cancelled.filter(({ kind }) => kind === 'duress')) {
    const at = now().toISOString();
    const outcome = await cases.apply({
      // As the one cancellation left it.
      alert: anAlert({ familyId, alertId, revision: 1 }),
      set: { state: 'acknowledged', acknowledgedAt: at, acknowledgedBy: 'Rosa Díaz' },
      events: [
        {
          familyId,
          alertId,
          eventId: at,
          at,
          by: { kind: 'officer', officeId: 'ministry' },
          drill: false,
          deliveries: { 'consulate:houston': { status: 'pending' } },
          type: 'alert.acknowledged.v1',
          officer: 'Rosa Díaz',
        },
      ],
    });
    if (outcome !== 'applied') throw new Error(`an acknowledgement came to ${outcome}`);
  }
};

/** How much officers and the watchman have written by so many hours. */
const entriesAfter = { 2: 12, 6: 30, 24: 60 } as const;
type Hours = keyof typeof entriesAfter;
type Twin = {
  readonly familyId: string;
  readonly alertId: string;
  readonly page: string;
  /** Another phone's after each recovery. */
  auth: Record<string, string>;
  recoveryCode: string;
};

let twinsMade = 0;

/** Two families, each with one press that its PIN cancelled; the one that goes on in secret was worked on for so long. */
const twins = async (hours: Hours): Promise<Record<Kind, Twin>> => {
  const now = () => new Date();
  const made: Partial<Record<Kind, Twin>> = {};
  for (const kind of ['pin', 'duress'] as const) {
    // Somebody joins five families a day.
    const endpoint = `+1213555${String((twinsMade += 1)).padStart(4, '0')}`;
    const contacts = [{ name: 'José', channel: 'sms', endpoint }];
    const family = await stack.register({ pin: pins.pin, duressPin: pins.duress, contacts });
    const { alertId } = await stack.press(family.auth);
    await stack.send('POST', `/v1/alerts/${alertId}/cancel`, { pin: pins[kind] }, family.auth);
    const links = dynamoLinkStore(dynamoDb, tableName, { now, newLinkToken: () => randomUUID().replaceAll('-', '') });
    const link = { familyId: family.familyId, alertId, recipient: { kind: 'family' } as const, expiresAt: inAWeek() };
    const { auth: of, recoveryCode } = family;
    const page = `/f/${await links.mint(link)}`;
    made[kind] = { familyId: family.familyId, alertId, page, auth: of, recoveryCode };
    const cases = dynamoCaseStore(dynamoDb, tableName, {
      alerts: dynamoAlertReader(dynamoDb, tableName, now),
      families: dynamoFamilyDirectory(dynamoDb, tableName),
    });
    const entries = kind === 'duress' ? entriesAfter[hours] : 0;
    for (let entry = 0; entry < entries; entry += 1) {
      const { familyId: id } = family;
      const alert = anAlert({ familyId: id, alertId, revision: 1 + entry });
      const common = { familyId: id, alertId, at: now().toISOString(), drill: false, deliveries: {} };
      const by = { kind: 'officer', officeId: 'ministry', name: 'Rosa Díaz' } as const;
      const noted = {
        ...common,
        eventId: `note ${entry}`,
        by,
        type: 'alert.noted.v1',
        text: 'llamé a Adelanto',
      } as const;
      const set = { lastEntryAt: common.at };
      if ((await cases.apply({ alert, set, events: [noted] })) !== 'applied') throw new Error('an entry was refused');
    }
  }
  return made as Record<Kind, Twin>;
};

const ofTwins: Record<string, (twin: Twin, kind: Kind) => ReturnType<TestStack['send']>> = {
  'GET /v1/family': async ({ auth: of }) => stack.send('GET', '/v1/family', undefined, of),
  'GET /v1/check-ins': async ({ auth: of }) => stack.send('GET', '/v1/check-ins', undefined, of),
  'GET /f/': async ({ page }) => stack.send('GET', page, undefined, { accept: 'application/json' }),
  positions: async ({ auth: of, alertId }) =>
    stack.send(
      'POST',
      `/v1/alerts/${alertId}/positions`,
      { positions: [{ ...houston, measuredAt: new Date().toISOString() }] },
      of,
    ),
  'press of a worked case': async ({ auth: of, alertId }) => stack.press(of, { alertId }),
  'remove of nobody': async ({ auth: of }, kind) =>
    stack.send('POST', '/v1/family/contacts/none/remove', { pin: pins[kind] }, of),
  settings: async ({ auth: of }, kind) =>
    stack.send('POST', '/v1/family/settings', { pin: pins[kind], sharePositionWithFamily: true }, of),
  'answer on /f/': async ({ page }) =>
    stack.send('POST', `${page}/seen`, { name: 'José' }, { accept: 'application/json' }),
  // The last: it takes the token that the others use.
  recover: async (twin, kind) => {
    const { recoveryCode } = twin;
    const answer = await stack.send('POST', '/v1/families/recover', { recoveryCode, pin: pins[kind] });
    if (answer.status === 201) {
      twin.recoveryCode = String(answer.json['recoveryCode']);
      twin.auth = { authorization: `Bearer ${String(answer.json['deviceToken'])}` };
    }
    return answer;
  },
};

/** A family recovers five times a day, and all together ten times a second; here both is forgotten in between. */
const forgetCount = async ({ familyId: id }: Twin): Promise<void> => {
  await setTimeout(110);
  await dynamoDb.send(
    new UpdateItemCommand({
      TableName: tableName,
      Key: { pk: { S: `FAMILY#${id}` }, sk: { S: 'FAMILY' } },
      UpdateExpression: 'REMOVE changesOfDay',
    }),
  );
};

const measureTwins = async (hours: Hours): Promise<Record<string, Measured>> => {
  const pair = await twins(hours);
  const each = (['pin', 'duress'] as const).flatMap((kind) =>
    Array.from({ length: Math.ceil((samples + warmUp) / 3) }, () => ({ kind, alertId: pair[kind].alertId })),
  );
  const measured: Record<string, Measured> = {};
  for (const [name, send] of Object.entries(ofTwins)) {
    const before = name === 'recover' ? async ({ kind }: Sample) => forgetCount(pair[kind]) : undefined;
    measured[`${name}, ${hours} h`] = await measure(each, async ({ kind }) => send(pair[kind], kind), before);
  }
  return measured;
};

const measureAll = async (): Promise<Record<string, Measured>> => {
  const raised = await raise(samples + warmUp);
  const measured: Record<string, Measured> = {};
  for (const [name, send] of Object.entries(requests)) {
    measured[name] = await measure(raised, send);
    if (name === 'cancel') await workOnOpenCases(raised);
  }
  for (const hours of [2, 6, 24] as const) Object.assign(measured, await measureTwins(hours));
  return measured;
};

const pOf = ({ milliseconds: { pin, duress } }: Measured): number => mannWhitneyP(pin, duress);

describe('the two PINs', () => {
  test(`take the same time and get the same answers, ${samples} of each`, { timeout: 480_000 }, async () => {
    const first = await measureAll();
    const suspicious = Object.values(first).some((measured) => pOf(measured) <= level);
    const second = suspicious ? await measureAll() : {};
    for (const name of Object.keys(first)) {
      const rounds = [first[name], second[name]].filter((measured) => measured !== undefined);
      for (const { answers, milliseconds } of rounds) {
        expect(answers.pin, `answers to ${name}`).toEqual(answers.duress);
        expect([...answers.pin].slice(1), `different answers to ${name}`).toEqual([]);
        console.log(
          `${name}: p = ${mannWhitneyP(milliseconds.pin, milliseconds.duress).toFixed(3)}, medians ${median(milliseconds.pin).toFixed(2)} and ${median(milliseconds.duress).toFixed(2)} ms, ${(100 * (median(milliseconds.duress) / median(milliseconds.pin) - 1)).toFixed(1)} % (${milliseconds.pin.length} and ${milliseconds.duress.length})`,
        );
      }
      expect(Math.max(...rounds.map(pOf)), `p of ${name}`).toBeGreaterThan(level);
    }
  });
});
