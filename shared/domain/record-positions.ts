import type { Alert, DeliveryKey } from './alert.ts';
import { isHiddenFromDevices, toldOffices } from './alert.ts';
import type { CaseChange, CaseStore } from './change-case.ts';
import type { ChooseConsulateFacts, ChosenConsulate } from './choose-consulate.ts';
import type { Clock } from './clock.ts';
import type { AssignedConsulate } from './consulate.ts';
import type { Position, TrackPoint } from './position.ts';
import { isUsable } from './position.ts';
import type { DeviceDirectory, DeviceToken } from './raise-alert.ts';
import type { AlertReader } from './read-alert.ts';
import { isViewOver } from './read-alert.ts';

/** Where the positions after a press are kept. */
export type TrackStore = {
  /** Adds points and keeps the newest on the alert. A point that is there already is harmless. */
  add(alert: Pick<Alert, 'familyId' | 'alertId'>, points: readonly TrackPoint[]): Promise<void>;
};

export type RecordPositionsDeps = {
  readonly devices: DeviceDirectory;
  readonly alerts: Pick<AlertReader, 'get'>;
  readonly cases: Pick<CaseStore, 'apply'>;
  readonly track: TrackStore;
  readonly chooseConsulate: (facts: ChooseConsulateFacts) => Promise<ChosenConsulate>;
  readonly now: Clock;
  readonly newId: () => string;
};

export type RecordPositionsOutcome =
  | { readonly kind: 'recorded'; readonly alert: Alert; readonly located?: AssignedConsulate }
  | { readonly kind: 'unknown-device' }
  | { readonly kind: 'not-found' };

const newestFirst = (a: TrackPoint, b: TrackPoint): number => b.measuredAt.localeCompare(a.measuredAt);

/**
 * Whether a position may still decide the office: the press had none, and nobody has cancelled. After a cancellation
 * with either PIN nothing more is decided here, so that both take the same time (G7); officers see the positions.
 */
const mayLocate = (alert: Alert): boolean =>
  alert.consularNotification && !isUsable(alert.position) && alert.state !== 'closed' && !alert.deviceView;

/** The change by which a position decides the office. */
const locatedAt = (
  { now, newId }: RecordPositionsDeps,
  alert: Alert,
  position: Position,
  assigned: AssignedConsulate,
): CaseChange => {
  const previous = alert.consulate?.id;
  const at = now().toISOString();
  const told = toldOffices(alert);
  const offices = [...told, assigned.id].filter((id) => id !== 'ministry');
  const keys: readonly DeliveryKey[] = [
    'family',
    ...new Set(offices.map((id) => `consulate:${id}` as const)),
    'ministry',
  ];
  return {
    alert,
    set: { position, consulate: assigned, toldConsulates: [...new Set([...told, assigned.id])] },
    events: [
      {
        familyId: alert.familyId,
        alertId: alert.alertId,
        eventId: `located.${at}.${newId()}`,
        type: 'alert.located.v1',
        cause: 'position',
        at,
        by: { kind: 'person' },
        drill: alert.drill,
        consulate: assigned,
        ...(previous !== undefined && { previous }),
        // The same office learns the position from its page; nobody else has anything new to do.
        deliveries: previous === assigned.id ? {} : Object.fromEntries(keys.map((key) => [key, { status: 'pending' }])),
      },
    ],
  };
};

// Each try fails only because somebody else changed the case in that moment.
const maximumTries = 5;

/**
 * The first usable position decides the office again (G5), whatever else happens to the case at the same moment: the
 * phone may never send another.
 * @throws when others change the case all the time: the phone sends it again
 */
const locate = async (
  deps: RecordPositionsDeps,
  found: Alert,
  position: Position,
): Promise<AssignedConsulate | undefined> => {
  const chosen = await deps.chooseConsulate({ consularNotification: true, position });
  if (chosen.kind !== 'chosen' || chosen.assigned.id === 'ministry') return undefined;
  let alert: Alert | undefined = found;
  for (let tries = 1; tries <= maximumTries; tries += 1) {
    if (!alert || !mayLocate(alert)) return undefined;
    const applied = await deps.cases.apply(locatedAt(deps, alert, position, chosen.assigned));
    if (applied === 'applied') return chosen.assigned;
    alert = await deps.alerts.get(alert.familyId, alert.alertId);
  }
  throw new Error('The case did not hold still for its position.');
};

/** Positions from a phone after its press, in any order, duplicates harmless. */
export const recordPositions = async (
  deps: RecordPositionsDeps,
  token: DeviceToken,
  alertId: string,
  positions: readonly Position[],
): Promise<RecordPositionsOutcome> => {
  const [device, alert] = await Promise.all([
    deps.devices.authenticate(token),
    deps.alerts.get(token.familyId, alertId),
  ]);
  if (!device) return { kind: 'unknown-device' };
  if (!alert || isHiddenFromDevices(alert)) return { kind: 'not-found' };
  if (alert.deviceView && isViewOver(alert.deviceView, deps.now())) return { kind: 'not-found' };

  const now = deps.now().toISOString();
  const points = positions
    .filter(isUsable)
    .map((position) => ({ ...position, measuredAt: position.measuredAt ?? now }));
  if (points.length > 0) await deps.track.add(alert, points);

  const [newest] = points.toSorted(newestFirst);
  const located = newest && mayLocate(alert) ? await locate(deps, alert, newest) : undefined;
  return { kind: 'recorded', alert, ...(located && { located }) };
};
