import type { Alert } from './alert.ts';
import { positionFactsOf } from './alert-position.ts';
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
  /** Presses left in these cells since then. Strongly consistent; some are farther than an incident reaches. */
  left(cells: readonly string[], since: string): Promise<readonly PressPlace[]>;
  /** Keeps on the alert to which incident it belongs, unless it does to one. @returns what it belongs to */
  record(press: PressPlace, incident: Incident): Promise<Incident>;
  /** The presses of an incident, newest first. */
  members(incidentId: string): Promise<readonly Pick<Alert, 'familyId' | 'alertId'>[]>;
  /** An id that follows from the press, and does not say which it is. */
  idOf(press: Pick<Alert, 'familyId' | 'alertId'>): string;
};

const rowDegrees = 0.04;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const degreesOf = (meters: number): number => meters / 110_000;

/** How wide cells of a row are, degrees of longitude: at least as many metres as they are high. */
const widthOf = (row: number): number => {
  const farthest = Math.max(Math.abs(row), Math.abs(row + 1)) * rowDegrees;
  return rowDegrees / Math.max(Math.cos(radians(Math.min(farthest, 89))), 0.01);
};

/** The cell of a place; each is over twice as wide and high as an incident reaches. */
export const cellOf = ({ latitude, longitude }: Pick<PressPlace, 'latitude' | 'longitude'>): string => {
  const row = Math.floor(latitude / rowDegrees);
  return `${row}.${Math.floor(longitude / widthOf(row))}`;
};

/** The cells that an incident reaches from a place: at most four. */
export const cellsAround = (place: Pick<PressPlace, 'latitude' | 'longitude'>): readonly string[] => {
  const reach = degreesOf(incidentMeters);
  const corners = [-1, 1].flatMap((north) => {
    const latitude = place.latitude + north * reach;
    const perDegree = widthOf(Math.floor(latitude / rowDegrees)) / rowDegrees;
    return [-1, 1].map((east) => cellOf({ latitude, longitude: place.longitude + east * reach * perDegree }));
  });
  return [...new Set(corners)];
};

/** Since when a press may be one of an incident with this one. */
const incidentSince = ({ raisedAt }: Pick<PressPlace, 'raisedAt'>): string =>
  new Date(Date.parse(raisedAt) - incidentMs).toISOString();

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
 * @returns `undefined` if nobody else pressed near it
 */
export const findIncident = async (
  store: IncidentStore,
  press: PressPlace,
): Promise<{ readonly incident: Incident; readonly others: readonly PressPlace[] } | undefined> => {
  // First left, then looked for: of two at once at least one finds the other.
  await store.leave(press);
  const others = near(press, await store.left(cellsAround(press), incidentSince(press)));
  const [earliest] = inOrder([press, ...others]);
  if (others.length === 0 || !earliest) return undefined;
  const known = others.find(({ incidentId }) => incidentId !== undefined)?.incidentId;
  const id = known ?? store.idOf(earliest);
  const nth = (of: PressPlace): number => 1 + others.filter((other) => isBefore(other, of)).length;
  const alone = others.filter((other) => other.incidentId === undefined && isBefore(other, press));
  const [incident] = await Promise.all([
    store.record(press, { id, nth: nth(press) }),
    ...alone.slice(0, mostOfIncidentRecorded).map(async (other) => store.record(other, { id, nth: nth(other) })),
  ]);
  return { incident, others };
};
