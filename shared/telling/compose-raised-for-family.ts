import { type Alert, type FamilyOrigin, familyOriginOf, isSecretOrigin } from '../domain/case/alert.ts';
import { folioOf, folioToSay } from '../domain/case/folio.ts';
import type { Family, Language } from '../domain/family/family.ts';
import type { Consulate, Desk, MinistryDesk } from '../domain/offices/consulate.ts';
import { isUsable } from '../domain/position.ts';
import type { Publication } from './publication.ts';
import { catalogues } from '../words/catalogues.ts';
import type { RaisedTexts } from '../words/family-words.ts';
import { caseTimeZone } from '../words/time-zone.ts';
import type { Words } from '../words/words.ts';
import { fill } from '../words/fill.ts';
import { countParts } from '../words/gsm0338.ts';
import { pressTimes, writeClock, writeLaterTime, writeTime } from '../words/local-time.ts';
import { oneLine } from '../words/one-line.ts';
import { fitOnePart, fitShortSms, fitSubject } from '../words/short-text.ts';

/** What the family's message about a press is made of. */
export type RaisedForFamilyFacts = {
  readonly alert: Alert;
  readonly family: Family;
  /** Of the readers; absent: the person's. */
  readonly language?: Language;
  /** The nearest office, as information; absent: the ministry desk. */
  readonly consulate?: Consulate;
  readonly desk: MinistryDesk;
  /** The last check found nobody who hears at that office and at the ministry. */
  readonly nobodyHears?: boolean;
  /** Whom to call where no office is told. */
  readonly legalHelp?: Desk;
  /** Absolute URL of the family's page. */
  readonly link?: string;
};

/** The alert's position is trusted, or not there. */
const clockOf = ({ alert, family, consulate }: RaisedForFamilyFacts): string =>
  caseTimeZone(alert, family, consulate, () => 0);

type Style = 'long' | 'short';

const whenOf = (
  facts: RaisedForFamilyFacts,
  { time }: Words,
  templates: { readonly when: string; readonly whenLate: string; readonly whenUnknown: string },
  style: Style,
): string => {
  const { pressed, received, late, unknown } = pressTimes(facts.alert);
  const timeZone = clockOf(facts);
  const template = unknown ? templates.whenUnknown : late ? templates.whenLate : templates.when;
  return fill(template, {
    pressed: writeTime(pressed, timeZone, time, style),
    received: writeLaterTime(received, pressed, timeZone, time, style),
  });
};

/** The times of an alert that nobody pressed: by when the OK was promised, and when the alert went out. */
const originTimes = (
  facts: RaisedForFamilyFacts,
  { time }: Words,
  { promisedAt }: Pick<FamilyOrigin, 'promisedAt'>,
  style: Style,
): { readonly promised: string; readonly raised: string } => {
  const timeZone = clockOf(facts);
  return {
    promised: writeTime(new Date(promisedAt), timeZone, time, style),
    raised: writeTime(new Date(facts.alert.raisedAt), timeZone, time, style),
  };
};

const openingOf = (facts: RaisedForFamilyFacts, words: Words, texts: RaisedTexts, name: string): string => {
  const { drill } = facts.alert;
  const origin = familyOriginOf(facts.alert);
  if (origin) return fill(texts.origins[origin.kind].sms, { name, ...originTimes(facts, words, origin, 'short') });
  const when = whenOf(facts, words, texts.sms, 'short');
  return fill((drill ? texts.sms.drill : texts.sms.actual).opening, { name, when });
};

/** Somebody pressed just now, for real, and offices are told: what has to be in one part. */
const isPlainPress = ({ alert, nobodyHears }: RaisedForFamilyFacts): boolean => {
  const { late, unknown } = pressTimes(alert);
  return alert.consularNotification && nobodyHears !== true && !alert.drill && !alert.origin && !late && !unknown;
};

