import type { Alert } from './alert.ts';
import { isHiddenFromDevices } from './alert.ts';
import type { CancellationDeps, PinGiven } from './cancellation.ts';
import { cancellation } from './cancellation.ts';
import { drillCancellation } from './cancel-drill.ts';
import type { Case, CaseChange, CaseStore } from './case.ts';
import type { CaseHeads } from './join-case.ts';
import { headOf } from './join-case.ts';
import type { AlertReader } from './read-alert.ts';
import { isViewOver } from './read-alert.ts';
import type { FamilyReader } from '../family/family.ts';
import type { PinCheck, PinDeps, WrongPin } from '../family/pins.ts';
import { checkPin, wrongPin } from '../family/pins.ts';
import { DidNotHoldStillError, untilItHolds } from '../hold-still.ts';
import type { DeviceDirectory, DeviceToken } from '../press/device.ts';

export type CancelAlertDeps = PinDeps &
  CancellationDeps & {
    readonly devices: DeviceDirectory;
    readonly alerts: Pick<AlertReader, 'get'>;
    readonly heads: CaseHeads;
    readonly families: FamilyReader;
    readonly cases: Pick<CaseStore, 'read' | 'apply'>;
  };

export type CancelOutcome =
  | { readonly kind: 'cancelled'; readonly alertId: string; readonly raisedAt: string }
  | WrongPin
  | { readonly kind: 'unknown-device' }
  | { readonly kind: 'not-found' };

/**
 * The timeline is read only if the case was never cancelled: afterwards it grows while officers work, and the time of an
 * answer must not (G7).
 */
const readCase = async ({ cases, families }: CancelAlertDeps, alert: Alert): Promise<Case | undefined> => {
  if (!alert.deviceView) return cases.read(alert.familyId, alert.alertId);
  const family = await families.get(alert.familyId);
  return family && { alert, events: [], family };
};

/** How a PIN changes a case; `undefined`: not at all, and as much is written all the same. */
const changeBy =
  (deps: CancelAlertDeps, { match, locked }: PinGiven): ((current: Case) => CaseChange | undefined) =>
  (current) => {
    if (current.alert.drill) return drillCancellation(deps, current, { match, locked });
    if (match === 'wrong' || (match === 'pin' && locked)) return undefined;
    return cancellation(deps, current, { match, locked });
  };

/** @throws {DidNotHoldStillError} the phone sends it again */
const change = async (
  deps: CancelAlertDeps,
  found: Case,
  changeOf: (current: Case) => CaseChange | undefined,
): Promise<void> => {
  const { familyId, alertId } = found.alert;
  const readAgain = async () => {
    const alert = await deps.alerts.get(familyId, alertId);
    return alert && readCase(deps, alert);
  };
  const held = await untilItHolds(found, readAgain, async (current) => {
    const made = changeOf(current);
    if (!made) {
      await deps.pins.pretend(familyId, deps.now());
      return undefined;
    }
    return (await deps.cases.apply(made)) === 'conflict' ? 'conflict' : undefined;
  });
  if (held.kind !== 'settled') throw new DidNotHoldStillError('The case did not hold still for its cancellation.');
};

/**
 * What a PIN that was looked at does to an alert that the phone may see. Each PIN costs the same, and while PINs are
 * locked a wrong one does, too.
 */
export const cancelByPin = async (
  deps: CancelAlertDeps,
  alert: Alert,
  { match, locked }: PinCheck,
): Promise<'cancelled' | 'wrong-pin' | 'not-found'> => {
  // Whoever cancels one press means all that they pressed for it. Decided before anything depends on the PIN (G7).
  const head = await headOf(deps, alert);
  const current = head && (await readCase(deps, head));
  if (!current) return 'not-found';
  await change(deps, current, changeBy(deps, { match, locked }));
  return locked ? 'wrong-pin' : 'cancelled';
};

export const cancelAlert = async (
  deps: CancelAlertDeps,
  token: DeviceToken,
  alertId: string,
  pin: string,
): Promise<CancelOutcome> => {
  const { familyId } = token;
  const [device, alert] = await Promise.all([deps.devices.authenticate(token), deps.alerts.get(familyId, alertId)]);
  if (!device) return { kind: 'unknown-device' };
  if (!alert || isHiddenFromDevices(alert)) return { kind: 'not-found' };
  if (alert.deviceView && isViewOver(alert.deviceView, deps.now())) return { kind: 'not-found' };

  const check = await checkPin(deps, familyId, pin);
  const { match, locked } = check;
  if (match === 'wrong' && !locked) return wrongPin(check);
  const outcome = await cancelByPin(deps, alert, check);
  if (outcome === 'wrong-pin') return wrongPin(check);
  return outcome === 'cancelled' ? { kind: outcome, alertId, raisedAt: alert.raisedAt } : { kind: outcome };
};
