import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { familyCaseResponse, officerCaseResponse } from '../../shared/contracts/cases.ts';
import { type OfficeCases, officeCasesResponse } from '../../shared/contracts/office-list.ts';
import type { Case } from '../../shared/domain/case/case.ts';
import { composeAnswerQueries } from '../../shared/compose.ts';
import { logLines } from '../support/log-lines.ts';
import { aCancelledCase, aCase, anEventOf, caseIn } from '../support/cases.ts';
import { anAlert } from '../support/fixtures.ts';
import { keepLink, keptCase } from '../support/kept.ts';
import { formsOf, textOf } from '../support/page-text.ts';
import { type Sent, servingPages } from '../support/serving.ts';

const office = 'o'.repeat(43);
const otherOffice = 'x'.repeat(43);
const ministry = 'm'.repeat(43);
const family = 'f'.repeat(43);
/** Nobody has signed through it yet. */
const unsigned = 'u'.repeat(22);
const officer = 'Lic. Rosa Díaz';
const links = {
  [office]: { recipient: { kind: 'consulate', id: 'los-angeles' }, officer },
  [unsigned]: { recipient: { kind: 'consulate', id: 'los-angeles' } },
  [otherOffice]: { recipient: { kind: 'consulate', id: 'boston' }, officer },
  [ministry]: { recipient: { kind: 'ministry' }, officer },
  [family]: { recipient: { kind: 'family' } },
} as const;

let lines: readonly string[];
beforeEach(() => {
  lines = logLines();
});
afterEach(() => void vi.useRealTimers());

/** The pages over a table that has these cases, and links to the first. */
const serving = async (cases: readonly Case[]) => {
  const { world, ask } = await servingPages(cases);
  const { familyId, alertId } = anAlert();
  for (const [token, link] of Object.entries(links)) {
    await keepLink(world, { familyId, alertId, ...link, expiresAt: '2026-12-22T20:00:00.000Z' }, token);
  }
  return {
    get: async (kind: 'c' | 'o' | 'f', token: string, sent: Sent = {}) => ask(`GET /${kind}/{token}`, { token }, sent),
    post: async (kind: 'c' | 'f', token: string, action: string, sent: Sent = {}) =>
      ask(`POST /${kind}/{token}/{action}`, { token, action }, sent),
    head: async (kind: 'c' | 'o' | 'f', token: string) => ask(`HEAD /${kind}/{token}`, { token }),
    getAction: async (route: string, token: string, action?: string, query: Record<string, string> = {}) =>
      ask(`GET /${route}`, { token, ...(action !== undefined && { action }) }, { accept: browser, query }),
    take: async (token: string, sent: Sent) => ask('POST /o/{token}/take', { token }, sent),
    world,
    alert: () => keptCase(world, anAlert()).alert,
    events: () => keptCase(world, anAlert()).events,
  };
};

const json = 'application/json';
const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('a lawyer’s extension', () => {
  it('is dialled by the link and read after the number', async () => {
    const server = await serving([caseIn('acknowledged')]);
    await server.post('c', office, 'representative', {
      form: { name: 'Rosa', phone: '+1 (213) 555-0177 ext. 12' },
    });
    const { body } = await server.get('f', family, { accept: browser });
    expect(body).toContain('href="tel:+12135550177;ext=12"');
    expect(textOf(body).replaceAll('\u00A0', ' ')).toContain('+1 213 555 0177 ext. 12');
  });
});

describe('the clock of a family’s page', () => {
  it('is the one by which they were told of the press, also where no office or the ministry has the case', async () => {
    const owned = aCase({ alert: { consulate: { id: 'ministry', distanceMeters: null, basis: 'ministry' } } });
    const { consulate: _c, ...alert } = owned.alert;
    const unauthorised = { ...owned, alert: { ...alert, consularNotification: false, deliveries: {} } };
    for (const found of [aCase(), owned, unauthorised, aCancelledCase('duress')]) {
      const page = textOf((await (await serving([found])).get('f', family, { accept: browser })).body);
      expect(page).toMatch(/\d\d:\d\d PST/);
      expect(page).not.toContain('CST');
    }
  });
});

describe('the address of an action', () => {
  it('leads to its page, with its language and case: a reload of a refused form asks for it', async () => {
    const server = await serving([aCase()]);
    const { getAction } = server;
    const query = { language: 'en', case: 'other' };
    for (const [answer, page] of [
      [await getAction('c/{token}/{action}', office, 'acknowledge', query), `/c/${office}?language=en&case=other`],
      [await getAction('c/{token}/{action}', office, 'close'), `/c/${office}`],
      [await getAction('f/{token}/{action}', family, 'on-it'), `/f/${family}`],
      [await getAction('o/{token}/take', office), `/o/${office}`],
    ] as const) {
      expect([answer.status, answer.headers['location']]).toEqual([303, page]);
    }
    expect([server.events(), server.alert()]).toEqual([[], aCase().alert]);
  });

  it('is no address where there is no such action, or no token', async () => {
    const { getAction } = await serving([aCase()]);
    expect((await getAction('c/{token}/{action}', office, 'toString')).status).toBe(404);
    expect((await getAction('f/{token}/{action}', '..', 'seen')).status).toBe(404);
  });
});

