import * as v from 'valibot';
import type { Alert, Origin } from '../case/alert.ts';
import { deliverySchema } from '../case/deliveries.ts';
import { inSecret } from '../press/raise-alert.ts';
import { defined } from '../defined.ts';
import type { Family } from '../family/family.ts';
import { checkInReminderMs } from '../limits.ts';
import { noDevice } from '../press/no-device.ts';
import { familyAlone } from '../case/family-alone.ts';
import { plannedDeliveries } from '../press/raise-alert.ts';
import { isUsable } from '../position.ts';
import type { ReadOnly } from '../read-only.ts';
import { type CheckInAnswerState, checkInStates } from '../vocabulary.ts';

export const checkInSchema = v.object({
  familyId: v.string(),
  checkInId: v.string(),
  deviceId: v.string(),
  createdAt: v.string(),
  promisedAt: v.string(),
  /** By which offset from UTC the promise was made, if the phone said. */
  utcOffsetMinutes: v.exactOptional(v.number()),
  label: v.exactOptional(v.string()),
  state: v.picklist(checkInStates),
  /** The reminder to the person's own phone. Without the key there is none: no phone, or no time. */
  deliveries: v.object({ self: v.exactOptional(deliverySchema) }),
  alertId: v.exactOptional(v.string()),
  answeredOn: v.exactOptional(v.string()),
  signalledOn: v.exactOptional(v.string()),
});
export type CheckIn = ReadOnly<v.InferOutput<typeof checkInSchema>>;

/** One transaction of one update and one put. */
export type CheckInAnswer = {
  /** As it was read: the write is conditional on its state and on the day of its last signal. */
  readonly checkIn: CheckIn;
  readonly to?: CheckInAnswerState;
  readonly alert: Alert;
  /** Whether the alert is put. If not, an item of as many bytes is, which means nothing: see `PinRecord.pretend`. */
  readonly raises: boolean;
  /** That officers have heard of the duress PIN already, by the alert that was cancelled with it. */
  readonly hasSignalled?: boolean;
  readonly now: Date;
};

/** Reads are strongly consistent, without expired items. */
export type CheckInStore = {
  list(familyId: string): Promise<readonly CheckIn[]>;
  get(familyId: string, checkInId: string): Promise<CheckIn | undefined>;
  /**
   * Writes it, until `forgetAt`, unless the family has one with this id, and counts it. @returns the stored one; `used-up`:
   * the family has made enough today, {@link checkInsPerDay}
   */
  add(checkIn: CheckIn, forgetAt: Date): Promise<CheckIn | 'used-up'>;
  /** `conflict`: it has changed since it was read. */
  answer(answer: CheckInAnswer): Promise<'applied' | 'conflict'>;
  /**
   * Marks a waiting check-in as missed and puts its alert, in one transaction: it fires once, even if others try too.
   * `conflict`: it is not waiting any more.
   */
  miss(checkIn: CheckIn, alert: Alert): Promise<'applied' | 'conflict'>;
};

export const reminderAt = ({ promisedAt }: Pick<CheckIn, 'promisedAt'>): number =>
  Date.parse(promisedAt) - checkInReminderMs;

/** The first time for the watchman, epoch milliseconds. */
export const firstLookAt = (checkIn: Pick<CheckIn, 'promisedAt' | 'deliveries'>): number =>
  checkIn.deliveries.self ? reminderAt(checkIn) : Date.parse(checkIn.promisedAt);

const originOf = (kind: Origin['kind'], { checkInId, promisedAt, label }: CheckIn): Origin => ({
  kind,
  checkInId,
  promisedAt,
  ...defined({ label }),
});

type Raising = {
  readonly consularNotification: boolean;
  /** What phones show, once settings were changed. */
  readonly shown?: Family['shown'] | undefined;
  readonly homePosition?: Family['person']['homePosition'] | undefined;
  readonly alertId: string;
  readonly now: Date;
};

const alertOf = (
  checkIn: CheckIn,
  { consularNotification, homePosition, alertId, now }: Raising,
  by: Pick<Alert, 'deviceId' | 'origin' | 'duress'>,
): Alert => ({
  familyId: checkIn.familyId,
  alertId,
  ...by,
  state: 'raised',
  raisedAt: now.toISOString(),
  ...defined({ utcOffsetMinutes: checkIn.utcOffsetMinutes }),
  drill: false,
  droppedFields: [],
  consularNotification,
  deliveries: plannedDeliveries(consularNotification, isUsable(homePosition)),
});

/**
 * An ordinary alert of the device that promised, without a position. Its id is not the check-in's: a person who has the
 * phone could press a drill with that id first, and nothing would fire.
 */
export const missedAlert = (checkIn: CheckIn, raising: Raising): Alert => ({
  ...alertOf(checkIn, raising, { deviceId: checkIn.deviceId, origin: originOf('missed-check-in', checkIn) }),
  ...familyAlone(raising.consularNotification, raising.shown?.consent),
});

/** It belongs to no device, so that no phone can find it, and the family does not hear of it (G7). */
export const duressAlert = (checkIn: CheckIn, raising: Raising): Alert => {
  const origin = originOf('duress-check-in', checkIn);
  const alert = alertOf(checkIn, raising, { deviceId: noDevice, origin, duress: true });
  return { ...alert, deliveries: inSecret(alert.deliveries) };
};
