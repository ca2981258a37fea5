import type { EventRef } from '../domain/event-ref.ts';

/** Key of one item; `docs/data-model.md` lists every item with its keys and access patterns. */
export type Key = { readonly pk: string; readonly sk: string };

export const familyKey = (familyId: string): Key => ({ pk: `FAMILY#${familyId}`, sk: 'FAMILY' });

export const alertKey = (familyId: string, alertId: string): Key => ({
  pk: `FAMILY#${familyId}`,
  sk: `ALERT#${alertId}`,
});

export const registrationKey = (registrationId: string): Key => ({
  pk: `REGISTRATION#${registrationId}`,
  sk: 'REGISTRATION',
});

/** A challenge that a registration has used up. */
export const spentChallengeKey = (challengeId: string): Key => ({ pk: `CHALLENGE#${challengeId}`, sk: 'CHALLENGE' });

/** @param codeHash SHA-256 of the code's letters, hex */
export const recoveryKey = (codeHash: string): Key => ({ pk: `RECOVERY#${codeHash}`, sk: 'RECOVERY' });

/** @param firstHalf letters of the code */
export const deviceCodeKey = (firstHalf: string): Key => ({ pk: `DEVICE-CODE#${firstHalf}`, sk: 'DEVICE-CODE' });

/** @param suffix of an item beside it */
export const pinAttemptsKey = (familyId: string, suffix = ''): Key => ({
  pk: `FAMILY#${familyId}`,
  sk: `PIN-ATTEMPTS${suffix}`,
});

export const checkInKey = (familyId: string, checkInId: string): Key => ({
  pk: `FAMILY#${familyId}`,
  sk: `CHECK-IN#${checkInId}`,
});

export const eventKey = ({ familyId, alertId, eventId, checkInId, addition }: EventRef): Key => {
  if (checkInId !== undefined) return checkInKey(familyId, checkInId);
  if (alertId === undefined) {
    const family = familyKey(familyId);
    return eventId === undefined ? family : { ...family, sk: `FAMILY-EVENT#${eventId}` };
  }
  const alert = alertKey(familyId, alertId);
  if (addition !== undefined) return { ...alert, sk: `ADDITION#${alertId}#${addition}` };
  // Not under the alert's own key: what a family pressed is listed without reading a timeline.
  return eventId === undefined ? alert : { ...alert, sk: `EVENT#${alertId}#${eventId}` };
};

/** What the keys of all events of alerts begin with whose ids begin so. */
export const timelinesKey = (familyId: string, alertIdPrefix: string): Key => ({
  pk: familyKey(familyId).pk,
  sk: `EVENT#${alertIdPrefix}`,
});

/** The reference behind a key of the `due` index; `undefined` for what is no event. */
export const eventRefOf = ({ pk, sk }: Key): EventRef | undefined => {
  const familyId = pk.startsWith('FAMILY#') ? pk.slice('FAMILY#'.length) : undefined;
  if (familyId === undefined) return undefined;
  if (sk === 'FAMILY') return { familyId };
  if (sk.startsWith('FAMILY-EVENT#')) return { familyId, eventId: sk.slice('FAMILY-EVENT#'.length) };
  if (sk.startsWith('CHECK-IN#')) return { familyId, checkInId: sk.slice('CHECK-IN#'.length) };
  if (sk.startsWith('ALERT#')) return { familyId, alertId: sk.slice('ALERT#'.length) };
  const [, pressId, addition] = /^ADDITION#([^#]+)#(.+)$/.exec(sk) ?? [];
  if (pressId !== undefined && addition !== undefined) return { familyId, alertId: pressId, addition };
  const [, alertId, eventId] = /^EVENT#([^#]+)#(.+)$/.exec(sk) ?? [];
  return alertId === undefined || eventId === undefined ? undefined : { familyId, alertId, eventId };
};

/** The entry of a case in the list of an office that was told of it. */
export const listingKey = (familyId: string, alertId: string, officeId: string): Key => ({
  pk: familyKey(familyId).pk,
  sk: `OFFICE#${alertId}#${officeId}`,
});

