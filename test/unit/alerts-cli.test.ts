import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operator } from '../support/operator-commands.ts';

const family = '7d0e9f52-6a0b-4a52-9a0c-0d7a5c1f2b10';
const first = '3f1c9a44-5d3e-4b65-8f3b-1f2a90c7d611';
const now = new Date('2026-11-22T23:00:00.000Z');

/** What stands in the table beside what an operator may see. */
const secrets = {
  deviceId: 'device',
  position: { latitude: 34.0522, longitude: -118.2437 },
  lastPosition: { latitude: 34.1, longitude: -118.3, measuredAt: '2026-11-22T22:59:00.000Z' },
  note: 'Dos camionetas',
  facility: 'Adelanto',
  acknowledgedBy: 'Oficial Pérez',
  representative: { name: 'Lic. Soto', phone: '+12135550188', assignedAt: '2026-11-22T22:50:00.000Z' },
};

type Overrides = Record<string, unknown>;

const alertItem = (minutesAgo: number, overrides: Overrides = {}) => {
  const { alertId = first, familyId = family, ...rest } = overrides;
  return {
    pk: `FAMILY#${String(familyId)}`,
    sk: `ALERT#${String(alertId)}`,
    itemType: 'alert',
    familyId,
    alertId,
    state: 'raised',
    drill: false,
    raisedAt: new Date(now.getTime() - minutesAgo * 60_000).toISOString(),
    consularNotification: true,
    consulate: { id: 'los-angeles', distanceMeters: 3214, basis: 'location' },
    raisedTo: { id: 'los-angeles', distanceMeters: 3214, basis: 'location' },
    officeId: 'los-angeles',
    deliveries: {
      family: { status: 'sent', at: '2026-11-22T22:59:01.000Z' },
      consulate: { status: 'sent', at: '2026-11-22T22:59:01.000Z', id: 'los-angeles' },
      ministry: { status: 'pending', claimedBy: 'a-claim', claimedUntil: 1 },
    },
    ...secrets,
    ...rest,
  };
};

const eventItem = (eventId: string, minutesAgo: number, overrides: Overrides) => ({
  pk: `FAMILY#${family}`,
  sk: `ALERT#${first}#EVENT#${eventId}`,
  itemType: 'event',
  eventId,
  at: new Date(now.getTime() - minutesAgo * 60_000).toISOString(),
  drill: false,
  deliveries: {},
  ...overrides,
});

const deskWith = async (...items: ReturnType<typeof alertItem>[]) => {
  const desk = await operator({ now });
  desk.table.put(...items);
  return desk;
};

