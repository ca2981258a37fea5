import { type CheckIn, type CheckInStore, reminderAt } from './check-in.ts';
import type { CancelAlertDeps } from '../case/cancel-alert.ts';
import { defined } from '../defined.ts';
import { maximumCheckInMs, maximumWaitingCheckIns, secondsToMidnight } from '../limits.ts';
import type { DeviceToken } from '../press/device.ts';
import type { FamilyPresses } from '../family/family-presses.ts';
import { isSeized } from '../family/read-family.ts';
import { shownFamily } from '../family/shown-family.ts';

export type ManageCheckInsDeps = CancelAlertDeps & {
  readonly presses: FamilyPresses;
  readonly checkIns: CheckInStore;
};

/** `dueAt` is ISO 8601 UTC; `checkInId` in lower case. */
export type NewCheckIn = {
  readonly checkInId?: string;
  readonly dueAt: string;
  readonly utcOffsetMinutes?: number;
  readonly label?: string;
};

export type MakeCheckInOutcome =
  | { readonly kind: 'made'; readonly checkIn: CheckIn }
  | { readonly kind: 'unknown-device' }
  | { readonly kind: 'past' }
  | { readonly kind: 'too-far' }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'used-up'; readonly retryAfterSeconds: number };

/**
 * The same `checkInId` again is the same check-in, even when its time is over by then: the phone did not get the first
 * answer. Requests at the same moment may exceed the limit by a few: it is there against mistakes.
 */
export const makeCheckIn = async (
  deps: ManageCheckInsDeps,
  token: DeviceToken,
  asked: NewCheckIn,
): Promise<MakeCheckInOutcome> => {
  const { familyId } = token;
  const [known, family, existing] = await Promise.all([
    deps.devices.authenticate(token),
    deps.families.get(familyId),
    deps.checkIns.list(familyId),
  ]);
  if (!known || !family) return { kind: 'unknown-device' };
  const repeated = existing.find(({ checkInId }) => checkInId === asked.checkInId);
  if (repeated) return { kind: 'made', checkIn: repeated };

  const now = deps.now();
  const aheadMs = Date.parse(asked.dueAt) - now.getTime();
  if (aheadMs <= 0) return { kind: 'past' };
  if (aheadMs > maximumCheckInMs) return { kind: 'too-far' };
  if (existing.filter(({ state }) => state === 'waiting').length >= maximumWaitingCheckIns) return { kind: 'too-many' };
  const { phone } = shownFamily(family).person;
  const isReminded = phone !== undefined && reminderAt({ promisedAt: asked.dueAt }) > now.getTime();
  const checkIn: CheckIn = {
    familyId,
    checkInId: asked.checkInId ?? deps.newId(),
    deviceId: known.device.deviceId,
    createdAt: now.toISOString(),
    promisedAt: asked.dueAt,
    ...defined({ label: asked.label, utcOffsetMinutes: asked.utcOffsetMinutes }),
    state: 'waiting',
    deliveries: isReminded ? { self: { status: 'pending' } } : {},
  };
  const forgetAt = new Date(Date.parse(asked.dueAt) + deps.retentionMs);
  const added = await deps.checkIns.add(checkIn, forgetAt);
  if (added === 'used-up') return { kind: 'used-up', retryAfterSeconds: secondsToMidnight(now) };
  return { kind: 'made', checkIn: added };
};

export type ListCheckInsOutcome =
  | { readonly kind: 'listed'; readonly checkIns: readonly CheckIn[] }
  | { readonly kind: 'unknown-device' };

/** First those that wait, the next one on top; then the others, the newest on top. */
const byUrgency = (a: CheckIn, b: CheckIn): number => {
  if ((a.state === 'waiting') !== (b.state === 'waiting')) return a.state === 'waiting' ? -1 : 1;
  return a.state === 'waiting' ? a.promisedAt.localeCompare(b.promisedAt) : b.promisedAt.localeCompare(a.promisedAt);
};

const withoutLabel = (checkIn: CheckIn): CheckIn => {
  const { label: _, ...rest } = checkIn;
  return rest;
};

/** A device that has raised a real alert may be in other hands, so it reads no labels. */
export const listCheckIns = async (deps: ManageCheckInsDeps, token: DeviceToken): Promise<ListCheckInsOutcome> => {
  const { familyId } = token;
  const [known, family, presses, checkIns] = await Promise.all([
    deps.devices.authenticate(token),
    deps.families.get(familyId),
    deps.presses.list(familyId),
    deps.checkIns.list(familyId),
  ]);
  if (!known || !family) return { kind: 'unknown-device' };
  const seized = isSeized(family, presses, known.device.deviceId);
  const shown = seized ? checkIns.map(withoutLabel) : checkIns;
  return { kind: 'listed', checkIns: shown.toSorted(byUrgency) };
};
