import type { Contact } from './family.ts';
import type { FamilyAccounts } from './family-account.ts';
import { deviceOf } from './family-account.ts';
import { duressSignal } from './duress-signal.ts';
import type { FamilyEvent } from './family-event.ts';
import type { FamilyPresses } from './family-presses.ts';
import { isOpen, isOpenForDevices } from './family-presses.ts';
import { defined } from '../defined.ts';
import { DidNotHoldStillError, untilItHolds } from '../hold-still.ts';
import { secondsToMidnight } from '../limits.ts';
import type { PinDeps } from './pins.ts';
import { checkPin } from './pins.ts';
import type { ChangeContext, FamilyRefusal, FamilyRequest, PlannedChange } from './plan-family-change.ts';
import { planChange } from './plan-family-change.ts';
import type { DeviceToken } from '../press/device.ts';
import { isSeized } from './read-family.ts';
import type { Secrets } from './register-family.ts';

export type ManageFamilyDeps = PinDeps & {
  readonly accounts: FamilyAccounts;
  readonly presses: FamilyPresses;
  readonly secrets: Secrets;
};

export type ManageFamilyOutcome =
  | {
      readonly kind: 'done';
      readonly contact?: Contact;
      readonly device?: { readonly deviceId: string; readonly deviceToken: string };
    }
  | { readonly kind: 'unknown-device' | 'wrong-pin' | 'alert-open' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'refused'; readonly reason: FamilyRefusal };

const eventOf = (
  { familyId }: DeviceToken,
  { now, newId, pretend }: ChangeContext,
  { change, contact }: Extract<PlannedChange, { kind: 'change' }>,
): FamilyEvent => ({
  familyId,
  eventId: `${now.toISOString()}.${newId()}`,
  type: 'contact.list-changed.v1',
  at: now.toISOString(),
  change,
  ...defined({ contactId: contact?.contactId }),
  deliveries: pretend ? {} : { family: { status: 'pending' } },
});

/**
 * Changes a family's contacts or phones, or erases it. Needs a PIN, and is refused while the phones know of an open alert.
 *
 * With the duress PIN, and with the PIN while a case is open in secret, the calls and the answer are the same. The phones
 * see the change, but the same people are told of an alert as before (docs/adr/014-changing-a-family.md). While PINs are
 * locked nothing changes with either PIN.
 *
 * @throws {DidNotHoldStillError} the phone sends it again
 */
export const manageFamily = async (
  deps: ManageFamilyDeps,
  token: DeviceToken,
  request: FamilyRequest,
  pin: string,
): Promise<ManageFamilyOutcome> => {
  const { familyId, secretHash } = token;
  const first = await deps.accounts.get(familyId);
  if (!deviceOf(first, secretHash)) return { kind: 'unknown-device' };
  const { match, locked } = await checkPin(deps, familyId, pin);
  if (match === 'wrong' || locked) return { kind: 'wrong-pin' };

  const { secret, secretHash: newSecretHash } = deps.secrets.newSecret();
  const read = async () => Promise.all([deps.accounts.get(familyId), deps.presses.list(familyId)]);
  const held = await untilItHolds<Awaited<ReturnType<typeof read>>, ManageFamilyOutcome>(
    await read(),
    read,
    async ([account, presses]) => {
      const device = deviceOf(account, secretHash);
      if (!account || !device) return { kind: 'unknown-device' };
      if (presses.some(isOpenForDevices)) return { kind: 'alert-open' };

      const context: ChangeContext = {
        account,
        pretend: match === 'duress' || presses.some(isOpen),
        asking: secretHash,
        seized: isSeized(account.family, presses, device.deviceId),
        now: deps.now(),
        newId: () => deps.secrets.newId(),
        newSecretHash,
      };
      const planned = planChange(context, request);
      if (planned.kind === 'refused') return planned;
      if (planned.kind === 'none') return { kind: 'done', contact: planned.contact };
      const change = {
        account,
        ...planned.writes,
        event: eventOf(token, context, planned),
        signal: duressSignal(account.family, match, presses, context),
      };
      switch (await deps.accounts.apply(change, context.now)) {
        case 'conflict':
          return 'conflict';
        case 'limited':
          return { kind: 'limited', retryAfterSeconds: secondsToMidnight(context.now) };
        case 'applied':
          return answerOf(planned, `${familyId}.${secret}`);
      }
    },
  );
  if (held.kind !== 'settled') throw new DidNotHoldStillError('The family did not hold still for its change.');
  return held.result;
};

const answerOf = (
  { change, contact, device }: Extract<PlannedChange, { kind: 'change' }>,
  deviceToken: string,
): ManageFamilyOutcome => ({
  kind: 'done',
  ...defined({
    contact,
    device: change === 'device-added' && device ? { deviceId: device.deviceId, deviceToken } : undefined,
  }),
});
