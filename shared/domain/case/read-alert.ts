import type { Alert, DeviceView } from './alert.ts';
import { isHiddenFromDevices } from './alert.ts';
import type { CaseEvent } from './case-event.ts';
import type { Clock } from '../clock.ts';
import type { DeviceDirectory, DeviceToken } from '../press/raise-alert.ts';

/** An alert and what happened to it since. */
export type AlertWithEvents = { readonly alert: Alert; readonly events: readonly CaseEvent[] };

/** Reads alerts for their own family. */
export type AlertReader = {
  /**
   * What the device may see of a cancelled alert: no `view` of every other. Reads the same whatever has happened to the
   * case since. @returns `undefined` when there is no such item
   */
  deviceView(familyId: string, alertId: string): Promise<{ readonly view?: DeviceView } | undefined>;
  /** @returns `undefined` when the family has no such alert, or it has expired. Strongly consistent. */
  get(familyId: string, alertId: string): Promise<Alert | undefined>;
  /** The same with the later events of its timeline, oldest first. */
  getWithEvents(familyId: string, alertId: string): Promise<AlertWithEvents | undefined>;
};

export type ReadAlertOutcome =
  | ({ readonly kind: 'found' } & AlertWithEvents)
  /** It was cancelled: the device sees this from then on. */
  | { readonly kind: 'frozen'; readonly view: DeviceView }
  | { readonly kind: 'unknown-device' }
  | { readonly kind: 'not-found' };

/** Whether the device finds nothing any more, as of a case that was cancelled and forgotten. */
export const isViewOver = ({ until }: DeviceView, now: Date): boolean => Date.parse(until) <= now.getTime();

/** An alert as its own device may see it. The timeline is read only of alerts that were never cancelled (G7). */
export const readAlert = async (
  deps: {
    readonly devices: DeviceDirectory;
    readonly alerts: Pick<AlertReader, 'deviceView' | 'getWithEvents'>;
    readonly now: Clock;
  },
  token: DeviceToken,
  alertId: string,
): Promise<ReadAlertOutcome> => {
  const [device, item] = await Promise.all([
    deps.devices.authenticate(token),
    deps.alerts.deviceView(token.familyId, alertId),
  ]);
  if (!device) return { kind: 'unknown-device' };
  // As short as of one that is over: whether DynamoDB has deleted it says which PIN cancelled it.
  if (!item) return { kind: 'not-found' };
  const { view } = item;
  if (view) return isViewOver(view, deps.now()) ? { kind: 'not-found' } : { kind: 'frozen', view };
  const found = await deps.alerts.getWithEvents(token.familyId, alertId);
  return found && !isHiddenFromDevices(found.alert) ? { kind: 'found', ...found } : { kind: 'not-found' };
};
