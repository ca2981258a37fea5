import { folioOf } from '../domain/case/folio.ts';
import { officersWords } from '../words/catalogues.ts';
import { fill } from '../words/fill.ts';
import { countParts } from '../words/gsm0338.ts';
import { pressTimes, writeLaterTime, writeTime } from '../words/local-time.ts';
import { caseTimeZone } from '../words/time-zone.ts';
import { oneLine } from '../words/one-line.ts';
import { fitShortSms, fitSubject, shortestName } from '../words/short-text.ts';
import type { CaseMessageFacts } from './case-message.ts';
import { actorName, assignedAfter, isFamilyUnreached, officeName, readerOf, signedBy } from './case-message.ts';
import type { Detail, UpdateForOfficers } from './event-spec.ts';
import { duressReminder, linkLine, originNotice } from './raised-message.ts';
import type { AuthorityRecipient } from './recipient.ts';
import { valuesOfTwo } from './two-offices.ts';

type Values = Readonly<Record<string, string>>;

const { time, officers } = officersWords;
const { press, updates } = officers;

const longestNameInSubject = 30;

/** What each text says: who, when, which office, and what the event adds. */
const valuesOf = (facts: CaseMessageFacts, timeZone: string, { values }: Detail): Values => {
  const { alert, event } = facts;
  const at = new Date(event.at);
  return {
    office: actorName(facts, event),
    signed: signedBy(facts, event),
    assigned: officeName(facts, assignedAfter(facts).id),
    at: writeLaterTime(at, pressTimes(alert).pressed, timeZone, time, 'short'),
    longAt: writeTime(at, timeZone, time, 'long'),
    ...values,
  };
};

const openingOf = ({ alert }: CaseMessageFacts) =>
  updates.opening[alert.drill ? 'drill' : alert.duress === true ? 'duress' : (alert.origin?.kind ?? 'actual')];

const requestOf = ({ alert }: CaseMessageFacts, { request }: UpdateForOfficers): string => {
  if (alert.drill) return updates.drillRequest;
  return alert.duress === true ? updates.duress.laterRequest : request;
};

const emailOf = (
  facts: CaseMessageFacts,
  timeZone: string,
  texts: UpdateForOfficers,
  values: Values,
  lines: readonly string[],
): string => {
  const { alert, event, family } = facts;
  return [
    ...(alert.drill ? [press.drill.heading] : []),
    ...duressReminder(alert),
    ...originNotice(alert, timeZone),
    ...(isFamilyUnreached(facts) ? [updates.familyUnreached.reminder] : []),
    [texts.heading, ...texts.lines.map((line) => fill(line, values)), ...lines].join('\n'),
    [
      fill(updates.person, { name: oneLine(family.person.name) }),
      fill(updates.press, { time: writeTime(new Date(alert.raisedAt), timeZone, time, 'long') }),
      fill(updates.inCharge, values),
      ...(alert.handOver && event.type !== 'alert.hand-over-asked.v1'
        ? [fill(updates.handOverWaits, { receiver: officeName(facts, alert.handOver.to.id) })]
        : []),
      ...(alert.twoOffices ? [fill(updates.twoOffices, valuesOfTwo(facts, alert.twoOffices))] : []),
    ].join('\n'),
    [press.request.title, requestOf(facts, texts)].join('\n'),
    fill(press.reference, {
      folio: folioOf(alert.familyId, alert.alertId),
      alertId: alert.alertId,
      familyId: alert.familyId,
    }),
  ].join('\n\n');
};

/** Subject, SMS and email of an event whose readers have the case already. */
export const changeTexts = (
  recipient: AuthorityRecipient,
  facts: CaseMessageFacts,
  texts: UpdateForOfficers,
  detailIn: (timeZone: string) => Detail,
): { readonly subject: string; readonly sms: string; readonly email: string } => {
  const { alert, family, link, officeMeters } = facts;
  const timeZone = caseTimeZone(alert, family, readerOf(recipient, facts).reader, officeMeters);
  const opening = openingOf(facts);
  const person = { name: family.person.name, someone: press.someone };
  const detail = detailIn(timeZone);
  const { named, lines = [] } = detail;
  const values = valuesOf(facts, timeZone, detail);
  const folio = fill(press.folio, { folio: folioOf(alert.familyId, alert.alertId) });
  const sms = (given: Values): string =>
    fitShortSms(person, (name) =>
      [fill(opening.sms, { name }), fill(texts.sms, given), folio, ...(link === undefined ? [] : [link])].join(' '),
    );
  const whole = sms(values);
  const longName = named === undefined ? '' : (values[named] ?? '');
  const shorter = named === undefined ? values : { ...values, [named]: shortestName(longName, press.someone) };
  const subjectValues = longName.length > longestNameInSubject ? shorter : values;
  return {
    subject: fitSubject(person, (name) =>
      [fill(opening.subject, { name }), fill(texts.subject, subjectValues)].join(' '),
    ),
    sms: countParts(whole) <= 2 ? whole : sms(shorter),
    email: [
      ...linkLine(recipient, facts, assignedAfter(facts).id),
      emailOf(facts, timeZone, texts, values, lines),
    ].join('\n\n'),
  };
};