/** The case of such a key; `undefined` for any other. */
export const caseOfListing = ({ pk, sk }: Key): { readonly familyId: string; readonly alertId: string } | undefined => {
  const [, familyId] = /^FAMILY#(.+)$/.exec(pk) ?? [];
  const [, alertId] = /^OFFICE#([^#]+)#/.exec(sk) ?? [];
  return familyId === undefined || alertId === undefined ? undefined : { familyId, alertId };
};

/** What the family's page shows of a cancelled alert. */
export const familyViewKey = (familyId: string, alertId: string): Key => ({
  pk: `FAMILY#${familyId}`,
  sk: `VIEW#${alertId}`,
});

/** One position after a press. @param slot the stretch of time that it stands for, ISO 8601 UTC */
export const trackKey = (familyId: string, alertId: string, slot: string): Key => ({
  pk: `FAMILY#${familyId}`,
  sk: `TRACK#${alertId}#${slot}`,
});

/** A link by the SHA-256 of its token, hex. */
export const linkKey = (tokenHash: string): Key => ({ pk: `LINK#${tokenHash}`, sk: 'LINK' });

/** That the links to a case were opened. */
export const openingsKey = (familyId: string, alertId: string): Key => ({
  pk: `FAMILY#${familyId}`,
  sk: `LINK#${alertId}#`,
});

/** The same of one recipient's. @param officeId `ministry` and `family` are some as well */
export const openingKey = (familyId: string, alertId: string, officeId: string): Key => {
  const { pk, sk } = openingsKey(familyId, alertId);
  return { pk, sk: `${sk}${officeId}` };
};

/** The link of before they were sealed whose twin this is; `undefined` for any other key. */
export const linkOfTwin = ({ sk }: Key): Key | undefined => {
  const [, tokenHash] = /^LINK#.*#([0-9a-f]{64})$/.exec(sk) ?? [];
  return tokenHash === undefined ? undefined : linkKey(tokenHash);
};

/** Until when the links of an office, or of the `ministry`, open nothing any more. */
export const linksEndedKey = (officeId: string): Key => ({ pk: `LINKS-OF#${officeId}`, sk: 'ENDED' });

/** Of a family's relatives. @param familyHash SHA-256 of its id, hex: this outlives the family, and does not name it */
export const familyLinksEndedKey = (familyHash: string): Key => ({ pk: `LINKS-OF-FAMILY#${familyHash}`, sk: 'ENDED' });

/** The same of before links were sealed. */
export const formerFamilyLinksEndedKey = (familyId: string): Key => ({ ...familyKey(familyId), sk: 'LINKS-ENDED' });

/** What is written in the place of an alert and means nothing: its key is as long. */
export const blankKey = (familyId: string, id: string): Key => ({ pk: `FAMILY#${familyId}`, sk: `BLANK#${id}` });

/** A press that counts for nothing. */
export const unheardKey = (familyId: string, id: string): Key => ({ pk: `FAMILY#${familyId}`, sk: `UNHEARD#${id}` });

/** How many drills a family had in a month of UTC, as in 2026-11. */
export const drillsKey = (familyId: string, month: string): Key => ({
  pk: `FAMILY#${familyId}`,
  sk: `DRILLS#${month}`,
});

/** How many check-ins a family made on a day of UTC, as in 2026-11-22. */
export const checkInCountKey = (familyId: string, day: string): Key => ({
  pk: `FAMILY#${familyId}`,
  sk: `MADE-CHECK-INS#${day}`,
});

/** A representative of an office's roster; without an id, what all of that roster begin with. */
export const representativeKey = (officeId: string, representativeId = ''): Key => ({
  pk: `ROSTER#${officeId}`,
  sk: `REPRESENTATIVE#${representativeId}`,
});

/** A case that a representative was asked about; it stands in their roster, so that one query reads what each has to do. */
export const rosterOfferKey = (
  officeId: string,
  representativeId: string,
  { familyId, alertId }: { readonly familyId: string; readonly alertId: string },
): Key => ({ pk: `ROSTER#${officeId}`, sk: `OFFERED#${representativeId}#${familyId}#${alertId}` });

/** What is counted of a case whose press came in a month of UTC, as in 2026-11. @param hash of the case's ids */
export const numbersKey = (month: string, hash: string): Key => ({ pk: `NUMBERS#${month}`, sk: hash });

