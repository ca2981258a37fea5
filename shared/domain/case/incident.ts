import type { Alert } from './alert.ts';
import { positionFactsOf } from './alert-position.ts';
import { utcDay } from '../clock.ts';
import { incidentMeters, incidentMs, mostOfIncidentRecorded } from '../limits.ts';
import { distanceMeters } from '../offices/distance.ts';
import type { Position, PositionFacts } from '../position.ts';
import { trustOf } from '../position.ts';

/** Presses near each other in place and time. `nth`: the how many-th a press was there. */
export type Incident = NonNullable<Alert['incident']>;

/** Where and when somebody pressed. */
export type PressPlace = Pick<Alert, 'familyId' | 'alertId' | 'raisedAt'> & {
  readonly latitude: number;
  readonly longitude: number;
  readonly incidentId?: string;
};

/** What is known of presses by place: only ids, times and places, and those only for an hour. */
export type IncidentStore = {
  /** Leaves a press where others look for it. The same twice is one. */
  leave(press: PressPlace): Promise<void>;
  /** Presses left where an incident with this one may be. Strongly consistent; some are farther, in place or time. */
  leftNear(press: PressPlace): Promise<readonly PressPlace[]>;
  /** Keeps on the alert to which incident it belongs, unless it does to one. @returns what it belongs to */
  record(press: PressPlace, incident: Incident): Promise<Incident>;
  /** The presses of an incident, newest first. */
  members(incidentId: string): Promise<readonly Pick<Alert, 'familyId' | 'alertId'>[]>;
  /** An id that follows from the press, and does not say which it is. */
  idOf(press: Pick<Alert, 'familyId' | 'alertId'>): string;
};

const bandDegrees = 0.5;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;
/** How far an incident reaches north and south. */
const reachDegrees = incidentMeters / 110_000;

const bandAt = (latitude: number, at: Date): string => `${Math.floor(latitude / bandDegrees)}.${utcDay(at)}`;

/** Presses of a day, of UTC, lie by their longitude in bands of latitude, 55 km high. */
export const bandOf = ({ latitude, raisedAt }: Pick<PressPlace, 'latitude' | 'raisedAt'>): string =>
  bandAt(latitude, new Date(raisedAt));

/**
 * The bands that an incident reaches from a press, and between which longitudes: one band for nine presses in ten, at most
 * two bands of two days.
 */
export const reachOfIncident = ({ latitude, longitude, raisedAt }: Omit<PressPlace, 'familyId' | 'alertId'>) => {
  const farthest = Math.min(Math.abs(latitude) + reachDegrees, 89);
  const reach = reachDegrees / Math.cos(radians(farthest));
  const bands = [-1, 1].flatMap((side) =>
    [-incidentMs, incidentMs].map((ms) => bandAt(latitude + side * reachDegrees, new Date(Date.parse(raisedAt) + ms))),
  );
  return { bands: [...new Set(bands)], west: longitude - reach, east: longitude + reach };
};

/** The place of a press that may be one of an incident: an authorised real one, of a position that is trusted. */
export const placeOfPress = (
  alert: Alert,
  homePosition: Position | undefined,
  officeMeters: PositionFacts['officeMeters'],
): PressPlace | undefined => {
  const { familyId, alertId, raisedAt, position, drill, consularNotification } = alert;
  if (drill || !consularNotification || !position) return undefined;
  const { latitude, longitude } = position;
  const isTrusted = trustOf(position, positionFactsOf(alert, homePosition, officeMeters)).kind === 'trusted';
  return isTrusted ? { familyId, alertId, raisedAt, latitude, longitude } : undefined;
};

const isBefore = (one: PressPlace, other: PressPlace): boolean =>
  one.raisedAt === other.raisedAt ? one.alertId < other.alertId : one.raisedAt < other.raisedAt;

const inOrder = (presses: readonly PressPlace[]): readonly PressPlace[] =>
  presses.toSorted((one, other) => (isBefore(one, other) ? -1 : 1));

/** Of other people, within the reach of an incident; in their order. */
const near = (press: PressPlace, others: readonly PressPlace[]): readonly PressPlace[] =>
  inOrder(
    others.filter(
      (other) =>
        other.familyId !== press.familyId &&
        Math.abs(Date.parse(other.raisedAt) - Date.parse(press.raisedAt)) <= incidentMs &&
        distanceMeters(other, press) <= incidentMeters,
    ),
  );

/**
 * Finds the incident of a press, and keeps it: on the press, and on earlier ones that were alone until now. Whoever comes
 * to it first, and of presses in one instant too, the id is the same: that of the incident which the earliest belongs to,
 * else one that follows from the earliest.
 * @param read what is read of the others, newest last, while it is kept: whoever is told waits for both
 * @param options.isLeft it was left before, with something else
 * @returns `undefined` if nobody else pressed near it
 */
export const findIncident = async <Read>(
  store: IncidentStore,
  press: PressPlace,
  read: (others: readonly PressPlace[]) => Promise<Read>,
  { isLeft = false } = {},
): Promise<{ readonly incident: Incident; readonly others: Read } | undefined> => {
  // First left, then looked for: of two at once at least one finds the other.
  if (!isLeft) await store.leave(press);
  const others = near(press, await store.leftNear(press));
  const [earliest] = inOrder([press, ...others]);
  if (others.length === 0 || !earliest) return undefined;
  const kept = others.find(({ incidentId }) => incidentId !== undefined)?.incidentId;
  const id = kept ?? store.idOf(earliest);
  const nth = (of: PressPlace): number => 1 + others.filter((other) => isBefore(other, of)).length;
  const alone = others.filter((other) => other.incidentId === undefined && isBefore(other, press));
  const [incident, known] = await Promise.all([
    store.record(press, { id, nth: nth(press) }),
    read(others),
    ...alone.slice(0, mostOfIncidentRecorded).map(async (other) => store.record(other, { id, nth: nth(other) })),
  ]);
  return { incident, others: known };
};
