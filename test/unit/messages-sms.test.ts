import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../shared/domain/case/alert.ts';
import { consulateById, openConsulates } from '../../shared/data/consulates.ts';
import type { Language } from '../../shared/domain/family/family.ts';
import { composeListChanged } from '../../shared/telling/compose-list-changed.ts';
import { composeRaisedForAuthority } from '../../shared/telling/compose-raised-for-authority.ts';
import { composeRaisedForFamily } from '../../shared/telling/compose-raised-for-family.ts';
import { composeWelcome } from '../../shared/telling/compose-welcome.ts';
import { countParts, countSeptets, foldToGsm, isGsm } from '../../shared/words/gsm0338.ts';
import { anyName, names } from '../support/any-name.ts';
import { authorityFacts, desk, familyOf, losAngeles, press } from '../support/message-facts.ts';
import { languages } from '../../shared/domain/vocabulary.ts';

const late = '2026-11-22T21:05:00.000Z';
const { position: _, ...pressWithoutPosition } = press;

const presses: Readonly<Record<string, Alert>> = {
  actual: press,
  drill: { ...press, drill: true },
  'pressed an hour earlier': { ...press, pressedAt: late },
  'not authorised': { ...press, consularNotification: false },
  'drill, not authorised': { ...press, drill: true, consularNotification: false },
};

const raised = (alert: Alert, name: string, language: Language, office = true, link?: string) =>
  composeRaisedForFamily({
    alert,
    family: familyOf({ name, language }),
    desk,
    ...(office && { consulate: losAngeles }),
    ...(link !== undefined && { link }),
  }).bodies.sms!;

const welcome = (name: string, language: Language, smsOriginationNumber?: string) =>
  composeWelcome({
    family: familyOf({ name, language }),
    ...(smsOriginationNumber !== undefined && { smsOriginationNumber }),
  }).bodies.sms!;

const changes = [
  'contact-added',
  'contact-changed',
  'contact-removed',
  'device-added',
  'device-revoked',
  'device-replaced',
  'erased',
] as const;
const listChanged = (change: (typeof changes)[number], name: string, language: Language) =>
  composeListChanged({ family: familyOf({ name, language }), event: { type: 'contact.list-changed.v1', change } })
    .bodies.sms!;

const officers = (alert: Alert, name: string, link?: string) =>
  composeRaisedForAuthority(
    { kind: 'consulate', consulate: losAngeles },
    { ...authorityFacts, alert, family: familyOf({ name }), ...(link !== undefined && { link }) },
  ).bodies.sms!;

const everyText = (name: string, language: Language, link?: string): readonly string[] => [
  welcome(name, language),
  welcome(name, language, '+18005550199'),
  welcome(name, language, '+12065550199'),
  ...changes.map((change) => listChanged(change, name, language)),
  ...Object.values(presses).flatMap((alert) =>
    [true, false].map((office) => raised(alert, name, language, office, link)),
  ),
];

const anyLink = fc.option(fc.constant(`https://abcdefghij.execute-api.us-east-1.amazonaws.com/f/${'A'.repeat(22)}`), {
  nil: undefined,
});
const anyLanguage = fc.constantFrom(...languages);

