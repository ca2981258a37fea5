import type { AuthorityRecipient } from './recipient.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import type { Publication } from './publication.ts';
import { caseDocument } from './case-document.ts';
import type { CaseMessageFacts } from './case-facts.ts';
import { assignedAfter, isFamilyUnreached, minutesAfterPress, moveText } from './case-facts.ts';
import { actorName, officeName } from './case-history.ts';
import { countParts } from '../words/gsm0338.ts';
import { deskTimeZone, fill, pressTimes, writeElapsed, writeLaterTime, writeTime } from '../words/local-time.ts';
import { officersCase } from '../words/es/officers-case.ts';
import { officers } from '../words/es/officers.ts';
import { oneLine } from '../words/one-line.ts';
import { mapLine, placeLines } from './raised-email-for-authority.ts';
import { originNotice, recipientId } from './raised-facts.ts';
import { fitShortSms, fitSubject, shortestName } from '../words/short-text.ts';
import { wholeCaseTexts } from './whole-case-for-authority.ts';

type Texts = { readonly subject: string; readonly sms: string; readonly email: string };
type UpdateType = keyof typeof officersCase.updates;
type Values = Readonly<Record<string, string>>;

/** What an update says beyond who, when and which office. `named` is shortened in an SMS that is too long. */
type Detail = { readonly values: Values; readonly named?: string; readonly lines?: readonly string[] };

const longestNameInSubject = 30;

/** A position that was queued longer than this is told with both its times. */
const tellApartMs = 5 * 60 * 1000;

const lineOf = (template: string, key: string, text: string | undefined): readonly string[] =>
  text === undefined ? [] : [fill(template, { [key]: oneLine(text) })];

const detailOf = (
  facts: CaseMessageFacts,
  event: Extract<CaseEvent, { readonly type: UpdateType }>,
  timeZone: string,
): Detail => {
  const { states, dispositions, cause, noPrevious, facility, note } = officersCase;
  switch (event.type) {
    case 'alert.located.v1':
      return {
        values: {
          previous: event.previous === undefined ? noPrevious : officeName(facts, event.previous),
          cause: fill(cause[event.cause], { by: actorName(facts, event) }),
        },
        lines: lineOf(note, 'note', event.note),
      };
    case 'alert.position-moved.v1': {
      const { position } = event;
      const { pressed } = pressTimes(facts.alert);
      const [measured, received] = [new Date(position.measuredAt), new Date(event.at)];
      const times = {
        measured: writeLaterTime(measured, pressed, timeZone, officers.time, 'short'),
        received: writeLaterTime(received, measured, timeZone, officers.time, 'short'),
      };
      const late = received.getTime() - measured.getTime() > tellApartMs;
      return {
        values: {
          move: moveText(event),
          measured: late ? fill(officersCase.move.late, times) : times.measured,
          longMeasured: writeTime(measured, timeZone, officers.time, 'long'),
        },
        lines: [...placeLines(position), mapLine(position)],
      };
    }
    case 'alert.acknowledged.v1':
      return { values: { officer: oneLine(event.officer) }, named: 'officer' };
    case 'alert.state-changed.v1':
      return {
        values: { state: states[event.to], from: states[event.from] },
        lines: [...lineOf(facility, 'facility', event.facility), ...lineOf(note, 'note', event.note)],
      };
    case 'alert.representative-assigned.v1':
      return {
        values: {
          representative: oneLine(event.name),
          phone: event.phone,
          elapsed: writeElapsed(minutesAfterPress(facts.alert, event)),
        },
        named: 'representative',
      };
    case 'alert.closed.v1':
      return { values: { disposition: dispositions[event.disposition] }, lines: lineOf(note, 'note', event.note) };
    case 'alert.family-unreachable.v1':
      return {
        values: {},
        lines: [
          officersCase.familyUnreached.contacts,
          ...facts.family.contacts.map(({ name, endpoint }) =>
            fill(`- ${officers.contacts.line}`, { name: oneLine(name), endpoint }),
          ),
        ],
      };
    case 'alert.cancelled.v1':
    case 'alert.reopened.v1':
      return { values: {} };
  }
};