describe('opening a link', () => {
  /** Whose links were opened, as the family's phones read it. */
  const noted = async ({ world }: Awaited<ReturnType<typeof serving>>) => {
    const { familyId, alertId } = anAlert();
    const openings = await world.of(composeAnswerQueries).openings.of(familyId, alertId);
    return openings.map(({ recipient }) => recipient.kind).toSorted();
  };

  it('is noted of a drill, by officers and relatives, and changes nothing of the case', async () => {
    const server = await serving([aCase({ alert: { drill: true } })]);
    const before = server.alert();
    for (const token of [office, ministry]) await server.get('c', token);
    await server.get('f', family, { accept: json });
    expect(await noted(server)).toEqual(['consulate', 'family', 'ministry']);
    expect([server.events(), server.alert()]).toEqual([[], before]);
  });

  it('is not noted when a program asks by HEAD, which is answered like GET without the page', async () => {
    const server = await serving([aCase({ alert: { drill: true } })]);
    const head = await server.head('c', office);
    expect(await noted(server)).toEqual([]);
    const got = await server.get('c', office);
    expect(head).toEqual({ ...got, body: '' });
    expect(got.body).not.toBe('');
  });

  it('is not noted of a real alert, nor of a case that the link does not open', async () => {
    const real = await serving([aCase()]);
    await real.get('c', office);
    await real.get('f', family);
    const drill = await serving([aCase({ alert: { drill: true } })]);
    expect((await drill.get('c', otherOffice)).status).toBe(404);
    expect([...(await noted(real)), ...(await noted(drill))]).toEqual([]);
  });

  it('shows the page also when it cannot be noted, and logs no token', async () => {
    const { get, world } = await serving([aCase({ alert: { drill: true } })]);
    world.break((operation) => operation !== 'GetItem' && operation !== 'Query');
    expect((await get('f', family)).status).toBe(200);
    expect(lines.join('')).toContain('opening.not-noted');
    expect(lines.join('')).not.toContain(family);
  });
});

describe('a link out of a drill', () => {
  const drill = aCase({ alert: { drill: true, alertId: '99999999-9999-4999-8999-999999999999' } });
  const real = aCase();
  const ref = ({ alert }: Case) => `${alert.familyId}.${alert.alertId}`;

  it('opens that drill alone: no other case of its office, and no list of them', async () => {
    const server = await serving([drill, real]);
    const token = 'd'.repeat(43);
    const { familyId, alertId } = drill.alert;
    const recipient = { kind: 'consulate', id: 'los-angeles' } as const;
    const expiresAt = '2026-12-22T20:00:00.000Z';
    await keepLink(server.world, { familyId, alertId, recipient, drill: true, expiresAt }, token);
    expect((await server.get('c', token)).status).toBe(200);
    expect((await server.get('c', token, { query: { case: ref(drill) } })).status).toBe(200);
    expect((await server.get('c', token, { query: { case: ref(real) } })).status).toBe(404);
    const listed = async (by: string) => JSON.parse((await server.get('o', by, { accept: json })).body) as OfficeCases;
    expect((await listed(token)).cases.map(({ alertId: id }) => id)).toEqual([alertId]);
    const cases = [drill, real].map(({ alert }) => ({ familyId: alert.familyId, alertId: alert.alertId }));
    const taken = await server.take(token, { accept: json, json: { officer, cases } });
    expect(JSON.parse(taken.body)).toMatchObject({
      taken: [{ alertId }],
      refused: [{ alertId: real.alert.alertId, reason: 'not-found' }],
    });
    expect((await listed(office)).cases.map(({ alertId: id }) => id)).toContain(real.alert.alertId);
    expect((await server.get('c', office, { query: { case: ref(real) } })).status).toBe(200);
  });
});

describe('an answer', () => {
  it('is a page unless Accept prefers JSON', async () => {
    const { get } = await serving([aCase()]);
    const types = async (accept?: string) =>
      (await get('c', office, accept === undefined ? {} : { accept })).headers['content-type'];
    for (const accept of [undefined, '*/*', browser, 'text/html', 'text/*', 'application/json;q=0.5, text/html']) {
      expect(await types(accept)).toBe('text/html; charset=utf-8');
    }
    for (const accept of [
      json,
      'application/json, text/plain, */*',
      'text/html;q=0.5,application/json',
      'application/*',
    ]) {
      expect(await types(accept)).toBe('application/json');
    }
  });

  it('keeps to itself: no store, no index, no referrer, nothing of other hosts', async () => {
    const { get } = await serving([aCase()]);
    for (const token of [office, 'unknown'.repeat(6)]) {
      const { headers, body } = await get('c', token, { accept: browser });
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex',
        'x-content-type-options': 'nosniff',
        vary: 'Accept',
      });
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
      );
      const css = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? '';
      const digest = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(css))).toString('base64');
      expect(headers['content-security-policy']).toContain(`'sha256-${digest}'`);
    }
  });

  it('is Spanish for officers, the family’s language for the family, and the one that was asked for', async () => {
    const { get } = await serving([aCase({ family: { person: { name: 'Ana Paz', language: 'en' } } })]);
    const language = async (kind: 'c' | 'f', token: string, query?: Record<string, string>) =>
      /<html lang="(..)">/.exec((await get(kind, token, query ? { query } : {})).body)?.[1];
    expect(await language('c', office)).toBe('es');
    expect(await language('c', office, { language: 'en' })).toBe('en');
    expect(await language('f', family)).toBe('en');
    expect(await language('f', family, { language: 'es' })).toBe('es');
    expect(await language('f', family, { language: 'fr' })).toBe('en');
  });

  it('of a GET changes nothing, whatever the query says', async () => {
    const server = await serving([aCase()]);
    for (const [kind, token] of [
      ['c', office],
      ['o', office],
      ['f', family],
    ] as const) {
      const { status } = await server.get(kind, token, {
        query: { done: 'acknowledge', action: 'close', officer: 'x' },
      });
      expect(status).toBe(200);
    }
    expect(server.events()).toEqual([]);
    expect(server.alert()?.state).toBe('raised');
  });
});

