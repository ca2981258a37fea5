import * as fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type CaseEvent, isSignalEvent } from '../../shared/domain/case/case-event.ts';
import { announcementSchema } from '../../shared/contracts/announcement.ts';
import type { Alert, FamilyOrigin } from '../../shared/domain/case/alert.ts';
import type { Language } from '../../shared/domain/family/family.ts';
import { composeCaseEventForAuthority } from '../../shared/telling/compose-case-event-for-authority.ts';
import { composeCaseEventForFamily } from '../../shared/telling/compose-case-event-for-family.ts';
import { composeRaisedForAuthority } from '../../shared/telling/compose-raised-for-authority.ts';
import { composeRaisedForFamily } from '../../shared/telling/compose-raised-for-family.ts';
import { composeReminder } from '../../shared/telling/compose-reminder.ts';
import { countParts, countSeptets, isGsm } from '../../shared/words/gsm0338.ts';
import { anyName, names } from '../support/any-name.ts';
import {
  authorityFacts,
  caseEvents,
  caseFacts,
  desk,
  familyOf,
  links,
  losAngeles,
  press,
} from '../support/message-facts.ts';
import { type OriginKind, languages } from '../../shared/domain/vocabulary.ts';

const familyKinds: readonly FamilyOrigin['kind'][] = ['missed-check-in', 'said-taken'];
const kinds = ['missed-check-in', 'duress-check-in'] as const;
const separator = `\n${'='.repeat(80)}\n`;

/** What the watchman raises at 14:32: promised for 14:30, about an appointment. */
const alertOf = (kind: OriginKind, more: Partial<Alert> = {}): Alert => {
  const { position: _position, pressedAt: _pressedAt, battery: _battery, note: _note, ...bare } = press;
  const origin = { kind, checkInId: 'c', promisedAt: '2026-11-22T22:30:00.000Z', label: 'cita migratoria\nQUÉ PASÓ' };
  return { ...bare, origin, ...(kind === 'duress-check-in' && { duress: true }), ...more };
};
const office = { kind: 'consulate', consulate: losAngeles } as const;

const toFamily = (alert: Alert, language: Language, name: string = names.ordinary, link?: string) =>
  composeRaisedForFamily({
    alert,
    family: familyOf({ name, language }),
    desk,
    consulate: losAngeles,
    ...(link !== undefined && { link }),
  });
const toOffice = (alert: Alert, name: string = names.ordinary, link?: string) =>
  composeRaisedForAuthority(office, {
    ...authorityFacts,
    alert,
    family: familyOf({ name }),
    ...(link !== undefined && { link }),
  });
const factsOf = (event: CaseEvent, kind: OriginKind, language: Language, name: string = names.ordinary) => {
  const { alert } = caseFacts(event);
  const { position: _position, pressedAt: _pressedAt, note: _note, ...rest } = alert;
  const origin = alertOf(kind).origin!;
  return caseFacts(event, {
    alert: { ...rest, origin, ...(kind === 'duress-check-in' && { duress: true as const }) },
    family: familyOf({ name, language }),
    link: links.short.family,
  });
};
const line = (label: string, text = '') =>
  `${label}\n[${countParts(text)} part(s), ${countSeptets(text)} septets] ${text}\n`;
const reminder = (language: Language, label?: string, isHomeKnown = true) =>
  composeReminder({
    checkIn: { promisedAt: '2026-11-22T22:30:00.000Z', ...(label !== undefined && { label }) },
    family: familyOf({ language, ...(isHomeKnown && { homePosition: { latitude: 34, longitude: -118 } }) }),
    now: new Date('2026-11-22T22:15:20.000Z'),
  });

describe('a promise without a home', () => {
  it('is told by the clock of the phone that made it', () => {
    const alert = alertOf('missed-check-in', { utcOffsetMinutes: -480 });
    const { bodies } = composeRaisedForFamily({ alert, family: familyOf(), desk });
    expect(bodies.sms).toContain('14:30 GMT-8');
    expect(bodies.email).toContain('14:30 GMT-8');
  });
});

