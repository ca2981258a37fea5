import type { Alert } from '../case/alert.ts';
import { isUntaken } from '../case/alert.ts';
import type { CaseEvent, CaseEventDetail } from '../case/case-event.ts';
import { onAlert } from '../case/case-event.ts';
import type { Case, CaseChange } from '../case/case.ts';
import type { Deliveries } from '../case/deliveries.ts';
import { officeKeys, pendingTo } from '../case/deliveries.ts';
import type { AskDeps, Asked } from './ask.ts';
import { ask, isOfferMade, mayBeOffered, nextOf, readRosters, rostersOf, usualMatter, waitFor } from './ask.ts';
import type { ZoneOfOffice } from './next-representative.ts';
import { askableAt } from './next-representative.ts';
import type { Offer, Offering } from './offer.ts';
import { isUnanswered, lapsesAtMs, lateAtMs, scheduled, stepped } from './offer.ts';
import type { RosterEntry } from './representative.ts';

type Told = { readonly detail: CaseEventDetail; readonly deliveries: Deliveries };

/** Whether the person's wish begins a search: they asked for a lawyer, an officer attends to the case, none is named. */
const beginsByWish = ({ alert, family }: Case): boolean =>
  family.person.wantsRepresentative === true &&
  alert.offering === undefined &&
  alert.representative === undefined &&
  alert.seenOnly !== true &&
  !isUntaken(alert);

/** Whether nobody heard of the offer: its message reached nobody. */
const isUnheard = ({ events }: Case, offer: Offer): boolean =>
  events.some(
    (event) =>
      isOfferMade(event, offer) &&
      event.deliveries[`representative:${offer.representativeId}`]?.status === 'unreachable',
  );

/** Who did not answer in time, does not hear, or is on the roster no more. */
const lapse = (
  current: Case,
  roster: readonly RosterEntry[],
  now: Date,
): { readonly offers: readonly Offer[]; readonly told: readonly Told[] } => {
  const known = new Set(roster.map(({ representative }) => representative.representativeId));
  const isOver = (offer: Offer): boolean =>
    offer.state === 'offered' &&
    (lapsesAtMs(offer) <= now.getTime() || !known.has(offer.representativeId) || isUnheard(current, offer));
  const { offers = [] } = current.alert;
  return {
    offers: offers.map((offer) => (isOver(offer) ? stepped(offer, 'lapse') : offer)),
    told: offers
      .filter(isOver)
      .map(({ name }) => ({ detail: { type: 'representative.lapsed.v1', name }, deliveries: {} })),
  };
};

/** Somebody else is asked, if somebody is left and not too many have been silent. */
const askNext = (
  current: Case,
  offers: readonly Offer[],
  offering: Offering,
  roster: readonly RosterEntry[],
  now: Date,
  zoneOf: ZoneOfOffice,
): Asked | undefined => {
  if (offering.unansweredAt !== undefined || isUnanswered(offers, offering)) return undefined;
  const { chosen } = offering;
  const entry =
    chosen && roster.find(({ representative }) => representative.representativeId === chosen.representativeId);
  if (entry) {
    // Whoever is urgent is asked at once, and never waits.
    const at = askableAt(entry, false, now, zoneOf);
    return at > now ? waitFor(offers, offering, at, entry) : ask(offers, offering, entry, now);
  }
  const next = nextOf(current, offering, roster, now, zoneOf);
  if (next.kind === 'nobody') return undefined;
  return next.kind === 'ask' ? ask(offers, offering, next.entry, now) : waitFor(offers, offering, next.until);
};

/** Officers are to phone: nobody is left to be asked, or the case has looked for hours, which the ministry hears too. */
const tellUnanswered = (
  alert: Alert,
  offers: readonly Offer[],
  offering: Offering,
  { isStuck, now }: { readonly isStuck: boolean; readonly now: Date },
): { readonly offering: Offering; readonly told: readonly Told[] } => {
  const at = now.toISOString();
  const isLate = offering.lateAt === undefined && lateAtMs(offering) <= now.getTime();
  const isNew = isStuck && offering.unansweredAt === undefined;
  if (!isLate && !isNew) return { offering, told: [] };
  const leading = alert.consulate?.id ?? 'ministry';
  return {
    offering: { ...offering, ...(isNew && { unansweredAt: at }), ...(isLate && { lateAt: at }) },
    told: [
      {
        detail: {
          type: 'representative.unanswered.v1',
          since: offering.startedAt,
          asked: offers.length,
          ...(isLate && { late: true }),
        },
        deliveries: pendingTo(officeKeys(isLate ? [leading, 'ministry'] : [leading])),
      },
    ],
  };
};

