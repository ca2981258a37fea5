import { createHash, randomUUID } from 'node:crypto';
import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoAlertReader } from '../../shared/adapters/dynamo-alert-reader.ts';
import { dynamoCaseStore } from '../../shared/adapters/dynamo-case-store.ts';
import { dynamoDeliveryStore } from '../../shared/adapters/dynamo-delivery-store.ts';
import {
  alertKey,
  eventKey,
  formerFamilyLinksEndedKey,
  linkKey,
  linksEndedKey,
  listingKey,
} from '../../shared/adapters/dynamo-keys.ts';
import {
  dynamoLinkOpenings,
  dynamoLinkStore,
  dynamoOfficeLinks,
  linksEndedItem,
} from '../../shared/adapters/dynamo-link-store.ts';
import { dynamoOpenCases } from '../../shared/adapters/dynamo-open-cases.ts';
import { dynamoPressStore } from '../../shared/adapters/dynamo-press-store.ts';
import { dynamoTrack, dynamoTrackReader } from '../../shared/adapters/dynamo-track.ts';
import { nodeSecrets } from '../../shared/adapters/node-secrets.ts';
import { unseal } from '../../shared/adapters/sealed-text.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import type { CaseStore } from '../../shared/domain/case/case.ts';
import { linkLifetimeMs, type LinkRecipient } from '../../shared/domain/case/links.ts';
import { movedTo } from '../../shared/domain/case/position-moved.ts';
import type { TrackPoint } from '../../shared/domain/position.ts';
import { fakeCaseStore } from '../support/fake-case-store.ts';
import { aFamily, anAlert } from '../support/fixtures.ts';
import { tableOfTests } from '../support/table.ts';

const table = tableOfTests();

const now = new Date('2026-11-22T20:10:00.000Z');
const losAngeles = { id: 'los-angeles', distanceMeters: 10, basis: 'location' } as const;

const noted = (alert: Alert, eventId: string): CaseEvent => ({
  familyId: alert.familyId,
  alertId: alert.alertId,
  eventId,
  at: now.toISOString(),
  by: { kind: 'officer', officeId: 'los-angeles' },
  drill: false,
  deliveries: { 'consulate:fresno': { status: 'pending' } },
  type: 'alert.noted.v1',
  text: 'una nota',
});

const tableCases = (client = table.client) =>
  dynamoCaseStore(client, table.tableName, {
    alerts: dynamoAlertReader(client, table.tableName, () => now),
    families: { get: async () => aFamily() },
  });
const openCasesOf = async (office: string) =>
  (await dynamoOpenCases(table.client, table.tableName, () => now).ofOffice(office)).map(({ alertId }) => alertId);
const storedAlert = async (overrides: Partial<Alert> = {}) => {
  const alert = anAlert({ alertId: randomUUID(), ...overrides });
  await dynamoPressStore(table.client, table.tableName).put(alert);
  return alert;
};
const expiryOf = async (key: object) => {
  const { Item } = await table.client.send(new GetItemCommand({ TableName: table.tableName, Key: marshall(key) }));
  return Number(Item?.['expiresAt']?.N) * 1000;
};