/** How many families an endpoint joined on a day of UTC: `endpointHash` is a keyed hash, `day` as in 2026-11-22. */
export const endpointKey = (endpointHash: string, day: string): Key => ({
  pk: `ENDPOINT#${endpointHash}#${day}`,
  sk: 'ENDPOINT',
});
/** Which press began a family's newest case, and what the family heard of its cases, day by day. */
export const newestCaseKey = (familyId: string): Key => ({ pk: familyKey(familyId).pk, sk: 'NEWEST-CASE' });

/** What the trusted contact of a family heard on a day of UTC, as in 2026-11-22. */
export const toldTrustedKey = (familyId: string, day: string): Key => ({
  pk: familyKey(familyId).pk,
  sk: `TOLD#trusted#${day}`,
});

type PressRef = { readonly familyId: string; readonly alertId: string; readonly raisedAt: string };

const pressSk = ({ raisedAt, familyId, alertId }: PressRef): string => `${raisedAt}#${familyId}#${alertId}`;

/** In the order of numbers: from 000.0000 in the west to 360.0000. */
const longitudeSk = (longitude: number): string => (longitude + 180).toFixed(4).padStart(8, '0');

/** Of a band and a day, what keys of presses from one longitude to another lie between. */
export const placesBetween = (band: string, west: number, east: number) => ({
  pk: `PLACES#${band}`,
  // Keys of presses go on behind their longitude.
  sk: [longitudeSk(west), `${longitudeSk(east)}#~`] as const,
});

/** Where and when somebody pressed, for those who press near it. */
export const pressPlaceKey = (band: string, press: PressRef & { readonly longitude: number }): Key => ({
  pk: `PLACES#${band}`,
  sk: `${longitudeSk(press.longitude)}#${pressSk(press)}`,
});

/** One press of an incident; without it, all of them. */
export const incidentKey = (incidentId: string, press?: PressRef): Key => ({
  pk: `INCIDENT#${incidentId}`,
  sk: press ? pressSk(press) : '',
});

/** What was found of a family's subscriptions. */
export const familyReachKey = (familyId: string): Key => ({ pk: `FAMILY#${familyId}`, sk: 'REACH' });

/** The family of such a key; `undefined` for any other. */
export const familyIdOfReach = ({ pk, sk }: Key): string | undefined =>
  sk === 'REACH' && pk.startsWith('FAMILY#') ? pk.slice('FAMILY#'.length) : undefined;

/** What was found of the offices' subscriptions. */
export const officeReachKey: Key = { pk: 'OFFICES', sk: 'REACH' };

/** Checks of subscriptions wait in a bucket of their own: however many are late, no alert is. */
export const checksBucket = 'checks';

export const dueBuckets = Array.from({ length: 16 }, (_, bucket) => String(bucket));

/** One of 16 buckets by FNV-1a of the id, so that no partition of the `due` index takes every write. */
export const dueBucketOf = (id: string): string => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  }
  return String((hash >>> 0) % dueBuckets.length);
};

/** How many mails each topic got in the window of time that begins then. */
export const mailCountKey = (start: Date): Key => ({
  pk: `MAILS#${start.toISOString()}`,
  sk: 'MAILS',
});

/** Messages that wait for the digest of an office lie together; the claim of the one who writes it lies beside them. */
const digestPartition = (officeId: string): string => `DIGEST#${officeId}`;

export const digestClaimKey = (officeId: string): Key => ({ pk: digestPartition(officeId), sk: 'CLAIM' });

/** @param entryId begins with when it came, so that they are read in that order; empty for what all begin with */
export const digestEntryKey = (officeId: string, entryId: string): Key => ({
  pk: digestPartition(officeId),
  sk: `ENTRY#${entryId}`,
});

/** The office of such a key; `undefined` for any other. */
export const officeOfDigest = ({ pk }: Key): string | undefined =>
  pk.startsWith('DIGEST#') ? pk.slice('DIGEST#'.length) : undefined;

/** What waits for a digest has a bucket of its own: it is due at once, whatever else is. */
export const digestsBucket = 'digests';