describe('a link that opens nothing', () => {
  const unauthorised = aCase({ alert: { consularNotification: false } });
  it('gets one and the same answer, whatever the reason', async () => {
    const { get, post } = await serving([aCase()]);
    const missing = await serving([]);
    const private_ = await serving([unauthorised]);
    const unknown = 'u'.repeat(43);
    const other = { query: { case: '33333333-3333-4333-8333-333333333333.44444444-4444-4444-8444-444444444444' } };
    for (const accept of [browser, json]) {
      const answers = await Promise.all([
        get('c', unknown, { accept }),
        get('c', '../..', { accept }),
        get('c', family, { accept }),
        get('f', office, { accept }),
        get('o', family, { accept }),
        get('c', otherOffice, { accept }),
        get('c', office, { accept, ...other }),
        get('c', office, { accept, query: { case: '<script>' } }),
        missing.get('c', office, { accept }),
        missing.get('f', family, { accept }),
        private_.get('c', ministry, { accept }),
        post('c', unknown, 'acknowledge', { accept, form: { officer: 'Ana' } }),
        post('c', office, 'erase', { accept, form: {} }),
        post('c', office, 'constructor', { accept, form: {} }),
        post('f', office, 'seen', { accept, form: { name: 'Ana' } }),
        post('c', otherOffice, 'acknowledge', { accept, form: { officer: 'Ana' } }),
        private_.post('c', ministry, 'acknowledge', { accept, form: { officer: 'Ana' } }),
      ]);
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(answers[0].status).toBe(404);
    }
  });

  it('leaves neither token nor personal data in the log', async () => {
    const server = await serving([aCase()]);
    await server.get('c', office);
    await server.get('f', family);
    await server.get('c', 'u'.repeat(43));
    await server.post('c', office, 'acknowledge', { form: { officer: 'Ana Pérez' } });
    await server.post('c', office, 'representative', { form: { name: 'Rosa', phone: '+12135550177' } });
    const log = lines.join('');
    expect(lines.length).toBeGreaterThan(3);
    for (const secret of [office, family, 'uuuu', 'Ana', 'Rosa', '+1213555', 'María', '34.05', 'taller']) {
      expect(log).not.toContain(secret);
    }
    expect(log).toContain('"SecondsToRepresentative":4200');
  });
});

