import type { Alert } from '../domain/case/alert.ts';
import { toldOffices } from '../domain/case/alert.ts';
import type { Incident, IncidentStore } from '../domain/case/incident.ts';
import { findIncident, placeOfPress } from '../domain/case/incident.ts';
import type { AlertReader } from '../domain/case/read-alert.ts';
import type { Family } from '../domain/family/family.ts';
import { incidentWaitMs } from '../domain/limits.ts';
import type { Consulate } from '../domain/offices/consulate.ts';
import { metersToNearest } from '../domain/offices/nearest-consulates.ts';
import type { Position } from '../domain/position.ts';
import type { AuthorityRecipient } from './recipient.ts';

export type NearbyDeps = {
  readonly incidents: IncidentStore;
  readonly alerts: Pick<AlertReader, 'get'>;
  readonly openConsulates: readonly Consulate[];
  /** The name of the town nearest to a place. */
  readonly townNear: (place: Position) => string;
};

/** The incident of a press, as the message about it says. */
export type Nearby = {
  readonly incident: Incident;
  /** The town near it. */
  readonly town: string;
  /** The cases of the others, newest first. */
  readonly others: readonly Alert[];
};

/** So many others are named in a message; the page has them all. */
const mostNamed = 10;

const find = async (deps: NearbyDeps, alert: Alert, { person }: Family): Promise<Nearby | undefined> => {
  const place = placeOfPress(alert, person.homePosition, metersToNearest(deps.openConsulates));
  const found = place && (await findIncident(deps.incidents, place));
  if (!found) return undefined;
  const newest = found.others.toReversed().slice(0, mostNamed);
  const others = await Promise.all(newest.map(async ({ familyId, alertId }) => deps.alerts.get(familyId, alertId)));
  return {
    incident: found.incident,
    town: deps.townNear(place),
    others: others.filter((other) => other !== undefined),
  };
};

/**
 * Looks whether others pressed near. A press never waits long for it, and no fault of it keeps anybody from hearing:
 * what is not found in time is left out of the message.
 */
export const lookNearby = async (deps: NearbyDeps, alert: Alert, family: Family): Promise<Nearby | undefined> => {
  const { promise: tooLate, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), incidentWaitMs);
  try {
    return await Promise.race([find(deps, alert, family).catch(() => undefined), tooLate]);
  } finally {
    clearTimeout(timer);
  }
};

/** Of the other cases, those that a recipient was told of. */
export const seenBy = (recipient: AuthorityRecipient, { others }: Nearby): readonly Alert[] =>
  recipient.kind === 'ministry'
    ? others
    : others.filter((other) => toldOffices(other).includes(recipient.consulate.id));
