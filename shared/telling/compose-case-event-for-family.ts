import { type FamilyOrigin, familyOriginOf, isSecretOrigin } from '../domain/case/alert.ts';
import type { Language } from '../domain/family/family.ts';
import { folioToSay } from '../domain/case/folio.ts';
import type { Publication } from './publication.ts';
import { type CaseMessageFacts, actingOfficeId, firstOffice } from './case-message.ts';
import { catalogues } from '../words/catalogues.ts';
import { countParts } from '../words/gsm0338.ts';
import { fill } from '../words/fill.ts';
import { pressTimes, writeLaterTime, writeTime } from '../words/local-time.ts';
import { writePhone } from '../words/measures.ts';
import { fitShortSms, fitSubject, fitWhole, shortestName, shortPlace, typedInSms } from '../words/short-text.ts';
import { caseTimeZone } from '../words/time-zone.ts';
import type { Words } from '../words/words.ts';
import type { FamilyUpdate } from './event-spec.ts';
import { specOf } from './event-specs.ts';

/** The office that the message names, in the forms in which it does. */
const officeNames = (facts: CaseMessageFacts, { family: { updates } }: Words) => {
  const { consulateById, desk } = facts;
  const id = actingOfficeId(facts);
  if (id === 'ministry') {
    return {
      office: updates.office.ministry,
      toldOffice: updates.toldOffice.ministry,
      shortOffice: updates.shortOffice.ministry,
      fullName: desk.ministry,
    };
  }
  const consulate = consulateById(id);
  const named = (forms: typeof updates.office): string =>
    consulate ? fill(forms.consulate, { city: consulate.city }) : forms.unknown;
  return {
    office: named(updates.office),
    toldOffice: named(updates.toldOffice),
    shortOffice: updates.shortOffice.consulate,
    fullName: consulate?.name,
  };
};

type Values = ReturnType<typeof valuesOf>;

/** A place as it stands in an SMS: after a colon, after "released", as a sentence. */
const placesIn = ({ facility }: FamilyUpdate, words: Words) => {
  if (facility === undefined) return { where: '', from: '', place: '' };
  const values = { facility: shortPlace(facility) };
  return {
    where: `: ${values.facility}`,
    from: ` ${fill(words.case.from, values)}`,
    place: ` ${fill(words.case.facility, values)}.`,
  };
};

/** Who represents the person, who did before, and what they need. */
const lawyerIn = ({ representatives: { papers } }: Words, { representative, former = '' }: FamilyUpdate) => ({
  representative: representative?.name ?? '',
  representativePhone: writePhone(representative?.phone ?? ''),
  former,
  papers: Object.values(papers.list).join('; '),
  papersHint: papers.hint,
});

const valuesOf = (facts: CaseMessageFacts, words: Words, update: FamilyUpdate) => {
  const { alert, family, event, consulateById, officeMeters, desk, nearest } = facts;
  // Who told no office, and who cancelled before one was chosen, goes on by the clock of the first message.
  const first = firstOffice(facts) ?? nearest;
  const timeZone = caseTimeZone(alert, family, first, officeMeters);
  const at = new Date(event.at);
  // Of a cancellation the family reads the same whoever has the case by then (G7).
  const ofPress = alert.consularNotification ? first : undefined;
  const toCall = event.type === 'alert.cancelled.v1' ? ofPress : consulateById(actingOfficeId(facts));
  const { office, toldOffice, shortOffice, fullName } = officeNames(facts, words);
  return {
    office,
    toldOffice,
    shortOffice,
    fullName: event.type === 'alert.cancelled.v1' ? undefined : fullName,
    at: writeLaterTime(at, pressTimes(alert).pressed, timeZone, words.time, 'short'),
    longAt: writeTime(at, timeZone, words.time, 'long'),
    phone: alert.consularNotification ? (toCall?.emergencyPhone ?? desk.phone) : '',
    ...lawyerIn(words, update),
    facility: update.facility ?? '',
    previous: update.previous ?? '',
    ...placesIn(update, words),
  };
};

/** How the messages of this case begin. Once a case is closed, what began it asks for no more care. */
const kindOf = ({ alert, event }: CaseMessageFacts): 'actual' | 'drill' | FamilyOrigin['kind'] => {
  if (alert.drill) return 'drill';
  const isOver = event.type === 'alert.closed.v1' && isSecretOrigin(alert.origin?.kind);
  return isOver ? 'actual' : (familyOriginOf(alert)?.kind ?? 'actual');
};

const shortValues = ({ fullName: _full, longAt: _long, ...values }: Values, name: string) => ({ ...values, name });

/** What is said of the person's other cases. */
const othersIn = ({ otherFolios = [] }: CaseMessageFacts, words: Words, kind: 'sms' | 'email'): readonly string[] =>
  otherFolios.length === 0 ? [] : [fill(words.family.updates.others[kind], { folios: otherFolios.join(', ') })];