const asEvents = (alert: Alert, now: Date, told: readonly Told[]): readonly CaseEvent[] =>
  told.map(({ detail, deliveries }, index) => ({
    ...onAlert(alert, now),
    eventId: `${now.toISOString()}.offers.${index}`,
    by: { kind: 'system' },
    deliveries,
    ...detail,
  }));

const isWaitOver = ({ waitsUntil }: Offering, now: Date): boolean =>
  waitsUntil !== undefined && Date.parse(waitsUntil) <= now.getTime();

/** Nobody is left whom the search could wait for. */
const withoutWait = ({ waitsUntil: _waited, chosen: _chosen, ...offering }: Offering): Offering => offering;

/** One more look while everybody's hours are over is nothing that happened. */
const newsOf = (asked: Asked | undefined, next: Offering, before: Offering): readonly Told[] =>
  asked === undefined || (next.waitsUntil !== undefined && next.waitsUntil === before.waitsUntil) ? [] : [asked];

const mind = (
  current: Case,
  offering: Offering,
  roster: readonly RosterEntry[],
  now: Date,
  zoneOf: ZoneOfOffice,
): CaseChange => {
  const { alert } = current;
  const lapsed = lapse(current, roster, now);
  const isAsking = lapsed.offers.some(({ state }) => state === 'offered');
  // An officer had somebody asked as well, once their hours begin.
  const isWaiting = isAsking && !isWaitOver(offering, now);
  const asked = isWaiting ? undefined : askNext(current, lapsed.offers, offering, roster, now, zoneOf);
  const offers = asked?.offers ?? lapsed.offers;
  const goesOn = asked?.offering ?? (isWaiting ? offering : withoutWait(offering));
  const unanswered = tellUnanswered(alert, offers, goesOn, { isStuck: !isAsking && asked === undefined, now });
  const next = scheduled(offers, unanswered.offering);
  const told = [...lapsed.told, ...newsOf(asked, next, offering), ...unanswered.told];
  return {
    alert,
    set: { offers: [...offers], offering: next },
    events: asEvents(alert, now, told),
    ...(asked?.roster && { roster: asked.roster }),
  };
};

/** Whether anything may have to be done of a search: cheap, as each event of each case asks it. */
const isDue = (current: Case, now: Date): boolean => {
  const { offering, offers = [] } = current.alert;
  if (!offering) return beginsByWish(current);
  if (offering.nextAt === undefined) return false;
  if (Date.parse(offering.nextAt) <= now.getTime()) return true;
  // Somebody has just declined, or does not hear: the next one is not kept waiting for the clock.
  const isWaiting = offering.waitsUntil !== undefined || offering.unansweredAt !== undefined;
  const asked = offers.filter(({ state }) => state === 'offered');
  return asked.length === 0 ? !isWaiting : asked.some((offer) => isUnheard(current, offer));
};

/**
 * What is due of the search for a representative, as a change of the case; `undefined`: nothing. It begins by itself where
 * the person asked for a lawyer, an officer has taken the case, and there is a roster.
 */
export const mindOffers = async (deps: AskDeps, current: Case, now: Date): Promise<CaseChange | undefined> => {
  const { alert } = current;
  if (!mayBeOffered(alert) || !isDue(current, now)) return undefined;
  const { offers = [] } = alert;
  const asked = offers.filter(({ state }) => state === 'offered').map(({ officeId }) => officeId);
  const chosen = alert.offering?.chosen ? [alert.offering.chosen.officeId] : [];
  const roster = await readRosters(deps, [...new Set([...rostersOf(alert), ...asked, ...chosen])]);
  const at = now.toISOString();
  if (alert.offering) return mind(current, alert.offering, roster, now, deps.zoneOf);
  if (roster.length === 0) return undefined;
  return mind(current, { by: 'person', startedAt: at, since: at, matter: usualMatter }, roster, now, deps.zoneOf);
};
