import { marshall } from '@aws-sdk/util-dynamodb';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dynamoLinkStore } from '../../shared/adapters/dynamo-link-store.ts';
import { dynamoRoster } from '../../shared/adapters/dynamo-roster.ts';
import { composeCancelAlert } from '../../shared/compose.ts';
import type { Numbers } from '../../shared/contracts/numbers.ts';
import { numbersResponse } from '../../shared/contracts/numbers.ts';
import { cancelAlert } from '../../shared/domain/case/cancel-alert.ts';
import type { Link } from '../../shared/domain/case/links.ts';
import type { CaseNumbers } from '../../shared/domain/numbers/case-numbers.ts';
import { dayRows, monthsOf, speedOf } from '../../shared/domain/numbers/summary.ts';
import { resourceNames } from '../../shared/names.ts';
import { aRepresentative } from '../support/representatives.ts';
import { pagesOf, type Sent } from '../support/serving.ts';
import type { WorldOptions } from '../support/world.ts';
import { authorised, createWelcomedWorld, downtown } from '../support/world.ts';

/* What an office can count: kept when cases are forgotten, the same however often something is tried again. */

const counting = async (options: WorldOptions = {}) => {
  const world = await createWelcomedWorld({ registers: { consent: authorised }, ...options });
  const links = dynamoLinkStore(world.outside.dynamo, 'alerts', {
    now: world.now,
    newLinkToken: () => randomUUID().replaceAll('-', ''),
  });
  const press = async (more: Record<string, unknown> = {}) => world.pressed({ position: downtown, ...more });
  const linkOf = async (office: string, alertId: string, more: Partial<Link> = {}) =>
    links.mint({
      familyId: world.familyId,
      alertId,
      recipient: office === 'ministry' ? { kind: 'ministry' } : { kind: 'consulate', id: office },
      expiresAt: new Date(world.now().getTime() + 30 * 24 * 60 * 60_000).toISOString(),
      ...more,
    });
  const ask = async (routeKey: string, token: string, sent: Sent = {}, action = '') =>
    pagesOf(world)(routeKey, { token, action }, { accept: 'application/json', ...sent });
  const act = async (office: string, alertId: string, action: string, json: object) => {
    const { status } = await ask('POST /c/{token}/{action}', await linkOf(office, alertId), { json }, action);
    expect(status).toBe(200);
    await world.stream();
  };
  const numbers = async (office: string, alertId: string, query: Record<string, string> = {}): Promise<Numbers> => {
    const token = await linkOf(office, alertId);
    const { status, body } = await ask('GET /o/{token}/numbers', token, { query });
    expect(status).toBe(200);
    return numbersResponse.parse(JSON.parse(body));
  };
  const cancel = async (alertId: string, pin: string) => {
    await world.cancelled(alertId, pin);
  };
  const stored = () => world.table.all().filter((item) => item['itemType']?.S === 'numbers');
  return { world, press, linkOf, ask, act, numbers, cancel, stored };
};

const officer = 'Lic. Rosa Díaz';

