import type { Alert } from '../case/alert.ts';
import { isFamilysAlone } from '../case/alert.ts';
import type { CaseEvent, CaseEventDetail } from '../case/case-event.ts';
import type { Case, CaseChange } from '../case/case.ts';
import type { Deliveries } from '../case/deliveries.ts';
import { pendingTo } from '../case/deliveries.ts';
import type { Next, ZoneOfOffice } from './next-representative.ts';
import { nextRepresentative } from './next-representative.ts';
import type { Offer, Offering } from './offer.ts';
import { scheduled } from './offer.ts';
import type { RosterEntry, RosterReader, RosterRef } from './representative.ts';
import type { Matter } from '../vocabulary.ts';

export type AskDeps = {
  readonly rosters: Pick<RosterReader, 'ofOffice'>;
  /** IANA zone of an office: hours are those of its clock. */
  readonly zoneOf: ZoneOfOffice;
};

/** Of an immigration lawyer nobody has to be told what the case is about. */
export const usualMatter: Matter = 'immigration';

/** Rosters of which somebody may be asked: the office in charge's own, and the ministry's. */
export const rostersOf = ({ consulate }: Pick<Alert, 'consulate'>): readonly string[] => [
  ...new Set([consulate?.id ?? 'ministry', 'ministry']),
];

export const readRosters = async (
  { rosters }: AskDeps,
  officeIds: readonly string[],
): Promise<readonly RosterEntry[]> =>
  (await Promise.all(officeIds.map(async (officeId) => rosters.ofOffice(officeId)))).flat();

/** Whether a case may be offered: officers know of it, and it is neither over nor nobody's. */
export const mayBeOffered = (alert: Alert): boolean =>
  alert.state !== 'raised' &&
  alert.state !== 'closed' &&
  !alert.drill &&
  alert.joined === undefined &&
  !isFamilysAlone(alert);

/** When the next step of a search is due, epoch milliseconds; `undefined`: none waits. */
export const nextOfferAt = (alert: Alert): number | undefined =>
  mayBeOffered(alert) && alert.offering?.nextAt !== undefined ? Date.parse(alert.offering.nextAt) : undefined;

/** Who fits and was not asked before. */
export const nextOf = (
  { alert, family: { person } }: Case,
  { matter, urgent }: Pick<Offering, 'matter' | 'urgent'>,
  roster: readonly RosterEntry[],
  now: Date,
  zoneOf: ZoneOfOffice,
): Next => {
  const own = rostersOf(alert);
  const wanted = {
    officeId: own[0] ?? 'ministry',
    language: person.speaks ?? person.language,
    matter,
    urgent: urgent === true,
    asked: new Set((alert.offers ?? []).map(({ representativeId }) => representativeId)),
  };
  return nextRepresentative(
    roster.filter(({ representative }) => own.includes(representative.officeId)),
    wanted,
    now,
    zoneOf,
  );
};

/** Whether an event says that this offer was made, and not an earlier one or a later one to the same person. */
export const isOfferMade = (event: CaseEvent, { representativeId, at }: Offer): boolean =>
  event.type === 'representative.offered.v1' && event.representativeId === representativeId && event.at === at;

/** What follows from asking somebody, or from waiting until somebody may be asked. */
export type Asked = {
  readonly offers: readonly Offer[];
  readonly offering: Offering;
  readonly detail: CaseEventDetail;
  readonly deliveries: Deliveries;
  readonly roster?: NonNullable<CaseChange['roster']>;
};

export const ask = (
  offers: readonly Offer[],
  { chosen: _asked, waitsUntil: _waited, ...offering }: Offering,
  { representative }: RosterEntry,
  now: Date,
): Asked => {
  const { representativeId, officeId, name } = representative;
  const ref: RosterRef = { officeId, representativeId };
  const offer: Offer = { ...ref, name, state: 'offered', at: now.toISOString() };
  const { matter, urgent } = offering;
  const all = [...offers.filter((one) => one.representativeId !== representativeId), offer];
  return {
    offers: all,
    offering: scheduled(all, offering),
    detail: {
      type: 'representative.offered.v1',
      representativeId,
      name,
      rosterId: officeId,
      matter,
      ...(urgent && { urgent }),
    },
    deliveries: pendingTo([`representative:${representativeId}`]),
    roster: { asked: [ref] },
  };
};

/** @param entry whom an officer chose; absent: whoever fits then */
export const waitFor = (
  offers: readonly Offer[],
  { chosen: _before, ...offering }: Offering,
  until: Date,
  entry?: RosterEntry,
): Asked => {
  const waitsUntil = until.toISOString();
  const { representative } = entry ?? {};
  const chosen = representative && {
    chosen: { officeId: representative.officeId, representativeId: representative.representativeId },
  };
  return {
    offers,
    offering: scheduled(offers, { ...offering, ...chosen, waitsUntil }),
    detail: {
      type: 'representative.waiting.v1',
      until: waitsUntil,
      ...(representative && { name: representative.name }),
    },
    deliveries: {},
  };
};