// The fake of the domain's tests is held to what the table does.
describe.each([
  [
    'in the table',
    async (alert: Alert) => {
      await dynamoPressStore(table.client, table.tableName).put(alert);
      return tableCases();
    },
  ],
  ['in the fake', async (alert: Alert) => fakeCaseStore(alert, aFamily()).store],
])('cases %s', (_, open) => {
  const start = async () => {
    const alert = anAlert({ alertId: randomUUID(), consulate: losAngeles });
    return {
      alert,
      cases: await open(alert),
      read: async (store: Awaited<ReturnType<typeof open>>) => store.read(alert.familyId, alert.alertId),
    };
  };

  it('change together with the event, and count their revisions', async () => {
    const { alert, cases, read } = await start();
    expect(await cases.apply({ alert, set: { state: 'acknowledged' }, events: [noted(alert, 'one')] })).toBe('applied');
    const after = await read(cases);
    expect(after).toMatchObject({ alert: { state: 'acknowledged', revision: 1 }, events: [noted(alert, 'one')] });
  });

  it('keep an office that is measured from nowhere', async () => {
    const { alert, cases, read } = await start();
    const consulate = { id: 'el-paso', distanceMeters: null, basis: 'great-circle' } as const;
    await cases.apply({ alert, set: { consulate }, events: [noted(alert, 'one')] });
    expect((await read(cases))?.alert.consulate).toEqual(consulate);
  });

  it('refuse a change that was decided on an older state', async () => {
    const { alert, cases, read } = await start();
    await cases.apply({ alert, set: { state: 'acknowledged' }, events: [noted(alert, 'one')] });
    expect(await cases.apply({ alert, set: { state: 'closed' }, events: [noted(alert, 'two')] })).toBe('conflict');
    expect(await read(cases)).toMatchObject({ alert: { state: 'acknowledged' }, events: [{ eventId: 'one' }] });
  });

  it('let one of several at once win', async () => {
    const { alert, cases, read } = await start();
    const outcomes = await Promise.all(
      ['a', 'b', 'c'].map(async (eventId) => cases.apply({ alert, set: {}, events: [noted(alert, eventId)] })),
    );
    expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(1);
    expect((await read(cases))?.events).toHaveLength(1);
  });

  it('lose what is taken away', async () => {
    const { alert, cases, read } = await start();
    await cases.apply({
      alert,
      set: { state: 'closed', disposition: 'safe', closedAt: now.toISOString() },
      events: [noted(alert, 'one')],
    });
    const closed = await read(cases);
    await cases.apply({
      alert: closed!.alert,
      set: { state: 'acknowledged' },
      remove: ['disposition', 'closedAt'],
      events: [noted(alert, 'two')],
    });
    expect((await read(cases))?.alert).not.toHaveProperty('disposition');
  });
});

describe('what a message is written from', () => {
  it('is the case as it is now, read without its timeline', async () => {
    const alert = await storedAlert();
    await tableCases().apply({ alert, set: { facility: 'Adelanto' }, events: [noted(alert, 'one')] });
    const asked: string[] = [];
    const send = async (command: GetItemCommand) => {
      asked.push(command.constructor.name);
      return table.client.send(command);
    };
    const found = await tableCases({ send } as never).readCurrent(alert.familyId, alert.alertId);
    expect(found).toMatchObject({ alert: { facility: 'Adelanto' }, family: aFamily() });
    expect(new Set(asked)).toEqual(new Set(['GetItemCommand']));
  });

  it('knows how the last message to the family ended, of later events only', async () => {
    const alert = await storedAlert();
    const deliveries = dynamoDeliveryStore(table.client, table.tableName, randomUUID);
    const lastToFamily = async () =>
      (await tableCases().readCurrent(alert.familyId, alert.alertId))?.alert.lastToFamily;
    await deliveries.settle(alert, 'family', { status: 'unreachable' });
    expect(await lastToFamily()).toBeUndefined();
    for (const status of ['sent', 'unreachable'] as const) {
      const event = { ...noted(alert, status), deliveries: { family: { status: 'pending' as const } } };
      const current = (await tableCases().readCurrent(alert.familyId, alert.alertId))!;
      await tableCases().apply({ alert: current.alert, set: {}, events: [event] });
      await deliveries.settle(event, 'family', { status });
      expect(await lastToFamily()).toBe(status);
    }
    const gone = { ...noted(alert, 'gone'), alertId: randomUUID() };
    await deliveries.settle(gone, 'family', { status: 'sent' });
    expect(await tableCases().readCurrent(gone.familyId, gone.alertId)).toBeUndefined();
  });
});

