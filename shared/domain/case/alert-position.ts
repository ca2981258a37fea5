import type { Family } from '../family/family.ts';
import type { ChooseConsulateFacts } from '../offices/choose-consulate.ts';
import type { Position, PositionFacts, PositionFlaw } from '../position.ts';
import { decidingPlace, isUsable, trustOf } from '../position.ts';
import type { Alert } from './alert.ts';

/** What has to be known to trust a position of an alert. */
export const positionFactsOf = (
  { pressedAt, raisedAt }: Pick<Alert, 'pressedAt' | 'raisedAt'>,
  homePosition: Position | undefined,
  officeMeters: PositionFacts['officeMeters'],
): PositionFacts => ({ pressedAt: pressedAt ?? raisedAt, homePosition, officeMeters });

/** By what the office of a press is searched. */
export const searchFactsOf = (
  { consularNotification, position, pressedAt, raisedAt }: Alert,
  { person: { homePosition } }: Pick<Family, 'person'>,
): ChooseConsulateFacts => ({ consularNotification, position, homePosition, pressedAt: pressedAt ?? raisedAt });

/** The place by which an office is chosen without a search: a trusted position, else the registered home, else any. */
export const placeOf = (
  alert: Pick<Alert, 'position' | 'pressedAt' | 'raisedAt'>,
  { person }: Pick<Family, 'person'>,
  officeMeters: PositionFacts['officeMeters'],
): Position | undefined => {
  const place = decidingPlace(alert.position, positionFactsOf(alert, person.homePosition, officeMeters));
  return place.by === 'nothing' ? undefined : place.position;
};

/** What is wrong with a position of an alert, if something is. */
export const flawIn =
  (
    alert: Pick<Alert, 'pressedAt' | 'raisedAt'>,
    { person }: Pick<Family, 'person'>,
    officeMeters: PositionFacts['officeMeters'],
  ) =>
  (position: Position): PositionFlaw | undefined => {
    const trust = trustOf(position, positionFactsOf(alert, person.homePosition, officeMeters));
    return trust.kind === 'untrusted' ? trust.flaw : undefined;
  };

/**
 * Where the phone is as far as is known: the newest position, unless that is not trusted and that of the press is, as
 * nobody is to be sent to where the phone is not.
 */
export const knownPosition = (
  alert: Pick<Alert, 'lastPosition' | 'position' | 'pressedAt' | 'raisedAt'>,
  family: Pick<Family, 'person'>,
  officeMeters: PositionFacts['officeMeters'],
): { readonly position: Position; readonly flaw: PositionFlaw | undefined } | undefined => {
  const flawOf = flawIn(alert, family, officeMeters);
  const known = [alert.lastPosition, alert.position]
    .filter(isUsable)
    .map((position) => ({ position, flaw: flawOf(position) }));
  return known.find(({ flaw }) => flaw === undefined) ?? known[0];
};
