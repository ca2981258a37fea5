import type { Alert } from '../domain/case/alert.ts';
import type { Deliveries } from '../domain/case/deliveries.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import type { CheckIn } from '../domain/check-in/check-in.ts';
import type { EventRef } from '../domain/event-ref.ts';
import type { Family } from '../domain/family/family.ts';
import type { Addition } from '../domain/press/addition.ts';
import type { FamilyEvent } from '../domain/family/family-event.ts';

/** What the table holds under a reference. */
export type StoredEvent =
  | {
      readonly kind: 'registration';
      readonly family: Family;
      readonly deliveries: Deliveries;
      readonly dueAtMs?: number;
    }
  | { readonly kind: 'alert'; readonly alert: Alert; readonly dueAtMs?: number }
  | { readonly kind: 'event'; readonly event: CaseEvent; readonly dueAtMs?: number }
  | { readonly kind: 'addition'; readonly addition: Addition; readonly dueAtMs?: number }
  | { readonly kind: 'family-event'; readonly event: FamilyEvent; readonly dueAtMs?: number }
  | { readonly kind: 'check-in'; readonly checkIn: CheckIn; readonly dueAtMs?: number };

/** What is told of until everybody heard it; a check-in has rules of its own. */
export type Announced = Exclude<StoredEvent, { readonly kind: 'check-in' }>;

/** Since when people wait to be told of it. */
export const startOf = (stored: Announced): Date => {
  switch (stored.kind) {
    case 'registration':
      return new Date(stored.family.registeredAt);
    case 'alert':
      return new Date(stored.alert.raisedAt);
    case 'addition':
      return new Date(stored.addition.at);
    case 'event':
    case 'family-event':
      return new Date(stored.event.at);
  }
};

/** The reference of what is stored. */
export const refOf = (stored: StoredEvent): EventRef => {
  switch (stored.kind) {
    case 'registration':
      return { familyId: stored.family.familyId };
    case 'alert':
      return { familyId: stored.alert.familyId, alertId: stored.alert.alertId };
    case 'event':
      return { familyId: stored.event.familyId, alertId: stored.event.alertId, eventId: stored.event.eventId };
    case 'addition':
      return { familyId: stored.addition.familyId, alertId: stored.addition.alertId };
    case 'family-event':
      return { familyId: stored.event.familyId, eventId: stored.event.eventId };
    case 'check-in':
      return { familyId: stored.checkIn.familyId, checkInId: stored.checkIn.checkInId };
  }
};
