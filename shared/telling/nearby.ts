import { type Alert, toldOffices } from '../domain/case/alert.ts';
import type { Incident, IncidentStore, PressPlace } from '../domain/case/incident.ts';
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

/** Where a press may be one of several. */
export const placeIn = (
  { openConsulates }: Pick<NearbyDeps, 'openConsulates'>,
  alert: Alert,
  { person }: Family,
): PressPlace | undefined => placeOfPress(alert, person.homePosition, metersToNearest(openConsulates));

const find = async (
  deps: NearbyDeps,
  alert: Alert,
  family: Family,
  options: { readonly isLeft?: boolean },
): Promise<Nearby | undefined> => {
  const place = placeIn(deps, alert, family);
  const readNewest = async (places: readonly PressPlace[]) =>
    Promise.all(
      places
        .toReversed()
        .slice(0, mostNamed)
        .map(async ({ familyId, alertId }) => deps.alerts.get(familyId, alertId)),
    );
  const found = place && (await findIncident(deps.incidents, place, readNewest, options));
  if (!found) return undefined;
  return {
    incident: found.incident,
    town: deps.townNear(place),
    others: found.others.filter((other) => other !== undefined),
  };
};

/**
 * Looks whether others pressed near. A press never waits long for it, and no fault of it keeps anybody from hearing:
 * what is not found in time is left out of the message.
 * @param options.isLeft its place was left with something else
 */
export const lookNearby = async (
  deps: NearbyDeps,
  alert: Alert,
  family: Family,
  options: { readonly isLeft?: boolean } = {},
): Promise<Nearby | undefined> => {
  const { promise: tooLate, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), incidentWaitMs);
  try {
    return await Promise.race([find(deps, alert, family, options).catch(() => undefined), tooLate]);
  } finally {
    clearTimeout(timer);
  }
};

/** Of the other cases, those that a recipient was told of. */
export const seenBy = (recipient: AuthorityRecipient, { others }: Nearby): readonly Alert[] =>
  recipient.kind === 'ministry'
    ? others
    : others.filter((other) => toldOffices(other).includes(recipient.consulate.id));
