import type { Alert, DeviceView } from './alert.ts';
import { isHiddenFromDevices } from './alert.ts';
import type { CaseEvent } from './case-event.ts';
import type { Clock } from '../clock.ts';
import { defined } from '../defined.ts';
import type { FamilyReader } from '../family/family.ts';
import { shownFamily } from '../family/shown-family.ts';
import { shownAlert, shownCase } from './shown-case.ts';
import type { Position } from '../position.ts';
import type { DeviceDirectory, DeviceToken } from '../press/device.ts';

export type AlertWithEvents = { readonly alert: Alert; readonly events: readonly CaseEvent[] };

export type AlertReader = {
  /**
   * Without `view` if the alert was not cancelled. Reads the same, whatever has happened to the case since.
   * @returns `undefined` if there is no such item
   */
  deviceView(familyId: string, alertId: string): Promise<{ readonly view?: DeviceView } | undefined>;
  /** Strongly consistent. @returns `undefined` if the family has no such alert, or it has expired */
  get(familyId: string, alertId: string): Promise<Alert | undefined>;
  getWithEvents(familyId: string, alertId: string): Promise<AlertWithEvents | undefined>;
};

export type ReadAlertOutcome =
  /** The case; `press`: the further press of it that was asked for. `homePosition` of the device that asks. */
  | ({ readonly kind: 'found'; readonly press?: Alert; readonly homePosition?: Position } & AlertWithEvents)
  | { readonly kind: 'frozen'; readonly view: DeviceView }
  | { readonly kind: 'unknown-device' }
  | { readonly kind: 'not-found' };

export const isViewOver = ({ until }: DeviceView, now: Date): boolean => Date.parse(until) <= now.getTime();

/** An alert as its own device may see it. If it was cancelled, its timeline is not read (G7). */
export const readAlert = async (
  deps: {
    readonly devices: DeviceDirectory;
    readonly alerts: Pick<AlertReader, 'deviceView' | 'getWithEvents'>;
    readonly families: FamilyReader;
    readonly now: Clock;
  },
  token: DeviceToken,
  alertId: string,
): Promise<ReadAlertOutcome> => {
  const [device, item, family] = await Promise.all([
    deps.devices.authenticate(token),
    deps.alerts.deviceView(token.familyId, alertId),
    deps.families.get(token.familyId),
  ]);
  if (!device || !family) return { kind: 'unknown-device' };
  // As few reads as for an expired view: otherwise the time tells whether DynamoDB has deleted it, and so which PIN it was.
  if (!item) return { kind: 'not-found' };
  const { view } = item;
  if (view) return isViewOver(view, deps.now()) ? { kind: 'not-found' } : { kind: 'frozen', view };
  const found = await deps.alerts.getWithEvents(token.familyId, alertId);
  if (!found || isHiddenFromDevices(found.alert)) return { kind: 'not-found' };
  const { homePosition } = shownFamily(family).person;
  if (!found.alert.joined) return { kind: 'found', ...shownCase(found), ...defined({ homePosition }) };
  const head = await deps.alerts.getWithEvents(token.familyId, found.alert.joined.headAlertId);
  return head ? { kind: 'found', ...shownCase(head), press: shownAlert(found.alert) } : { kind: 'not-found' };
};