describe('npm run alerts -- open', () => {
  it('ends with 0 while nothing is open', async () => {
    const { alerts } = await operator();
    expect(await alerts('open')).toEqual({ code: 0, out: 'No alert is open.', err: '' });
  });

  it('lists by office, oldest first, with age, state, officer and who was told', async () => {
    const { alerts } = await deskWith(
      alertItem(1, { alertId: 'aaaaaaaa-0000-4000-8000-000000000001' }),
      alertItem(3, { alertId: 'bbbbbbbb-0000-4000-8000-000000000002' }),
      alertItem(200, {
        alertId: 'cccccccc-0000-4000-8000-000000000003',
        state: 'located',
        acknowledgedAt: '2026-11-22T19:52:00.000Z',
        consulate: { id: 'boise' },
        officeId: 'boise',
        deliveries: { family: { status: 'unreachable' }, consulate: { status: 'sent', id: 'boise' } },
      }),
    );
    const { code, out } = await alerts('open');
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "OFFICE       ALERT     AGE         STATE    OFFICER           TOLD
      boise        cccccccc  3 h 20 min  located  after 12 min      family UNREACHABLE, boise sent
      los-angeles  bbbbbbbb  3 min       raised   NOBODY for 3 min  family sent, los-angeles sent, ministry pending
      los-angeles  aaaaaaaa  1 min       raised   NOBODY for 1 min  family sent, los-angeles sent, ministry pending

      3 open; none has waited 5 minutes for an officer."
    `);
  });

  it('ends with 1 once somebody has waited for an officer as long as the setting says, and whom to call', async () => {
    const { alerts } = await deskWith(alertItem(5));
    const { code, out } = await alerts('open');
    expect(code).toBe(1);
    expect(out).toContain('1 open, 1 without an officer for 5 minutes or more. Call:');
    expect(out).toMatch(/3f1c9a44 {2}Consulado General .* \+1\d{10}; Secretaría de Relaciones Exteriores/);
    expect((await (await deskWith(alertItem(4))).alerts('open')).code).toBe(0);
    const slower = await operator({ now, outputs: { EscalationMinutes: '30,60' } });
    slower.table.put(alertItem(29));
    expect((await slower.alerts('open')).code).toBe(0);
  });

  it.each([
    ['a drill', { drill: true }],
    ['one that an officer has', { state: 'acknowledged', acknowledgedAt: '2026-11-22T22:10:00.000Z' }],
    [
      'one of which no office may hear',
      { consularNotification: false, consulate: undefined, dueBucket: '3', dueAt: 1 },
    ],
  ])('ends with 0 however old %s is', async (_, overrides) => {
    const { alerts } = await deskWith(alertItem(60, overrides));
    const { code, out } = await alerts('open');
    expect(code).toBe(0);
    expect(out).toContain('1 open; none has waited');
  });

  it('finds an alert for which no office could be chosen by what the watchman still has to do', async () => {
    const { alerts } = await deskWith(
      alertItem(7, {
        officeId: undefined,
        consulate: undefined,
        raisedTo: undefined,
        deliveries: { consulate: { status: 'pending' } },
        dueBucket: '15',
        dueAt: now.getTime() + 60_000,
      }),
    );
    const { code, out } = await alerts('open');
    expect(code).toBe(1);
    expect(out).toMatch(/^not chosen +3f1c9a44 +7 min +raised +NOBODY for 7 min +consulate pending$/m);
  });

  it('leaves out what is closed or has expired, and lists once what both indexes have', async () => {
    const { alerts } = await deskWith(
      alertItem(9, { alertId: 'aaaaaaaa-0000-4000-8000-000000000001', state: 'closed' }),
      alertItem(9, { alertId: 'bbbbbbbb-0000-4000-8000-000000000002', expiresAt: now.getTime() / 1000 }),
      alertItem(2, { dueBucket: '0', dueAt: now.getTime() }),
    );
    expect(JSON.parse((await alerts('open', '--json')).out).alerts.map(({ alertId }: any) => alertId)).toEqual([first]);
  });

  it('can be asked for one office', async () => {
    const { alerts } = await deskWith(
      alertItem(9, { alertId: 'aaaaaaaa-0000-4000-8000-000000000001', officeId: 'boise', consulate: { id: 'boise' } }),
      alertItem(2),
    );
    expect((await alerts('open', 'los-angeles')).code).toBe(0);
    expect((await alerts('open', 'boise')).code).toBe(1);
    expect(await alerts('open', 'bosie')).toMatchObject({
      code: 2,
      err: 'There is no office "bosie". Did you mean boise?',
    });
  });

  it('names an alert that cannot be read, ends with 1, and shows the others', async () => {
    const { alerts } = await deskWith(
      alertItem(1),
      alertItem(1, { alertId: 'poison', deliveries: 'Ana Sofía', drill: 'Ana Sofía' }),
    );
    const { code, out } = await alerts('open');
    expect(code).toBe(1);
    expect(out).toContain('3f1c9a44');
    expect(out).toContain(`Not all can be read of:\n  ${family} poison`);
    expect(out).not.toContain('Ana Sofía');
  });

  it('writes as much of an id as tells it from the others', async () => {
    const { alerts } = await deskWith(
      alertItem(1),
      alertItem(1, { alertId: first.replace(/d611$/, 'd612') }),
      alertItem(1, { alertId: 'aaaaaaaa-0000-4000-8000-000000000001' }),
    );
    const { out } = await alerts('open');
    expect(out).toMatch(/ aaaaaaaa {2}/);
    expect(out).toContain(` ${first} `);
  });
});

const timeline = [
  alertItem(14, { raisedAt: '2026-11-22T22:46:00.000Z', consulate: { id: 'douglas' }, officeId: 'douglas' }),
  eventItem('office-unreachable.el-paso', 13, {
    type: 'alert.escalated.v1',
    by: { kind: 'system' },
    reason: 'office-unreachable',
    consulate: { id: 'douglas' },
    triedConsulates: ['el-paso'],
    deliveries: {
      'consulate:douglas': { status: 'unreachable', at: '2026-11-22T22:47:02.000Z' },
      ministry: { status: 'sent', at: '2026-11-22T22:47:01.000Z' },
    },
  }),
  eventItem('z-later', 3, {
    type: 'alert.state-changed.v1',
    by: { kind: 'officer', officeId: 'douglas', name: 'Oficial Pérez' },
    from: 'acknowledged',
    to: 'located',
    facility: 'Adelanto',
    note: 'Dos camionetas',
    deliveries: { family: { status: 'sent', at: '2026-11-22T22:57:04.000Z' } },
  }),
  eventItem('family', 2, {
    type: 'family.on-it.v1',
    by: { kind: 'family', name: 'Lupita' },
    name: 'Lupita',
    task: 'llamar',
  }),
] as ReturnType<typeof alertItem>[];

describe('npm run alerts -- show', () => {
  it('prints deliveries and timeline of one alert, and nothing about people', async () => {
    const { alerts } = await deskWith(...timeline);
    const { code, out } = await alerts('show', '3f1c');
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "Alert   3f1c9a44-5d3e-4b65-8f3b-1f2a90c7d611
      Family  7d0e9f52-6a0b-4a52-9a0c-0d7a5c1f2b10
      Raised  2026-11-22 22:46:00 UTC, 14 min ago
      State   raised
      Office  douglas
      Officer NOBODY for 14 min; steps of silence taken: 0
      Told    family sent, los-angeles sent, douglas UNREACHABLE, ministry pending
      Call    Consulado General de México en Los Ángeles +12133516800; Consulado de México en Douglas +15206237874; Secretaría de Relaciones Exteriores / CIAM +15206237874

      AT (UTC)             AFTER   EVENT                   BY                 WHAT                            TOLD
      2026-11-22 22:46:00  0 s     alert.raised.v1         person             -                               family sent after 13 min, los-angeles sent after 13 min, ministry pending
      2026-11-22 22:47:00  60 s    alert.escalated.v1      system             office-unreachable, to douglas  douglas UNREACHABLE after 2 s, ministry sent after 1 s
      2026-11-22 22:57:00  11 min  alert.state-changed.v1  officer (douglas)  acknowledged to located         family sent after 4 s
      2026-11-22 22:58:00  12 min  family.on-it.v1         family             -                               -"
    `);
    const json = (await alerts('show', family.toUpperCase(), first, '--json')).out;
    expect(JSON.parse(json)).toMatchObject({
      familyId: family,
      alertId: first,
      overdue: true,
      destinations: [
        { id: 'family', status: 'sent' },
        { id: 'los-angeles', status: 'sent' },
        { id: 'douglas', status: 'unreachable' },
        { id: 'ministry', status: 'pending', at: null },
      ],
      timeline: [
        { type: 'alert.raised.v1', by: { kind: 'person', office: null } },
        { type: 'alert.escalated.v1', reason: 'office-unreachable', office: 'douglas' },
        {
          type: 'alert.state-changed.v1',
          from: 'acknowledged',
          to: 'located',
          by: { kind: 'officer', office: 'douglas' },
        },
        { type: 'family.on-it.v1', by: { kind: 'family', office: null } },
      ],
    });
    expect(out + json).not.toMatch(/Pérez|Lupita|Soto|Adelanto|camionetas|34\.05|118|555|a-claim|llamar|device/);
  });

  it('finds a closed one by its family, and says so without', async () => {
    const { alerts } = await deskWith(
      alertItem(60, {
        state: 'closed',
        officeId: undefined,
        disposition: 'safe',
        closedAt: '2026-11-22T22:30:00.000Z',
      }),
    );
    expect(await alerts('show', first)).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /^No open alert begins with 3f1c9a44.*name the family too: npm run alerts -- show <family-id>/,
      ),
    });
    expect(await alerts('show', family, '3f1c')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/State +closed, safe at 2026-11-22 22:30:00/),
    });
  });

  it('names the alerts that may be meant when there is more than one', async () => {
    const second = first.replace(/^3f1c9a44/, '3f1c0000');
    const { alerts } = await deskWith(alertItem(1), alertItem(1, { alertId: second }));
    const { code, err } = await alerts('show', '3f1c');
    expect(code).toBe(2);
    expect(err).toBe(`More than one alert begins with 3f1c:\n  ${family} ${first}\n  ${family} ${second}`);
  });

  it.each([
    [['show'], /Name an alert: npm run alerts -- open/],
    [['show', 'abc'], /"abc" is not the id of an alert, nor its first four letters/],
    [['show', 'María'], /is not the id of an alert/],
    [['show', 'family', first], /"family" is not the id of a family: it is a whole UUID/],
    [['show', family, 'ffffffff'], /There is no alert ffffffff; or it has been forgotten/],
    [['show', family, first, 'more'], /show does not take "more"/],
    [['close', first], /There is no command "close"/],
    [[], /Say what to do\.[^]*npm run alerts -- open/],
    [['open', '--show-endpoints'], /--show-endpoints is not an option of open/],
    [['open', '--token', 'a'], /--token is not an option of open/],
  ])('answers 2 and what to do instead to %j', async (argv, message) => {
    const { alerts } = await operator();
    const { code, out, err } = await alerts(...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  it('prints its usage', async () => {
    const { alerts } = await operator();
    expect(await alerts('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes: 0 done') });
  });
});