describe('the numbers of an office', () => {
  it('say of each day how many cases came, were taken, and by when', async () => {
    const { world, press, act, numbers } = await counting();
    const alertId = await press();
    await world.advance(3);
    await act('los-angeles', alertId, 'acknowledge', { officer });
    await world.advance(1);
    await act('los-angeles', alertId, 'representative', { officer, name: 'Lic. Vega', phone: '+12135550177' });
    await world.advance(2);
    const found = await numbers('los-angeles', alertId);
    expect(found.rows).toMatchObject([
      {
        office: { id: 'los-angeles' },
        day: '2026-11-22',
        pressed: 1,
        taken: 1,
        takenHere: 1,
        untaken: 0,
        secondsUntilTaken: { median: 180, ninetieth: 180 },
        secondsUntilRepresentative: { median: 240, ninetieth: 240 },
        dispositions: {},
      },
    ]);
    expect(found.speed).toMatchObject({ pressed: 1, within5: 1, within15: 1, within60: 1, untaken: 0 });
  });

  it('hold what nobody took at each office that was told, and the ministry has those of all', async () => {
    const { world, press, numbers } = await counting();
    const alertId = await press();
    await world.advance(8);
    await world.advance(2);
    expect((await numbers('santa-ana', alertId)).rows).toMatchObject([{ pressed: 1, taken: 0, untaken: 1 }]);
    const { rows, speed } = await numbers('ministry', alertId);
    expect(rows.map(({ office }) => office.id)).toEqual(['ministry', 'los-angeles', 'santa-ana']);
    expect(speed).toMatchObject({ pressed: 1, taken: 0, untaken: 1 });
    expect((await numbers('san-diego', alertId)).rows).toEqual([]);
  });

  it('leave out drills and cases that are the family’s alone', async () => {
    const { world, press, stored } = await counting();
    await press({ drill: true });
    await world.advance(3);
    const alone = await counting({ registers: { consent: { ...authorised, consularNotification: false } } });
    await alone.press();
    await alone.world.advance(3);
    expect([...stored(), ...alone.stored()]).toEqual([]);
  });

  it('count a case once, however often it is looked at, and say nothing of people', async () => {
    const { world, press, act, stored } = await counting();
    const alertId = await press({ note: 'quetzalli' });
    await world.advance(2);
    await act('los-angeles', alertId, 'acknowledge', { officer });
    await act('los-angeles', alertId, 'close', { officer, disposition: 'safe', confirm: true });
    world.break((operation, input) => operation === 'PutItem' && JSON.stringify(input).includes('NUMBERS#'));
    await world.advance(2);
    world.mend();
    await world.advance(5);
    const [item, ...more] = stored();
    expect([more, item?.['disposition']?.S, item?.['expiresAt']]).toEqual([[], 'safe', undefined]);
    const text = JSON.stringify(item);
    for (const secret of [world.familyId, alertId, 'Ana', 'quetzalli', '34.05', 'T20:'])
      expect(text).not.toContain(secret);
  });

  it('stay when the case is forgotten', async () => {
    const { world, press, act, numbers, stored } = await counting();
    const alertId = await press();
    await act('los-angeles', alertId, 'close', { officer, disposition: 'released', confirm: true });
    await world.advance(3);
    const other = await press();
    world.skip(20 * 24 * 60 * 60_000);
    for (const item of world.items().filter(({ sk }) => String(sk).includes(alertId))) {
      await world.table.call('DeleteItem', { TableName: 'alerts', Key: marshall({ pk: item['pk'], sk: item['sk'] }) });
    }
    const { rows } = await numbers('los-angeles', other);
    expect(rows).toMatchObject([{ dispositions: { released: 1 }, closedUntaken: 1 }]);
    expect(stored()).toHaveLength(1);
  });

  it('are written by nobody whom a phone waits for: the two PINs cost the same', async () => {
    const costs = [];
    for (const pin of ['pin', 'duress']) {
      const { world, press, stored } = await counting();
      const alertId = await press();
      await world.advance(2);
      const before = world.calls.length;
      await cancelAlert(world.of(composeCancelAlert), world.token, alertId, pin);
      const calls = world.calls.slice(before);
      expect(JSON.stringify(calls)).not.toContain('NUMBERS#');
      await world.stream();
      await world.advance(3);
      costs.push({ calls: calls.map(({ operation }) => operation), items: stored().length });
    }
    expect(costs[1]).toEqual(costs[0]);
    expect(costs[0]).toMatchObject({ items: 1 });
  });

  it('show a case under duress as officers see it: open, and nobody has taken it', async () => {
    const { world, press, cancel, numbers } = await counting();
    const forced = await press();
    await world.advance(2);
    await cancel(forced, 'duress');
    await world.advance(3);
    expect((await numbers('los-angeles', forced)).rows).toMatchObject([{ pressed: 1, untaken: 1, dispositions: {} }]);
    const honest = await counting();
    const alertId = await honest.press();
    await honest.cancel(alertId, 'pin');
    await honest.world.advance(3);
    expect((await honest.numbers('ministry', alertId)).rows[0]).toMatchObject({
      closedUntaken: 1,
      dispositions: { cancelled: 1 },
    });
  });
});

