import { consentTexts } from '../../shared/data/consent-texts.ts';
import { describe, expect, it } from 'vitest';
import { officerCaseResponse } from '../../shared/contracts/cases.ts';
import type { Case } from '../../shared/domain/case/case.ts';
import { type CaseAction, caseStates } from '../../shared/domain/case/case-states.ts';
import type { Language } from '../../shared/domain/family/family.ts';
import type { LinkRecipient } from '../../shared/domain/case/links.ts';
import type { TrackPoint } from '../../shared/domain/position.ts';
import { htmlText } from '../../shared/pages/html.ts';
import { officerCase } from '../../shared/pages/case-for-officer.ts';
import { type OfficerPageOptions, officerPage } from '../../shared/pages/officer-page.ts';
import { officeCases } from '../../shared/pages/office-cases.ts';
import { officePage } from '../../shared/pages/office-page.ts';
import type { PageContext } from '../../shared/pages/page-context.ts';
import { pageUrls } from '../../shared/pages/page-urls.ts';
import { catalogues } from '../../shared/words/catalogues.ts';
import {
  aCancelledCase,
  aCase,
  anEventOf,
  caseIn,
  caseNow,
  everyState,
  offices,
  openConsulates,
} from '../support/cases.ts';
import { aView, entriesOf } from '../support/office-list.ts';
import { changesOf, formsOf, textOf } from '../support/page-text.ts';
import { languages } from '../../shared/domain/vocabulary.ts';

const contextIn = (language: Language, more: Partial<PageContext> = {}): PageContext => ({
  words: catalogues[language],
  language,
  now: caseNow,
  timeZone: 'America/Los_Angeles',
  urls: pageUrls({ kind: 'c', token: 'token' }),
  ...more,
});

const losAngeles = { kind: 'consulate', id: 'los-angeles' } as const;

const pageOf = (
  found: Case,
  options: Partial<OfficerPageOptions> & {
    language?: Language;
    context?: Partial<PageContext>;
    viewer?: LinkRecipient;
    officer?: string;
    track?: readonly TrackPoint[];
  } = {},
): string => {
  const { language = 'es', context, viewer = losAngeles, officer, track = [], ...rest } = options;
  const link = { recipient: viewer, ...(officer !== undefined && { officer }) };
  return htmlText(
    officerPage(contextIn(language, context), officerCase(found, track, offices, link), {
      officeId: 'los-angeles',
      openConsulates,
      ...rest,
    }),
  );
};

