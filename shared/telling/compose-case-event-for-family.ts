import type { Origin } from '../domain/case/alert.ts';
import type { CaseEventOf } from '../domain/case/case-event.ts';
import type { Publication } from './publication.ts';
import type { CaseMessageFacts } from './case-facts.ts';
import { actingOfficeId, firstOffice } from './case-facts.ts';
import type { Catalogue, FollowedState, UpdateTexts } from '../words/catalogue.ts';
import { catalogues } from '../words/catalogues.ts';
import { countParts } from '../words/gsm0338.ts';
import { deskTimeZone, fill, pressTimes, writeLaterTime, writeTime } from '../words/local-time.ts';
import { oneLine } from '../words/one-line.ts';
import { fitShortSms, fitSubject, shortestName } from '../words/short-text.ts';

/** What one event is to the family: its texts and what they ask for beyond the values that all have. */
type Update = {
  readonly texts: UpdateTexts;
  readonly steps: readonly string[];
  readonly stepsTitle?: string;
  /** Stands after what happened. */
  readonly addition?: string;
  readonly facility?: string;
  readonly representative?: { readonly name: string; readonly phone: string };
};

const isFollowed = (state: string, texts: object): state is FollowedState => state in texts;

const stateUpdate = (
  { family }: CaseMessageFacts,
  event: CaseEventOf<'alert.state-changed.v1'>,
  { messages }: Catalogue,
): Update | undefined => {
  const { facility, askWhere, steps, ...states } = messages['alert.state-changed.v1'];
  if (!isFollowed(event.to, states)) return undefined;
  const update = { texts: states[event.to], steps };
  if (event.to === 'in-contact' || event.to === 'locating') return update;
  return event.facility === undefined || !family.sharePositionWithFamily
    ? { ...update, addition: askWhere }
    : { ...update, addition: facility, facility: oneLine(event.facility) };
};

/** @returns `undefined` for what the family is not told of */
const updateOf = (facts: CaseMessageFacts, catalogue: Catalogue): Update | undefined => {
  const { event, alert } = facts;
  const { messages } = catalogue;
  switch (event.type) {
    case 'alert.located.v1': {
      const texts = messages[event.type];
      return { texts: texts[event.cause], steps: texts.steps };
    }
    case 'alert.acknowledged.v1':
    case 'alert.reopened.v1': {
      const { steps, ...texts } = messages[event.type];
      return { texts, steps };
    }
    case 'alert.state-changed.v1':
      return stateUpdate(facts, event, catalogue);
    case 'alert.representative-assigned.v1': {
      const { steps, ...texts } = messages[event.type];
      return { texts, steps, representative: { name: oneLine(event.name), phone: event.phone } };
    }
    case 'alert.cancelled.v1': {
      const { steps, stepsTitle, stillInDoubt, ...texts } = messages[event.type];
      const last = alert.consularNotification ? stillInDoubt.authorised : stillInDoubt.notAuthorised;
      return { texts, stepsTitle, steps: [...steps, last] };
    }
    case 'alert.closed.v1': {
      const texts = messages[event.type];
      return { texts: texts[event.disposition], steps: texts.steps };
    }
    case 'alert.escalated.v1':
    case 'alert.position-moved.v1':
    case 'alert.family-unreachable.v1':
    case 'alert.cancelled-under-duress.v1':
    case 'alert.noted.v1':
    case 'family.seen.v1':
    case 'family.on-it.v1':
      return undefined;
  }
};

/** The office that the message names, in the forms in which it does. */
const officeNames = (facts: CaseMessageFacts, { updates }: Catalogue) => {
  const { consulateById, desk } = facts;
  const id = actingOfficeId(facts);
  if (id === 'ministry') {
    return { office: updates.office.ministry, shortOffice: updates.shortOffice.ministry, fullName: desk.name };
  }
  const consulate = consulateById(id);
  const office = consulate ? fill(updates.office.consulate, { city: consulate.city }) : updates.office.unknown;
  return { office, shortOffice: updates.shortOffice.consulate, fullName: consulate?.name };
};

type Values = ReturnType<typeof valuesOf>;

