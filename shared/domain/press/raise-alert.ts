import type { Alert, Deliveries } from '../case/alert.ts';
import type { Clock } from '../clock.ts';
import type { DeviceToken, MutedPress, PressDirectory } from './device.ts';
import { isUsable } from '../position.ts';
import type { Press } from './press.ts';

export type PressStore = {
  /**
   * Writes the alert unless the family already has one with this id.
   * Resolves only after the write is durable; rejects if that is not known.
   */
  put(alert: Alert): Promise<{ kind: 'stored' } | { kind: 'exists'; alert: Alert }>;
  /**
   * The press of a revoked phone, in one write of the same size: under an id that nobody knows if it is `heard`, else
   * where nobody looks.
   */
  putUnseen(alert: Alert, muted: MutedPress): Promise<void>;
};

export type RaiseOutcome =
  | { readonly kind: 'raised'; readonly alert: Alert }
  | { readonly kind: 'repeated'; readonly alert: Alert }
  | { readonly kind: 'unknown-device' };

/**
 * The destinations of a press. Without authorisation there is only the family (G5). Without a position and a home there is
 * no consulate: the ministry's desk has the alert.
 */
export const plannedDeliveries = (consularNotification: boolean, hasPlace: boolean): Deliveries => {
  const family = { status: 'pending' } as const;
  if (!consularNotification) return { family };
  const ministry = { status: 'pending' } as const;
  return hasPlace ? { family, consulate: { status: 'pending' }, ministry } : { family, ministry };
};

/** The press: one read, one conditional write, nothing else before the answer (G1). */
export const raiseAlert = async (
  deps: { readonly devices: PressDirectory; readonly alerts: PressStore; readonly now: Clock },
  token: DeviceToken,
  press: Press,
): Promise<RaiseOutcome> => {
  const family = await deps.devices.authenticatePress(token);
  if (!family) return { kind: 'unknown-device' };

  const hasPlace = isUsable(press.position) || isUsable(family.homePosition);
  const alert: Alert = {
    ...press,
    familyId: family.device.familyId,
    deviceId: family.device.deviceId,
    state: 'raised',
    raisedAt: deps.now().toISOString(),
    consularNotification: family.consularNotification,
    deliveries: plannedDeliveries(family.consularNotification, hasPlace),
  };
  if (family.muted) {
    await deps.alerts.putUnseen(alert, family.muted);
    return { kind: 'unknown-device' };
  }
  const stored = await deps.alerts.put(alert);
  return stored.kind === 'stored' ? { kind: 'raised', alert } : { kind: 'repeated', alert: stored.alert };
};
