import type { Alert } from './alert.ts';

/** No letter or digit that is heard or read as another: 0 and O, 1, I and L are out. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const folioLength = 4;

/** FNV-1a with the last step of MurmurHash3, so that ids that differ in one digit have folios that differ in all. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/**
 * What a family says on the phone and an officer looks up. It follows from the ids and is stored nowhere. It is no secret,
 * and one of 923,521: two open cases hardly ever share one.
 */
export const folioOf = (familyId: string, alertId: string): string => {
  let rest = hashOf(`${familyId}.${alertId}`);
  let folio = '';
  while (folio.length < folioLength) {
    folio += alphabet.charAt(rest % alphabet.length);
    rest = Math.floor(rest / alphabet.length);
  }
  return folio;
};

/** The case's folio, if any office knows of the case. Without authorisation a folio would send a family to one. */
export const folioToSay = ({
  familyId,
  alertId,
  consularNotification,
  drill,
}: Pick<Alert, 'familyId' | 'alertId' | 'consularNotification' | 'drill'>): string | undefined =>
  consularNotification && !drill ? folioOf(familyId, alertId) : undefined;