const valuesOf = (facts: CaseMessageFacts, catalogue: Catalogue, update: Update) => {
  const { alert, event, consulateById, desk, nearest } = facts;
  // Who told no office, and who cancelled before one was chosen, goes on by the clock of the first message.
  const first = firstOffice(facts) ?? nearest;
  const timeZone = first?.timeZone ?? deskTimeZone;
  const at = new Date(event.at);
  // Of a cancellation the family reads the same whoever has the case by then (G7).
  const ofPress = alert.consularNotification ? first : undefined;
  const toCall = event.type === 'alert.cancelled.v1' ? ofPress : consulateById(actingOfficeId(facts));
  const { office, shortOffice, fullName } = officeNames(facts, catalogue);
  return {
    office,
    shortOffice,
    fullName: event.type === 'alert.cancelled.v1' ? undefined : fullName,
    at: writeLaterTime(at, pressTimes(alert).pressed, timeZone, catalogue.time, 'short'),
    longAt: writeTime(at, timeZone, catalogue.time, 'long'),
    phone: toCall?.emergencyPhone ?? desk.phone,
    representative: update.representative?.name ?? '',
    representativePhone: update.representative?.phone ?? '',
    facility: update.facility ?? '',
  };
};

/** How the messages of this case begin. Once a case is closed, what began it asks for no more care. */
const kindOf = ({ alert, event }: CaseMessageFacts): 'actual' | 'drill' | Origin['kind'] => {
  if (alert.drill) return 'drill';
  const isOver = event.type === 'alert.closed.v1' && alert.origin?.kind === 'duress-check-in';
  return isOver ? 'actual' : (alert.origin?.kind ?? 'actual');
};

const shortValues = ({ fullName: _full, longAt: _long, ...values }: Values, name: string) => ({ ...values, name });

const smsOf = (facts: CaseMessageFacts, catalogue: Catalogue, { texts }: Update, values: Values): string => {
  const { family, link } = facts;
  const { sms: opening } = catalogue.updates.opening[kindOf(facts)];
  const write = (representative: string): string =>
    fitShortSms({ name: family.person.name, someone: catalogue.someone }, (name) =>
      [
        fill(opening, { name }),
        fill(texts.sms, { ...shortValues(values, name), representative }),
        ...(link === undefined ? [] : [link]),
      ].join(' '),
    );
  const whole = write(values.representative);
  return countParts(whole) <= 2 ? whole : write(shortestName(values.representative, catalogue.someone));
};

const emailOf = (facts: CaseMessageFacts, catalogue: Catalogue, update: Update, values: Values): string => {
  const { alert, desk, family, link } = facts;
  const { updates, messages } = catalogue;
  const raised = messages['alert.raised.v1'].email;
  const { fullName, longAt, ...rest } = values;
  const all = { ...rest, at: longAt, name: family.person.name.normalize('NFC') };
  const phoneLine = fill(values.phone === desk.phone ? raised.deskPhone : raised.officePhone, {
    phone: values.phone,
    desk: desk.name,
  });
  const office =
    fullName === undefined ? [phoneLine] : [`${fill(updates.officeTitle, { office: fullName })}\n${phoneLine}`];
  const stepsTitle = alert.drill ? raised.drill.stepsTitle : (update.stepsTitle ?? raised.actual.stepsTitle);
  const { addition } = update;
  const kind = kindOf(facts);
  return [
    ...(alert.drill ? [updates.drillNotice] : []),
    ...(kind === 'actual' || kind === 'drill' ? [] : [fill(updates.notice[kind], { name: all.name })]),
    fill(update.texts.email, all) + (addition === undefined ? '' : `\n${fill(addition, all)}`),
    ...(alert.consularNotification ? office : []),
    [stepsTitle, ...update.steps.map((step, index) => `${index + 1}. ${fill(step, all)}`)].join('\n'),
    ...(link === undefined ? [] : [fill(catalogue.casePage, { link })]),
    updates.footer,
  ].join('\n\n');
};

/**
 * Tells the family of a later event of the case, in their language. No coordinates are in it (G8); of a cancellation
 * it is the same text whether the person was forced or not (G7).
 *
 * @returns `undefined` for events of which the family is not told
 */
export const composeCaseEventForFamily = (facts: CaseMessageFacts): Publication | undefined => {
  const { alert, event, family } = facts;
  const catalogue = catalogues[family.person.language];
  const update = updateOf(facts, catalogue);
  if (!update) return undefined;
  const kind = alert.drill ? 'drill' : 'actual';
  const values = valuesOf(facts, catalogue, update);
  return {
    subject: fitSubject({ name: family.person.name, someone: catalogue.someone }, (name) =>
      [
        fill(catalogue.updates.opening[kindOf(facts)].subject, { name }),
        fill(update.texts.subject, shortValues(values, name)),
      ].join(' '),
    ),
    bodies: {
      default: catalogue.updates.default[kind],
      sms: smsOf(facts, catalogue, update, values),
      email: emailOf(facts, catalogue, update, values),
    },
    attributes: { type: event.type, drill: String(alert.drill) },
  };
};