describe("an officer's action", () => {
  it('from a form goes back to the page, in its language and case, and says what was done', async () => {
    const server = await serving([aCase()]);
    const ref = `${anAlert().familyId}.${anAlert().alertId}`;
    const { status, headers, body } = await server.post('c', office, 'acknowledge', {
      accept: browser,
      form: { officer: 'Lic. Ana Pérez' },
      query: { language: 'en', case: ref },
    });
    expect([status, body]).toEqual([303, '']);
    expect(headers['location']).toBe(`/c/${office}?language=en&case=${ref}&done=acknowledge`);
    expect(server.alert()).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Lic. Ana Pérez' });
    const page = await server.get('c', office, { query: { language: 'en', done: 'acknowledge' } });
    expect(page.body).toContain('role="status">The case is in your name.');
  });

  it('as JSON answers the case as it is now', async () => {
    const server = await serving([aCase()]);
    const { status, body } = await server.post('c', office, 'acknowledge', { json: { officer: 'Ana' } });
    expect(status).toBe(200);
    const found = officerCaseResponse.parse(JSON.parse(body));
    expect(found).toMatchObject({
      state: 'acknowledged',
      acknowledged: { officer: 'Ana', office: { id: 'los-angeles' } },
    });
    expect(found.timeline.map(({ type }) => type)).toEqual(['alert.raised.v1', 'alert.acknowledged.v1']);
  });

  it.each([
    ['state', { to: 'locating', facility: '', note: '  ' }, { state: 'locating' }],
    ['note', { text: ' Una\r\nnota ' }, {}],
    [
      'representative',
      { name: 'Rosa Íñiguez', phone: '+1 (213) 555-0177' },
      { representative: { phone: '+12135550177' } },
    ],
    [
      'representative',
      { name: 'Rosa Íñiguez', phone: '+1 (213) 555-0177 ext. 12' },
      { representative: { phone: '+12135550177;ext=12' } },
    ],
    ['hand-over', { consulateId: 'san-diego', note: '' }, { handOver: { to: { id: 'san-diego' } } }],
    ['close', { disposition: 'released', confirm: 'true' }, { state: 'closed', disposition: 'released' }],
  ])('%s takes a form and JSON alike', async (action, fields, expected) => {
    for (const sent of [{ form: fields }, { json: fields }] as Sent[]) {
      const server = await serving([caseIn('acknowledged')]);
      const { status } = await server.post('c', office, action, { ...sent, accept: json });
      expect(status).toBe(200);
      expect(server.alert()).toMatchObject(expected);
      expect(server.events().at(-1)).toMatchObject({ by: { kind: 'officer', officeId: 'los-angeles', name: officer } });
    }
  });

  it('is refused without a name while nobody has signed through the link, and signed by the remembered one after', async () => {
    const server = await serving([caseIn('acknowledged')]);
    const actions = {
      note: { text: 'Una nota' },
      state: { to: 'locating' },
      close: { disposition: 'safe', confirm: true },
    };
    for (const [action, fields] of Object.entries(actions)) {
      const refused = await server.post('c', unsigned, action, { json: fields });
      expect([refused.status, JSON.parse(refused.body).errors]).toMatchObject([400, [{ field: 'officer' }]]);
    }
    const page = await server.post('c', unsigned, 'note', { accept: browser, form: actions.note });
    expect([page.status, page.body.includes('id="note-officer-error"')]).toEqual([400, true]);
    expect(server.events()).toHaveLength(caseIn('acknowledged').events.length);
    const signature = 'Lic. Ana Pérez, guardia (2) & Vega/Díaz';
    const typed = signature.replace('Lic. Ana', 'Lic.  Ana ❤️');
    await server.post('c', unsigned, 'note', { form: { ...actions.note, officer: typed }, accept: browser });
    for (const sent of [{ json: actions.state }, { form: actions.state, accept: browser }]) {
      await server.post('c', unsigned, 'state', sent);
    }
    const signed = server.events().slice(-2);
    expect(signed.map(({ by }) => by)).toEqual(
      signed.map(() => ({ kind: 'officer', officeId: 'los-angeles', name: signature })),
    );
    const seen = await server.get('c', unsigned, { accept: json });
    const { officer: remembered, timeline } = officerCaseResponse.parse(JSON.parse(seen.body));
    expect([remembered, timeline.at(-1)?.by]).toMatchObject([signature, { kind: 'officer', name: signature }]);
  });

  it('is signed by another where a colleague says so, who is remembered from then on', async () => {
    const server = await serving([caseIn('acknowledged')]);
    await server.post('c', office, 'note', { json: { text: 'Una', officer: 'Luis Mora' } });
    await server.post('c', office, 'note', { json: { text: 'Otra' } });
    await server.post('c', ministry, 'note', { json: { text: 'De otra oficina' } });
    expect(server.events().map(({ by }) => (by.kind === 'officer' ? by.name : ''))).toEqual(
      expect.arrayContaining(['Luis Mora', officer]),
    );
    const pageOf = async (token: string) => textOf((await server.get('c', token, { accept: browser })).body);
    expect(await pageOf(office)).toContain('Firma: Luis Mora.');
    expect(await pageOf(ministry)).toContain(`Firma: ${officer}.`);
    expect(await pageOf(unsigned)).not.toContain('Firma:');
  });

  it('that closes the case shows first what the family will read, to the letter, and only then closes it', async () => {
    const server = await serving([caseIn('located')]);
    const fields = { disposition: 'repatriated', familyNote: 'Llega el martes a Nuevo Laredo.', note: 'Para nosotros' };
    const shown = await server.post('c', office, 'close', { accept: browser, form: fields });
    expect(shown.status).toBe(200);
    expect(server.alert()?.state).toBe('located');
    const [, sms = ''] = /Por SMS\n(.*)\n/.exec(textOf(shown.body)) ?? [];
    expect(sms).toContain('repatriacion a México');
    expect(sms).toContain('"Llega el martes a Nuevo Laredo."');
    expect(shown.body).toContain('Llega el martes a Nuevo Laredo.');
    const hidden = Object.fromEntries(
      [...shown.body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [
        name ?? '',
        value ?? '',
      ]),
    );
    expect(hidden).toEqual({ ...fields, asked: 'true', confirm: 'true' });
    const done = await server.post('c', office, 'close', { accept: browser, form: hidden });
    expect([done.status, server.alert()?.disposition]).toEqual([303, 'repatriated']);
    expect(server.events().at(-1)).toMatchObject({ ...fields, deliveries: { family: { status: 'pending' } } });
    const page = textOf((await server.get('f', family, { accept: browser })).body);
    for (const kept of [fields.familyNote, 'Adelanto, CA', 'Folio del caso', '+1 520 623 7874']) {
      expect(page.replaceAll('\u00A0', ' ')).toContain(kept);
    }
    expect(page).not.toContain('Para nosotros');
  });

  it('that closes it for another reason is confirmed by having spoken with the family', async () => {
    const server = await serving([caseIn('located')]);
    const fields = { disposition: 'other', familyNote: 'Le llamamos hoy.' };
    const asked = await server.post('c', office, 'close', { accept: browser, form: fields });
    expect(asked.body).toMatch(/type="checkbox"\s+id="close-confirm"\s+name="confirm"\s+value="true"\s+required/);
    expect(asked.body).not.toContain('role="alert"');
    const again = await server.post('c', office, 'close', { accept: browser, form: { ...fields, asked: 'true' } });
    expect([again.status, again.body.includes('id="close-confirm-error"')]).toEqual([200, true]);
    expect(server.alert()?.state).toBe('located');
    const form = { ...fields, asked: 'true', confirm: 'true' };
    expect((await server.post('c', office, 'close', { accept: browser, form })).status).toBe(303);
    expect(server.alert()?.disposition).toBe('other');
  });

  it('that closes a case under duress is confirmed too, and says that the family reads nothing', async () => {
    const server = await serving([{ ...caseIn('located'), alert: { ...caseIn('located').alert, duress: true } }]);
    const form = { disposition: 'other', familyNote: 'Se habló con ella.' };
    const { body } = await server.post('c', office, 'close', { accept: browser, form });
    expect(textOf(body)).toContain('La familia NO recibirá aviso');
    expect(body).not.toMatch(/Por SMS|Por correo|type="checkbox"/);
    await server.post('c', office, 'close', { accept: browser, form: { ...form, confirm: 'true' } });
    expect(Object.keys(server.events().at(-1)?.deliveries ?? {})).not.toContain('family');
  });

  it('that may not close it is refused before anything is to be confirmed', async () => {
    const { post } = await serving([caseIn('closed')]);
    expect((await post('c', office, 'close', { accept: browser, form: { disposition: 'safe' } })).status).toBe(409);
  });

  it('corrects the place in the state that the case has, and a transfer forgets the one before', async () => {
    const server = await serving([caseIn('located')]);
    await server.post('c', office, 'state', { json: { to: 'located', facility: 'Florence, AZ' } });
    expect(server.alert()).toMatchObject({ state: 'located', facility: 'Florence, AZ' });
    expect(server.events().at(-1)).toMatchObject({ from: 'located', to: 'located', deliveries: { family: {} } });
    const page = textOf((await server.get('c', office, { accept: browser })).body);
    expect(page).toContain('Corrigió el lugar. Lugar: Florence, AZ.');
    await server.post('c', office, 'state', { json: { to: 'transferred' } });
    expect(server.alert()).not.toHaveProperty('facility');
  });

  it('is done also when the name cannot be remembered; the log has no name', async () => {
    const server = await serving([caseIn('acknowledged')]);
    server.world.break((operation) => operation === 'UpdateItem');
    expect((await server.post('c', unsigned, 'note', { json: { text: 'Una', officer: 'Luis Mora' } })).status).toBe(
      200,
    );
    expect(server.events().at(-1)).toMatchObject({ text: 'Una', by: { name: 'Luis Mora' } });
    expect(lines.join('')).toContain('officer.not-remembered');
    expect(lines.join('')).not.toContain('Luis');
  });

  it('shows no link that somebody typed', async () => {
    const server = await serving([caseIn('acknowledged')]);
    await server.post('c', office, 'note', { form: { text: 'Vea https://evil.com/x y www.evil.mx' } });
    expect(server.events().at(-1)).toMatchObject({ text: 'Vea https: //evil. com/x y www. evil. mx' });
  });

  it('drops what a form left empty', async () => {
    const server = await serving([caseIn('acknowledged')]);
    await server.post('c', office, 'state', { form: { to: 'located', facility: ' ', note: '' } });
    expect(server.events().at(-1)).not.toHaveProperty('note');
    expect(server.alert()).not.toHaveProperty('facility');
  });

  it('reopen needs no body once somebody has signed', async () => {
    const server = await serving([caseIn('closed')]);
    expect((await server.post('c', ministry, 'reopen', { accept: json, headers: {} })).status).toBe(200);
    expect(server.alert()?.state).toBe('acknowledged');
  });

  it('that the state does not allow is a 409 that names the state, and shows the case as it is', async () => {
    const { post } = await serving([caseIn('located')]);
    const refused = await post('c', office, 'reopen', { json: { officer: 'Ana' } });
    expect(refused.status).toBe(409);
    expect(JSON.parse(refused.body)).toMatchObject({ detail: expect.stringContaining('in the state located') });
    const page = await post('c', office, 'state', { accept: browser, form: { to: 'located', note: 'Escrito a mano' } });
    expect(page.status).toBe(409);
    expect(textOf(page.body)).toContain(
      'No se pudo: Cambiar el estado\nEl caso ya está en ese estado: Localización confirmada. Para corregir el lugar, escríbalo.',
    );
    expect(page.body).toContain('Escrito a mano');
    const same = await post('c', office, 'hand-over', { json: { consulateId: 'los-angeles' } });
    expect(same.status).toBe(409);
  });

  it('to a state that no officer can bring a case to is a 400 that names the field', async () => {
    const { post } = await serving([caseIn('located')]);
    for (const to of ['raised', 'acknowledged', 'closed', 'lost']) {
      const problem = await post('c', office, 'state', { json: { to } });
      expect(problem.status).toBe(400);
      expect(JSON.parse(problem.body).errors).toMatchObject([{ field: 'to' }]);
    }
  });

  it('with wrong fields is a 400 that names each and repeats nothing; the form comes back as it was', async () => {
    const { post } = await serving([caseIn('acknowledged')]);
    const fields = { name: '<b>Rosa 5550177</b>', phone: '5550177' };
    const problem = await post('c', office, 'representative', { json: fields });
    expect(problem.status).toBe(400);
    expect(JSON.parse(problem.body).errors.map(({ field }: { field: string }) => field)).toEqual(['name', 'phone']);
    expect(problem.body).not.toMatch(/Rosa|5550177/);
    const page = await post('c', office, 'representative', { form: fields, accept: browser });
    expect(page.status).toBe(400);
    expect(page.body).toContain('value="&lt;b&gt;Rosa 5550177&lt;/b&gt;"');
    expect(page.body).toContain('id="representative-phone-error"');
    expect(formsOf(page.body)).toContain('representative');
  });

  it.each([
    ['acknowledge', { officer: 'llame 900 555 0199' }, ['officer']],
    ['acknowledge', { officer: '❤️' }, ['officer']],
    ['state', { to: 'nowhere' }, ['to']],
    ['state', { to: 'located', facility: 'x'.repeat(201), note: 'x'.repeat(1001) }, ['facility', 'note']],
    ['note', { text: '   ' }, ['text']],
    ['note', { text: 7 }, ['text']],
    ['hand-over', { consulateId: 'atlantis' }, ['consulateId']],
    ['hand-over', { consulateId: 'ministry' }, ['consulateId']],
    ['close', { disposition: 'gone', confirm: true }, ['disposition']],
    ['close', { disposition: 'safe' }, ['confirm']],
    ['close', { disposition: 'safe', confirm: false }, ['confirm']],
    ['close', { disposition: 'other', confirm: true }, ['familyNote']],
    ['close', { disposition: 'repatriated', note: 'x' }, ['confirm', 'familyNote']],
    ['close', { disposition: 'safe', familyNote: 'x'.repeat(401), confirm: true }, ['familyNote']],
  ])('%s with %j is refused for %j', async (action, body, fields) => {
    const { post } = await serving([action === 'acknowledge' ? aCase() : caseIn('acknowledged')]);
    const answer = await post('c', office, action, { json: body });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).errors.map(({ field }: { field: string }) => field)).toEqual(fields);
  });

  it('over 16 KB is a 413, of another type a 415, of no object a 400; as page or as JSON', async () => {
    const { post } = await serving([aCase()]);
    for (const accept of [browser, json]) {
      expect((await post('c', office, 'note', { accept, form: { text: 'x'.repeat(17_000) } })).status).toBe(413);
      const xml = await post('c', office, 'note', { accept, headers: { 'content-type': 'text/xml' }, body: '<a/>' });
      expect(xml.status).toBe(415);
      const broken = await post('c', office, 'note', { accept, headers: { 'content-type': json }, body: '{' });
      expect(broken.status).toBe(400);
      expect((await post('c', office, 'note', { accept, json: ['text'] })).status).toBe(400);
    }
  });

  it('of two colleagues at once is taken from both: the second has the case', async () => {
    const server = await serving([aCase()]);
    for (const name of ['Ana', 'Luis']) {
      expect((await server.post('c', office, 'acknowledge', { form: { officer: name }, accept: browser })).status).toBe(
        303,
      );
    }
    expect(server.alert()?.acknowledgedBy).toBe('Luis');
    expect(textOf((await server.get('c', office)).body)).toContain('Lo tomó Luis (');
    // It shortened nobody's wait.
    expect(lines.filter((line) => line.includes('SecondsToAcknowledgement'))).toHaveLength(1);
  });

  it('fails as an opaque 500 with a reference', async () => {
    const { get, world } = await serving([aCase()]);
    world.intercept(async () => {
      throw new Error('secret of the table');
    });
    const page = await get('c', office, { accept: browser });
    expect(page.status).toBe(500);
    expect(page.body).toContain('Referencia: request-1');
    expect(page.body + lines.join('')).not.toContain('secret of the table');
  });
});

