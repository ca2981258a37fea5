import type { Deliveries } from '../case/alert.ts';
import type { FamilyChangeKind } from '../vocabulary.ts';

export type { FamilyChangeKind } from '../vocabulary.ts';

/** Something that happened to a family's list of contacts or phones, with its own pending destination. */
export type FamilyEvent = {
  readonly familyId: string;
  readonly eventId: string;
  readonly type: 'contact.list-changed.v1';
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly change: FamilyChangeKind;
  /** Who was added or removed. */
  readonly contactId?: string;
  /** `family`, or none: then only the phones believe that it happened. */
  readonly deliveries: Deliveries;
};

/** Whether it erases the family; without a delivery it only looks so to the phones. */
export const isErasing = ({ change, deliveries }: FamilyEvent): boolean =>
  change === 'erased' && deliveries.family !== undefined;
