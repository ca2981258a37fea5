/** Names one stored event: a family's registration or change, an alert's press, a later event of it, or a check-in. */
export type EventRef = {
  readonly familyId: string;
  readonly alertId?: string;
  readonly eventId?: string;
  readonly checkInId?: string;
};