describe('a hand-over', () => {
  it('waits on both offices’ pages and rows until somebody at the receiver acts; the giver may take it back until then', async () => {
    const server = await serving([caseIn('acknowledged')]);
    expect((await server.post('c', office, 'hand-over', { json: { consulateId: 'boston' } })).status).toBe(200);
    const page = textOf((await server.get('c', office)).body);
    expect(page).toMatch(/Entrega en espera: .*Boston.* no ha tomado el caso/);
    const receiving = await server.get('c', otherOffice);
    expect(textOf(receiving.body)).toContain('LE ENTREGAN ESTE CASO');
    expect(formsOf(receiving.body)).toEqual(expect.arrayContaining(['acknowledge', 'state', 'note']));
    const row = officeCasesResponse.parse(JSON.parse((await server.get('o', office, { accept: json })).body)).cases[0];
    expect(row).toMatchObject({ consulate: { id: 'los-angeles' }, handOver: { to: { id: 'boston' } } });
    const shown = familyCaseResponse.parse(JSON.parse((await server.get('f', family, { accept: json })).body));
    expect(shown.consulate?.id).toBe('los-angeles');
    expect(JSON.stringify(shown)).not.toContain('boston');

    expect((await server.post('c', office, 'take-back', { form: {}, accept: json })).status).toBe(200);
    expect((await server.post('c', office, 'hand-over', { json: { consulateId: 'boston' } })).status).toBe(200);
    expect((await server.post('c', otherOffice, 'acknowledge', { json: { officer: 'Luis' } })).status).toBe(200);
    const late = await server.post('c', office, 'take-back', { json: {} });
    expect(late.status).toBe(409);
    expect(JSON.parse(late.body)).toMatchObject({ reason: 'receiver-has-acted' });
    expect(server.alert()).toMatchObject({ consulate: { id: 'boston' }, acknowledgedBy: 'Luis' });
  });
});

