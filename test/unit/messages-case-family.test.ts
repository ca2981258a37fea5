import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openConsulates } from '../../shared/data/consulates.ts';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import { folioOf } from '../../shared/domain/case/folio.ts';
import type { Language } from '../../shared/domain/family/family.ts';
import { composeCaseEventForFamily } from '../../shared/telling/compose-case-event-for-family.ts';
import { countParts, countSeptets, isGsm } from '../../shared/words/gsm0338.ts';
import { anyName, names } from '../support/any-name.ts';
import { caseEvents, caseFacts, familyOf, links, phoenix, press, santaAna } from '../support/message-facts.ts';
import { languages } from '../../shared/domain/vocabulary.ts';

const untold = new Set([
  'alert.position-moved.v1',
  'alert.family-unreachable.v1',
  'alert.cancelled-under-duress.v1',
  'family.forced.v1',
  'alert.lapsed.v1',
  'alert.hand-over-asked.v1',
  'alert.hand-over-unanswered.v1',
  'alert.hand-over-ended.v1',
  'representative.unanswered.v1',
  'representative.done.v1',
]);
const told = Object.entries<CaseEvent>(caseEvents).filter(([, { type }]) => !untold.has(type));

/** Their emails differ from another one's in a sentence: the SMS show it. */
const alike = new Set([
  'located, a first office',
  'acknowledged by the ministry',
  'in contact',
  'closed: released',
  'closed: false-alarm',
  'closed: cancelled',
  'closed: drill',
]);

const compose = (event: CaseEvent, language: Language, name: string = names.ordinary, drill = false, link?: string) => {
  const facts = caseFacts({ ...event, drill }, { family: familyOf({ name, language }) });
  return composeCaseEventForFamily({
    ...facts,
    alert: { ...facts.alert, drill },
    ...(link !== undefined && { link }),
  })!;
};

const longPlace = 'El Paso Service Processing Center, Montana Avenue 8915, El Paso, Texas 79925';