/** Subject, SMS and email of an event whose readers have the case already. */
const updateTexts = (facts: CaseMessageFacts, event: Extract<CaseEvent, { readonly type: UpdateType }>): Texts => {
  const { alert, family, link, consulate } = facts;
  const texts = officersCase.updates[event.type];
  const timeZone = consulate?.timeZone ?? deskTimeZone;
  const opening =
    officersCase.opening[alert.drill ? 'drill' : alert.duress === true ? 'duress' : (alert.origin?.kind ?? 'actual')];
  const person = { name: family.person.name, someone: officers.someone };
  const { values, named, lines = [] } = detailOf(facts, event, timeZone);
  const at = new Date(event.at);
  const all: Values = {
    office: actorName(facts, event),
    assigned: officeName(facts, assignedAfter(facts).id),
    at: writeLaterTime(at, pressTimes(alert).pressed, timeZone, officers.time, 'short'),
    longAt: writeTime(at, timeZone, officers.time, 'long'),
    ...values,
  };
  const sms = (given: Values): string =>
    fitShortSms(person, (name) =>
      [fill(opening.sms, { name }), fill(texts.sms, given), ...(link === undefined ? [] : [link])].join(' '),
    );
  const whole = sms(all);
  const shorter = named === undefined ? all : { ...all, [named]: shortestName(all[named] ?? '', officers.someone) };
  const subjectValues = named !== undefined && (all[named] ?? '').length > longestNameInSubject ? shorter : all;
  return {
    subject: fitSubject(person, (name) =>
      [fill(opening.subject, { name }), fill(texts.subject, subjectValues)].join(' '),
    ),
    sms: countParts(whole) <= 2 ? whole : sms(shorter),
    email: [
      ...(alert.drill ? [officersCase.drillHeading] : []),
      ...(alert.duress === true ? [officersCase.duress.reminder] : []),
      ...originNotice(alert, timeZone),
      ...(isFamilyUnreached(facts) ? [officersCase.familyUnreached.reminder] : []),
      [texts.heading, ...texts.lines.map((line) => fill(line, all)), ...lines].join('\n'),
      [
        fill(officersCase.person, { name: oneLine(family.person.name) }),
        fill(officersCase.press, { time: writeTime(new Date(alert.raisedAt), timeZone, officers.time, 'long') }),
        fill(officersCase.inCharge, all),
      ].join('\n'),
      [
        officers.request.title,
        alert.drill
          ? officersCase.drillRequest
          : alert.duress === true
            ? officersCase.duress.laterRequest
            : texts.request,
        ...(link === undefined ? [] : [fill(officersCase.page, { link })]),
      ].join('\n'),
      fill(officers.reference, { alertId: alert.alertId, familyId: family.familyId }),
    ].join('\n\n'),
  };
};

const textsOf = (recipient: AuthorityRecipient, facts: CaseMessageFacts): Texts => {
  const { event } = facts;
  switch (event.type) {
    case 'alert.escalated.v1':
    case 'alert.cancelled-under-duress.v1':
      return wholeCaseTexts(recipient, facts, event);
    case 'alert.located.v1':
      return event.consulate.id === recipientId(recipient)
        ? wholeCaseTexts(recipient, facts, event)
        : updateTexts(facts, event);
    case 'alert.position-moved.v1':
    case 'alert.acknowledged.v1':
    case 'alert.state-changed.v1':
    case 'alert.representative-assigned.v1':
    case 'alert.family-unreachable.v1':
    case 'alert.cancelled.v1':
    case 'alert.closed.v1':
    case 'alert.reopened.v1':
      return updateTexts(facts, event);
    case 'alert.noted.v1':
    case 'family.seen.v1':
    case 'family.on-it.v1':
      throw new Error(`${event.type} stands on the timeline only and is told to no authority`);
  }
};

const compose = (recipient: AuthorityRecipient, facts: CaseMessageFacts): Publication => {
  const { alert, event } = facts;
  const { subject, sms, email } = textsOf(recipient, facts);
  const document = JSON.stringify(caseDocument(recipient, facts));
  return {
    subject,
    bodies: { default: document, sms, email, https: document, sqs: document, lambda: document },
    attributes: { type: event.type, drill: String(alert.drill), consulateId: recipientId(recipient) },
  };
};

/**
 * SNS takes 256 KB of message and attributes, and refuses what is longer for good.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
const mostBytes = 250_000;

const isTooLong = ({ bodies }: Publication): boolean => Buffer.byteLength(JSON.stringify(bodies)) > mostBytes;

/** How much of a history that is too long is tried. */
const shorterHistories = [40, 20, 10, 5, 2, 1, 0];

/**
 * Tells an office or the ministry of a later event of the case. Those who may hear of the case for the first time get
 * it whole, with its history, as far as SNS takes it; the others what changed. The same document goes to every machine.
 */
export const composeCaseEventForAuthority = (recipient: AuthorityRecipient, facts: CaseMessageFacts): Publication => {
  if (!facts.alert.consularNotification) {
    throw new Error('an alert without consular authorisation is told to no authority');
  }
  let publication = compose(recipient, facts);
  for (const mostOfEach of shorterHistories) {
    if (!isTooLong(publication)) break;
    publication = compose(recipient, { ...facts, mostOfEach });
  }
  return publication;
};
