import { beforeEach, describe, expect, it, vi } from 'vitest';
import { familyReachKey } from '../../shared/adapters/dynamo-keys.ts';
import { officeCasesResponse } from '../../shared/contracts/office-list.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { Case } from '../../shared/domain/case/case.ts';
import type { Family } from '../../shared/domain/family/family.ts';
import { logLines } from '../support/log-lines.ts';
import { aCase, caseNow } from '../support/cases.ts';
import { aFamily } from '../support/fixtures.ts';
import { textOf } from '../support/page-text.ts';
import { alertIdOf, servingPages } from '../support/serving.ts';

let lines: readonly string[];
beforeEach(() => {
  lines = logLines();
});

const losAngeles = { kind: 'consulate', id: 'los-angeles' } as const;
const ministry = { kind: 'ministry' } as const;
const boston = { id: 'boston', distanceMeters: 1, basis: 'location' } as const;
const raisedTo = { id: 'los-angeles', distanceMeters: 3210, basis: 'location' } as const;

const minutesAgo = (minutes: number): string => new Date(caseNow.getTime() - minutes * 60_000).toISOString();
const familyIdOf = (number: number): string => `11111111-1111-4111-8111-${String(number).padStart(12, '0')}`;

/** A case of Los Angeles, number so and so. */
const caseOf = (number: number, alert: Partial<Alert> = {}, family: Partial<Family> = {}): Case => {
  const { familyId = familyIdOf(0) } = family;
  return aCase({
    alert: { familyId, alertId: alertIdOf(number), raisedTo, ...alert },
    family: { familyId, ...family },
  });
};

const acknowledged = {
  state: 'acknowledged',
  acknowledgedAt: minutesAgo(10),
  acknowledgedBy: 'Ana Pérez',
  acknowledgedOfficeId: 'los-angeles',
  lastEntryAt: minutesAgo(5),
} as const;

const read = async (
  cases: readonly Case[],
  recipient: Parameters<Awaited<ReturnType<typeof servingPages>>['linkTo']>[0] = losAngeles,
) => {
  const server = await servingPages(cases);
  const token = await server.linkTo(recipient, cases[0]!);
  return { server, token, list: officeCasesResponse.parse(await server.json(`/o/${token}`)) };
};

const numbersIn = ({ cases }: { readonly cases: readonly { readonly alertId: string }[] }): readonly number[] =>
  cases.map(({ alertId }) => Number(alertId.slice(-12)));

