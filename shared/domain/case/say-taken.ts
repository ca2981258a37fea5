import type { Alert } from './alert.ts';
import type { Clock } from '../clock.ts';
import type { Contact, Family } from '../family/family.ts';
import { isUsable } from '../position.ts';
import { noDevice } from '../press/no-device.ts';
import { familyAlone } from './family-alone.ts';
import { plannedDeliveries } from '../press/raise-alert.ts';

export type SayTakenDeps = {
  readonly now: Clock;
  readonly takenAlerts: {
    /** Writes it, once an hour: whoever presses twice means the same. */
    raise(alert: Omit<Alert, 'alertId'>): Promise<void>;
  };
};

/**
 * The trusted contact says that the person was taken: many phones are taken before anybody presses. Told in full, as a press
 * is, with who says so; no phone sees it, and it is no further press of another case.
 */
export const sayTaken = async (
  { now, takenAlerts }: SayTakenDeps,
  { familyId, consent: { consularNotification }, person: { homePosition }, shown }: Family,
  { name }: Pick<Contact, 'name'>,
  note: string | undefined,
): Promise<void> => {
  const at = now().toISOString();
  await takenAlerts.raise({
    familyId,
    deviceId: noDevice,
    origin: { kind: 'said-taken', promisedAt: at, by: name, label: note === undefined ? name : `${name}: ${note}` },
    state: 'raised',
    raisedAt: at,
    drill: false,
    droppedFields: [],
    consularNotification,
    deliveries: plannedDeliveries(consularNotification, isUsable(homePosition)),
    ...familyAlone(consularNotification, shown?.consent),
  });
};
