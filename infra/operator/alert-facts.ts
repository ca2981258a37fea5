import { consulateById, ministryDesk } from '../../shared/data/consulates.ts';
import type { Delivery } from '../../shared/domain/case/deliveries.ts';
import { isUntaken } from '../../shared/domain/case/alert.ts';
import { type ToldCase, destinationsOf } from '../../shared/domain/case/destinations.ts';
import type { Consulate, Desk } from '../../shared/domain/offices/consulate.ts';
import { writeDuration } from '../../shared/words/measures.ts';
import type { SeenAlert } from './alert-items.ts';
import { words } from './describe-event.ts';

/** How far the messages to one destination are: `family`, `ministry`, an office's id, or `consulate` before one is chosen. */
type ListedDestination = { readonly id: string; readonly status: Delivery['status']; readonly at: string | null };

/** @param chosen the office of a press, for its delivery `consulate` */
export const nameOfDelivery = (key: string, { id }: Delivery, chosen: string | undefined): string =>
  key === 'consulate' ? (id ?? chosen ?? 'consulate') : key.replace('consulate:', '');

/** What became of each destination. One that was unreachable and has somebody by now is `sent`. */
export const listDestinations = (record: ToldCase): readonly ListedDestination[] =>
  destinationsOf(record, 'outstanding').map(({ kind, id = kind, status, at = null }) => ({ id, status, at }));

/** Whole minutes since an instant. */
export const minutesSince = (at: string, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - Date.parse(at)) / 60_000));

/** Whole minutes since the press came. */
export const minutesOpen = ({ raisedAt }: SeenAlert, now: Date): number => minutesSince(raisedAt, now);

/** For how many whole minutes nobody has the alert; `undefined`: somebody has it, it is closed, or none was to be told. */
export const minutesUntaken = (alert: SeenAlert, now: Date): number | undefined =>
  isUntaken(alert) && !alert.drill && alert.consularNotification
    ? minutesSince(alert.untakenSince ?? alert.raisedAt, now)
    : undefined;

/** For how many whole minutes an alert that somebody took is without an officer's entry. */
export const minutesWithoutEntry = (
  { state, acknowledgedAt, lastEntryAt }: SeenAlert,
  now: Date,
): number | undefined => {
  const since = lastEntryAt ?? acknowledgedAt;
  return state === 'closed' || since === undefined ? undefined : minutesSince(since, now);
};

/**
 * Whether a person asked for help longer ago than the first step of silence and no officer has taken the case. Drills
 * wait for nobody, and where no office was to be told none can.
 */
export const isOverdue = (alert: SeenAlert, now: Date, escalationMinutes: readonly number[]): boolean =>
  (minutesUntaken(alert, now) ?? -1) >= (escalationMinutes[0] ?? 0);

/** `14 min`, `3 h 5 min`, `2 days`. */
export const writeMinutes = (minutes: number): string => writeDuration(minutes, words.time);

/** A state by its name, as pages and messages have it. */
export const stateName = ({ state }: Pick<SeenAlert, 'state'>): string => words.case.states[state].name;

/** Its own phone: the emergency phone is the desk's until somebody has verified one. */
const phoneOf = ({ mainPhone, emergencyPhone }: Consulate): string => {
  if (emergencyPhone !== ministryDesk.phone) return emergencyPhone;
  return mainPhone ?? '(no phone on record)';
};

/** Whom to call about an alert: the office that it was brought to, the one in charge, then the desk. */
export const whomToCall = ({ raisedTo, consulate }: SeenAlert, desk: Desk): string => {
  const ids = new Set([raisedTo?.id, consulate?.id]);
  const phones = [...ids].flatMap((id) => {
    const office = id === undefined ? undefined : consulateById(id);
    return office ? [`${office.name} ${phoneOf(office)}`] : [];
  });
  return [...phones, `${desk.name} ${desk.phone}`].join('; ');
};

/** What raised it: a press, or the name of what did in its stead, such as `missed-check-in`. */
export const causeOf = ({ origin }: SeenAlert): string => origin?.kind ?? 'press';

/** Who has the case: the id of an office, the ministry, nobody yet, or nobody at all. */
export const whoHasIt = ({ consulate, consularNotification, drill }: SeenAlert): string =>
  consulate?.id ?? (consularNotification && !drill ? 'not chosen' : 'none (family only)');
