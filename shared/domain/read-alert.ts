import type { Alert } from './alert.ts';
import type { Basis, Consulate, MinistryDesk } from './consulate.ts';
import type { DeviceDirectory, DeviceToken } from './raise-alert.ts';

/** Reads alerts for their own family. */
export type AlertReader = {
  /** @returns `undefined` when the family has no such alert, or it has expired. Strongly consistent. */
  get(familyId: string, alertId: string): Promise<Alert | undefined>;
};

export type ReadAlertOutcome =
  | { readonly kind: 'found'; readonly alert: Alert }
  | { readonly kind: 'unknown-device' }
  | { readonly kind: 'not-found' };

/** An alert as its own device may see it. */
export const readAlert = async (
  deps: { readonly devices: DeviceDirectory; readonly alerts: AlertReader },
  token: DeviceToken,
  alertId: string,
): Promise<ReadAlertOutcome> => {
  const [device, alert] = await Promise.all([
    deps.devices.authenticate(token),
    deps.alerts.get(token.familyId, alertId),
  ]);
  if (!device) return { kind: 'unknown-device' };
  return alert ? { kind: 'found', alert } : { kind: 'not-found' };
};

/** The office in charge as people see it; the ministry desk where that owns the alert. */
export type ConsulateInCharge = {
  readonly id: string;
  readonly name: string;
  readonly city: string | null;
  readonly emergencyPhone: string;
  readonly distanceMeters: number | null;
  readonly basis: Basis;
};

/** @returns `null` without authorisation, and until an office is chosen */
export const consulateInCharge = (
  alert: Alert,
  deps: { readonly consulateById: (id: string) => Consulate | undefined; readonly desk: MinistryDesk },
): ConsulateInCharge | null => {
  const assigned = alert.consulate;
  if (!assigned) return null;
  const { distanceMeters, basis } = assigned;
  const office = deps.consulateById(assigned.id);
  return office
    ? {
        id: office.id,
        name: office.name,
        city: office.city,
        emergencyPhone: office.emergencyPhone,
        distanceMeters,
        basis,
      }
    : { id: deps.desk.id, name: deps.desk.name, city: null, emergencyPhone: deps.desk.phone, distanceMeters, basis };
};