describe('of the search for a representative', () => {
  it('say how long it took until somebody was asked, accepted and spoke, and how many did not answer, by office', async () => {
    const { world, press, act, ask, numbers, linkOf } = await counting();
    const people = ['1', '2'].map((nth) =>
      aRepresentative({ representativeId: `7c0e6f52-0000-4000-8000-00000000000${nth}`, email: `${nth}@example.org` }),
    );
    for (const { representativeId, email = '' } of people) {
      const topic = `${resourceNames.representativeTopicPrefix}${representativeId}`;
      await world.sns.call('CreateTopic', { Name: topic });
      await world.sns.subscribe({ topic, protocol: 'email', endpoint: email });
    }
    await dynamoRoster(world.outside.dynamo, 'alerts', world.now).putAll(people);
    const pass = async (minutes: number): Promise<void> => {
      await world.advance(minutes);
    };
    const alertId = await press();
    world.skip(60_000);
    await act('los-angeles', alertId, 'acknowledge', { officer });
    world.skip(60_000);
    await act('los-angeles', alertId, 'offer', { officer });
    // Nobody answers for 15 minutes.
    await pass(17);
    const asked = world.published().flatMap(({ bodies }) => /\/l\/(\w{22})/.exec(JSON.stringify(bodies))?.[1] ?? []);
    expect(asked).toHaveLength(2);
    for (const action of ['accept', 'contacted']) {
      world.skip(60_000);
      const { status } = await ask('POST /l/{token}/{action}', asked[1]!, { json: {} }, action);
      expect(status).toBe(200);
      await world.stream();
    }
    await pass(3);
    for (const office of ['los-angeles', 'ministry']) {
      const { rows } = await numbers(office, alertId);
      const row = rows.find((one) => one.office.id === 'los-angeles');
      expect(row).toMatchObject({
        secondsUntilOffered: { median: 120, ninetieth: 120 },
        secondsUntilAccepted: { median: 120 + 17 * 60 + 60 },
        secondsUntilContacted: { median: 120 + 17 * 60 + 120 },
        unansweredOffers: 1,
      });
    }
    const { body } = await ask('GET /o/{token}/numbers.csv', await linkOf('los-angeles', alertId));
    const [head = [], cells = []] = body.split('\r\n').map((line) => line.split(','));
    const cellOf = (name: string) => cells[head.indexOf(name)];
    expect(
      [
        'medianSecondsUntilOffered',
        'medianSecondsUntilAccepted',
        'medianSecondsUntilContacted',
        'unansweredOffers',
      ].map(cellOf),
    ).toEqual(['120', '1200', '1260', '1']);
  });

  it('are of the times of those of whom somebody was asked, and sum up who did not answer', () => {
    const of = (more: Partial<CaseNumbers>): CaseNumbers => ({
      days: { fresno: '2026-11-28' },
      isClosed: false,
      revision: 0,
      ...more,
    });
    const [row] = dayRows(
      [of({ offeredAfter: 60, unanswered: 2 }), of({ offeredAfter: 180, acceptedAfter: 600, unanswered: 1 }), of({})],
      'fresno',
      { since: '2026-11-28', until: '2026-11-28' },
    );
    expect(row).toMatchObject({
      pressed: 3,
      untilOffered: { median: 60, ninetieth: 180 },
      untilAccepted: { median: 600, ninetieth: 600 },
      untilContacted: { median: null, ninetieth: null },
      unansweredOffers: 3,
    });
  });
});

