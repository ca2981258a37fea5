import type { FamilyAccount, FamilyDevice } from './family-account.ts';

// A captor may add and revoke phones of their own for as long as they like, twenty a day.
const maximumMuted = 100;

type Devices = FamilyAccount['devices'];

const isHeard = ({ heard, until }: NonNullable<FamilyDevice['muted']>, now: Date): boolean =>
  heard && !(until !== undefined && Date.parse(until) < now.getTime());

const isStale = ({ muted, joinsUntil }: FamilyDevice, now: Date): boolean =>
  !muted && joinsUntil !== undefined && Date.parse(joinsUntil) < now.getTime();

/**
 * What makes place for so many more revoked phones. Those whose presses are not heard go first, then the newest: the
 * person's own was there before whatever a captor adds. With either PIN the same phones go. A phone whose code is over
 * goes as well.
 */
export const forgottenDevices = (devices: Devices, more: number, now: Date): Readonly<Record<string, undefined>> => {
  const entries = Object.entries(devices);
  const muted = entries
    .flatMap(([hash, { addedAt, muted: mute }]) => (mute ? [{ hash, addedAt, heard: isHeard(mute, now) }] : []))
    .toSorted((a, b) => Number(a.heard) - Number(b.heard) || (a.addedAt < b.addedAt ? 1 : -1));
  const stale = entries.filter(([, device]) => isStale(device, now)).map(([hash]) => hash);
  const beyond = muted.slice(0, Math.max(muted.length + more - maximumMuted, 0)).map(({ hash }) => hash);
  return Object.fromEntries([...stale, ...beyond].map((hash) => [hash, undefined]));
};
