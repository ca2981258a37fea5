import tzLookup from '@photostructure/tz-lookup';
import type { Alert } from '../domain/case/alert.ts';
import { positionFactsOf } from '../domain/case/alert-position.ts';
import type { Family } from '../domain/family/family.ts';
import type { Consulate } from '../domain/offices/consulate.ts';
import { type Position, type PositionFacts, decidingPlace } from '../domain/position.ts';
import { writeOffset } from '../domain/sent-values.ts';
import { deskTimeZone } from './local-time.ts';

/**
 * The IANA zone of a place; `undefined` out at sea. The library's map is coarse: right for each of 1,000 cities, and for
 * 98 % of the country by area, where zones meet (docs/data-sources.md).
 */
export const timeZoneAt = ({ latitude, longitude }: Position): string | undefined => {
  const zone = tzLookup(latitude, longitude);
  return zone.startsWith('Etc/') ? undefined : zone;
};

/**
 * By which clock the times of a case are written: that of the trusted position or of the home, else the offset that the phone sent,
 * else the office's, else the desk's.
 */
export const caseTimeZone = (
  alert: Pick<Alert, 'position' | 'pressedAt' | 'raisedAt' | 'utcOffsetMinutes'>,
  family: { readonly person: Pick<Family['person'], 'homePosition'> },
  office: Pick<Consulate, 'timeZone'> | undefined,
  officeMeters: PositionFacts['officeMeters'],
): string => {
  const place = decidingPlace(alert.position, positionFactsOf(alert, family.person.homePosition, officeMeters));
  const isKnown = place.by === 'home' || (place.by === 'position' && place.trusted);
  const { utcOffsetMinutes } = alert;
  return (
    (isKnown ? timeZoneAt(place.position) : undefined) ??
    (utcOffsetMinutes === undefined ? undefined : writeOffset(utcOffsetMinutes)) ??
    office?.timeZone ??
    deskTimeZone
  );
};
