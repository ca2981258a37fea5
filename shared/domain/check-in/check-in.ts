import * as z from 'zod';
import type { Alert, Origin } from '../case/alert.ts';
import { deliverySchema } from '../case/alert.ts';
import { defined } from '../defined.ts';
import type { Family } from '../family/family.ts';
import { checkInReminderMs } from '../limits.ts';
import { noDevice } from '../press/no-device.ts';
import { plannedDeliveries } from '../press/raise-alert.ts';
import { isUsable } from '../position.ts';
import type { ReadOnly } from '../read-only.ts';
import type { CheckInAnswerState } from '../vocabulary.ts';
import { checkInStates } from '../vocabulary.ts';

/** A promise to say OK by a time; if nobody does, the alert is raised. Times are ISO 8601 UTC. */
export const checkInSchema = z.object({
  familyId: z.string(),
  /** UUID in lower case, the client's or ours. Unique within the family. */
  checkInId: z.string(),
  /** Of the device that made the promise. */
  deviceId: z.string(),
  createdAt: z.string(),
  /** By when the OK was promised: `dueAt` of the API. */
  promisedAt: z.string(),
  /** What it is about, in the person's words. Told to those who hear that the OK did not come. */
  label: z.string().exactOptional(),
  state: z.enum(checkInStates),
  /** The reminder to the person's own phone. No key: none, for want of a phone or of time. */
  deliveries: z.object({ self: deliverySchema.exactOptional() }),
  /** The alert of a missed one. */
  alertId: z.string().exactOptional(),
  /** UTC day on which the duress PIN last raised an alert, or the PIN pretended to: `2026-11-22`. */
  answeredOn: z.string().exactOptional(),
  /** UTC day on which the duress PIN last raised an alert. */
  signalledOn: z.string().exactOptional(),
});
export type CheckIn = ReadOnly<z.infer<typeof checkInSchema>>;

/** What a right PIN does to a check-in, in one transaction of one update and one put. */
export type CheckInAnswer = {
  /** As it was read: the write is conditional on its state and on the day of its last signal. */
  readonly checkIn: CheckIn;
  /** Absent: it stays as it is. */
  readonly to?: CheckInAnswerState;
  readonly alert: Alert;
  /** Whether the alert is put. If not, as many bytes are that mean nothing: see `PinRecord.pretend`. */
  readonly raises: boolean;
  readonly now: Date;
};

/** The durable record of check-ins. Reads are strongly consistent and leave out what is past its time. */
export type CheckInStore = {
  /** All of a family's, in no particular order. */
  list(familyId: string): Promise<readonly CheckIn[]>;
  get(familyId: string, checkInId: string): Promise<CheckIn | undefined>;
  /** Writes it, until `forgetAt`, unless the family has one with this id. @returns the one that stands */
  add(checkIn: CheckIn, forgetAt: Date): Promise<CheckIn>;
  /** `conflict`: it is not as it was read any more. */
  answer(answer: CheckInAnswer): Promise<'applied' | 'conflict'>;
  /**
   * Marks a waiting check-in as missed and puts its alert, in one transaction: it fires once, whoever else tries.
   * `conflict`: it is not waiting any more.
   */
  miss(checkIn: CheckIn, alert: Alert): Promise<'applied' | 'conflict'>;
};

/** When the reminder goes out, epoch milliseconds. */
export const reminderAt = ({ promisedAt }: Pick<CheckIn, 'promisedAt'>): number =>
  Date.parse(promisedAt) - checkInReminderMs;

/** When a new check-in is next looked at, epoch milliseconds: for its reminder, if it has one, or when it is over. */
export const firstLookAt = (checkIn: Pick<CheckIn, 'promisedAt' | 'deliveries'>): number =>
  checkIn.deliveries.self ? reminderAt(checkIn) : Date.parse(checkIn.promisedAt);

const originOf = (kind: Origin['kind'], { checkInId, promisedAt, label }: CheckIn): Origin => ({
  kind,
  checkInId,
  promisedAt,
  ...defined({ label }),
});

/** Who asks for help, as far as the alert has to know. */
type Raising = {
  readonly consularNotification: boolean;
  readonly homePosition?: Family['person']['homePosition'] | undefined;
  readonly alertId: string;
  readonly now: Date;
};

const alertOf = (
  checkIn: CheckIn,
  { consularNotification, homePosition, alertId, now }: Raising,
  by: Pick<Alert, 'deviceId' | 'origin'>,
): Alert => ({
  familyId: checkIn.familyId,
  alertId,
  ...by,
  state: 'raised',
  raisedAt: now.toISOString(),
  drill: false,
  droppedFields: [],
  consularNotification,
  deliveries: plannedDeliveries(consularNotification, isUsable(homePosition)),
});

/**
 * The alert of a promised OK that did not come: an ordinary one, of the device that promised, without a position. Its id
 * is not the check-in's: whoever has the phone could raise a drill with that id first, and nothing would fire.
 */
export const missedAlert = (checkIn: CheckIn, raising: Raising): Alert =>
  alertOf(checkIn, raising, { deviceId: checkIn.deviceId, origin: originOf('missed-check-in', checkIn) });

/** The alert of the duress PIN on a check-in: no device's, so that nothing a phone can read shows it (G7). */
export const duressAlert = (checkIn: CheckIn, raising: Raising): Alert =>
  alertOf(checkIn, raising, { deviceId: noDevice, origin: originOf('duress-check-in', checkIn) });