describe('the reminder of a check-in', () => {
  it.each(languages)('reads as kept in the snapshot, in one part: %s', async (language) => {
    const texts = {
      plain: reminder(language).bodies.sms,
      'with a label': reminder(language, 'cita migratoria en Los Ángeles').bodies.sms,
      'with a long label': reminder(language, 'é'.repeat(100)).bodies.sms,
      'of a person whose zone is not known': reminder(language, 'cita', false).bodies.sms,
    };
    const lines = Object.entries(texts).map(([label, text]) => line(label, text));
    await expect(lines.join('\n')).toMatchFileSnapshot(`./__snapshots__/reminder-${language}.txt`);
    for (const text of Object.values(texts)) expect([isGsm(text!), countParts(text!)]).toEqual([true, 1]);
  });

  it('holds no number to call and no link, whatever the label', () => {
    expect(reminder('es', 'cita evil1.12345com o evil﹒com').bodies.sms).toContain('cita evil. com o evil. com');
    expect(reminder('es', 'cita a las 10:30').bodies.sms).toContain('cita a las 10:30');
    expect(reminder('es', 'llame al 900 555 0199').bodies.sms).not.toMatch(/900|555|0199/);
  });

  it('counts the minutes that are left, and takes any label', () => {
    expect(reminder('en').bodies.sms).toContain('within 15 min, by 2:30 PM PST');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), fc.constantFrom(...languages), (label, language) => {
        const sms = reminder(language, label).bodies.sms!;
        expect([isGsm(sms), countParts(sms)]).toEqual([true, 1]);
      }),
      { numRuns: 40 },
    );
    expect(reminder('es').attributes).toEqual({ type: 'check-in.reminder.v1', drill: 'false' });
  });
});

