/**
 * Names one stored event: a family's registration or change, an alert's press, a later event of it, what a repeated press
 * added, or a check-in.
 */
export type EventRef = {
  readonly familyId: string;
  readonly alertId?: string;
  readonly eventId?: string;
  readonly checkInId?: string;
  /** Which fields it added. */
  readonly addition?: string;
};