const callIn = ({ alert, consulate, desk }: RaisedForFamilyFacts) => ({
  phone: consulate?.emergencyPhone ?? desk.phone,
  folio: folioOf(alert.familyId, alert.alertId),
});

const shortText = (facts: RaisedForFamilyFacts, words: Words, name: string): string => {
  const { alert, consulate, link } = facts;
  const { short } = words.family.press.sms;
  const time = writeClock(pressTimes(alert).pressed, clockOf(facts), words.time);
  const told = consulate ? fill(short.consulate, { city: consulate.city }) : short.ministry;
  return [fill(short.text, { name, time, told, ...callIn(facts) }), ...(link === undefined ? [] : [link])].join(' ');
};

/** Who is told and whom to call. A drill asks nobody to call. */
const toldIn = (
  facts: RaisedForFamilyFacts,
  words: Words,
  { sms: texts }: RaisedTexts,
  caution: readonly string[],
): readonly string[] => {
  const { alert, consulate, legalHelp } = facts;
  if (alert.drill) return [];
  if (!alert.consularNotification) {
    const { lawyer, lawyerAt } = texts.actual;
    return [legalHelp ? fill(lawyerAt, { phone: legalHelp.phone }) : lawyer, ...caution];
  }
  if (facts.nobodyHears === true) return [texts.nobodyHears, ...caution, fill(words.family.call.please, callIn(facts))];
  return [
    consulate ? fill(texts.notifyingConsulate, { city: consulate.city }) : texts.notifyingMinistry,
    ...caution,
    fill(words.family.call.info, callIn(facts)),
  ];
};

/**
 * Without authorisation the SMS names no office and no phone of the Mexican state: one call by a frightened relative
 * would tell it what the person did not want it to know.
 */
const smsOf = (facts: RaisedForFamilyFacts, words: Words, raised: RaisedTexts): string => {
  const { family, link } = facts;
  const texts = raised.sms;
  const person = { name: family.person.name, someone: words.family.someone };
  const sentences = (name: string, caution: readonly string[]): string =>
    [
      openingOf(facts, words, raised, name),
      ...toldIn(facts, words, raised, caution),
      ...(link === undefined ? [] : [link]),
    ].join(' ');
  const whole = fitShortSms(person, (name) => sentences(name, [texts.caution]));
  if (countParts(whole) === 1) return whole;
  const short = isPlainPress(facts) ? fitOnePart(person, (name) => shortText(facts, words, name)) : undefined;
  if (short !== undefined) return short;
  return countParts(whole) <= 2 ? whole : fitShortSms(person, (name) => sentences(name, []));
};

const officeSection = (
  { alert, consulate, desk, legalHelp }: RaisedForFamilyFacts,
  { family: { legalHelp: help } }: Words,
  texts: RaisedTexts['email'],
): readonly string[] => {
  if (!alert.consularNotification) {
    return legalHelp ? [fill(help.email, { help: legalHelp.name, phone: legalHelp.phone })] : [];
  }
  const values = { desk: desk.name, phone: consulate?.emergencyPhone ?? desk.phone };
  const phone = fill(values.phone === desk.phone ? texts.deskPhone : texts.officePhone, values);
  if (!consulate) return [phone];
  const nearest = isUsable(alert.position) ? texts.nearest : texts.nearestToHome;
  return [`${fill(nearest, { office: consulate.name })}\n${phone}`];
};

/** What happened, when, and what comes first to do. */
const happeningOf = (facts: RaisedForFamilyFacts, words: Words, { email, origins }: RaisedTexts) => {
  const { drill } = facts.alert;
  const origin = familyOriginOf(facts.alert);
  const name = facts.family.person.name.normalize('NFC');
  if (!origin) {
    const { whatHappened } = drill ? email.drill : email.actual;
    return { what: fill(whatHappened, { name }), when: whenOf(facts, words, email, 'long'), steps: [] };
  }
  const texts = origins[origin.kind];
  const values = { name, ...originTimes(facts, words, origin, 'long') };
  const label = origin.label === undefined ? [] : [fill(origins.label, { label: oneLine(origin.label) })];
  return {
    what: [fill(texts.whatHappened, values), ...label].join('\n'),
    when: fill(texts.when, values),
    steps: texts.steps,
  };
};

