import { type DigestDocument, digestSchema } from '../contracts/digest.ts';
import type { TimelineEntry } from '../contracts/timeline.ts';
import { type Alert, isSecretOrigin, isUntaken } from '../domain/case/alert.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import { folioOf } from '../domain/case/folio.ts';
import { officeListOf } from '../domain/case/links.ts';
import { caseIdOf } from '../domain/case/open-cases.ts';
import type { Family } from '../domain/family/family.ts';
import { ministryOwns } from '../domain/offices/consulate.ts';
import type { Offices } from '../domain/offices/office-in-charge.ts';
import type { PositionFacts } from '../domain/position.ts';
import { catalogues, officersLanguage, officersWords } from '../words/catalogues.ts';
import { fill } from '../words/fill.ts';
import { countParts, foldToGsm } from '../words/gsm0338.ts';
import { writeTime } from '../words/local-time.ts';
import { writeDistance } from '../words/measures.ts';
import { oneLine } from '../words/one-line.ts';
import { fitSubject, shortestName } from '../words/short-text.ts';
import { caseTimeZone } from '../words/time-zone.ts';
import { describe } from './describe.ts';
import { officeRef, shortName } from './office-ref.ts';
import type { Publication } from './publication.ts';
import { recipientId } from './raised-message.ts';
import type { AuthorityRecipient } from './recipient.ts';
import { valuesOfTwo } from './two-offices.ts';
import { timelineOf } from './timeline.ts';

const { officers, time, case: caseWords } = officersWords;
const { digest: texts, press } = officers;

/** One case with what people have not been told of it, and the link for its row. */
export type DigestCase = {
  readonly alert: Alert;
  readonly family: Family;
  /** Whether the press is among it. */
  readonly press: boolean;
  readonly events: readonly CaseEvent[];
  /** Absolute URL of the recipient's page of the case. */
  readonly link: string;
};

type RowFacts = Offices & { readonly officeMeters: PositionFacts['officeMeters'] };

export type DigestFacts = {
  readonly drill: boolean;
  /** Unique: part of the document's identifier. */
  readonly digestId: string;
  readonly now: Date;
};

/** A case as the texts need it. */
export type DigestRow = DigestCase & {
  readonly forced: boolean;
  readonly folio: string;
  readonly entries: readonly { readonly entry: TimelineEntry; readonly what: string; readonly at: string }[];
  readonly place: string;
};

const placeOf = ({ alert: { facility, consulate = ministryOwns } }: DigestCase, offices: Offices): string => {
  if (facility !== undefined) return oneLine(facility);
  const office = shortName(officeRef(offices, consulate.id), caseWords);
  return consulate.distanceMeters === null
    ? office
    : fill(texts.near, { office, distance: writeDistance(consulate.distanceMeters) });
};

/** Where it is, and, where two offices were told, whose it is. */
const whereAndWhose = (one: DigestCase, offices: Offices): string => {
  const { twoOffices } = one.alert;
  const place = placeOf(one, offices);
  return twoOffices ? fill(texts.twoOffices, { place, ...valuesOfTwo(offices, twoOffices) }) : place;
};

const isForced = ({ alert: { duress, origin } }: DigestCase): boolean =>
  duress === true || isSecretOrigin(origin?.kind);

/** What a digest says of an event is its line, as pages and mails have it. */
export const digestRow = (one: DigestCase, facts: RowFacts): DigestRow => {
  const { alert, family, events } = one;
  const { consulate = ministryOwns } = alert;
  const timeZone = caseTimeZone(alert, family, facts.consulateById(consulate.id), facts.officeMeters);
  const [pressed, ...later] = timelineOf({ alert, family, events: [...events] }, facts);
  const entries = [...(one.press && pressed ? [pressed] : []), ...later];
  return {
    ...one,
    forced: isForced(one),
    folio: folioOf(alert.familyId, alert.alertId),
    place: whereAndWhose(one, facts),
    entries: entries.map((entry) => {
      // Beside an entry of a page stands who did it: here only the representative is somebody whom the office has to call.
      const doer = entry.by.kind === 'representative' ? entry.by.name : undefined;
      const { what, about = doer } = describe(entry, { words: catalogues[officersLanguage], timeZone });
      return {
        entry,
        what: oneLine(about === undefined ? what : `${what}: ${about}`),
        at: writeTime(new Date(entry.at), timeZone, time, 'short'),
      };
    }),
  };
};

/** Those who are forced first, then whom nobody has taken; among each the oldest first, as they come. */
const sectionsOf = (
  rows: readonly DigestRow[],
): readonly { readonly title: string; readonly rows: readonly DigestRow[] }[] => {
  const { forced, untaken, others } = Object.groupBy(rows, (row) =>
    row.forced ? 'forced' : isUntaken(row.alert) ? 'untaken' : 'others',
  );
  return [
    { title: texts.sections.forced, rows: forced ?? [] },
    { title: texts.sections.untaken, rows: untaken ?? [] },
    { title: texts.sections.others, rows: others ?? [] },
  ].filter((section) => section.rows.length > 0);
};

