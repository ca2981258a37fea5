import { DidNotHoldStillError } from '../hold-still.ts';
import { secondsToMidnight } from '../limits.ts';
import type { DeviceToken } from '../press/device.ts';
import type { FamilyAccount } from './family-account.ts';
import { deviceOf, isSecondPinHeard } from './family-account.ts';
import { duressSignal } from './duress-signal.ts';
import type { FamilyPress } from './family-presses.ts';
import { isOpenForDevices } from './family-presses.ts';
import type { ManageFamilyDeps } from './manage-family.ts';
import type { GivenPin, PinCheck, WrongPin } from './pins.ts';
import { checkPin, wrongPin } from './pins.ts';
import type { NewPins, Settings, SettingsRequest } from './plan-settings.ts';
import { pinsAfter, settingsAfter, settingsOf } from './plan-settings.ts';
import { shownFamily } from './shown-family.ts';

export type SettingsOutcome =
  /** `isHeard`: a second PIN would warn somebody, as far as the phone may know. */
  | { readonly kind: 'done'; readonly shown: Settings; readonly isHeard: boolean }
  | { readonly kind: 'unknown-device' | 'alert-open' | 'pin-taken' | 'warns-nobody' }
  | WrongPin
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number };

/** What may not change while an alert is open as the phone sees it. */
const isWeighty = ({ newPin, newDuressPin, consent, person }: SettingsRequest): boolean =>
  newPin !== undefined || newDuressPin !== undefined || consent !== undefined || person?.homePosition !== undefined;

/** Whether a new PIN is the other one, whichever was typed. */
const isOther = async ({ hasher }: ManageFamilyDeps, familyId: string, pin: string, { place, hashes }: GivenPin) => {
  const found = await hasher.match(familyId, pin, hashes);
  return found !== 'wrong' && found !== place;
};

const hashesOf = async ({ hasher }: ManageFamilyDeps, familyId: string, wanted: SettingsRequest): Promise<NewPins> => {
  const { newPin, newDuressPin } = wanted;
  const [pin, duressPin] = await Promise.all(
    [newPin, newDuressPin].map(async (each) => (typeof each === 'string' ? hasher.hash(familyId, each) : each)),
  );
  return { ...(typeof pin === 'string' && { pin }), ...(duressPin !== undefined && { duressPin }) };
};

const notStill = () => new DidNotHoldStillError('The family did not hold still for its settings.');

const applied = async (
  deps: ManageFamilyDeps,
  account: FamilyAccount,
  wanted: SettingsRequest,
  { given, isDuress, presses }: { given: GivenPin; isDuress: boolean; presses: readonly FamilyPress[] },
): Promise<SettingsOutcome> => {
  const { family } = account;
  const now = deps.now();
  const before = settingsOf(shownFamily(family));
  const shown = settingsAfter(before, wanted, now);
  const isHeard = isSecondPinHeard(shown.consent, account.shownContacts);
  if (typeof wanted.newDuressPin === 'string' && !isHeard) return { kind: 'warns-nobody' };
  if (wanted.newPin !== undefined && (await isOther(deps, family.familyId, wanted.newPin, given))) {
    return { kind: 'pin-taken' };
  }
  const pins = await hashesOf(deps, family.familyId, wanted);
  const phone = wanted.person?.phone;
  const outcome = await deps.accounts.applySettings(
    {
      account,
      real: isDuress ? settingsOf(family) : settingsAfter(settingsOf(family), wanted, now),
      shown,
      pins: pinsAfter(given, pins),
      signal: duressSignal(family, isDuress ? 'duress' : 'pin', presses, {
        now,
        newId: deps.secrets.newId,
        occasion: 'settings',
      }),
      ...(typeof phone === 'string' && phone !== before.person.phone && { joining: phone }),
    },
    now,
  );
  switch (outcome.kind) {
    case 'conflict':
      throw notStill();
    case 'limited':
      return { kind: 'limited', retryAfterSeconds: secondsToMidnight(now) };
    case 'applied':
      return { kind: 'done', shown, isHeard };
  }
};

type Asking = {
  readonly check: PinCheck;
  readonly isDuress: boolean;
  readonly presses: readonly FamilyPress[];
};

const outcomeOf = async (
  deps: ManageFamilyDeps,
  account: FamilyAccount,
  wanted: SettingsRequest,
  { check, ...asking }: Asking,
): Promise<SettingsOutcome> => {
  const { given, locked } = check;
  if (!given || locked) return wrongPin(check);
  if (isWeighty(wanted) && asking.presses.some(isOpenForDevices)) return { kind: 'alert-open' };
  return applied(deps, account, wanted, { given, ...asking });
};

/**
 * Changes what a person registered, and their PINs. With the duress PIN only what phones, family messages and the
 * family's page go by changes; the calls, their sizes and the answer are the same, and officers hear of it (G7).
 *
 * @throws {DidNotHoldStillError} the phone sends it again
 */
export const changeSettings = async (
  deps: ManageFamilyDeps,
  { familyId, secretHash }: DeviceToken,
  wanted: SettingsRequest,
  pin: string,
): Promise<SettingsOutcome> => {
  // Before the PINs are read: the write holds only if nobody has changed anything since.
  const account = await deps.accounts.get(familyId);
  if (!account || !deviceOf(account, secretHash)) return { kind: 'unknown-device' };
  const check = await checkPin(deps, familyId, pin);
  const { match, locked } = check;
  if (match === 'wrong' && !locked) return wrongPin(check);
  const presses = await deps.presses.list(familyId);
  const outcome = await outcomeOf(deps, account, wanted, { check, isDuress: match === 'duress', presses });
  if (outcome.kind === 'done') return outcome;
  // Whatever the answer is, the PIN may have been a signal, and each PIN writes as much.
  const now = deps.now();
  const moment = { now, newId: deps.secrets.newId, occasion: 'settings' } as const;
  const signal = duressSignal(account.family, match, presses, moment);
  if ((await deps.accounts.apply({ account, signal }, now)).kind === 'conflict') throw notStill();
  return outcome;
};