describe("the officer's page", () => {
  it('says in every state what there is to know', async () => {
    const pages = everyState.map((state) => [state, textOf(pageOf(caseIn(state)))] as const);
    const texts = pages.map(
      ([state, text], index) => `=== ${state}\n${index === 0 ? text : changesOf(pages[index - 1]![1], text)}\n`,
    );
    await expect(texts.join('\n')).toMatchFileSnapshot('__snapshots__/page-officer.txt');
  });

  it('asks to take a case of which nobody wrote since the person pressed again, and to relieve in any other', () => {
    const taken = caseIn('acknowledged');
    const relieved = textOf(pageOf(taken));
    expect(relieved).toContain('Relevar a quien lo tiene');
    expect(relieved).not.toContain('SIN ATENDER');
    const again = textOf(pageOf({ ...taken, alert: { ...taken.alert, untakenSince: '2026-11-22T20:40:00.000Z' } }));
    expect(again).not.toContain('Relevar a quien lo tiene');
    expect(again).toContain('está SIN ATENDER');
    expect(again).toContain('Tomar el caso');
  });

  it('has by what the person is found, what they speak, what cannot wait at home and whether they want a lawyer', () => {
    const { person } = aCase().family;
    const locator = { aNumber: 'A012345678', birthDate: '1988-04-17', documentName: 'Fernanda Del Papel' };
    const more = {
      locator,
      speaks: 'nah',
      urgentAtHome: 'Los niños <salen> a las 3.',
      wantsRepresentative: true,
    } as const;
    const text = textOf(pageOf(aCase({ family: { person: { ...person, ...more } } })));
    for (const known of ['A012345678', '1988-04-17', 'Fernanda Del Papel', 'Náhuatl', 'Los niños <salen> a las 3.']) {
      expect(text).toContain(known);
    }
    expect(text).toContain('Pidió que le busquen uno.');
    expect(textOf(pageOf(aCase()))).not.toMatch(/Número A|Habla mejor|Abogado|Urgente/);
  });

  it('has officers phone while nobody of the rosters has taken the case, also once nobody else is looked for', () => {
    const at = '2026-11-22T20:30:00.000Z';
    const offering = { by: 'person', startedAt: at, since: at, matter: 'immigration', unansweredAt: at } as const;
    const pageWith = (more: object): string => {
      const found = aCase();
      return textOf(pageOf({ ...found, alert: { ...found.alert, offering: { ...offering, ...more } } }));
    };
    const toldOf = [{ nextAt: '2026-11-23T00:30:00.000Z' }, { lateAt: '2026-11-23T00:30:00.000Z' }];
    for (const more of toldOf) expect(pageWith(more)).toContain('NADIE LO HA TOMADO: llame usted por teléfono');
    expect(textOf(pageOf(aCase()))).not.toContain('NADIE LO HA TOMADO');
  });

  it('says that the person has withdrawn the consent, and when, beside what they had agreed to', () => {
    const consent = {
      ...aCase().family.consent,
      consularNotification: false,
      at: '2026-11-22T20:30:00.000Z',
      agreedAt: '2026-11-01T00:00:00.000Z',
    };
    expect(textOf(pageOf(aCase({ family: { consent } })))).toMatch(/RETIRADA por la persona el [^.]*12:30/);
    expect(textOf(pageOf(aCase()))).not.toContain('RETIRADA');
  });

  it('has the words that the person agreed to, with their hash', () => {
    const [{ text, sha256 } = { text: '?', sha256: '?' }] = consentTexts;
    const consent = { ...aCase().family.consent, language: 'es' as const, sha256 };
    const page = textOf(pageOf(aCase({ family: { consent } })));
    expect(page).toContain(text);
    expect(page).toContain(sha256);
  });

  it.each(everyState)('has in the state %s a form for each action that it allows, and no other', (state) => {
    // Nothing is given away, so that there is nothing to take back.
    const actions: readonly CaseAction[] = caseStates[state].actions.filter((action) => action !== 'take-back');
    expect(formsOf(pageOf(caseIn(state))).sort()).toEqual([...actions].sort());
    const offered = [...pageOf(caseIn(state)).matchAll(/name="to"\s+value="([^"]*)"/g)].map(([, to]) => to);
    // The state that it has is offered to correct the place.
    const correctable = state !== 'acknowledged' && actions.includes('state');
    expect(offered).toEqual([...caseStates[state].next, ...(correctable ? [state] : [])]);
  });

  it('offers every open office but the one in charge, the nearest first', () => {
    const select = /<select[\s\S]*?<\/select>/.exec(pageOf(aCase()))?.[0] ?? '';
    const values = [...select.matchAll(/value="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(values)).toEqual(new Set(openConsulates.map(({ id }) => id).filter((id) => id !== 'los-angeles')));
    expect(values[0]).toBe('santa-ana');
  });

  it('has what ICE’s locator asks for while somebody may have to be found', () => {
    const page = textOf(pageOf(caseIn('locating')));
    for (const text of ['país de nacimiento: México', 'Fernanda Ruiz', 'Fernanda-Ruiz', 'Ruiz Fernanda']) {
      expect(page).toContain(text);
    }
    expect(pageOf(caseIn('closed'))).not.toContain('locator.ice.gov');
  });

  it('escapes whatever people write', () => {
    const evil = `<img src=x onerror=alert(1)>"'&`;
    const by = { kind: 'family', name: evil } as const;
    const found = aCase({
      alert: {
        note: evil,
        facility: evil,
        droppedFields: [evil],
        acknowledgedBy: evil,
        acknowledgedAt: caseNow.toISOString(),
      },
      family: {
        person: { name: evil, language: 'es' },
        contacts: [{ contactId: 'c', name: evil, channel: 'email', endpoint: 'a"onclick=b@example.com' }],
      },
      events: [
        anEventOf(1, { type: 'alert.noted.v1', text: evil }),
        anEventOf(2, { type: 'family.on-it.v1', name: evil, task: evil, by }),
        anEventOf(3, {
          type: 'alert.acknowledged.v1',
          officer: evil,
          by: { kind: 'officer', officeId: evil, name: evil },
        }),
      ],
    });
    for (const language of languages) {
      const page = pageOf(found, {
        language,
        context: { attempt: { action: 'note', values: { text: evil }, wrong: ['text'] }, done: evil },
        before: evil,
      });
      expect(page).not.toContain('<img');
      expect(page).not.toContain('"onclick');
      expect(page).toContain('&lt;img');
    }
  });

  it('says that the person was forced to cancel before anything else, and offers nothing to write to', () => {
    const found = aCancelledCase('duress');
    const contacts = found.family.contacts.map((contact, index) => ({ ...contact, trusted: index === 0 }));
    const page = pageOf({ ...found, family: { ...found.family, contacts } }, { officeId: 'santa-ana' });
    expect(pageOf(found, { officeId: 'santa-ana' })).not.toContain('tel:+1213555');
    const text = textOf(page);
    expect(text.indexOf('CANCELADA BAJO COACCIÓN')).toBeLessThan(text.indexOf('Estado del caso'));
    expect(page).toContain('href="tel:+12135550101"');
    expect(page).not.toContain('mailto:');
    expect(page).not.toContain('tel:+12135550100');
    expect(text).toContain('La familia NO recibirá aviso');
    expect(text).not.toContain('Lo sabrán la familia');
  });

  it('marks a drill in the title and on the page', () => {
    const page = pageOf(aCase({ alert: { drill: true } }));
    expect(page).toContain('<title>SIMULACRO · ');
    expect(textOf(page)).toContain('SIMULACRO: es un ensayo');
    expect(page).toContain('value="drill"');
    expect(pageOf(aCase())).not.toContain('value="drill"');
  });

  it('shows a refused form again, with what was sent and what is wrong beside the fields', () => {
    const attempt = { action: 'representative', values: { name: 'Rosa', phone: '213 555' }, wrong: ['phone'] };
    const page = pageOf(caseIn('acknowledged'), { context: { attempt } });
    expect(page).toContain('value="213 555"');
    expect(page).toContain('aria-invalid="true" aria-describedby="representative-phone-error"');
    expect(page).toContain('id="representative-phone-error"');
    expect(page).toMatch(/<details open>\s*<summary>Asignar/);
    expect(page.match(/<details open>/g)).toHaveLength(1);
  });

  it('tells an office that is not in charge who is', () => {
    expect(textOf(pageOf(aCase(), { officeId: 'san-diego' }))).toContain('Otra oficina está a cargo');
    expect(textOf(pageOf(aCase(), { officeId: 'ministry' }))).not.toContain('Otra oficina está a cargo');
  });

  it('shows the registered home only without a position, and neither for 0,0', () => {
    const homePosition = { latitude: 40.5, longitude: -74.5 };
    const family = { person: { name: 'Ana', language: 'es', homePosition } } as const;
    expect(pageOf(aCase({ family }))).not.toContain('40.500000');
    const nowhere = pageOf(aCase({ family, alert: { position: { latitude: 0, longitude: 0 } } }));
    expect(nowhere).toContain('40.500000');
    expect(nowhere).not.toContain('0.000000, 0.000000');
  });

  const at = (minute: number) => ({
    latitude: 34.05 + minute / 500,
    longitude: -118.24,
    ...(minute % 2 === 0 && { accuracyMeters: 25 }),
    measuredAt: new Date(Date.parse('2026-11-22T20:00:00.000Z') + minute * 60_000).toISOString(),
  });
  const track = [62, 50, 38, 20, 12, 8, 1].map(at);
  const moved = [8, 38, 62].map((minute) =>
    anEventOf(minute, {
      type: 'alert.position-moved.v1',
      position: at(minute),
      distanceMeters: 7_340,
      by: { kind: 'system' },
    }),
  );
  const onTheMove = aCase({ alert: { lastPosition: track[0]! }, events: moved });

  it('shows where the phone went, newest first, and where it began', async () => {
    const text = textOf(pageOf(onTheMove, { track }));
    const where = text.slice(text.indexOf('\nDónde\n'), text.indexOf('\nFamilia y contactos\n'));
    const shown = `${where}\n${text.slice(text.indexOf('\nHistorial\n'))}\n`;
    await expect(shown).toMatchFileSnapshot('__snapshots__/page-officer-track.txt');
    expect(pageOf(onTheMove, { track: [] })).not.toContain('id="track"');
  });

  it('has the track as JSON with a map of each place, and the place of the press apart from the newest', () => {
    const found = officerCase(onTheMove, track, offices, { recipient: losAngeles });
    expect(officerCaseResponse.parse(found)).toEqual(found);
    expect(found.track.map(({ measuredAt }) => measuredAt)).toEqual(track.map(({ measuredAt }) => measuredAt));
    expect(found.track[0]).toEqual(found.position);
    expect(found.position?.mapUrl).toContain('mlat=34.174000');
    expect(found.pressPosition).toMatchObject({ latitude: 34.05 });
    expect(found.timeline.at(-1)).toMatchObject({ type: 'alert.position-moved.v1', distanceMeters: 7_340 });

    const located = anEventOf(3, { type: 'alert.located.v1', cause: 'position', consulate: aCase().alert.consulate! });
    expect(officerCase(aCase({ events: [located] }), [], offices, { recipient: losAngeles }).pressPosition).toBeNull();
  });

  it('says why a place is not trusted, and puts a trusted one first', () => {
    const flawed = { latitude: 0, longitude: -88.1575, accuracyMeters: 165, measuredAt: '2026-11-22T20:09:00.000Z' };
    const found = aCase({ alert: { lastPosition: flawed } });
    const shown = officerCase(found, [flawed, { ...flawed, latitude: 34, invalid: true }], offices, {
      recipient: losAngeles,
    });
    expect(officerCaseResponse.parse(shown)).toEqual(shown);
    expect(shown.position).toMatchObject({ latitude: 34.05 });
    expect(shown.position).not.toHaveProperty('flaw');
    expect(shown.track.map(({ flaw }) => flaw)).toEqual(['coordinate-missing', 'inaccurate']);

    const { position: _press, ...alert } = found.alert;
    const page = textOf(pageOf({ ...found, alert }));
    expect(page).toContain('NO CONFIABLE: al punto le falta una coordenada.');
  });

  it('stays under 50 KB however long the case is, and older entries can all be reached', () => {
    const events = Array.from({ length: 200 }, (_, index) =>
      anEventOf(index / 10, {
        type: 'alert.noted.v1',
        text: `Nota ${index}: ${'ñ'.repeat(index % 7 === 0 ? 1000 : 80)}`,
      }),
    );
    const found = aCase({
      events,
      alert: { state: 'acknowledged', note: 'ñ'.repeat(500) },
      family: {
        contacts: Array.from({ length: 10 }, (_, index) => ({
          contactId: `c${index}`,
          name: 'ñ'.repeat(80),
          channel: 'email' as const,
          endpoint: `${'a'.repeat(240)}@example.com`,
        })),
      },
    });
    const seen = new Set<string>();
    let before: string | undefined;
    do {
      const page = pageOf(found, {
        before,
        officer: 'ñ'.repeat(80),
        track: Array.from({ length: 50 }, (_, index) => at(500 - index)),
      });
      expect(Buffer.byteLength(page)).toBeLessThan(50_000);
      for (const [, note = ''] of page.matchAll(/(Nota \d+):/g)) seen.add(note);
      const older = /[?&]before=([^"#]+)/.exec(page)?.[1];
      before = older === undefined ? undefined : decodeURIComponent(older);
    } while (before !== undefined);
    expect(seen.size).toBe(200);
  });

  it('asks nothing of another host and runs no script', () => {
    const page = pageOf(caseIn('located'));
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|style="|src=/);
    expect([...page.matchAll(/href="(https?:[^"]*)"/g)].map(([, url = '']) => new URL(url).host)).toEqual([
      'www.openstreetmap.org',
      'locator.ice.gov',
    ]);
  });
});

describe('a case of two offices', () => {
  const responsible = { id: 'albuquerque', distanceMeters: 433_000, basis: 'district' } as const;
  const nearest = { id: 'oklahoma-city', distanceMeters: 392_000, basis: 'location' } as const;
  const twoOffices = { responsible, nearest, source: 'a newspaper', asOf: '2022-06-01' };
  const found = aCase({ alert: { raisedTo: responsible, consulate: responsible, twoOffices } });
  const seenBy = (officeId: string, change: Partial<Case['alert']> = {}): string =>
    textOf(
      pageOf(
        { ...found, alert: { ...found.alert, ...change } },
        { officeId, viewer: { kind: 'consulate', id: officeId } },
      ),
    );

  it('says to each whose it is and what to do, by whose word, and names both', () => {
    expect(seenBy('albuquerque')).toContain('ES DE SU CIRCUNSCRIPCIÓN: tomen el caso y llamen a la familia.');
    expect(seenBy('oklahoma-city')).toContain('si en 5 minutos nadie lo ha tomado, tómenlo y llamen a la familia.');
    for (const office of ['albuquerque', 'oklahoma-city']) {
      const page = seenBy(office);
      expect(page).toMatch(/Circunscripción: .*Albuquerque, según a newspaper \(2022-06-01\)\./);
      expect(page).toMatch(/Más cercana: .*Oklahoma City, a 392 km\./);
      expect(page).not.toContain('puede no ser la de la circunscripción');
    }
  });

  it('asks nobody to take what is taken, and names both all the same', () => {
    const taken = { state: 'acknowledged', consulate: nearest } as const;
    for (const office of ['albuquerque', 'oklahoma-city']) {
      const page = seenBy(office, taken);
      expect(page).not.toContain('llamen a la familia');
      expect(page).toContain('Circunscripción: ');
    }
  });

  it('has both, with source and date, as JSON', () => {
    expect(officerCaseResponse.parse(officerCase(found, [], offices, { recipient: losAngeles }))).toMatchObject({
      consulate: { id: 'albuquerque', basis: 'district' },
      district: { consulateId: 'albuquerque', source: 'a newspaper', asOf: '2022-06-01' },
      nearest: { id: 'oklahoma-city', distanceMeters: 392_000, basis: 'location' },
    });
  });
});

describe("an office's list", () => {
  it('names each open case with state, age and who took it', async () => {
    const cases = [aCase(), caseIn('located'), aCase({ alert: { drill: true } }), aCancelledCase('duress')];
    const context = contextIn('es', { urls: pageUrls({ kind: 'o', token: 'token' }) });
    const pageWith = async (some: readonly Case[]) => {
      const part = { from: 0, length: 200 };
      const list = officeCases('los-angeles', await entriesOf(some), part, offices, (ref) =>
        context.urls.otherCase(ref),
      );
      return htmlText(officePage(context, list, aView));
    };
    const [page, empty] = [await pageWith(cases), await pageWith([])];
    expect(page).toContain(
      'href="/c/token?case=11111111-1111-4111-8111-111111111111.22222222-2222-4222-8222-222222222222"',
    );
    await expect(`${textOf(page)}\n\n${textOf(empty)}\n`).toMatchFileSnapshot('__snapshots__/page-office.txt');
  });
});