const numbered = (title: string, steps: readonly string[]): string =>
  [title, ...steps.map((step, index) => `${index + 1}. ${step}`)].join('\n');

/** It shows what an alert is like, and sends nobody to a phone. */
const drillEmailOf = (facts: RaisedForFamilyFacts, words: Words, raised: RaisedTexts): string => {
  const { alert, consulate, family, link } = facts;
  const texts = raised.email.drill;
  const { what, when } = happeningOf(facts, words, raised);
  const name = family.person.name.normalize('NFC');
  const would = consulate ? fill(texts.wouldTellOffice, { office: consulate.name }) : texts.wouldTellMinistry;
  return [
    what,
    when,
    alert.consularNotification ? `${fill(texts.told, { name })}\n${would}` : fill(raised.email.toContacts, { name }),
    numbered(
      texts.stepsTitle,
      texts.steps.map((step) => fill(step, { name })),
    ),
    ...(link === undefined ? [] : [fill(words.family.casePage, { link })]),
    raised.email.footer,
  ].join('\n\n');
};

const emailOf = (facts: RaisedForFamilyFacts, words: Words, raised: RaisedTexts): string => {
  const { alert, consulate, desk, family, link } = facts;
  const texts = raised.email;
  const { what, when, steps: first } = happeningOf(facts, words, raised);
  const ours = texts.actual;
  const name = family.person.name.normalize('NFC');
  const folio = folioToSay(alert);
  const notifying = consulate ? ours.notifyingConsulate : ours.notifyingMinistry;
  const told = facts.nobodyHears === true ? ours.nobodyHears : notifying;
  const phone = consulate?.emergencyPhone ?? desk.phone;
  const steps = [
    ...first,
    ...(alert.consularNotification ? [alert.origin ? raised.origins.callStep : texts.callStep] : []),
    ...texts.steps,
    ...(isSecretOrigin(alert.origin?.kind) ? [] : [texts.phoneStep]),
  ];
  return [
    what,
    when + (isUsable(alert.position) ? '' : `\n${texts.noPosition}`),
    fill(alert.consularNotification ? told : texts.toContacts, { name }),
    ...officeSection(facts, words, texts),
    ...(folio === undefined ? [] : [fill(words.family.folio.email, { folio })]),
    numbered(
      ours.stepsTitle,
      steps.map((step) => fill(step, { name, phone })),
    ),
    ...(link === undefined ? [] : [fill(words.family.casePage, { link })]),
    texts.footer,
  ].join('\n\n');
};

/** Tells those behind one of a family's topics of a press. Nothing in it says where the person is (G8). */
export const composeRaisedForFamily = (facts: RaisedForFamilyFacts): Publication => {
  const { alert, family } = facts;
  const words = catalogues[facts.language ?? family.person.language];
  const texts = words.family.press;
  const origin = familyOriginOf(alert);
  const subject = origin
    ? fill(texts.origins[origin.kind].subject, { name: '{name}', ...originTimes(facts, words, origin, 'short') })
    : fill((alert.drill ? texts.email.drill : texts.email.actual).subject, {
        name: '{name}',
        when: whenOf(facts, words, texts.sms, 'short'),
      });
  return {
    subject: fitSubject({ name: family.person.name, someone: words.family.someone }, (name) => fill(subject, { name })),
    bodies: {
      default: origin ? texts.origins[origin.kind].default : alert.drill ? texts.default.drill : texts.default.actual,
      sms: smsOf(facts, words, texts),
      email: (alert.drill ? drillEmailOf : emailOf)(facts, words, texts),
    },
    attributes: { type: 'alert.raised.v1', drill: String(alert.drill) },
  };
};
