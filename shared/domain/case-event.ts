import type { Deliveries } from './alert.ts';
import type { AssignedConsulate } from './consulate.ts';

/** Why further offices hear of an alert: the one that should have been told has nobody who listens. */
export type EscalationReason = 'office-unreachable';

/**
 * A later event on an alert's timeline: an immutable item of its own, with its own destinations. Written in one
 * transaction with the change that it tells of.
 */
export type CaseEvent = {
  readonly familyId: string;
  readonly alertId: string;
  /** Unique within the alert; follows from the cause, so that one cause makes one event. */
  readonly eventId: string;
  readonly type: 'alert.escalated.v1';
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly drill: boolean;
  readonly reason: EscalationReason;
  readonly deliveries: Deliveries;
  /** The office in charge from now on. */
  readonly consulate: AssignedConsulate;
  /** Ids of the offices that were tried before, in that order. */
  readonly triedConsulates: readonly string[];
};
