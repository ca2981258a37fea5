import * as v from 'valibot';
import { deliveriesSchema, toFamily } from '../case/deliveries.ts';
import type { ReadOnly } from '../read-only.ts';
import { familyChanges } from '../vocabulary.ts';

export const familyEventSchema = v.object({
  familyId: v.string(),
  eventId: v.string(),
  type: v.literal('contact.list-changed.v1'),
  at: v.string(),
  change: v.picklist(familyChanges),
  contactId: v.exactOptional(v.string()),
  /** What it means for officers and the trusted contact is not done. */
  inSecret: v.optional(v.boolean(), false),
  deliveries: deliveriesSchema,
});
export type FamilyEvent = ReadOnly<v.InferOutput<typeof familyEventSchema>>;

/** Older events without a delivery were only shown to the phones. */
export const isErasing = ({ change, deliveries, inSecret }: FamilyEvent): boolean =>
  change === 'erased' && !inSecret && toFamily(deliveries) !== undefined;