describe('taking several cases of a list', () => {
  const idOf = (index: number): string => `55555555-5555-4555-8555-${String(index).padStart(12, '0')}`;
  const many = (count: number): Case[] =>
    Array.from({ length: count }, (_, index) => aCase({ alert: { alertId: idOf(index) } }));
  const refOf = ({ alert: { familyId, alertId } }: Case) => ({ familyId, alertId });
  const formOf = (cases: readonly Case[]): string =>
    new URLSearchParams([
      ['officer', 'Lic. Ana Pérez'],
      ...cases.map(({ alert: { familyId, alertId } }): [string, string] => ['cases', `${familyId}.${alertId}`]),
    ]).toString();
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  it('takes each on its own, says why it took another not, and the family reads that it was seen', async () => {
    const taken = aCase({ alert: { state: 'acknowledged', alertId: idOf(1), acknowledgedOfficeId: 'los-angeles' } });
    const strange = aCase({
      alert: {
        alertId: idOf(2),
        consulate: { id: 'boston', distanceMeters: 1, basis: 'home' },
        toldConsulates: ['boston'],
      },
    });
    const seenAndClosed = { state: 'closed', seenOnly: true, acknowledgedOfficeId: 'los-angeles' } as const;
    const closed = aCase({ alert: { ...seenAndClosed, alertId: idOf(4) } });
    const server = await serving([aCase(), taken, strange, closed]);
    const unknown = { familyId: anAlert().familyId, alertId: idOf(3) };
    const { status, body } = await server.take(office, {
      json: {
        officer: 'Lic. Ana Pérez',
        cases: [refOf(taken), refOf(aCase()), refOf(strange), unknown, refOf(aCase()), refOf(closed)],
      },
    });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      taken: [refOf(aCase())],
      refused: [
        { ...refOf(taken), reason: 'already-taken' },
        { ...refOf(strange), reason: 'not-found' },
        { ...unknown, reason: 'not-found' },
        { ...refOf(closed), reason: 'action-not-allowed' },
      ],
    });
    expect(server.alert()).toMatchObject({ state: 'acknowledged', seenOnly: true, acknowledgedBy: 'Lic. Ana Pérez' });
    const seen = familyCaseResponse.parse(JSON.parse((await server.get('f', family, { accept: json })).body));
    expect(seen.acknowledged).toMatchObject({ officer: 'Lic. Ana Pérez', seenOnly: true });
    const page = textOf((await server.get('f', family, { accept: browser })).body);
    expect(page).toMatch(/Lic\. Ana Pérez .* vio la alerta: .*\. Todavía no la atiende\./);
    expect(page).not.toContain('tiene el caso');
    expect(textOf((await server.get('c', office)).body)).toContain('NADIE LO ATIENDE TODAVÍA');
  });

  it('of a form goes back to the list, whatever it holds, and loses none of 300', async () => {
    const cases = many(300);
    const server = await serving(cases);
    const sent = { accept: browser, headers: form, body: formOf(cases) };
    const answer = await server.take(office, sent);
    expect([answer.status, answer.headers['location']]).toEqual([303, `/o/${office}?done=take&taken=300&refused=0`]);
    const list = officeCasesResponse.parse(JSON.parse((await server.get('o', office, { accept: json })).body));
    expect(new Set(list.cases.map(({ acknowledged }) => acknowledged?.seenOnly))).toEqual(new Set([true]));
    expect((await server.take(office, { ...sent, body: 'officer=Ana' })).headers['location']).toMatch(/taken=0/);
  });

  it('is signed by whoever signed last through the link', async () => {
    const server = await serving([aCase()]);
    expect((await server.take(unsigned, { json: { cases: [refOf(aCase())] } })).status).toBe(400);
    expect((await server.take(office, { json: { cases: [refOf(aCase())] } })).status).toBe(200);
    expect(server.alert()?.acknowledgedBy).toBe(officer);
  });

  it('is no matter of the family’s link, and of nothing that names no case', async () => {
    const server = await serving([aCase()]);
    expect((await server.take(family, { json: { officer, cases: [refOf(aCase())] } })).status).toBe(404);
    expect((await server.take(office, { json: { officer, cases: [{ familyId: 'x', alertId: 'y' }] } })).status).toBe(
      400,
    );
    expect((await server.take(office, { headers: form, body: 'officer=Ana&cases=x' })).status).toBe(400);
  });

  it('goes on where the table fails for one case', async () => {
    const cases = many(12);
    const server = await serving(cases);
    const lost = cases[4]?.alert.alertId ?? '';
    server.world.intercept(async ({ operation, input }, goOn) => {
      if (operation === 'TransactWriteItems' && JSON.stringify(input).includes(lost)) throw new Error('no answer');
      return goOn();
    });
    const { body } = await server.take(office, { json: { officer, cases: cases.map(refOf) } });
    const { taken, refused } = JSON.parse(body);
    expect(taken).toHaveLength(11);
    expect(refused).toEqual([{ ...refOf(cases[4] ?? aCase()), reason: 'failed' }]);
    expect(lines.join('')).toContain('take.failed');
  });

  it('is answered in time with what was decided, where the table keeps one case waiting', async () => {
    const cases = many(12);
    const server = await serving(cases);
    const kept = cases[4]?.alert.alertId ?? '';
    vi.useFakeTimers();
    server.world.intercept(async ({ operation, input }, goOn) =>
      operation === 'TransactWriteItems' && JSON.stringify(input).includes(kept) ? new Promise(() => {}) : goOn(),
    );
    const answering = server.take(office, { json: { officer, cases: cases.map(refOf) } });
    await vi.advanceTimersByTimeAsync(7000);
    const { status, body } = await answering;
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      taken: cases.filter((_, index) => index !== 4).map(refOf),
      refused: [{ ...refOf(cases[4] ?? aCase()), reason: 'failed' }],
    });
  });

  it('begins no case that it could not answer for', async () => {
    const cases = many(12);
    const server = await serving(cases);
    vi.useFakeTimers();
    const written: unknown[] = [];
    server.world.intercept(async ({ operation }, goOn) => {
      if (operation !== 'TransactWriteItems') return goOn();
      written.push(operation);
      return new Promise(() => {});
    });
    const answering = server.take(office, { json: { officer, cases: cases.map(refOf) } });
    await vi.advanceTimersByTimeAsync(7000);
    expect(JSON.parse((await answering).body)).toMatchObject({ taken: [], refused: { length: 12 } });
    expect(written).toHaveLength(8);
  });
});

