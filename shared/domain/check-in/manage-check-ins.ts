import type { CheckIn, CheckInAnswer, CheckInStore } from './check-in.ts';
import { duressAlert, reminderAt } from './check-in.ts';
import { defined } from '../defined.ts';
import type { FamilyReader } from '../family/family.ts';
import { DidNotHoldStillError, untilItHolds } from '../hold-still.ts';
import { maximumCheckInMs, maximumWaitingCheckIns } from '../limits.ts';
import type { PinCheck, PinDeps } from '../family/pins.ts';
import { checkPin } from '../family/pins.ts';
import type { DeviceDirectory, DeviceToken, PressingFamily } from '../press/device.ts';
import type { FamilyPresses } from '../family/family-presses.ts';
import { isSeized } from '../family/read-family.ts';
import type { CheckInAnswerState } from '../vocabulary.ts';

export type ManageCheckInsDeps = PinDeps & {
  readonly devices: DeviceDirectory;
  readonly families: FamilyReader;
  readonly presses: FamilyPresses;
  readonly checkIns: CheckInStore;
  readonly newId: () => string;
  readonly retentionMs: number;
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
  | { readonly kind: 'too-many' };

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
  const isReminded = family.person.phone !== undefined && reminderAt({ promisedAt: asked.dueAt }) > now.getTime();
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
  return { kind: 'made', checkIn: await deps.checkIns.add(checkIn, forgetAt) };
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

export type AnswerCheckInOutcome =
  | { readonly kind: 'answered'; readonly checkIn: CheckIn }
  | { readonly kind: 'missed'; readonly checkIn: CheckIn }
  | { readonly kind: 'wrong-pin' }
  | { readonly kind: 'unknown-device' }
  | { readonly kind: 'not-found' };

/**
 * Both PINs settle a check-in that waits, and leave others as they are. The duress PIN also raises an alert, in every
 * state of the check-in, once a day: a phone asks again after a lost answer. While PINs are locked the phone is told that
 * the PIN is wrong, so the check-in stays, and the alert is raised.
 */
const answerTo = (
  deps: ManageCheckInsDeps,
  checkIn: CheckIn,
  known: PressingFamily,
  { match, locked }: PinCheck,
  to: CheckInAnswerState,
): CheckInAnswer => {
  const now = deps.now();
  const { consularNotification, homePosition } = known;
  return {
    checkIn,
    ...(!locked && checkIn.state === 'waiting' && { to }),
    alert: duressAlert(checkIn, { consularNotification, homePosition, alertId: deps.newId(), now }),
    raises: match === 'duress' && checkIn.signalledOn !== now.toISOString().slice(0, 10),
    now,
  };
};

/** A device says OK or takes its promise back. Both PINs make the same calls and get the same answer (G7). */
export const answerCheckIn = async (
  deps: ManageCheckInsDeps,
  token: DeviceToken,
  asked: { readonly checkInId: string; readonly pin: string; readonly to: CheckInAnswerState },
): Promise<AnswerCheckInOutcome> => {
  const { familyId } = token;
  const [known, found] = await Promise.all([
    deps.devices.authenticate(token),
    deps.checkIns.get(familyId, asked.checkInId),
  ]);
  if (!known) return { kind: 'unknown-device' };
  if (!found) return { kind: 'not-found' };
  const check = await checkPin(deps, familyId, asked.pin);
  if (check.match === 'wrong' && !check.locked) return { kind: 'wrong-pin' };

  const readAgain = async () => deps.checkIns.get(familyId, asked.checkInId);
  const held = await untilItHolds<CheckIn, AnswerCheckInOutcome>(found, readAgain, async (checkIn) => {
    const answer = answerTo(deps, checkIn, known, check, asked.to);
    if ((await deps.checkIns.answer(answer)) === 'conflict') return 'conflict';
    if (check.locked) return { kind: 'wrong-pin' };
    if (checkIn.state === 'missed') return { kind: 'missed', checkIn };
    return { kind: 'answered', checkIn: { ...checkIn, state: answer.to ?? checkIn.state } };
  });
  switch (held.kind) {
    case 'settled':
      return held.result;
    case 'gone':
      return { kind: 'not-found' };
    case 'did-not-hold-still':
      throw new DidNotHoldStillError('The check-in did not hold still for its answer.');
  }
};