describe('an alert that nobody pressed', () => {
  it.each(languages)('is told to the family by SMS as kept in the snapshot: %s', async (language) => {
    const lines = familyKinds.flatMap((kind) => [
      line(kind, toFamily(alertOf(kind), language).bodies.sms),
      line(`${kind}, with a link`, toFamily(alertOf(kind), language, names.ordinary, links.short.family).bodies.sms),
      line(`${kind}, long name and link`, toFamily(alertOf(kind), language, names.long, links.long.family).bodies.sms),
      line(`${kind}, not authorised`, toFamily(alertOf(kind, { consularNotification: false }), language).bodies.sms),
      ...(['acknowledged', 'located', 'representative', 'closed: safe', 'reopened'] as const).map((label) =>
        line(`${kind}, ${label}`, composeCaseEventForFamily(factsOf(caseEvents[label], kind, language))?.bodies.sms),
      ),
    ]);
    await expect(lines.join('\n')).toMatchFileSnapshot(`./__snapshots__/check-in-sms-${language}.txt`);
  });

  it('is told to the family by email as kept in the snapshot', async () => {
    const shown = familyKinds.flatMap((kind) => [
      toFamily(alertOf(kind), 'es'),
      composeCaseEventForFamily(factsOf(caseEvents.acknowledged, kind, 'es'))!,
    ]);
    const text = shown.map(({ subject, bodies }) => `${subject}\n\n${bodies.email}\n`).join(separator);
    await expect(text).toMatchFileSnapshot('./__snapshots__/check-in-email.txt');
  });

  it('is told to officers as kept in the snapshot', async () => {
    const shown = kinds.flatMap((kind) => [
      toOffice(alertOf(kind), names.ordinary, links.short.office),
      composeCaseEventForAuthority({ kind: 'ministry' }, factsOf(caseEvents.acknowledged, kind, 'es')),
    ]);
    const text = shown.map(({ subject, bodies }) => `${subject}\n\n${line('SMS', bodies.sms)}\n${bodies.email}\n`);
    await expect(text.join(separator)).toMatchFileSnapshot('./__snapshots__/check-in-officers.txt');
  });

  it('says so, in every message, to everybody', () => {
    const said = { 'missed-check-in': /OK|está bien|esta bien/, 'duress-check-in': /NO |not |NOT|coacci|COACCI/ };
    const told = Object.values(caseEvents).filter(({ type }) => !isSignalEvent({ type }));
    for (const kind of kinds) {
      const publications = [
        ...(kind === 'missed-check-in' ? languages.map((language) => toFamily(alertOf(kind), language)) : []),
        toOffice(alertOf(kind)),
        ...told.flatMap((event) => [
          composeCaseEventForAuthority({ kind: 'ministry' }, factsOf(event, kind, 'es')),
          ...(kind === 'missed-check-in'
            ? languages.map((language) => composeCaseEventForFamily(factsOf(event, kind, language)))
            : []),
        ]),
      ];
      for (const publication of publications) {
        if (!publication) continue;
        const { subject, bodies } = publication;
        for (const text of [subject, bodies.sms, bodies.email]) expect(text).toMatch(said[kind]);
        expect(bodies.email).not.toMatch(/pressed the Alert Button|Se activó el Botón|Button was pressed/);
      }
    }
  });

  it('fits two parts of GSM 03.38 and keeps its link, whatever the name, and begins as an alert does', () => {
    fc.assert(
      fc.property(anyName, fc.constantFrom(...familyKinds), (name, kind) => {
        const texts = [
          ...languages.map((language) => toFamily(alertOf(kind), language, name, links.long.family).bodies.sms!),
          toOffice(alertOf(kind), name, links.long.office).bodies.sms!,
          ...languages.map(
            (language) =>
              composeCaseEventForFamily(factsOf(caseEvents.acknowledged, kind, language, name))!.bodies.sms!,
          ),
        ];
        expect(texts.filter((text) => !isGsm(text) || countParts(text) > 2 || !text.includes('https://'))).toEqual([]);
        expect(texts[0]).toMatch(/^ALERTA /);
        expect(texts[1]).toMatch(/^ALERT /);
      }),
      { numRuns: 40 },
    );
  });

  it('of duress gives nobody the person’s phone to call, and reads nothing of it out in English', () => {
    const { bodies } = toOffice(alertOf('duress-check-in'), names.ordinary, links.short.office);
    expect(bodies.sms).not.toContain('+12135550111');
    expect(bodies.email).toContain('+12135550111 (NO LLAMAR NI ESCRIBIR');
    expect(bodies.email).toMatch(/In English: the person named below may be detained\. They have requested/);
    expect(bodies.email).not.toMatch(/Llamen por voz a la familia/);
  });

  it('keeps what the person wrote on one line, and out of the SMS and the default text', () => {
    for (const kind of familyKinds) {
      for (const { bodies } of [toFamily(alertOf(kind), 'es'), toOffice(alertOf(kind))]) {
        expect(bodies.email).toContain('cita migratoria QUÉ PASÓ\n');
        expect(bodies.sms).not.toContain('cita');
      }
      expect(toFamily(alertOf(kind), 'es').bodies.default).not.toMatch(/Ana|cita/);
      const withoutLabel = { ...alertOf(kind).origin!, label: undefined };
      const { label: _, ...origin } = withoutLabel;
      expect(toFamily(alertOf(kind, { origin }), 'es').bodies.email).not.toContain('anotó');
    }
  });

  it('has a subject that SNS takes', () => {
    for (const kind of kinds) {
      for (const name of Object.values(names)) {
        const subjects = [
          ...languages.map((language) => toFamily(alertOf(kind), language, name).subject),
          toOffice(alertOf(kind), name).subject,
          composeCaseEventForAuthority(
            { kind: 'ministry' },
            factsOf(caseEvents['escalated, not acknowledged'], kind, 'es', name),
          ).subject,
        ];
        for (const subject of subjects) expect(subject).toMatch(/^[A-Za-z0-9][\x20-\x7e]{0,98}$/);
      }
    }
  });

  it.each(kinds)('has an example of its document: %s', async (kind) => {
    const path = fileURLToPath(
      new URL(`../../shared/contracts/examples/alert.raised.v1.${kind}.json`, import.meta.url),
    );
    const alert = alertOf(kind, { origin: { ...alertOf(kind).origin!, label: 'cita migratoria' } });
    const document: unknown = JSON.parse(toOffice(alert).bodies.default);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '{}';
    const current = isDeepStrictEqual(JSON.parse(text), document) ? text : `${JSON.stringify(document, null, 2)}\n`;
    await expect(current).toMatchFileSnapshot(path);
    expect(announcementSchema.parse(document)).toEqual(document);
    expect(document).toMatchObject({
      origin: { kind, promisedAt: '2026-11-22T22:30:00.000Z', label: 'cita migratoria' },
      pressedAt: null,
      position: null,
    });
    const update = JSON.parse(
      composeCaseEventForAuthority(office, factsOf(caseEvents.acknowledged, kind, 'es')).bodies.default,
    );
    expect(update.origin).toMatchObject({ kind });
  });
});