/** Whom to call where no office is told, if the operator named somebody. A drill asks nobody to call. */
const legalHelpIn = ({ alert, legalHelp }: CaseMessageFacts, text: string): readonly string[] =>
  legalHelp && !alert.consularNotification && !alert.drill
    ? [fill(text, { help: legalHelp.name, phone: legalHelp.phone })]
    : [];

const smsOf = (
  facts: CaseMessageFacts,
  words: Words,
  { texts, call = 'info', note, noteInSms, inSmsIfItFits }: FamilyUpdate,
  values: Values,
): string => {
  const { alert, family, link } = facts;
  const folio = folioToSay(alert);
  const { sms: opening } = words.family.updates.opening[kindOf(facts)];
  // Who is gone is known by less than who is to be called.
  const former = values.former === '' ? '' : shortestName(values.former, words.family.someone);
  const render = (name: string, representative: string, noted: readonly string[] = []): string =>
    [
      fill(opening, { name }),
      fill(texts.sms, { ...shortValues(values, name), representative, former }),
      ...noted,
      ...(folio === undefined || alert.drill ? [] : [fill(words.family.call[call], { phone: values.phone, folio })]),
      ...legalHelpIn(facts, words.family.legalHelp.sms),
      ...(link === undefined ? [] : [link]),
    ].join(' ');
  const person = { name: family.person.name, someone: words.family.someone };
  const aside =
    note !== undefined && noteInSms === true
      ? fill(words.family.updates.note.sms, { note: typedInSms(note) })
      : inSmsIfItFits;
  const more = [...(aside === undefined ? [] : [aside]), ...othersIn(facts, words, 'sms')];
  const noted = more.length === 0 ? undefined : fitWhole(person, (name) => render(name, values.representative, more));
  if (noted !== undefined) return noted;
  const write = (representative: string): string => fitShortSms(person, (name) => render(name, representative));
  const whole = write(values.representative);
  return countParts(whole) <= 2 ? whole : write(shortestName(values.representative, words.family.someone));
};

const emailOf = (facts: CaseMessageFacts, words: Words, update: FamilyUpdate, values: Values): string => {
  const { alert, desk, family, link } = facts;
  const { updates, press } = words.family;
  const raised = press.email;
  const { fullName, longAt, ...rest } = values;
  const from = update.facility === undefined ? '' : ` ${fill(words.case.from, { facility: update.facility })}`;
  const all = { ...rest, from, at: longAt, name: family.person.name.normalize('NFC') };
  const phoneLine = fill(values.phone === desk.phone ? raised.deskPhone : raised.officePhone, {
    phone: values.phone,
    desk: desk.name,
  });
  const office =
    fullName === undefined ? [phoneLine] : [`${fill(updates.officeTitle, { office: fullName })}\n${phoneLine}`];
  const stepsTitle = alert.drill ? updates.drillStepsTitle : (update.stepsTitle ?? raised.actual.stepsTitle);
  const { addition, note } = update;
  const folio = folioToSay(alert);
  const kind = kindOf(facts);
  return [
    ...(alert.drill ? [updates.drillNotice] : []),
    ...(kind === 'actual' || kind === 'drill' ? [] : [fill(updates.notice[kind], { name: all.name })]),
    fill(update.texts.email, all) + (addition === undefined ? '' : `\n${fill(addition, all)}`),
    ...(note === undefined ? [] : [fill(updates.note.email, { ...all, note })]),
    ...(alert.consularNotification ? office : legalHelpIn(facts, words.family.legalHelp.email)),
    ...(folio === undefined ? [] : [fill(words.family.folio.email, { folio })]),
    ...othersIn(facts, words, 'email'),
    [stepsTitle, ...update.steps.map((step, index) => `${index + 1}. ${fill(step, all)}`)].join('\n'),
    ...(link === undefined ? [] : [fill(words.family.casePage, { link })]),
    updates.footer,
  ].join('\n\n');
};

/**
 * Tells those behind one of a family's topics of a later event of the case. No coordinates are in it (G8); of a cancellation
 * it is the same text whether the person was forced or not (G7).
 *
 * @returns `undefined` for events of which the family is not told
 */
export const composeCaseEventForFamily = (
  facts: CaseMessageFacts,
  language: Language = facts.family.person.language,
): Publication | undefined => {
  const { alert, event, family } = facts;
  const words = catalogues[language];
  const update = specOf(event.type).family?.(facts, event, words);
  if (!update) return undefined;
  const values = valuesOf(facts, words, update);
  return {
    subject: fitSubject({ name: family.person.name, someone: words.family.someone }, (name) =>
      [
        fill(words.family.updates.opening[kindOf(facts)].subject, { name }),
        fill(update.texts.subject, shortValues(values, name)),
      ].join(' '),
    ),
    bodies: {
      default: alert.drill ? words.family.press.default.drill : words.family.updates.default,
      sms: smsOf(facts, words, update, values),
      email: emailOf(facts, words, update, values),
    },
    attributes: { type: event.type, drill: String(alert.drill) },
  };
};
