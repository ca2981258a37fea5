import { type CheckIn, type CheckInAnswer, type CheckInStore, duressAlert } from './check-in.ts';
import { type CancelAlertDeps, cancelByPin } from '../case/cancel-alert.ts';
import { utcDay } from '../clock.ts';
import { DidNotHoldStillError, untilItHolds } from '../hold-still.ts';
import { lateOkMs } from '../limits.ts';
import { type PinCheck, type WrongPin, checkPin, wrongPin } from '../family/pins.ts';
import type { DeviceToken, PressingFamily } from '../press/device.ts';
import type { CheckInAnswerState } from '../vocabulary.ts';

export type AnswerCheckInDeps = CancelAlertDeps & { readonly checkIns: CheckInStore };

/** `saidAt` is ISO 8601 UTC: when the phone heard the OK, which it could not send before. */
export type AskedAnswer = {
  readonly checkInId: string;
  readonly pin: string;
  readonly to: CheckInAnswerState;
  readonly saidAt?: string | undefined;
};

export type AnswerCheckInOutcome =
  | { readonly kind: 'answered'; readonly checkIn: CheckIn }
  | { readonly kind: 'missed'; readonly checkIn: CheckIn }
  | WrongPin
  | { readonly kind: 'unknown-device' }
  | { readonly kind: 'not-found' };

type Answering = {
  readonly deps: AnswerCheckInDeps;
  readonly known: PressingFamily;
  readonly check: PinCheck;
  readonly asked: AskedAnswer;
};

const emptyAnswer = ({ deps, known }: Answering, checkIn: CheckIn): CheckInAnswer => {
  const now = deps.now();
  const { consularNotification, homePosition } = known;
  const alert = duressAlert(checkIn, { consularNotification, homePosition, alertId: deps.newId(), now });
  return { checkIn, alert, raises: false, now };
};

/**
 * Both PINs settle a check-in that waits, and leave others as they are. The duress PIN also raises an alert, in every
 * state of the check-in, once a day: a phone asks again after a lost answer. While PINs are locked the phone is told that
 * the PIN is wrong, so the check-in stays, and the alert is raised.
 */
const answerTo = (answering: Answering, checkIn: CheckIn): CheckInAnswer => {
  const { check, asked } = answering;
  const answer = emptyAnswer(answering, checkIn);
  return {
    ...answer,
    ...(!check.locked && checkIn.state === 'waiting' && { to: asked.to }),
    raises: check.match === 'duress' && checkIn.signalledOn !== utcDay(answer.now),
  };
};

/** Whether the OK was said in time and only came late, by a phone without a network. */
const wasSaidInTime = ({ deps, asked }: Answering, { promisedAt }: CheckIn): boolean =>
  asked.to === 'ok' &&
  asked.saidAt !== undefined &&
  Date.parse(asked.saidAt) <= Date.parse(promisedAt) &&
  deps.now().getTime() - Date.parse(promisedAt) <= lateOkMs;

/**
 * An OK that was said in time takes back the alert that was raised meanwhile, by the rules of a cancellation with that
 * PIN: the duress PIN leaves it open for officers, who hear of it, and raises no other. Then the check-in is settled, by
 * the same write for both PINs. If that write fails, the phone asks again, and a second cancellation tells nobody.
 */
const excuse = async (answering: Answering, checkIn: CheckIn): Promise<AnswerCheckInOutcome | 'conflict'> => {
  const { deps, check } = answering;
  const alert = await deps.alerts.get(checkIn.familyId, checkIn.alertId ?? '');
  const outcome = alert ? await cancelByPin(deps, alert, check) : 'not-found';
  if (outcome === 'wrong-pin') return wrongPin(check);
  if (outcome === 'not-found') return { kind: 'missed', checkIn };
  const answer = { ...emptyAnswer(answering, checkIn), to: 'ok', hasSignalled: check.match === 'duress' } as const;
  if ((await deps.checkIns.answer(answer)) === 'conflict') return 'conflict';
  return { kind: 'answered', checkIn: { ...checkIn, state: answer.to } };
};

const settle = async (answering: Answering, checkIn: CheckIn): Promise<AnswerCheckInOutcome | 'conflict'> => {
  if (checkIn.state === 'missed' && wasSaidInTime(answering, checkIn)) return excuse(answering, checkIn);
  const answer = answerTo(answering, checkIn);
  if ((await answering.deps.checkIns.answer(answer)) === 'conflict') return 'conflict';
  if (answering.check.locked) return wrongPin(answering.check);
  if (checkIn.state === 'missed') return { kind: 'missed', checkIn };
  return { kind: 'answered', checkIn: { ...checkIn, state: answer.to ?? checkIn.state } };
};

/** A device says OK or takes its promise back. Both PINs make the same calls and get the same answer (G7). */
export const answerCheckIn = async (
  deps: AnswerCheckInDeps,
  token: DeviceToken,
  asked: AskedAnswer,
): Promise<AnswerCheckInOutcome> => {
  const { familyId } = token;
  const [known, found] = await Promise.all([
    deps.devices.authenticate(token),
    deps.checkIns.get(familyId, asked.checkInId),
  ]);
  if (!known) return { kind: 'unknown-device' };
  if (!found) return { kind: 'not-found' };
  const check = await checkPin(deps, familyId, asked.pin);
  if (check.match === 'wrong' && !check.locked) return wrongPin(check);

  const readAgain = async () => deps.checkIns.get(familyId, asked.checkInId);
  const held = await untilItHolds<CheckIn, AnswerCheckInOutcome>(found, readAgain, async (checkIn) =>
    settle({ deps, known, check, asked }, checkIn),
  );
  switch (held.kind) {
    case 'settled':
      return held.result;
    case 'gone':
      return { kind: 'not-found' };
    case 'did-not-hold-still':
      throw new DidNotHoldStillError('The check-in did not hold still for its answer.');
  }
};