const countOf = (rows: readonly DigestRow[]): string => {
  const forced = rows.filter((row) => row.forced).length;
  const count = fill(texts.count[rows.length === 1 ? 'one' : 'other'], { count: String(rows.length) });
  return forced === 0 ? count : `${count}${fill(texts.forced, { forced: String(forced) })}`;
};

/** The first of the names, and how many there are besides. */
const namesOf = (names: readonly string[], total: number): string => {
  const list = names.join(', ');
  return names.length === total ? list : fill(texts.names, { names: list, more: String(total - names.length) });
};

const emailOf = (rows: readonly DigestRow[], drill: boolean): string => {
  let number = 0;
  const lineOf = ({ family, entries, place, folio, link }: DigestRow): string =>
    fill(texts.line, {
      number: String((number += 1)),
      name: oneLine(family.person.name),
      happened: entries.map(({ at, what }) => fill(texts.happened, { at, what })).join('; '),
      place,
      folio,
      link,
    });
  const [first] = rows;
  const sections = sectionsOf(rows).map(({ title, rows: own }) => [`${title} (${own.length})`, ...own.map(lineOf)]);
  return [
    // A link out of a drill opens that drill alone.
    ...(drill || !first ? [texts.drill] : [fill(texts.list, { link: officeListOf(first.link) })]),
    fill(texts.together[rows.length === 1 ? 'one' : 'other'], { count: String(rows.length) }),
    ...sections.map((lines) => lines.join('\n')),
    texts.end,
  ].join('\n\n');
};

const openingOf = (rows: readonly DigestRow[], drill: boolean): string => {
  if (drill) return texts.opening.drill;
  const isAlarm = rows.some(({ forced, alert }) => forced || isUntaken(alert));
  return texts.opening[isAlarm ? 'alarm' : 'news'];
};

/** Two parts: how many, whom to look at first with their folios, and the list. */
const smsOf = (rows: readonly DigestRow[], drill: boolean): string => {
  const [first] = rows;
  const link = first === undefined ? '' : drill ? first.link : officeListOf(first.link);
  const write = (shown: number): string => {
    const names = rows
      .slice(0, shown)
      .map(({ family, folio }) => `${shortestName(family.person.name, press.someone)} ${folio}`);
    const values = { count: countOf(rows), names: namesOf(names, rows.length) };
    return foldToGsm(`${fill(openingOf(rows, drill), values)}. ${link}`);
  };
  const fitting = [4, 3, 2].filter((shown) => shown < rows.length + 1).find((shown) => countParts(write(shown)) <= 2);
  return write(fitting ?? 1);
};

const subjectOf = (rows: readonly DigestRow[], drill: boolean): string => {
  const [first, second] = rows;
  const named = { name: first?.family.person.name ?? '', someone: press.someone };
  const other = second ? [shortestName(second.family.person.name, press.someone)] : [];
  return fitSubject(named, (name) =>
    fill(openingOf(rows, drill), {
      count: countOf(rows),
      names: namesOf([name, ...other], rows.length),
    }),
  );
};

const documentOf = (recipient: AuthorityRecipient, rows: readonly DigestRow[], facts: DigestFacts): DigestDocument => {
  const [first] = rows;
  const identifierOf = (familyId: string, alertId: string, { eventId, type }: TimelineEntry): string =>
    `alert-button/${familyId}/${alertId}/${eventId === 'raised' ? type : eventId}`;
  return digestSchema.parse({
    specVersion: '1.2',
    type: 'cases.digest.v1',
    identifier: `alert-button/digest/${recipientId(recipient)}/${facts.digestId}`,
    sender: 'alert-button',
    sent: facts.now.toISOString(),
    status: facts.drill ? 'Exercise' : 'Actual',
    msgType: 'Update',
    scope: 'Private',
    addresses: [recipientId(recipient)],
    info: {
      language: 'es-MX',
      headline: subjectOf(rows, facts.drill),
      ...(first && !facts.drill && { web: officeListOf(first.link) }),
    },
    cases: rows.map(({ alert, family, folio, link, entries }) => ({
      caseId: caseIdOf(alert),
      folio,
      alertId: alert.alertId,
      familyId: alert.familyId,
      person: { name: family.person.name },
      state: alert.state,
      underDuress: alert.duress === true,
      web: link,
      happened: entries.map(({ entry, what }) => ({
        identifier: identifierOf(alert.familyId, alert.alertId, entry),
        eventId: entry.eventId === 'raised' ? null : entry.eventId,
        type: entry.type,
        at: new Date(entry.at).toISOString(),
        what,
      })),
    })),
  } satisfies DigestDocument);
};

/** One mail in place of many: who, what happened, where, and the link to each. @param cases at least one */
export const composeDigest = (
  recipient: AuthorityRecipient,
  cases: readonly DigestRow[],
  facts: DigestFacts,
): Publication => {
  const rows = cases.toSorted((one, other) => Number(other.forced) - Number(one.forced));
  return {
    subject: subjectOf(rows, facts.drill),
    bodies: {
      default: JSON.stringify(documentOf(recipient, rows, facts)),
      sms: smsOf(rows, facts.drill),
      email: emailOf(rows, facts.drill),
    },
    attributes: { type: 'cases.digest.v1', drill: String(facts.drill), consulateId: recipientId(recipient) },
  };
};
