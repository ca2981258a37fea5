import * as v from 'valibot';
import { isFamilysAlone, listedOffices } from '../case/alert.ts';
import type { Case } from '../case/case.ts';
import type { CaseEvent } from '../case/case-event.ts';
import { defined } from '../defined.ts';
import { localFormats } from '../local-formats.ts';
import type { ReadOnly } from '../read-only.ts';
import { dispositions } from '../vocabulary.ts';

/**
 * Nothing says who, where or at which minute: it is kept when the case is forgotten. It is written whole whenever
 * something has happened to the case, so that no retry counts twice.
 */
export const caseNumbersSchema = v.object({
  /** Day of the press by the clock of each office that was told, and of the ministry, as in 2026-11-28. */
  days: v.record(v.string(), v.string()),
  /** Seconds from the press until an officer took the case, and the id of their office. */
  takenAfter: v.exactOptional(v.number()),
  takenBy: v.exactOptional(v.string()),
  representativeAfter: v.exactOptional(v.number()),
  /** Seconds from the press until somebody of a roster was asked, accepted, and first reached the person or the family. */
  offeredAfter: v.exactOptional(v.number()),
  acceptedAfter: v.exactOptional(v.number()),
  contactedAfter: v.exactOptional(v.number()),
  /** How many who were asked did not answer in time. */
  unanswered: v.exactOptional(v.number()),
  isClosed: v.boolean(),
  disposition: v.exactOptional(v.picklist(dispositions)),
  revision: v.number(),
});
export type CaseNumbers = ReadOnly<v.InferOutput<typeof caseNumbersSchema>>;

export type NumbersStore = {
  /** Writes what is counted of a case, unless a later view of the case is there. `month`: of UTC, as in 2026-11. */
  count(
    ref: { readonly familyId: string; readonly alertId: string; readonly month: string },
    numbers: CaseNumbers,
  ): Promise<void>;
  ofMonth(month: string): Promise<readonly CaseNumbers[]>;
};

/** An IANA zone. */
export type ZoneOf = (officeId: string) => string;

const dayFormat = localFormats('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' });

export const dayIn = (at: Date, timeZone: string): string => dayFormat(timeZone).format(at);

const secondsSince = (from: string, event: CaseEvent | undefined): number | undefined =>
  event && Math.max(0, Math.round((Date.parse(event.at) - Date.parse(from)) / 1000));

/** How the search for a representative went. */
const offersIn = ({ alert, events }: Pick<Case, 'alert' | 'events'>) => {
  const first = (such: (event: CaseEvent) => boolean) => secondsSince(alert.raisedAt, events.find(such));
  const unanswered = events.filter(({ type }) => type === 'representative.lapsed.v1').length;
  return defined({
    offeredAfter: first(({ type }) => type === 'representative.offered.v1'),
    acceptedAfter: first(({ type, by }) => type === 'alert.representative-assigned.v1' && by.kind === 'representative'),
    contactedAfter: first(({ type }) => type === 'representative.contacted.v1'),
    unanswered: unanswered === 0 ? undefined : unanswered,
  });
};

/** `undefined`: a drill, one more press of a case, or a case of which no office hears. */
export const numbersOf = (
  { alert, events }: Pick<Case, 'alert' | 'events'>,
  zoneOf: ZoneOf,
): CaseNumbers | undefined => {
  if (alert.drill || alert.joined || isFamilysAlone(alert)) return undefined;
  const raised = new Date(alert.raisedAt);
  const taken = events.find(({ type }) => type === 'alert.acknowledged.v1');
  const takenAfter = secondsSince(alert.raisedAt, taken);
  const represented = events.find(({ type }) => type === 'alert.representative-assigned.v1');
  const representativeAfter = secondsSince(alert.raisedAt, represented);
  return {
    days: Object.fromEntries(listedOffices(alert).map((id) => [id, dayIn(raised, zoneOf(id))])),
    ...(takenAfter !== undefined && { takenAfter }),
    ...(taken?.by.kind === 'officer' && { takenBy: taken.by.officeId }),
    ...(representativeAfter !== undefined && { representativeAfter }),
    ...offersIn({ alert, events }),
    isClosed: alert.state === 'closed',
    ...defined({ disposition: alert.disposition }),
    revision: alert.revision ?? 0,
  };
};