describe('the list of an office', () => {
  const laredo = { ...losAngeles, id: 'laredo' };
  const deliveries = () => dynamoDeliveryStore(table.client, table.tableName, randomUUID);
  const claim = { now, leaseMs: 1 };
  const current = async (alert: Alert) => (await tableCases().read(alert.familyId, alert.alertId))!.alert;
  const change = async (alert: Alert, changes: Partial<Parameters<CaseStore['apply']>[0]>) =>
    tableCases().apply({ alert: await current(alert), set: {}, events: [noted(alert, randomUUID())], ...changes });

  it('has the cases that it was told of, newest first, from the claim of the message on', async () => {
    const older = await storedAlert({ raisedAt: '2026-11-22T19:00:00.000Z' });
    const newer = await storedAlert({ raisedAt: '2026-11-22T19:30:00.000Z' });
    for (const alert of [older, newer]) {
      await deliveries().claim(alert, 'family', { ...claim, consulate: laredo });
      expect(await openCasesOf('laredo')).not.toContain(alert.alertId);
      await deliveries().claim(alert, 'consulate', { ...claim, consulate: losAngeles });
      await deliveries().claim(alert, 'ministry', { ...claim, consulate: losAngeles });
    }
    expect(await openCasesOf('laredo')).toEqual([newer.alertId, older.alertId]);
    expect(await openCasesOf('ministry')).toEqual(expect.arrayContaining([newer.alertId, older.alertId]));
    expect(await openCasesOf('los-angeles')).not.toContain(newer.alertId);
  });

  it('knows since when each has been there, however often the office is told', async () => {
    const alert = await storedAlert();
    const listed = async () =>
      dynamoOpenCases(table.client, table.tableName, () => now).listedAt('laredo', [alert, { ...alert, alertId: 'x' }]);
    expect(await listed()).toEqual([undefined, undefined]);
    await deliveries().claim(alert, 'consulate', { ...claim, consulate: laredo });
    const later = new Date(now.getTime() + 60_000);
    await deliveries().claim(alert, 'consulate', { ...claim, now: later, consulate: laredo });
    expect(await listed()).toEqual([now.toISOString(), undefined]);
  });

  it('has those of a later event, and keeps them when another office is in charge', async () => {
    const alert = await storedAlert();
    const event = noted(alert, 'told');
    await deliveries().claim(alert, 'consulate', { ...claim, consulate: { ...laredo, id: 'yuma' } });
    await change(alert, { set: { consulate: losAngeles }, events: [event] });
    await deliveries().claim(event, 'consulate:fresno', { ...claim, alert: await current(alert) });
    expect([await openCasesOf('yuma'), await openCasesOf('fresno')]).toEqual([[alert.alertId], [alert.alertId]]);
  });

  it('loses those that are closed, and has them again when they are opened again', async () => {
    const alert = await storedAlert();
    const told = ['tucson', 'ministry'];
    await deliveries().claim(alert, 'consulate', { ...claim, consulate: { ...laredo, id: 'tucson' } });
    expect(await openCasesOf('tucson')).toEqual([alert.alertId]);
    const whileOpen = await current(alert);

    await change(alert, { set: { state: 'closed' }, listing: { open: [], closed: told } });
    expect(await openCasesOf('tucson')).toEqual([]);
    // Whoever has read the case before it was closed comes too late, and a message about a closed case lists nothing.
    const event = noted(alert, 'late');
    await change(alert, { events: [{ ...event, deliveries: { 'consulate:tucson': { status: 'pending' } } }] });
    await deliveries().claim(event, 'consulate:tucson', { ...claim, alert: whileOpen });
    await deliveries().claim(event, 'consulate:tucson', {
      ...claim,
      now: new Date(now.getTime() + 1),
      alert: await current(alert),
    });
    expect(await openCasesOf('tucson')).toEqual([]);

    await change(alert, { set: { state: 'acknowledged' }, listing: { open: told, closed: [] } });
    expect(await openCasesOf('tucson')).toEqual([alert.alertId]);
  });

  // The one item that differs between the PINs (G7).
  it('takes as many bytes for an entry that is taken away as for one that stays', async () => {
    const sizes = [];
    for (const listing of [
      { open: ['el-paso'], closed: [] },
      { open: [], closed: ['el-paso'] },
    ]) {
      const alert = await storedAlert();
      await change(alert, { listing, forget: { at: now, timeline: [] } });
      const { Item = {} } = await table.client.send(
        new GetItemCommand({
          TableName: table.tableName,
          Key: marshall(listingKey(alert.familyId, alert.alertId, 'el-paso')),
        }),
      );
      const lengths = Object.entries(unmarshall(Item)).map(([name, value]) => name.length + String(value).length);
      sizes.push(lengths.sort((one, other) => one - other));
    }
    expect(sizes[0]).toEqual(sizes[1]);
  });
});

