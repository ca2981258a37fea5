import * as z from 'zod';
import { deliveriesSchema, toFamily } from '../case/alert.ts';
import type { ReadOnly } from '../read-only.ts';
import { familyChanges } from '../vocabulary.ts';

export type { FamilyChangeKind } from '../vocabulary.ts';

export const familyEventSchema = z.object({
  familyId: z.string(),
  eventId: z.string(),
  type: z.literal('contact.list-changed.v1'),
  at: z.string(),
  change: z.enum(familyChanges),
  contactId: z.string().exactOptional(),
  /** To the family's topics, or none: then the phones show a change that did not happen. */
  deliveries: deliveriesSchema,
});
export type FamilyEvent = ReadOnly<z.infer<typeof familyEventSchema>>;

/** Without a delivery the erasing is only shown to the phones. */
export const isErasing = ({ change, deliveries }: FamilyEvent): boolean =>
  change === 'erased' && toFamily(deliveries) !== undefined;