describe('the policy of an operator’s role', () => {
  const policy = JSON.parse(/```json\n([^]*?)```/.exec(readFileSync('docs/operating.md', 'utf8'))![1]!);
  const statements: { Sid: string; Action: string | string[]; Condition?: any }[] = policy.Statement;
  const list = (value: string | string[]) => [value].flat();

  it('allows what the commands call, and no more', async () => {
    const desk = await operator({ now, confirm: 'manual' });
    desk.table.put(...timeline);
    await desk.run('list');
    await desk.run('subscribe', 'boise', 'email', 'guardia@example.org');
    await desk.run('confirm', 'boise', '--token', desk.sns.inbox({ endpoint: 'guardia@example.org' })[0]!.token!);
    await desk.run('test', 'boise');
    await desk.run('unsubscribe', 'boise', 'guardia@example.org');
    await desk.alerts('open');
    await desk.alerts('show', first);
    // DynamoDB asks KMS in the caller's name; Lambda's action has another name than its operation.
    const called = [...desk.actions()].map((action) => action.replace(/:Invoke$/, ':InvokeFunction'));
    expect(new Set(statements.flatMap(({ Action }) => list(Action)))).toEqual(new Set([...called, 'kms:Decrypt']));
  });

  it('lets DynamoDB show the attributes that the commands ask for, and no others', async () => {
    const { alerts, queries } = await deskWith(...timeline);
    await alerts('open');
    await alerts('show', family, first);
    const asked = new Set<string>(['officeId', 'dueBucket', 'dueAt']);
    for (const { ExpressionAttributeNames, Select } of queries()) {
      expect(Select).toBe('SPECIFIC_ATTRIBUTES');
      // Of a nested path IAM sees the first part.
      for (const path of Object.values(ExpressionAttributeNames as Record<string, string>)) asked.add(path);
    }
    const { Condition } = statements.find(({ Sid }) => Sid === 'SeeHowAlertsFare')!;
    const nested = ['id', 'kind', 'officeId'];
    const allowed = Condition['ForAllValues:StringEquals']['dynamodb:Attributes'];
    expect(new Set([...asked].filter((name) => !nested.includes(name) || name === 'officeId'))).toEqual(
      new Set(allowed),
    );
    expect(Condition.StringEquals).toEqual({ 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' });
    for (const name of Object.keys(secrets)) expect(allowed).not.toContain(name);
  });
});