describe('a closed case', () => {
  it('is forgotten with its whole timeline, and kept again when it is reopened', async () => {
    const cases = tableCases();
    const alert = await storedAlert();
    await cases.apply({ alert, set: {}, events: [noted(alert, 'first')] });
    const before = (await cases.read(alert.familyId, alert.alertId))!;
    const at = new Date('2026-12-22T20:10:00.000Z');
    await cases.apply({
      alert: before.alert,
      set: { state: 'closed' },
      events: [noted(alert, 'second')],
      forget: { at, timeline: before.events },
    });
    for (const key of [
      alertKey(alert.familyId, alert.alertId),
      eventKey(noted(alert, 'first')),
      eventKey(noted(alert, 'second')),
    ]) {
      expect(await expiryOf(key)).toBe(at.getTime());
    }
  });
});

describe('a place where the phone was', () => {
  it('is forgotten when the track is, also on a case that was opened again for long', async () => {
    const cases = tableCases();
    const alert = await storedAlert();
    const position = { latitude: 34.05, longitude: -118.24, measuredAt: now.toISOString() };
    const retentionMs = 30 * 24 * 60 * 60_000;
    const moved = movedTo({ now, newId: randomUUID, retentionMs }, alert, { position });
    expect(await cases.apply(moved)).toBe('applied');
    const current = (await cases.read(alert.familyId, alert.alertId))!;
    expect(current.events).toHaveLength(1);
    await cases.apply({
      alert: current.alert,
      set: { state: 'acknowledged' },
      events: [noted(alert, 'reopened')],
      forget: { at: new Date(now.getTime() + 6 * retentionMs), timeline: current.events },
    });
    expect(await expiryOf(eventKey(current.events[0]!))).toBe(now.getTime() + retentionMs);
  });
});