describe("a relative's answer", () => {
  it('is written down beside the others’ and stops nothing', async () => {
    const server = await serving([aCase()]);
    const seen = await server.post('f', family, 'seen', { accept: browser, form: { name: 'Lupita', task: 'x' } });
    expect([seen.status, seen.headers['location']]).toEqual([303, `/f/${family}?done=seen`]);
    const { status, body } = await server.post('f', family, 'on-it', {
      json: { name: 'José', task: 'llamo al abogado' },
    });
    expect(status).toBe(200);
    expect(familyCaseResponse.parse(JSON.parse(body)).relatives).toMatchObject([
      { kind: 'seen', name: 'Lupita' },
      { kind: 'on-it', name: 'José', task: 'llamo al abogado' },
    ]);
    expect(server.alert()?.state).toBe('raised');
    expect(server.events().flatMap(({ deliveries }) => Object.keys(deliveries))).toEqual([]);
    expect(textOf((await server.get('f', family, { query: { done: 'seen' } })).body)).toContain('Quedó escrito.');
  });

  it('is refused with the reason once 200 stand there: officers read the case whole', async () => {
    const by = { kind: 'family', name: 'Ana' } as const;
    const answer = (index: number) => anEventOf(index, { type: 'family.seen.v1', name: 'Ana', by });
    const note = anEventOf(1, { type: 'alert.noted.v1', text: 'Una nota' });
    const events = [note, ...Array.from({ length: 199 }, (_, index) => answer(index))];
    const server = await serving([aCase({ events })]);
    const send = async (accept: string) => server.post('f', family, 'on-it', { accept, form: { name: 'Lupita' } });
    expect((await send(json)).status).toBe(200);
    const [refused, page] = [await send(json), await send(browser)];
    expect([refused.status, page.status]).toEqual([409, 409]);
    expect(JSON.parse(refused.body)).toMatchObject({ detail: expect.stringContaining('as many as it can hold') });
    expect(textOf(page.body)).toContain('No se agregó: aquí ya no caben más respuestas.');
    expect(server.events()).toHaveLength(201);
    const taken = await server.post('c', office, 'acknowledge', { json: { officer: 'Ana' } });
    expect(taken.status).toBe(200);
  });

  it('without a name comes back with the form as it was', async () => {
    const { post } = await serving([aCase()]);
    const page = await post('f', family, 'seen', { accept: browser, form: { name: ' ', task: 'llamo' } });
    expect(page.status).toBe(400);
    expect(page.body).toContain('id="on-it-name-error"');
    expect(page.body).toContain('value="llamo"');
  });
});
