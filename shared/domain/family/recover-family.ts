import { defined } from '../defined.ts';
import { DidNotHoldStillError } from '../hold-still.ts';
import { dayMs, secondsToMidnight } from '../limits.ts';
import { oneChangeMore } from './changes-of-day.ts';
import { duressSignal } from './duress-signal.ts';
import type { AccountChange, FamilyAccount, RecoveryCodes } from './family-account.ts';
import { isOpenForDevices } from './family-presses.ts';
import type { ManageFamilyDeps } from './manage-family.ts';
import type { GivenPin, PinHashes } from './pins.ts';
import { checkPin } from './pins.ts';
import { recoveryLetters } from './register-family.ts';
import { forgottenDevices } from './revoked-devices.ts';

/** Whoever has a lost phone may be with its person: officers hear of its presses so long. */
const lostPhoneHeardMs = 30 * dayMs;

export type RecoverOutcome =
  | {
      readonly kind: 'recovered';
      readonly familyId: string;
      readonly deviceToken: string;
      readonly recoveryCode: string;
    }
  | { readonly kind: 'changes-used-up'; readonly retryAfterSeconds: number }
  | { readonly kind: 'wrong'; readonly retryAfterSeconds?: number };

const notStill = () => new DidNotHoldStillError('The family did not hold still for its recovery.');

/** The PIN that only a recovery takes is one of the family's again, in the place that a duress PIN had taken. */
const pinsAfter = ({ place, hashes }: GivenPin): PinHashes => {
  const { pin, former, ...rest } = hashes;
  return place === 'former' && former !== undefined ? { ...rest, pin: former, former: pin, forced: false } : hashes;
};

const lost = ({ devices }: FamilyAccount, now: Date, newId: () => string): AccountChange['devices'] => {
  const until = new Date(now.getTime() + lostPhoneHeardMs).toISOString();
  const muted = { at: now.toISOString(), heard: true, until };
  const all = Object.entries(devices).filter(([, device]) => device.muted === undefined);
  return {
    ...Object.fromEntries(all.map(([hash, device]) => [hash, { ...device, muted: { ...muted, salt: newId() } }])),
    ...forgottenDevices(devices, all.length, now),
  };
};

/**
 * Makes another phone the family's only one: after a loss, or to see contacts again. Either PIN does the same, the
 * contacts hear that a phone changed, and of the duress PIN officers hear as well. The code is exchanged for another.
 *
 * @param codeHash SHA-256 of the code's letters, hex
 * @throws {DidNotHoldStillError} the phone sends it again
 */
export const recoverFamily = async (
  deps: ManageFamilyDeps & { readonly recoveries: RecoveryCodes },
  codeHash: string,
  pin: string,
): Promise<RecoverOutcome> => {
  const familyId = await deps.recoveries.find(codeHash, deps.now());
  if (familyId === undefined) return { kind: 'wrong' };
  const account = await deps.accounts.get(familyId);
  if (account?.recoveryHash !== codeHash) return { kind: 'wrong' };
  const { match, locked, given, retryAfterSeconds } = await checkPin(deps, familyId, pin, true);
  if (!given && !locked) return { kind: 'wrong' };

  const now = deps.now();
  const at = now.toISOString();
  const { newId, newSecret, newCode } = deps.secrets;
  const presses = await deps.presses.list(familyId);
  const signal = duressSignal(account.family, match, presses, { now, newId, occasion: 'recover' });
  const changesOfDay = oneChangeMore(account.changesOfDay, 'recoveries', now);
  if (!given || locked || !changesOfDay) {
    // The duress PIN is a signal where it opens nothing, too, and each PIN writes as much.
    if ((await deps.accounts.apply({ account, signal }, now)).kind === 'conflict') throw notStill();
    if (!changesOfDay) return { kind: 'changes-used-up', retryAfterSeconds: secondsToMidnight(now) };
    return { kind: 'wrong', ...defined({ retryAfterSeconds }) };
  }
  const { secret, secretHash } = newSecret();
  const { code, codeHash: after } = newCode(recoveryLetters);
  const device = { deviceId: newId(), addedAt: at };
  const outcome = await deps.accounts.apply(
    {
      account,
      changesOfDay,
      devices: { ...lost(account, now, newId), [secretHash]: device },
      // Whoever holds this phone while an alert is open may not be its person.
      ...(presses.some(isOpenForDevices) && { seizedDevice: device.deviceId }),
      recovery: { before: codeHash, after, pins: pinsAfter(given) },
      event: {
        familyId,
        eventId: `${at}.${newId()}`,
        type: 'contact.list-changed.v1',
        at,
        change: 'device-replaced',
        inSecret: false,
        deliveries: { family: { status: 'pending' } },
      },
      signal,
    },
    now,
  );
  if (outcome.kind !== 'applied') throw notStill();
  return { kind: 'recovered', familyId, deviceToken: `${familyId}.${secret}`, recoveryCode: code };
};