describe('links', () => {
  it('have tokens of 22 letters and digits that no reader confuses, also where the number is small', () => {
    const tokens = Array.from({ length: 500 }, () => nodeSecrets.newLinkToken());
    expect(new Set(tokens).size).toBe(500);
    expect(tokens.filter((token) => !/^[1-9A-HJ-NP-Za-km-z]{22}$/.test(token))).toEqual([]);
    expect(new Set(tokens.join('')).size).toBe(58);
  });

  const links = (at = now) =>
    dynamoLinkStore(table.client, table.tableName, { now: () => at, newLinkToken: nodeSecrets.newLinkToken });
  const link = {
    familyId: 'f',
    alertId: 'a',
    recipient: { kind: 'consulate', id: 'fresno' },
    expiresAt: '2026-12-22T20:10:00.000Z',
  } as const;

  it('open what they were made for, until they expire; the table never holds the token', async () => {
    const token = await links().mint(link);
    expect(await links().find(token)).toEqual(link);
    expect(await links().find(`${token.slice(0, -2)}AA`)).toBeUndefined();
    expect(await links(new Date('2026-12-22T20:10:00.000Z')).find(token)).toBeUndefined();
    expect(
      JSON.stringify(
        await table.client.send(
          new QueryCommand({
            TableName: table.tableName,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: marshall({ ':pk': `LINK#${token}` }),
          }),
        ),
      ),
    ).not.toContain(token);
  });

  it('remember who signed last, each by itself; one that does not exist remembers nobody', async () => {
    const [first, second] = [await links().mint(link), await links().mint(link)];
    for (const officer of ['Ana', 'Luis']) expect(await links().rememberOfficer(first, officer)).toBe(true);
    expect(await links().find(first)).toEqual({ ...link, officer: 'Luis' });
    expect(await links().find(second)).toEqual(link);
    const unknown = nodeSecrets.newLinkToken();
    await links().rememberOfficer(unknown, 'Ana');
    expect(await links().find(unknown)).toBeUndefined();
  });

  it('say in the table neither whose they are, nor whom they are for, nor who signed', async () => {
    const familyId = randomUUID();
    const alertId = randomUUID();
    const token = await links().mint({ ...link, familyId, alertId });
    await links().rememberOfficer(token, 'Ana Ruiz');
    const { pk, sk } = linkKey(createHash('sha256').update(token).digest('hex'));
    const { Item = {} } = await table.client.send(
      new GetItemCommand({ TableName: table.tableName, Key: marshall({ pk, sk }) }),
    );
    const { sealed, sealedOfficer, ...shown } = unmarshall(Item);
    expect(shown).toEqual({ pk, sk, itemType: 'link', expiresAt: Date.parse(link.expiresAt) / 1000 });
    for (const text of [String(sealed), String(sealedOfficer)]) {
      const bytes = Buffer.from(text, 'base64url').toString('latin1');
      for (const known of [familyId, alertId, 'fresno', 'Ana', token]) expect(text + bytes).not.toContain(known);
      expect(() => unseal(nodeSecrets.newLinkToken(), text)).toThrow();
    }
    expect(await links().find(token)).toEqual({ ...link, familyId, alertId, officer: 'Ana Ruiz' });
  });

  it('of before they were sealed open what they did, remember who signs, and stay ended', async () => {
    const familyId = randomUUID();
    const former = async (recipient: LinkRecipient): Promise<string> => {
      const token = nodeSecrets.newLinkToken();
      const key = linkKey(createHash('sha256').update(token).digest('hex'));
      const expiresAt = Date.parse(link.expiresAt) / 1000;
      const item = { ...key, itemType: 'link', ...link, familyId, recipient, officer: 'Luis', expiresAt };
      await table.client.send(new PutItemCommand({ TableName: table.tableName, Item: marshall(item) }));
      return token;
    };
    const [office, relative] = [await former(link.recipient), await former({ kind: 'family' })];
    expect(await links().find(office)).toEqual({ ...link, familyId, officer: 'Luis' });
    await links().rememberOfficer(office, 'Ana');
    expect((await links().find(office))?.officer).toBe('Ana');
    expect((await links().find(relative))?.recipient).toEqual({ kind: 'family' });
    const at = new Date(Date.parse(link.expiresAt) - linkLifetimeMs);
    const Item = marshall(linksEndedItem(formerFamilyLinksEndedKey(familyId), at));
    await table.client.send(new PutItemCommand({ TableName: table.tableName, Item }));
    expect(await links().find(relative)).toBeUndefined();
  });

  it('remember when each recipient first opened one, beside what twins of before know', async () => {
    const familyId = randomUUID();
    const ref = { ...link, familyId };
    const recipients = [{ kind: 'family' }, { kind: 'consulate', id: 'boston' }, { kind: 'ministry' }] as const;
    const [family, boston, ministry] = recipients;
    const later = new Date(now.getTime() + 60_000);
    expect(await links().noteOpened({ ...ref, recipient: family })).toBe(true);
    expect(await links(later).noteOpened({ ...ref, recipient: { ...family, language: 'en' } })).toBe(true);
    expect(await links(later).noteOpened({ ...ref, recipient: boston })).toBe(true);
    const twin = { pk: `FAMILY#${familyId}`, sk: `LINK#a#${'0'.repeat(64)}`, recipient: ministry, openedAt: 'before' };
    await table.client.send(new PutItemCommand({ TableName: table.tableName, Item: marshall(twin) }));
    const openings = dynamoLinkOpenings(table.client, table.tableName);
    expect(new Set(await openings.of(familyId, 'a'))).toEqual(
      new Set([
        { recipient: family, openedAt: now.toISOString() },
        { recipient: boston, openedAt: later.toISOString() },
        { recipient: ministry, openedAt: 'before' },
      ]),
    );
    expect(await openings.of(familyId, 'b')).toEqual([]);
  });

  it('are opened all the same when that cannot be written', async () => {
    const broken = dynamoLinkStore(table.client, 'no-such-table', { now: () => now, ...nodeSecrets });
    expect(await broken.noteOpened(link)).toBe(false);
  });

  it('of an office end together: those made until then, and of nobody else', async () => {
    const at = (second: number) => new Date(now.getTime() + second * 1000);
    const made = async (recipient: LinkRecipient, second: number) => {
      const expiresAt = new Date(at(second).getTime() + linkLifetimeMs).toISOString();
      return links().mint({ ...link, recipient, expiresAt });
    };
    const yuma = { kind: 'consulate', id: 'yuma' } as const;
    const before = await Promise.all([0, 9.9, 10.4].map(async (second) => made(yuma, second)));
    const after = await made(yuma, 11);
    const others = await Promise.all([
      made({ kind: 'consulate', id: 'tucson' }, 0),
      made({ kind: 'ministry' }, 0),
      made({ kind: 'family' }, 0),
      made({ kind: 'representative', id: 'r', officeId: 'yuma' }, 0),
    ]);
    await dynamoOfficeLinks(table.client, table.tableName).end('yuma', at(10.2));
    for (const token of before) expect(await links().find(token)).toBeUndefined();
    for (const token of [after, ...others]) expect(await links().find(token)).toBeDefined();
    await dynamoOfficeLinks(table.client, table.tableName).end('ministry', at(10.2));
    expect(await Promise.all(others.map(async (token) => (await links().find(token))?.recipient.kind))).toEqual([
      'consulate',
      undefined,
      'family',
      'representative',
    ]);
    const { Item: ended = {} } = await table.client.send(
      new GetItemCommand({ TableName: table.tableName, Key: marshall(linksEndedKey('yuma')) }),
    );
    // It is kept as long as the last link that it ends would have been valid.
    expect(unmarshall(ended)['expiresAt']).toBe(Math.ceil((at(10.2).getTime() + linkLifetimeMs) / 1000));
  });
});

