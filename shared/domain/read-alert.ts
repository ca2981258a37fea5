import type { Alert } from './alert.ts';
import type { CaseEvent } from './case-event.ts';
import type { Basis, Consulate, MinistryDesk } from './consulate.ts';
import type { DeviceDirectory, DeviceToken } from './raise-alert.ts';

/** An alert and what happened to it since. */
export type AlertWithEvents = { readonly alert: Alert; readonly events: readonly CaseEvent[] };

/** Reads alerts for their own family. */
export type AlertReader = {
  /** @returns `undefined` when the family has no such alert, or it has expired. Strongly consistent. */
  get(familyId: string, alertId: string): Promise<Alert | undefined>;
  /** The same with the later events of its timeline, oldest first. */
  getWithEvents(familyId: string, alertId: string): Promise<AlertWithEvents | undefined>;
};

export type ReadAlertOutcome =
  | ({ readonly kind: 'found' } & AlertWithEvents)
  | { readonly kind: 'unknown-device' }
  | { readonly kind: 'not-found' };

/** An alert as its own device may see it. */
export const readAlert = async (
  deps: { readonly devices: DeviceDirectory; readonly alerts: Pick<AlertReader, 'getWithEvents'> },
  token: DeviceToken,
  alertId: string,
): Promise<ReadAlertOutcome> => {
  const [device, found] = await Promise.all([
    deps.devices.authenticate(token),
    deps.alerts.getWithEvents(token.familyId, alertId),
  ]);
  if (!device) return { kind: 'unknown-device' };
  return found ? { kind: 'found', ...found } : { kind: 'not-found' };
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
