import { describe, expect, it } from 'vitest';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import type { Case } from '../../shared/domain/case/case.ts';
import type { Language } from '../../shared/domain/family/family.ts';
import { composeRights } from '../../shared/telling/compose-rights.ts';
import { familyCase } from '../../shared/pages/case-for-family.ts';
import { familyPage } from '../../shared/pages/family-page.ts';
import { htmlText } from '../../shared/pages/html.ts';
import { pageUrls } from '../../shared/pages/page-urls.ts';
import { catalogues } from '../../shared/words/catalogues.ts';
import { aCancelledCase, aCase, anEventOf, caseIn, caseNow, everyState, offices } from '../support/cases.ts';
import { changesOf, formsOf, textOf } from '../support/page-text.ts';
import { languages } from '../../shared/domain/vocabulary.ts';

const pageOf = (found: Case, language: Language = 'es'): string => {
  const context = {
    words: catalogues[language],
    language,
    now: caseNow,
    timeZone: 'America/Los_Angeles',
    urls: pageUrls({ kind: 'f', token: 'token' }),
  };
  return htmlText(familyPage(context, familyCase(found, offices), composeRights(language, offices.desk)));
};

describe('the family page', () => {
  it('says in every state what is known, and no more', async () => {
    const cases: [string, Case][] = [
      ...everyState.map((state): [string, Case] => [state, caseIn(state)]),
      ['cancelled', aCancelledCase('ordinary')],
      ['not authorised', aCase({ alert: { consularNotification: false, deliveries: {} } })],
      ['drill', aCase({ alert: { drill: true } })],
    ];
    const withoutConsulate = cases.map(([name, found]): [string, Case] => {
      if (name !== 'not authorised') return [name, found];
      const { consulate: _consulate, toldConsulates: _told, ...alert } = found.alert;
      return [name, { ...found, alert }];
    });
    const pages = withoutConsulate.map(([name, found]) => [name, textOf(pageOf(found))] as const);
    const texts = pages.map(([name, text], index) => {
      const before = pages[index < everyState.length ? index - 1 : 0]?.[1];
      return `=== ${name}\n${before === undefined ? text : changesOf(before, text)}\n`;
    });
    await expect(texts.join('\n')).toMatchFileSnapshot('__snapshots__/page-family.txt');
  });

  it('never shows a contact’s phone or mailbox, nor the person’s', () => {
    for (const state of everyState) {
      const page = pageOf(caseIn(state));
      for (const secret of ['555 0100', '5550100', '5550101', 'lupita@', 'José Ruiz', '2026-01']) {
        expect(page).not.toContain(secret);
      }
    }
  });

  it('shows what cannot wait at home while the case is open, and nothing by which the person is found', () => {
    const { person } = aCase().family;
    const locator = { aNumber: 'A012345678', birthDate: '1988-04-17', documentName: 'Fernanda Del Papel' };
    const family = { person: { ...person, urgentAtHome: 'Los niños <salen> a las 3.', locator } };
    const page = pageOf(aCase({ family }));
    expect(textOf(page)).toContain('Los niños <salen> a las 3.');
    expect(page).not.toMatch(/A012345678|1988|Del Papel/);
    expect(pageOf(aCase({ family, alert: { state: 'closed', disposition: 'safe' } }))).not.toContain('a las 3.');
    const cancelled = aCancelledCase('duress');
    expect(pageOf({ ...cancelled, family: { ...cancelled.family, ...family } })).not.toContain('a las 3.');
  });

  it('shows the position only while the case is open and if the person shares it', () => {
    expect(pageOf(caseIn('located'))).toContain('openstreetmap.org');
    expect(pageOf(caseIn('closed'))).not.toContain('openstreetmap.org');
    expect(pageOf(aCase({ family: { sharePositionWithFamily: false } }))).not.toContain('openstreetmap.org');
  });

  it('keeps, once the case is closed, the place, whom to call and what is good to know, and what officers wrote to them', () => {
    const noted = anEventOf(65, { type: 'alert.closed.v1', disposition: 'other', familyNote: 'Le <llamamos> hoy.' });
    const found = caseIn('closed');
    const events = [...found.events.slice(0, -1), noted];
    const closed = textOf(pageOf({ ...found, alert: { ...found.alert, disposition: 'other' }, events }));
    for (const kept of [
      'Le <llamamos> hoy.',
      'Adelanto, CA',
      'tel:',
      'Más consejos para la familia',
      'Folio del caso',
    ]) {
      expect(kept === 'tel:' ? pageOf(found) : closed).toContain(kept);
    }
    expect(closed).not.toContain('Otro motivo');
    expect(textOf(pageOf(found))).toContain('Cómo terminó: En libertad');
  });

  it('leads from its beginning to what the family does', () => {
    const page = pageOf(caseIn('located'));
    expect(page.indexOf('href="#relatives"')).toBeLessThan(page.indexOf('id="who-knows"'));
    expect(page).toContain('id="relatives"');
  });

  const lastPosition = { latitude: 34.2, longitude: -118.4, measuredAt: '2026-11-22T20:50:00.000Z' };
  const phoneMoved = anEventOf(50, {
    type: 'alert.position-moved.v1',
    position: lastPosition,
    distanceMeters: 22_000,
    by: { kind: 'system' },
    deliveries: { 'consulate:los-angeles': { status: 'sent', at: '2026-11-22T20:50:01.000Z' } },
  });
  const onTheMove = (found: Case, alert: Partial<Case['alert']> = {}): Case => ({
    ...found,
    alert: { ...found.alert, lastPosition, ...alert },
    events: [...found.events, phoneMoved],
  });

  it('shows no place that is not trusted: relatives go there', () => {
    const found = aCase({ alert: { position: { latitude: 34.05, longitude: 0 } } });
    expect(familyCase(found, offices).position).toBeNull();
  });

  it.each([
    ['open', onTheMove(aCase()), true],
    ['taken', onTheMove(caseIn('located')), true],
    ['not told to any office', onTheMove(aCase(), { consularNotification: false, deliveries: {} }), true],
    ['a drill', onTheMove(aCase(), { drill: true }), true],
    ['opened again', onTheMove(caseIn('closed'), { state: 'acknowledged' }), true],
    ['closed by an officer', onTheMove(caseIn('closed')), false],
    ['cancelled with the PIN', onTheMove(aCancelledCase('ordinary')), false],
    ['cancelled by force', onTheMove(aCancelledCase('duress')), false],
    ['not shared', onTheMove(aCase({ family: { sharePositionWithFamily: false } })), false],
  ])('shows where the phone is now and no track, of a case %s', (_, found, shown) => {
    const { position } = familyCase(found, offices);
    expect(position?.latitude).toBe(shown ? lastPosition.latitude : undefined);
    expect(JSON.stringify(familyCase(found, offices))).not.toContain('34.05');
    const page = pageOf(found);
    expect(page.includes('mlat=34.2')).toBe(shown);
    expect(page).not.toContain('22 km');
  });

  it('does not show that an office heard of a move before the family heard of the office', () => {
    const { alert, ...rest } = aCase();
    const told = { ...alert, deliveries: { family: alert.deliveries.family! } };
    expect(familyCase(onTheMove({ ...rest, alert: told }), offices).consulate?.status).toBeNull();
  });

  it('is to the byte the same whichever PIN cancelled, whatever officers did since', () => {
    const { alert, ...rest } = aCancelledCase('duress');
    const later = [
      anEventOf(25, { type: 'alert.acknowledged.v1', officer: 'Ana' }),
      anEventOf(30, { type: 'alert.state-changed.v1', from: 'acknowledged', to: 'located', facility: 'Adelanto' }),
      anEventOf(40, { type: 'alert.closed.v1', disposition: 'released' }),
    ];
    const worked: Case = {
      ...rest,
      alert: {
        ...alert,
        state: 'closed',
        disposition: 'released',
        closedAt: '2026-11-22T20:40:00.000Z',
        facility: 'Adelanto',
        lastPosition,
      },
      events: [...rest.events, ...later, phoneMoved],
    };
    for (const language of languages) {
      const ordinary = pageOf(aCancelledCase('ordinary'), language);
      expect(pageOf({ ...rest, alert }, language)).toBe(ordinary);
      expect(pageOf(worked, language)).toBe(ordinary);
    }
    const json = JSON.stringify(familyCase(aCancelledCase('ordinary'), offices));
    expect(JSON.stringify(familyCase({ ...rest, alert }, offices))).toBe(json);
    expect(JSON.stringify(familyCase(worked, offices))).toBe(json);
  });

  it('shows of an office when the family may know that it was told, not what a locked duress PIN told it before', () => {
    const to = (id: string, minute: number) => ({
      [`consulate:${id}`]: {
        status: 'sent' as const,
        id,
        at: new Date(Date.UTC(2026, 10, 22, 20, minute)).toISOString(),
      },
    });
    const assigned = (id: string) => ({ id, distanceMeters: 1, basis: 'great-circle' as const });
    const handedOver = { type: 'alert.located.v1', cause: 'hand-over', consulate: assigned('oxnard') } as const;
    const escalated = anEventOf(20, {
      type: 'alert.escalated.v1',
      reason: 'not-acknowledged',
      consulate: assigned('santa-ana'),
      triedConsulates: ['los-angeles', 'oxnard'],
      deliveries: to('santa-ana', 20),
    });
    const shown = (events: readonly CaseEvent[]) =>
      familyCase(aCase({ alert: { consulate: assigned('santa-ana') }, events }), offices);

    const quiet = shown([anEventOf(3, { ...handedOver, deliveries: to('oxnard', 3) }), escalated]);
    const forced = shown([
      anEventOf(2, { type: 'alert.cancelled-under-duress.v1', deliveries: to('santa-ana', 2) }),
      anEventOf(3, { ...handedOver, deliveries: { ...to('oxnard', 3), ...to('santa-ana', 3) } }),
      escalated,
    ]);
    expect(quiet.consulate).toMatchObject({ id: 'santa-ana', status: 'sent', at: '2026-11-22T20:20:00.000Z' });
    expect(forced).toEqual(quiet);
  });

  it('says of an acknowledged case that went on that nobody at the new office has seen it, until somebody has', () => {
    const { alert, family, events } = caseIn('acknowledged');
    const consulate = { id: 'san-diego', distanceMeters: 180_000, basis: 'great-circle' } as const;
    const moved: Case = {
      family,
      alert: { ...alert, consulate, toldConsulates: ['los-angeles', 'san-diego'] },
      events: [
        ...events,
        anEventOf(20, { type: 'alert.located.v1', cause: 'hand-over', consulate, previous: 'los-angeles' }),
      ],
    };
    expect(textOf(pageOf(moved))).toContain('Todavía nadie ahí ha confirmado que lo vio.');
    const by = { kind: 'officer', officeId: 'san-diego' } as const;
    const acted = { ...moved, events: [...moved.events, anEventOf(26, { type: 'alert.noted.v1', text: 'Visto', by })] };
    expect(textOf(pageOf(acted))).toContain('Alguien ahí trabajó en el caso por última vez: 22 nov 12:26 PST.');
    expect(textOf(pageOf(acted))).not.toContain('Todavía nadie');
  });

  it('shows what several relatives do, each as they wrote it', () => {
    const found = aCase({
      events: [
        anEventOf(1, { type: 'family.seen.v1', name: 'Lupita' }),
        anEventOf(2, { type: 'family.on-it.v1', name: 'José', task: 'llamo al <b>abogado</b>' }),
        anEventOf(3, { type: 'family.on-it.v1', name: 'Lupita', task: 'recojo a los niños' }),
        anEventOf(4, { type: 'family.on-it.v1', name: 'Lupita', task: 'recojo a los niños' }),
      ],
    });
    const text = textOf(pageOf(found));
    expect(text).toContain('José: llamo al <b>abogado</b>');
    expect(text.match(/Lupita/g)).toHaveLength(1);
    expect(pageOf(found)).not.toContain('<b>abogado');
    expect(formsOf(pageOf(found))).toEqual(['on-it', 'seen']);
    expect(formsOf(pageOf(caseIn('closed')))).toEqual([]);
  });

  it('stays under 50 KB', () => {
    const events = Array.from({ length: 200 }, (_, index) =>
      anEventOf(index, { type: 'family.on-it.v1', name: `${'ñ'.repeat(76)}${index}`, task: 'ñ'.repeat(200) }),
    );
    expect(Buffer.byteLength(pageOf(aCase({ events })))).toBeLessThan(50_000);
  });
});