describe('the track of a phone', () => {
  const point = (minute: string, longitude: number) => ({
    latitude: 34,
    longitude,
    measuredAt: `2026-11-22T20:${minute}:00.000Z`,
  });
  const track = () => dynamoTrack(table.client, table.tableName, { now: () => now, retentionMs: 1e9 });
  const points = async (alert: Alert) => {
    const { Items = [] } = await table.client.send(
      new QueryCommand({
        TableName: table.tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: marshall({ ':pk': `FAMILY#${alert.familyId}`, ':sk': `TRACK#${alert.alertId}#` }),
      }),
    );
    return Items.length;
  };

  const add = async (alert: Alert, list: readonly TrackPoint[]) =>
    track().add(alert, list, list.toSorted((a, b) => a.measuredAt.localeCompare(b.measuredAt)).at(-1));

  it('takes a hundred points in any order, twice, and keeps the newest on the alert', async () => {
    const alert = await storedAlert();
    const hundred = Array.from({ length: 60 }, (_, index) => point(String(index).padStart(2, '0'), -118 - index / 100));
    await add(alert, [...hundred.toReversed(), ...hundred.slice(0, 40)]);
    await add(alert, hundred.slice(0, 10));
    expect(await points(alert)).toBe(60);
    const { alert: after } = (await tableCases().read(alert.familyId, alert.alertId))!;
    expect(after.lastPosition).toEqual(hundred.at(-1));
  });

  it('keeps a point in ten seconds of a phone that sends a hundred a second: its newest, and the shape of its way', async () => {
    const alert = await storedAlert();
    const from = Date.parse('2026-11-22T20:20:00.000Z');
    const sent = Array.from({ length: 6000 }, (_, index) => ({
      latitude: 34 + index / 10_000,
      longitude: -118,
      measuredAt: new Date(from + index * 10).toISOString(),
    }));
    for (let first = 0; first < sent.length; first += 100) await add(alert, sent.slice(first, first + 100));
    const kept = await dynamoTrackReader(table.client, table.tableName, () => now).newest(alert, 50);
    expect(kept).toEqual([5999, 4999, 3999, 2999, 1999, 999].map((index) => sent[index]));
    const { alert: after } = (await tableCases().read(alert.familyId, alert.alertId))!;
    expect(after.lastPosition).toEqual(sent.at(-1));
  });

  it('keeps one point a day of what a clock put over a day before the press, and no more than 400 days of them', async () => {
    const alert = await storedAlert();
    const old = Array.from({ length: 3000 }, (_, index) => ({
      latitude: 34,
      longitude: -118,
      measuredAt: new Date(Date.parse(alert.raisedAt) - (25 + index * 8) * 3_600_000).toISOString(),
    }));
    for (let first = 0; first < old.length; first += 100) await add(alert, old.slice(first, first + 100));
    expect(await points(alert)).toBeLessThanOrEqual(401);
    await add(alert, [{ ...old[0]!, measuredAt: '0001-01-01T00:00:00.000Z' }]);
    expect(await points(alert)).toBeLessThanOrEqual(401);
    expect((await dynamoTrackReader(table.client, table.tableName, () => now).newest(alert, 1))[0]).toEqual(old[0]);
  });

  it('keeps points of which none is to stand on the alert', async () => {
    const alert = await storedAlert();
    expect(await track().add(alert, [point('20', -118)], undefined)).toBeUndefined();
    expect(await points(alert)).toBe(1);
    expect((await tableCases().read(alert.familyId, alert.alertId))!.alert).not.toHaveProperty('lastPosition');
  });

  it('says which point is the newest of all, also when an older batch comes, twice, or two at once', async () => {
    const alert = await storedAlert();
    expect(await add(alert, [point('20', -118), point('30', -119)])).toEqual(point('30', -119));
    expect(await add(alert, [point('10', -117)])).toEqual(point('30', -119));
    expect(await add(alert, [point('30', -119)])).toEqual(point('30', -119));
    const newest = await Promise.all([add(alert, [point('50', -121)]), add(alert, [point('40', -120)])]);
    expect(newest).toContainEqual(point('50', -121));
    const { alert: after } = (await tableCases().read(alert.familyId, alert.alertId))!;
    expect(after.lastPosition).toEqual(point('50', -121));
  });

  it('is read newest first, so many of them, of this alert alone and as long as it is kept', async () => {
    const [alert, other] = [await storedAlert(), await storedAlert()];
    await add(other, [point('59', -100)]);
    await add(alert, [point('20', -118), point('40', -120), point('30', -119)]);
    const reader = (at: Date) => dynamoTrackReader(table.client, table.tableName, () => at);
    expect(await reader(now).newest(alert, 2)).toEqual([point('40', -120), point('30', -119)]);
    expect(await reader(new Date(now.getTime() + 1e9 + 1000)).newest(alert, 2)).toEqual([]);
  });

  it('is told of in an event that goes when its points go', async () => {
    const alert = await storedAlert({ position: point('00', -117) });
    const move = { position: point('20', -118), distanceMeters: 92_000 };
    const change = movedTo({ now, newId: randomUUID, retentionMs: 1e9 }, alert, move);
    const outcomes = await Promise.all([tableCases().apply(change), tableCases().apply(change)]);
    expect(outcomes.toSorted()).toEqual(['applied', 'conflict']);
    const { alert: after, events } = (await tableCases().read(alert.familyId, alert.alertId))!;
    expect(after.toldPosition).toEqual({ ...move.position, toldAt: now.toISOString(), times: 1 });
    expect(events).toEqual(change.events);
    expect(await expiryOf(eventKey(events[0]!))).toBe(now.getTime() + 1e9);
    expect(await expiryOf(alertKey(alert.familyId, alert.alertId))).toBeGreaterThan(now.getTime() + 1e10);
  });
});
