import * as z from 'zod';
import { deliveriesSchema } from '../case/alert.ts';
import type { ReadOnly } from '../read-only.ts';
import { familyChanges } from '../vocabulary.ts';

export type { FamilyChangeKind } from '../vocabulary.ts';

/** Something that happened to a family's list of contacts or phones, with its own pending destination. */
export const familyEventSchema = z.object({
  familyId: z.string(),
  eventId: z.string(),
  type: z.literal('contact.list-changed.v1'),
  /** ISO 8601 UTC. */
  at: z.string(),
  change: z.enum(familyChanges),
  /** Who was added or removed. */
  contactId: z.string().exactOptional(),
  /** `family`, or none: then only the phones believe that it happened. */
  deliveries: deliveriesSchema,
});
export type FamilyEvent = ReadOnly<z.infer<typeof familyEventSchema>>;

/** Whether it erases the family; without a delivery it only looks so to the phones. */
export const isErasing = ({ change, deliveries }: FamilyEvent): boolean =>
  change === 'erased' && deliveries.family !== undefined;
