import type { Deliveries } from './alert.ts';
import type { AssignedConsulate } from '../offices/consulate.ts';
import type { TrackPoint } from '../position.ts';
import type { AlertState, CaseEventType, Disposition, EscalationReason, locationCauses } from '../vocabulary.ts';

export type { CaseEventType, EscalationReason } from '../vocabulary.ts';

/** Who made an event. */
export type Actor =
  | { readonly kind: 'person' }
  /** `officeId` is an office's or `ministry`; `name` as the officer gave it. */
  | { readonly kind: 'officer'; readonly officeId: string; readonly name?: string }
  | { readonly kind: 'family'; readonly name: string }
  | { readonly kind: 'system' };

/** What happened, by type; `contracts/announcement.ts` has the documents that offices get of it. */
export type CaseEventDetail =
  | {
      readonly type: 'alert.escalated.v1';
      readonly reason: EscalationReason;
      /** The office in charge from now on. */
      readonly consulate: AssignedConsulate;
      /** Ids of the offices that were told before, in that order. */
      readonly triedConsulates: readonly string[];
    }
  | {
      /** A first or another office has the case: by a position that came later, or by hand-over. */
      readonly type: 'alert.located.v1';
      readonly cause: (typeof locationCauses)[number];
      readonly consulate: AssignedConsulate;
      /** Id of the office before; absent for a first one. */
      readonly previous?: string;
      readonly note?: string;
    }
  | {
      /** The phone is over 1 km from where officers were last told that it was; for officers only. */
      readonly type: 'alert.position-moved.v1';
      readonly position: TrackPoint;
      /** From there; absent when no place was known before. */
      readonly distanceMeters?: number;
    }
  | { readonly type: 'alert.acknowledged.v1'; readonly officer: string }
  | {
      readonly type: 'alert.state-changed.v1';
      readonly from: AlertState;
      readonly to: AlertState;
      readonly facility?: string;
      readonly note?: string;
    }
  | { readonly type: 'alert.noted.v1'; readonly text: string }
  | { readonly type: 'alert.representative-assigned.v1'; readonly name: string; readonly phone: string }
  /** No message reaches anybody of the family: what officers tell them, they have to tell by voice. */
  | { readonly type: 'alert.family-unreachable.v1' }
  | { readonly type: 'alert.cancelled.v1' }
  | { readonly type: 'alert.cancelled-under-duress.v1' }
  | { readonly type: 'alert.closed.v1'; readonly disposition: Disposition; readonly note?: string }
  | { readonly type: 'alert.reopened.v1' }
  | { readonly type: 'family.seen.v1'; readonly name: string }
  | { readonly type: 'family.on-it.v1'; readonly name: string; readonly task?: string };

/**
 * A later event on an alert's timeline: an immutable item of its own, with its own destinations. Written in one
 * transaction with the change that it tells of.
 */
export type CaseEvent = {
  readonly familyId: string;
  readonly alertId: string;
  /** Unique within the alert. */
  readonly eventId: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly by: Actor;
  readonly drill: boolean;
  readonly deliveries: Deliveries;
} & CaseEventDetail;

/** The event of one type. */
export type CaseEventOf<T extends CaseEventType> = Extract<CaseEvent, { readonly type: T }>;