describe("an office's list", () => {
  it('has every open case that the office was told of, in its sections: nobody’s first, the oldest first', async () => {
    const { list } = await read([
      caseOf(1, { raisedAt: minutesAgo(1) }),
      caseOf(2, { raisedAt: minutesAgo(60), drill: true }),
      caseOf(3, {
        raisedAt: minutesAgo(50),
        ...acknowledged,
        consulate: boston,
        toldConsulates: ['los-angeles', 'boston'],
      }),
      caseOf(4, { raisedAt: minutesAgo(40), ...acknowledged }),
      caseOf(5, { raisedAt: minutesAgo(30), consulate: boston, toldConsulates: ['los-angeles', 'boston'] }),
      caseOf(6, { raisedAt: minutesAgo(20), state: 'closed' }),
      caseOf(7, { raisedAt: minutesAgo(10), consulate: boston, raisedTo: boston, toldConsulates: ['boston'] }),
    ]);
    expect(list.cases.map(({ section }, index) => [section, numbersIn(list)[index]])).toEqual([
      ['untaken', 5],
      ['untaken', 1],
      ['here', 4],
      ['others', 3],
      ['drill', 2],
    ]);
    expect(list).toMatchObject({ total: 5, from: 0, counts: { untaken: 2, here: 1, others: 1, drill: 1 } });
  });

  it('says of each where it is, who has it, since when, and opens it', async () => {
    const { list, server, token } = await read([
      caseOf(1, { raisedAt: minutesAgo(50), ...acknowledged }, { person: { name: 'Ana Paz', language: 'es' } }),
    ]);
    const [found] = list.cases;
    expect(found).toMatchObject({
      section: 'here',
      state: 'acknowledged',
      place: 'Los Angeles, CA',
      placeOf: 'phone',
      pressedAgain: [],
      raisedAt: minutesAgo(50),
      lastEntryAt: minutesAgo(5),
      person: { name: 'Ana Paz' },
      consulate: { id: 'los-angeles', city: 'Los Angeles' },
      acknowledged: { at: minutesAgo(10), officer: 'Ana Pérez', office: { id: 'los-angeles' }, seenOnly: false },
    });
    expect(found?.folio).toMatch(/^\w{4}$/);
    expect((await server.get(found?.path ?? '')).status).toBe(200);
    expect((await server.get(`/o/${token}`)).body).toContain('Ana Paz');
  });

  it('names the responsible office and the nearest where they differ, to both', async () => {
    const responsible = { ...raisedTo, basis: 'district' } as const;
    const nearest = { id: 'santa-ana', distanceMeters: 61_811, basis: 'location' } as const;
    const twoOffices = { responsible, nearest, source: 'a newspaper', asOf: null };
    for (const id of ['los-angeles', 'santa-ana']) {
      const { list, server, token } = await read([caseOf(1, { raisedTo: responsible, twoOffices })], {
        kind: 'consulate',
        id,
      });
      expect(list.cases[0]).toMatchObject({
        section: 'untaken',
        district: { consulateId: 'los-angeles', source: 'a newspaper', asOf: null },
        nearest: { id: 'santa-ana', city: 'Santa Ana' },
      });
      expect((await server.get(`/o/${token}`)).body).toMatch(/circunscripción: .*Los Ángeles, más cerca: Santa Ana/);
    }
  });

  it('takes the home for the place where the phone’s cannot be trusted, and says so', async () => {
    const homePosition = { latitude: 29.76, longitude: -95.37 };
    const person = { name: 'Ana', language: 'es', homePosition } as const;
    const position = { latitude: 34.05, longitude: -118.24, accuracyMeters: 90_000 };
    const { position: _p, ...nowhere } = caseOf(3).alert;
    const { list } = await read([
      caseOf(1, { position }, { person }),
      caseOf(2, { position }, { familyId: familyIdOf(2) }),
      { ...caseOf(3), alert: { ...nowhere, familyId: familyIdOf(2) }, family: aFamily({ familyId: familyIdOf(2) }) },
    ]);
    const places = new Map(list.cases.map(({ alertId, place, placeOf }) => [alertId, [place, placeOf]]));
    expect(places.get(alertIdOf(1))).toEqual(['Houston, TX', 'home']);
    expect(places.get(alertIdOf(2))).toEqual(['Los Angeles, CA', 'phone']);
    expect(places.get(alertIdOf(3))).toEqual([null, null]);
  });

  it('puts families that are known for a day and reachable, or have rehearsed, before all others', async () => {
    const family = (number: number, hours: number) => ({
      familyId: familyIdOf(number),
      registeredAt: minutesAgo(hours * 60),
    });
    const server = await servingPages([
      caseOf(1, { raisedAt: minutesAgo(40) }, family(1, 23)),
      caseOf(4, { raisedAt: minutesAgo(30) }, family(4, 25)),
      caseOf(2, { raisedAt: minutesAgo(20) }, family(2, 25)),
      caseOf(3, { raisedAt: minutesAgo(10) }, family(3, 25)),
      caseOf(9, { raisedAt: minutesAgo(5000), drill: true, state: 'closed' }, family(3, 25)),
    ]);
    for (const number of [1, 2]) {
      const { pk, sk } = familyReachKey(familyIdOf(number));
      const reach = { M: { reachable: { N: '1' } } };
      await server.world.table.call('PutItem', { TableName: 'alerts', Item: { pk: { S: pk }, sk: { S: sk }, reach } });
    }
    const token = await server.linkTo(losAngeles, caseOf(2, {}, family(2, 25)));
    expect(numbersIn(officeCasesResponse.parse(await server.json(`/o/${token}`)))).toEqual([2, 3, 1, 4]);
  });

  it('goes on by pages of 200 and counts them all: whoever presses 205 times pushes nobody out', async () => {
    const real = caseOf(999, { raisedAt: minutesAgo(30) }, { familyId: familyIdOf(7) });
    const many = Array.from({ length: 205 }, (_, index) => caseOf(index, { raisedAt: minutesAgo(20) }));
    const { list, server, token } = await read([real, ...many]);
    expect([list.total, list.counts.untaken, list.cases.length]).toEqual([206, 206, 200]);
    expect(numbersIn(list)).toContain(999);
    const rest = officeCasesResponse.parse(await server.json(`/o/${token}?from=200`));
    expect([rest.total, rest.from, rest.cases.length]).toEqual([206, 200, 6]);
    expect(new Set([...numbersIn(list), ...numbersIn(rest)]).size).toBe(206);
    const hrefs = async (path: string): Promise<string[]> =>
      [...(await server.get(path)).body.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);
    const next = (await hrefs(`/o/${token}`)).filter((href) => href.includes('from='));
    expect(next).toEqual([expect.stringMatching(/\?from=200$/)]);
    expect(textOf((await server.get(`/o/${token}?from=200`)).body)).toContain('201');
    expect((await hrefs(`/o/${token}?from=200`)).filter((href) => href.includes('from='))).toEqual([]);
    for (const from of ['-1', 'x', '1e9']) {
      expect(numbersIn(officeCasesResponse.parse(await server.json(`/o/${token}?from=${from}`)))).toEqual(
        numbersIn(list),
      );
    }
  });

  it('has the case of a person who presses last before the sixth of 205 of a stranger, who is known for long', async () => {
    const stranger = { familyId: familyIdOf(5), registeredAt: minutesAgo(30 * 60) };
    const real = caseOf(999, { raisedAt: minutesAgo(1) }, { familyId: familyIdOf(7), registeredAt: minutesAgo(10) });
    const many = Array.from({ length: 205 }, (_, index) =>
      caseOf(index, { raisedAt: minutesAgo(300 - index) }, stranger),
    );
    const server = await servingPages([...many, real]);
    const { pk, sk } = familyReachKey(stranger.familyId);
    const reach = { M: { reachable: { N: '1' } } };
    await server.world.table.call('PutItem', { TableName: 'alerts', Item: { pk: { S: pk }, sk: { S: sk }, reach } });
    const token = await server.linkTo(losAngeles, real);
    const list = officeCasesResponse.parse(await server.json(`/o/${token}`));
    expect([list.total, list.counts.untaken]).toEqual([206, 206]);
    expect(numbersIn(list).slice(0, 7)).toEqual([0, 1, 2, 3, 4, 999, 5]);
  });

  it('has the presses of one person that belong together as one row, untaken again until somebody writes on it', async () => {
    const again = { pressedAgain: [{ alertId: alertIdOf(2), at: minutesAgo(10) }], untakenSince: minutesAgo(10) };
    const { list } = await read([
      caseOf(1, { raisedAt: minutesAgo(30), ...acknowledged, ...again }),
      caseOf(2, { raisedAt: minutesAgo(10), joined: { headAlertId: alertIdOf(1) } }),
    ]);
    expect(list.cases).toMatchObject([{ section: 'untaken', state: 'acknowledged', pressedAgain: [alertIdOf(2)] }]);
    expect(list.total).toBe(1);
  });

  it('of the ministry has the cases of all offices', async () => {
    const elsewhere = { consulate: boston, raisedTo: boston, toldConsulates: ['boston', 'ministry'] };
    const { list } = await read(
      [caseOf(1, { toldConsulates: ['los-angeles', 'ministry'] }), caseOf(2, elsewhere)],
      ministry,
    );
    expect(numbersIn(list)).toEqual([1, 2]);
    const taken = caseOf(1, {
      ...acknowledged,
      acknowledgedOfficeId: 'ministry',
      toldConsulates: ['los-angeles', 'ministry'],
    });
    expect((await read([taken], ministry)).list.cases).toMatchObject([{ section: 'here' }]);
    expect((await read([taken])).list.cases).toMatchObject([{ section: 'here' }]);
  });

  it('has the case of its own link also while the index lags behind', async () => {
    const { server, token } = await read([caseOf(1), caseOf(2)]);
    server.world.intercept(async ({ input }, goOn) => (input['IndexName'] === undefined ? goOn() : { Items: [] }));
    expect(numbersIn(officeCasesResponse.parse(await server.json(`/o/${token}`)))).toEqual([1]);
  });

  it('opens that drill alone through a link out of a drill', async () => {
    const { list } = await read([caseOf(1, { drill: true }), caseOf(2), caseOf(3, { drill: true })]);
    expect(numbersIn(list)).toEqual([1]);
  });

  it('names nobody who did not authorise consular contact, nor whoever is forgotten', async () => {
    const server = await servingPages([caseOf(1), caseOf(2, { consularNotification: false }), caseOf(3)]);
    const token = await server.linkTo(losAngeles, caseOf(1));
    server.world.skip(180 * 24 * 60 * 60 * 1000);
    await server.world.table.call('UpdateItem', {
      TableName: 'alerts',
      Key: { pk: { S: `FAMILY#${familyIdOf(0)}` }, sk: { S: `ALERT#${alertIdOf(3)}` } },
      UpdateExpression: 'SET expiresAt = :then',
      ExpressionAttributeValues: { ':then': { N: '1' } },
    });
    server.world.skip(-180 * 24 * 60 * 60 * 1000);
    expect(numbersIn(officeCasesResponse.parse(await server.json(`/o/${token}`)))).toEqual([1]);
  });

  it('of many cases costs batches, not a read a case', async () => {
    const many = Array.from({ length: 450 }, (_, index) => caseOf(index, {}, { familyId: familyIdOf(index % 150) }));
    const { server, token } = await read(many);
    const before = server.world.calls.length;
    const list = officeCasesResponse.parse(await server.json(`/o/${token}?from=350`));
    expect([list.total, list.cases.length]).toEqual([450, 100]);
    const calls = server.world.calls.slice(before).map(({ operation }) => operation);
    // 5 of alerts, 2 of families, 2 of their reach; a query a family only where nobody is reachable.
    expect(calls.filter((operation) => operation === 'BatchGetItem')).toHaveLength(9);
    // The link, and whether those of its office or of its family have ended.
    expect(calls.filter((operation) => operation === 'GetItem')).toHaveLength(3);
  });

  it('says what has come since the last look: by a press, or because the office was told later', async () => {
    const { server, token } = await read([
      caseOf(1, { raisedAt: minutesAgo(30) }),
      caseOf(2, { raisedAt: minutesAgo(20) }),
      caseOf(3, { raisedAt: minutesAgo(3) }),
    ]);
    // The office was told of the second by an escalation.
    await server.world.table.call('UpdateItem', {
      TableName: 'alerts',
      Key: { pk: { S: `FAMILY#${familyIdOf(0)}` }, sk: { S: `OFFICE#${alertIdOf(2)}#los-angeles` } },
      UpdateExpression: 'SET listedAt = :then',
      ExpressionAttributeValues: { ':then': { S: minutesAgo(1) } },
    });
    const newIn = async (path: string) =>
      numbersIn({ cases: officeCasesResponse.parse(await server.json(path)).cases.filter(({ isNew }) => isNew) });
    expect(await newIn(`/o/${token}`)).toEqual([]);
    expect(await newIn(`/o/${token}?since=${minutesAgo(5)}`)).toEqual([2, 3]);
    expect(await newIn(`/o/${token}?since=yesterday`)).toEqual([]);
    const page = textOf((await server.get(`/o/${token}?since=${minutesAgo(2)}`)).body);
    expect(page.match(/NUEVO/g)).toHaveLength(1);
    expect(await server.json(`/o/${token}/news?since=${minutesAgo(5)}`)).toEqual({ since: minutesAgo(5), count: 2 });
    const frame = await server.get(`/o/${token}/news?since=${minutesAgo(5)}`);
    expect(textOf(frame.body)).toContain('2 casos nuevos desde las 13:05');
    expect(frame.body).toContain('http-equiv="refresh"');
    expect(frame.headers['content-security-policy']).toContain("frame-ancestors 'self'");
  });

  it('leads to the next look, and shows a frame of ours alone', async () => {
    const { server, token } = await read([caseOf(1)]);
    const { body, headers } = await server.get(`/o/${token}`);
    expect(body).toMatch(new RegExp(`href="/o/${token}\\?since=2026-11-22T21%3A09%3A58`));
    expect(body).toMatch(new RegExp(`<iframe class="news" tabindex="-1" src="/o/${token}/news\\?since=`));
    expect(headers['content-security-policy']).toContain(
      "frame-src 'self'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(body).not.toMatch(/<script|http-equiv/);
  });

  it('logs no name, place or token', async () => {
    const { token } = await read([caseOf(1)]);
    for (const secret of [token, 'María', 'Los Angeles, CA', '34.05']) expect(lines.join('')).not.toContain(secret);
  });
});

describe('a search in the list', () => {
  const people = ['Ana Sofía Núñez', 'Luis Núñez Ortiz', 'Rosa Cruz', "Ma. O'Higgins K'iche'", 'Eva Pérez-Gil'].map(
    (name, index) =>
      caseOf(
        index + 1,
        { raisedAt: minutesAgo(30 - index) },
        { familyId: familyIdOf(index), person: { name, language: 'es' } },
      ),
  );

  it('finds parts of a name in any order, without accents, and folios; never in an address', async () => {
    const { server, token, list } = await read(people);
    const found = async (text: string) => {
      const { body } = await server.post(`/o/${token}/search`, [['text', text]], 'application/json');
      return numbersIn(officeCasesResponse.parse(JSON.parse(body)));
    };
    expect(await found('nunez')).toEqual([1, 2]);
    expect(await found('ORTIZ  luis')).toEqual([2]);
    expect(await found(list.cases[2]?.folio.toLowerCase() ?? '')).toEqual([3]);
    for (const text of [
      'Núñez-Ortiz',
      'NúñezOrtiz',
      "'Luis' ‘Ortiz’",
      'NÚÑEZ ORTIZ, LUIS',
      'Ｌｕｉｓ',
      '\u200BLuis\u00A0Ortiz',
    ]) {
      expect([text, await found(text)]).toEqual([text, [2]]);
    }
    for (const text of ['O’Higgins', 'OHiggins', 'Ma.O’Higgins', 'K‘iche’', 'kiche']) {
      expect([text, await found(text)]).toEqual([text, [4]]);
    }
    for (const text of ['Pérez-Gil', 'PérezGil', 'Gil Pérez']) expect([text, await found(text)]).toEqual([text, [5]]);
    const folio = list.cases[2]?.folio ?? '';
    for (const text of [`Folio ${folio}`, `#${folio}`, `${folio.slice(0, 2)}-${folio.slice(2)}`, `${folio}.`]) {
      expect([text, await found(text)]).toEqual([text, [3]]);
    }
    expect(await found('Gómez')).toEqual([]);
    // Across two words of a name, and not from the start of one: 'Flor Osaki' is no Rosa.
    expect(await found('ianúñez')).toEqual([]);
    expect(await found('❤️')).toEqual([]);
    const page = await server.post(`/o/${token}/search`, [['text', 'Núñez']]);
    expect(page.status).toBe(200);
    expect(textOf(page.body)).toContain('2 con “Núñez”.');
    expect(page.body.match(/(?:href|src|action)="[^"]*"/g)?.join(' ')).not.toMatch(/N%C3%BA|nunez|text=/i);
    expect(lines.join('')).not.toMatch(/n[uú][nñ]ez/i);
    expect((await server.post(`/o/${token}/search`, [], 'application/json')).status).toBe(400);
    expect((await server.get(`/o/${token}/search`)).headers['location']).toBe(`/o/${token}`);
  });

  it('is by 200 characters of what a form sends, and folds what was typed once', async () => {
    const { server, token } = await read(people);
    const tidied = vi.spyOn(String.prototype, 'toWellFormed');
    const { body } = await server.post(`/o/${token}/search`, [['text', `Ana${' '.repeat(300)}Cruz`]]);
    const typed = tidied.mock.contexts.filter((text) => String(text).startsWith('Ana  '));
    tidied.mockRestore();
    expect(typed.map((text) => String(text).length)).toEqual([200]);
    expect(textOf(body)).toContain('Ana Sofía Núñez');
  });

  it('is of the list of its link alone', async () => {
    const { server } = await read(people);
    const family = await server.linkTo({ kind: 'family' }, people[0]!);
    expect((await server.post(`/o/${family}/search`, [['text', 'Ana']])).status).toBe(404);
    expect((await server.get(`/o/${family}/news`)).status).toBe(404);
  });
});

describe('the form that takes several cases', () => {
  const refOf = ({ alert: { familyId, alertId } }: Case) => `${familyId}.${alertId}`;
  const three = [1, 2, 3].map((number) => caseOf(number, { raisedAt: minutesAgo(number) }));
  const tickedIn = (body: string): readonly string[] =>
    [...body.matchAll(/value="([^"]*)"\s+aria-label="[^"]*"\s+checked/g)].map(([, ref = '']) => ref);

  it('ticks all that nobody has, keeps what was typed, and changes nothing', async () => {
    const { server, token } = await read([...three, caseOf(4, { ...acknowledged })]);
    const before = JSON.stringify(server.world.table.all());
    const sent: [string, string][] = [
      ['officer', 'Ana "Nena" Pérez'],
      ['tick', 'untaken'],
    ];
    const { body, status } = await server.post(`/o/${token}/search`, sent);
    expect(status).toBe(200);
    expect(new Set(tickedIn(body))).toEqual(new Set(three.map(refOf)));
    expect(body).toContain('value="Ana &quot;Nena&quot; Pérez"');
    expect(textOf(body)).toContain('3 marcados.');
    expect(JSON.stringify(server.world.table.all())).toBe(before);
  });

  it('keeps ticks and name when the list is loaded anew, and marks what has come since', async () => {
    const { server, token } = await read(three);
    const { body } = await server.post(`/o/${token}/search`, [
      ['since', minutesAgo(60)],
      ['officer', 'Ana'],
      ['cases', refOf(three[1]!)],
      // As the button says it, after the field.
      ['since', minutesAgo(1.5)],
    ]);
    expect(tickedIn(body)).toEqual([refOf(three[1]!)]);
    expect(body).toContain('value="Ana"');
    expect(textOf(body).match(/NUEVO/g)).toHaveLength(1);
  });

  it('takes a form of 1 MB, as hundreds of ticks need, and refuses a longer one', async () => {
    const { server, token } = await read([caseOf(1)]);
    const search = async (bytes: number) =>
      (await server.post(`/o/${token}/search`, [['text', 'x'.repeat(bytes - 'text='.length)]])).status;
    expect([await search(1024 * 1024), await search(1024 * 1024 + 1)]).toEqual([200, 413]);
  });

  it('takes what is ticked and says how many; without a name or a tick it comes back as it was', async () => {
    const { server, token } = await read(three);
    const ticks = three.map((found): [string, string] => ['cases', refOf(found)]);
    const nameless = await server.post(`/o/${token}/take`, [['officer', ' '], ...ticks]);
    expect(nameless.status).toBe(400);
    expect(tickedIn(nameless.body)).toHaveLength(3);
    expect(nameless.body).toContain('id="take-officer-error"');
    const none = await server.post(`/o/${token}/take`, [['officer', 'Ana']]);
    expect(textOf((await server.get(none.headers['location'] ?? '')).body)).toContain('Marque al menos un caso.');
    const taken = await server.post(`/o/${token}/take`, [['officer', 'Ana'], ...ticks]);
    expect(taken.status).toBe(303);
    const page = await server.get(taken.headers['location'] ?? '');
    expect(textOf(page.body)).toContain('Casos tomados: 3.');
    expect(officeCasesResponse.parse(await server.json(`/o/${token}`)).counts).toMatchObject({ untaken: 0, here: 3 });
    // Who signed through the link need not type it again.
    expect((await server.get(`/o/${token}`)).body).not.toContain('name="officer"');
  });
});

describe('reads by the hundred', () => {
  it('go on with what DynamoDB left unread, and fail rather than leave it out', async () => {
    const { server, token } = await read([caseOf(1), caseOf(2), caseOf(3)]);
    // Of the pauses between tries it takes a random part.
    vi.spyOn(Math, 'random').mockReturnValue(0);
    let left = 2;
    server.world.intercept(async ({ operation, input }, goOn) => {
      const [[table, request] = []] = Object.entries(
        Object(input['RequestItems']) as Record<string, { Keys: unknown[] }>,
      );
      if (operation !== 'BatchGetItem' || table === undefined || !request) return goOn();
      if (request.Keys.length < 2 || left === 0) return goOn();
      left -= 1;
      return { Responses: {}, UnprocessedKeys: { [table]: request } };
    });
    expect(officeCasesResponse.parse(await server.json(`/o/${token}`)).total).toBe(3);
    left = Infinity;
    expect((await server.get(`/o/${token}`)).status).toBe(500);
  });
});
