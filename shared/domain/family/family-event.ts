import * as z from '../schema.ts';
import { deliveriesSchema, toFamily } from '../case/deliveries.ts';
import type { ReadOnly } from '../read-only.ts';
import { familyChanges } from '../vocabulary.ts';

export const familyEventSchema = z.object({
  familyId: z.string(),
  eventId: z.string(),
  type: z.literal('contact.list-changed.v1'),
  at: z.string(),
  change: z.enum(familyChanges),
  contactId: z.string().exactOptional(),
  /** What it means for officers and the trusted contact is not done. */
  inSecret: z.boolean().default(false),
  deliveries: deliveriesSchema,
});
export type FamilyEvent = ReadOnly<z.infer<typeof familyEventSchema>>;

/** Older events without a delivery were only shown to the phones. */
export const isErasing = ({ change, deliveries, inSecret }: FamilyEvent): boolean =>
  change === 'erased' && !inSecret && toFamily(deliveries) !== undefined;