describe('who opens them', () => {
  it('is a link of an office or of the ministry, never a relative’s, a drill’s or one that nobody made', async () => {
    const { press, linkOf, ask } = await counting();
    const alertId = await press();
    const statuses = [];
    for (const path of ['numbers', 'numbers.csv']) {
      for (const token of [
        await linkOf('los-angeles', alertId),
        await linkOf('ministry', alertId),
        await linkOf('los-angeles', alertId, { drill: true }),
        await linkOf('x', alertId, { recipient: { kind: 'family' } }),
        'n'.repeat(22),
      ]) {
        statuses.push((await ask(`GET /o/{token}/${path}`, token)).status);
      }
    }
    expect(statuses).toEqual([200, 200, 404, 404, 404, 200, 200, 404, 404, 404]);
  });

  it('gets a page in their language, or a table that any program reads', async () => {
    const { world, press, act, linkOf, ask } = await counting();
    const alertId = await press();
    await act('los-angeles', alertId, 'acknowledge', { officer });
    await world.advance(3);
    const token = await linkOf('ministry', alertId);
    const headers = { accept: 'text/html' };
    for (const [language, text] of [
      ['es', 'Tomados en 5 min'],
      ['en', 'Taken within 5 min'],
    ] as const) {
      const query = { language };
      const { body } = await ask('GET /o/{token}/numbers', token, { headers, query });
      expect(body).toContain(text);
      expect(body).toMatch(/<svg[^>]+role="img"/);
      expect(body).not.toContain('<script');
    }
    const { headers: sent, body } = await ask('GET /o/{token}/numbers.csv', token);
    expect(sent['content-type']).toBe('text/csv; charset=utf-8');
    const [head = '', ...rows] = body.trimEnd().split('\r\n');
    expect(head.split(',').slice(0, 4)).toEqual(['day', 'office', 'pressed', 'taken']);
    expect(rows.map((row) => row.split(',').slice(0, 4).join())).toEqual([
      '2026-11-22,ministry,1,1',
      '2026-11-22,los-angeles,1,1',
    ]);
  });

  it.each([[{ since: '2026-11-23' }], [{ until: '2026-11-21' }], [{ since: 'yesterday', until: '2026-11-21' }]])(
    'sees the days that they ask for: %o',
    async (query) => {
      const { world, press, numbers } = await counting();
      const alertId = await press();
      await world.advance(2);
      expect((await numbers('los-angeles', alertId)).rows).toHaveLength(1);
      expect((await numbers('los-angeles', alertId, query as Record<string, string>)).rows).toEqual([]);
    },
  );

  it.each(['2026-11-31', '2027-02-29', '0000-01-01', '2026-1-1'])(
    'sees the last 30 days where %s is asked for, which is no day',
    async (day) => {
      const { world, press, linkOf, ask } = await counting();
      const token = await linkOf('ministry', await press());
      await world.advance(2);
      const days = async (query = {}) => JSON.parse((await ask('GET /o/{token}/numbers', token, { query })).body);
      expect(await days({ since: day })).toEqual(await days());
      expect(await days({ until: day })).toEqual(await days());
    },
  );
});

describe('a summary', () => {
  const one = (takenAfter: number | undefined, more: Partial<CaseNumbers> = {}): CaseNumbers => ({
    days: { houston: '2026-11-28', ministry: '2026-11-28' },
    ...(takenAfter !== undefined && { takenAfter, takenBy: 'houston' }),
    isClosed: false,
    revision: 1,
    ...more,
  });
  const range = { since: '2026-11-01', until: '2026-11-30' };

  it('has the time that half and nine in ten waited at most, each one that somebody did wait', () => {
    const all = [60, 120, 300, 600, 7200, undefined].map((seconds) => one(seconds));
    expect(dayRows(all, 'houston', range)).toMatchObject([
      { pressed: 6, taken: 5, untaken: 1, untilTaken: { median: 300, ninetieth: 7200 } },
    ]);
    expect(speedOf(all, 'ministry', range)).toMatchObject({
      pressed: 6,
      within5: 3,
      within15: 4,
      within60: 4,
      untaken: 1,
    });
    const thatDay = { since: '2026-11-28', until: '2026-11-28' };
    expect(speedOf(all, 'ministry', thatDay).pressed).toBe(6);
    for (const other of ['2026-11-27', '2026-11-29'])
      expect(speedOf(all, 'ministry', { since: other, until: other }).pressed).toBe(0);
    expect(dayRows([one(undefined)], 'houston', range)[0]?.untilTaken).toEqual({ median: null, ninetieth: null });
    const inAnyOrder = dayRows([one(9), one(300), one(60)], 'houston', range)[0]?.untilTaken;
    expect(inAnyOrder).toEqual({ median: 60, ninetieth: 300 });
  });

  it('keeps each case on the day of the clock of its office', () => {
    const late = one(60, { days: { houston: '2026-11-30', boston: '2026-12-01', ministry: '2026-11-30' } });
    expect(dayRows([late], 'boston', range)).toEqual([]);
    expect(dayRows([late], 'houston', range)).toHaveLength(1);
    expect(monthsOf({ since: '2026-12-01', until: '2026-12-01' })).toEqual(['2026-11', '2026-12']);
  });
});