describe('messages of the case to the family', () => {
  it.each(languages)('read as kept in the snapshot, SMS: %s', async (language) => {
    const line = (label: string, event: CaseEvent, name: string = names.ordinary, drill = false) => {
      const { sms = '' } = compose(event, language, name, drill, links.short.family).bodies;
      return `${label}\n[${countParts(sms)} part(s), ${countSeptets(sms)} septets] ${sms}\n`;
    };
    const lines = [
      ...told.map(([label, event]) => line(label, event)),
      line('acknowledged, drill', caseEvents.acknowledged, names.ordinary, true),
      line('representative, long name', caseEvents.representative, names.long),
    ];
    await expect(lines.join('\n')).toMatchFileSnapshot(`./__snapshots__/case-sms-${language}.txt`);
  });

  it('read as kept in the snapshot, email', async () => {
    const shown = [
      ...told
        .filter(([label]) => !alike.has(label))
        .map(([, event]) => compose(event, 'es', names.ordinary, false, links.short.family)),
      compose(caseEvents.acknowledged, 'es', names.ordinary, true, links.short.family),
    ].map(({ subject, bodies }) => `${subject}\n\n${bodies.email}\n`);
    await expect(shown.join(`\n${'='.repeat(80)}\n`)).toMatchFileSnapshot('./__snapshots__/case-email.txt');
  });

  it('suffice without a page: they carry what happened, a phone to call, the folio, and last the link', () => {
    const folio = folioOf(press.familyId, press.alertId);
    for (const language of languages) {
      for (const [, event] of told) {
        const { sms = '' } = compose(event, language, names.ordinary, false, links.short.family).bodies;
        expect(sms).toMatch(/\+\d{11,12}\b/);
        expect(sms.endsWith(` ${folio} ${links.short.family}`)).toBe(true);
        const drill = compose(event, language, names.ordinary, true, links.short.family).bodies.sms ?? '';
        expect(drill).not.toContain(folio);
      }
    }
  });

  it('have no link of what an officer typed', () => {
    const closed = { ...caseEvents['closed: repatriated'], familyNote: 'Vea evil⒈com' };
    const { sms } = compose(closed, 'es', names.ordinary, false).bodies;
    expect(sms).toContain('Vea evil1. com');
  });

  it('take two parts at a link of 100 characters, whatever the names, the office, the place and the lawyer', () => {
    const link = `https://${'a'.repeat(69)}/f/${'A'.repeat(20)}`;
    expect(link).toHaveLength(100);
    const anyPlace = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), fc.constant(longPlace));
    fc.assert(
      fc.property(
        anyName,
        anyName,
        anyPlace,
        fc.constantFrom(...openConsulates),
        fc.constantFrom(...languages),
        (name, lawyer, facility, office, language) => {
          for (const [, event] of told) {
            const changed =
              event.type === 'alert.representative-assigned.v1'
                ? { ...event, name: lawyer }
                : event.type === 'alert.state-changed.v1'
                  ? { ...event, facility }
                  : event;
            const facts = {
              ...caseFacts(changed, { family: familyOf({ name, language }) }),
              consulateById: () => office,
            };
            const { sms = '' } = composeCaseEventForFamily({ ...facts, link })!.bodies;
            expect([isGsm(sms), countParts(sms) <= 2, sms.endsWith(` ${link}`), sms]).toEqual([true, true, true, sms]);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are in GSM 03.38, take two parts at the most and hold the whole link, whatever the names', () => {
    fc.assert(
      fc.property(
        anyName,
        anyName,
        fc.constantFrom(...languages),
        fc.boolean(),
        fc.constantFrom(links.short.family, links.long.family),
        (name, lawyer, language, drill, link) => {
          for (const [, event] of told) {
            const named = event.type === 'alert.representative-assigned.v1' ? { ...event, name: lawyer } : event;
            const { subject, bodies } = compose(named, language, name, drill, link);
            const { sms = '' } = bodies;
            expect(isGsm(sms)).toBe(true);
            expect(countParts(sms)).toBeLessThanOrEqual(2);
            expect(sms.endsWith(` ${link}`)).toBe(true);
            expect(subject).toMatch(/^[A-Za-z0-9][\x20-\x7e]{0,98}$/);
            expect([subject, sms].every((text) => /^(?:SIMULACRO|DRILL),/.test(text))).toBe(drill);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are for the family only of what the family is told', () => {
    for (const event of Object.values<CaseEvent>(caseEvents)) {
      expect(composeCaseEventForFamily(caseFacts(event)) === undefined).toBe(untold.has(event.type));
    }
  });

  it('say the same of a forced cancellation, whatever has become of the case since', () => {
    for (const language of languages) {
      const ordinary = caseFacts(caseEvents.cancelled, { family: familyOf({ language }) });
      const forced = caseFacts(caseEvents.cancelled, {
        family: familyOf({ language }),
        alert: {
          ...ordinary.alert,
          duress: true,
          state: 'acknowledged',
          acknowledgedBy: 'Laura Ruiz',
          toldConsulates: ['los-angeles', 'phoenix'],
          consulate: { id: 'phoenix', distanceMeters: 574_000, basis: 'great-circle' },
        },
        assigned: { id: 'phoenix', distanceMeters: 574_000, basis: 'great-circle' },
        consulate: phoenix,
      });
      expect(composeCaseEventForFamily(forced)).toEqual(composeCaseEventForFamily(ordinary));
    }
  });

  it('name no office and no phone of the state when contact was not authorised', () => {
    const facts = caseFacts(caseEvents.cancelled);
    const { assigned: _a, consulate: _c, ...rest } = facts;
    const { consulate: _o, toldConsulates: _t, position: _p, ...alert } = facts.alert;
    const unauthorised = { ...alert, deliveries: {}, consularNotification: false };
    for (const language of languages) {
      const { sms, email } = composeCaseEventForFamily({
        ...rest,
        family: familyOf({ language }),
        alert: unauthorised,
      })!.bodies;
      for (const text of [sms, email]) expect(text).not.toMatch(/\+\d|Los Angeles|consulado|consulate|Relaciones/i);
    }
  });

  it('say that a person has taken the case, and never that help is coming', () => {
    expect(compose(caseEvents.acknowledged, 'es').bodies.sms).toContain(
      'una persona en el consulado de Los Angeles ha tomado el caso, 14:41 PST.',
    );
    expect(compose(caseEvents.acknowledged, 'en').bodies.sms).toContain(
      'a person at the Los Angeles consulate has taken the case, 2:41 PM PST.',
    );
    for (const language of languages) {
      for (const [, event] of told) {
        for (const text of Object.values(compose(event, language).bodies)) {
          expect(text).not.toMatch(/help is|on (?:its|the) way|ayuda (?:va|viene|está en)|en camino/i);
        }
      }
    }
  });

  it('carry no coordinates, no opt-out word at the start of a line, and no person in the default text', () => {
    const optOut = /^\W*(?:CANCEL|END|STOP|QUIT|UNSUBSCRIBE|ARRET|OPTOUT|REMOVE|TD)/i;
    for (const language of languages) {
      for (const [, event] of told) {
        const facts = caseFacts(event, { family: familyOf({ language }) });
        const position = { latitude: 33.4484, longitude: -112.074, measuredAt: event.at };
        const { subject, bodies } = composeCaseEventForFamily({
          ...facts,
          alert: { ...facts.alert, lastPosition: position },
        })!;
        for (const text of [subject, ...Object.values(bodies)]) {
          expect(text).not.toMatch(/-?\d{1,3}[.,]\d{2,}|openstreetmap/);
          expect(text.split('\n').filter((line) => optOut.test(line))).toEqual([]);
        }
        expect(bodies.default).not.toMatch(/Ana|López|\+\d/);
      }
    }
  });

  it('tell the place, and only if the person lets the family know where they are; the SMS at most 45 characters', () => {
    const { sms, email } = compose(caseEvents.located, 'es').bodies;
    expect(email).toContain('Lugar: Adelanto ICE Processing Center');
    expect(sms).toContain('ya sabe donde esta: Adelanto ICE Processing Center, ');
    expect(sms).toContain('Antes de ir, llame al +1');
    const long = compose({ ...caseEvents.located, facility: longPlace } as CaseEvent, 'es').bodies.sms;
    expect(long).toContain(': El Paso Service Processing Center, Montana, ');
    const facts = caseFacts(caseEvents.located);
    const withheld = composeCaseEventForFamily({
      ...facts,
      family: { ...facts.family, sharePositionWithFamily: false },
    })!.bodies;
    expect(JSON.stringify(withheld)).not.toContain('Adelanto');
    expect(withheld.email).toContain('Para saber en qué lugar, llame');
  });

  it('keep what officers noted among officers, and what they wrote on one line', () => {
    for (const event of [caseEvents.located, caseEvents['handed over']]) {
      expect(JSON.stringify(compose(event, 'es').bodies)).not.toMatch(/oficina de enlace|Florence, AZ/);
    }
    const facility = 'Adelanto\n\nLA ALERTA SE CANCELÓ {name}';
    const detail = { type: 'alert.state-changed.v1', from: 'locating', to: 'located', facility } as const;
    const { email } = compose({ ...caseEvents.located, ...detail }, 'es').bodies;
    expect(email).toContain('Lugar: Adelanto LA ALERTA SE CANCELÓ {name}\n');
  });

  it("give the phone of the office that has the case, its own where it is verified, else the desk's", () => {
    expect(compose(caseEvents['handed over'], 'es').bodies.sms).toContain('Informes: +16025550177');
    expect(compose(caseEvents['located by a position'], 'es').bodies.sms).toContain('Informes: +12025550100');
    const gone = caseFacts(caseEvents['located by a position'], { consulateById: () => undefined });
    expect(composeCaseEventForFamily(gone)!.bodies.sms).toContain(
      'a cargo el consulado. Informes: +12025550100, folio ',
    );
  });

  it('write times in the zone of the office that was told first, with the day if it is not the day of the press', () => {
    const event = { ...caseEvents.acknowledged, by: { kind: 'officer', officeId: 'phoenix' } } as const;
    expect(compose(event, 'es').bodies.sms).toContain('consulado de Phoenix ha tomado el caso, 14:41 PST.');
    expect(compose(caseEvents.located, 'es').bodies.sms).toContain('23 nov 09:20 PST');
    const unheard = caseFacts(caseEvents.acknowledged, {
      alert: { ...press, toldConsulates: ['ministry', 'santa-ana'] },
      consulate: santaAna,
    });
    expect(composeCaseEventForFamily(unheard)!.bodies.sms).toContain('14:41 PST');
  });

  it('go on by the clock of the first message where no office is on the record', () => {
    const { consulate: _c, assigned: _a, ...facts } = caseFacts(caseEvents.cancelled);
    const { consulate: _o, toldConsulates: _t, position: _p, ...alert } = facts.alert;
    const unauthorised = { ...facts, alert: { ...alert, deliveries: {}, consularNotification: false } };
    expect(composeCaseEventForFamily({ ...unauthorised, nearest: phoenix })!.bodies.sms).toMatch(/\d\d:\d\d MST/);
    expect(composeCaseEventForFamily(unauthorised)!.bodies.sms).toMatch(/\d\d:\d\d hora de la Ciudad de M/);
  });

  it('of a cancellation before its office was chosen name the phone of the office that will be, if one may be told', () => {
    const { consulate: _c, assigned: _a, ...facts } = caseFacts(caseEvents.cancelled);
    const { consulate: _o, toldConsulates: _t, position: _p, ...alert } = facts.alert;
    const phoneFor = (consularNotification: boolean) => {
      const undecided = { ...facts, alert: { ...alert, deliveries: {}, consularNotification }, nearest: phoenix };
      return composeCaseEventForFamily(undecided)!.bodies.email?.includes(phoenix.emergencyPhone);
    };
    expect([phoneFor(true), phoneFor(false)]).toEqual([true, false]);
  });

  it('have the attributes for filters', () => {
    expect(compose(caseEvents.reopened, 'en', names.ordinary, true).attributes).toEqual({
      type: 'alert.reopened.v1',
      drill: 'true',
    });
  });
});