describe('SMS', () => {
  it.each(languages)('reads as kept in the snapshot: %s', async (language) => {
    const line = (label: string, text: string) =>
      `${label}\n[${countParts(text)} part(s), ${countSeptets(text)} septets] ${text}\n`;
    const name = names.ordinary;
    const lines = [
      line('welcome', welcome(name, language)),
      line('welcome from a toll-free number', welcome(name, language, '+18005550199')),
      line('welcome from another number', welcome(name, language, '+12065550199')),
      ...changes.map((change) => line(change, listChanged(change, name, language))),
      ...Object.entries(presses).map(([label, alert]) => line(label, raised(alert, name, language))),
      line('no position known', raised(pressWithoutPosition, name, language, false)),
      line('with a link', raised(press, name, language, true, 'https://example.org/f/AbCdEfGhIjKlMnOpQrStUv')),
      line('long name', raised(press, names.long, language)),
      line('erased, long name', listChanged('erased', names.long, language)),
    ];
    await expect(lines.join('\n')).toMatchFileSnapshot(`./__snapshots__/sms-${language}.txt`);
  });

  it('to officers reads as kept in the snapshot', async () => {
    const texts = [press, presses['drill']!, presses['pressed an hour earlier']!].flatMap((alert) =>
      Object.values(names).map((name) => officers(alert, name)),
    );
    const lines = texts.map((text) => `[${countParts(text)} part(s), ${countSeptets(text)} septets] ${text}\n`);
    await expect(lines.join('\n')).toMatchFileSnapshot('./__snapshots__/sms-officers.txt');
  });

  it.each(languages)('takes one part with an ordinary name and no link: %s', (language) => {
    const one = [press, presses['drill']!, presses['not authorised']!].map((alert) =>
      raised(alert, names.ordinary, language),
    );
    const texts = [
      ...one,
      welcome(names.ordinary, language),
      ...changes.map((change) => listChanged(change, names.ordinary, language)),
    ];
    expect(new Set(texts.map(countParts))).toEqual(new Set([1]));
    expect(texts.filter((text) => !text.includes('Ana Lopez Garcia'))).toEqual([]);
  });

  it('is in GSM 03.38 and takes two parts at the most, whatever the name', () => {
    fc.assert(
      fc.property(anyName, anyLanguage, anyLink, (name, language, link) => {
        const texts = [...everyText(name, language, link), officers(press, name, link)];
        expect(texts.filter((text) => !isGsm(text) || countParts(text) > 2)).toEqual([]);
        const alerts = texts.filter((text) => /possible|posible/.test(text));
        expect(alerts.filter((text) => link !== undefined && !text.includes(link))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('of a press takes one part where the public URL has 20 characters, whatever the name and the office', () => {
    const link = `https://alerta.mx.co/f/${'A'.repeat(22)}`;
    expect(new URL(link).origin).toHaveLength(20);
    fc.assert(
      fc.property(anyName, fc.constantFrom(undefined, ...openConsulates), anyLanguage, (name, consulate, language) => {
        const family = familyOf({ name, language });
        const facts = { alert: press, family, desk, link, ...(consulate && { consulate }) };
        const sms = composeRaisedForFamily(facts).bodies.sms ?? '';
        expect([countParts(sms), isGsm(sms), sms]).toEqual([1, true, sms]);
        expect(sms).toMatch(/^ALERTA? .*\d{1,2}:\d\d.* \+\d{11,12}, (?:folio|ref) \w{4} https:\S+$/);
        expect(sms).toContain(foldToGsm(consulate?.city ?? ''));
      }),
      { numRuns: 60 },
    );
  });

  it('of a press takes two parts at a link of 100 characters and has all of it', () => {
    const link = `https://${'a'.repeat(69)}/f/${'A'.repeat(20)}`;
    fc.assert(
      fc.property(anyName, fc.constantFrom(...openConsulates), anyLanguage, (name, consulate, language) => {
        const family = familyOf({ name, language });
        for (const alert of Object.values(presses)) {
          const sms = composeRaisedForFamily({ alert, family, desk, link, consulate }).bodies.sms ?? '';
          expect([countParts(sms) <= 2, sms.endsWith(` ${link}`), sms]).toEqual([true, true, sms]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('to each of two offices takes two parts at a link of 100 characters and says whose it is', () => {
    const link = `https://${'a'.repeat(69)}/c/${'A'.repeat(20)}`;
    const anyOffice = fc.constantFrom(...openConsulates);
    fc.assert(
      fc.property(anyName, anyOffice, anyOffice, (name, responsible, nearest) => {
        const [inCharge, beside] = [responsible, nearest].map(({ id }) => ({
          id,
          distanceMeters: 999_900,
          basis: 'district' as const,
        }));
        const twoOffices = { responsible: inCharge!, nearest: beside!, source: 'a newspaper', asOf: null };
        const facts = { ...authorityFacts, consulateById, assigned: inCharge!, family: familyOf({ name }), link };
        for (const consulate of [responsible, nearest]) {
          const told = { ...facts, alert: { ...press, twoOffices } };
          const sms = composeRaisedForAuthority({ kind: 'consulate', consulate }, told).bodies.sms ?? '';
          expect([countParts(sms) <= 2, isGsm(sms), sms.includes(link), sms]).toEqual([true, true, true, sms]);
          expect(sms).toContain(foldToGsm(responsible.city));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('begins with the word by which it is known', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        expect(raised(press, name, 'es')).toMatch(/^ALERTA /);
        expect(raised(press, name, 'en')).toMatch(/^ALERT /);
        expect(raised(presses['drill']!, name, 'es')).toMatch(/^SIMULACRO /);
        expect(raised(presses['drill']!, name, 'en')).toMatch(/^DRILL /);
      }),
      { numRuns: 30 },
    );
  });

  it('names a person by what their family knows them by when the whole name does not fit', () => {
    const link = `https://alerta.mx.co/f/${'A'.repeat(22)}`;
    const named = (name: string) => raised(press, name, 'es', true, link);
    expect(named('Juan Carlos Hernández López')).toContain('ALERTA Juan Carlos H. L.:');
    expect(named('María de la Luz Pérez Ñíguez')).toContain('ALERTA Maria de la Luz:');
    expect(named('María del Pilar Montserrat Hernández')).toContain('ALERTA Maria del Pilar:');
    expect(named('Xochiquetzalli')).toContain('ALERTA Xochiquetzalli:');
    expect(raised(press, '李明', 'es')).toContain('su familiar');
    expect(officers(press, names.long)).toContain('Maria Guadalupe de los Angeles Hernandez Rodriguez');
  });

  it('says both times only when the press came more than two minutes before its receipt', () => {
    expect(raised({ ...press, pressedAt: '2026-11-22T22:30:20.000Z' }, 'Ana', 'es')).not.toContain('recibido');
    expect(raised({ ...press, pressedAt: '2026-11-22T22:30:00.000Z' }, 'Ana', 'es')).toContain(
      'activado 22 nov 14:30 PST, recibido 14:32 PST',
    );
    const nextDay = raised({ ...press, raisedAt: '2026-11-23T08:05:00.000Z' }, 'Ana', 'en');
    expect(nextDay).toContain('pressed Nov 22, 2:32 PM PST, received Nov 23, 12:05 AM PST');
  });

  it('takes a phone clock that runs ahead or does not parse for no time at all', () => {
    for (const pressedAt of ['2026-11-23T10:00:00.000Z', 'yesterday']) {
      expect(raised({ ...press, pressedAt }, 'Ana', 'es')).toBe(raised(press, 'Ana', 'es'));
    }
  });
});
