import * as z from 'zod';
import { positionSchema } from '../position-schema.ts';
import type { ReadOnly } from '../read-only.ts';
import { channels, languages } from '../vocabulary.ts';

export type { Language } from '../vocabulary.ts';

export const contactSchema = z.object({
  contactId: z.string(),
  name: z.string(),
  channel: z.enum(channels),
  endpoint: z.string(),
  addedAt: z.string().exactOptional(),
});
export type Contact = ReadOnly<z.infer<typeof contactSchema>>;

const personSchema = z.object({
  name: z.string(),
  language: z.enum(languages),
  phone: z.string().exactOptional(),
  homePosition: positionSchema.exactOptional(),
});

/** Signed at registration: Vienna Convention art. 36(1)(b) requires the person's own request. */
const consentSchema = z.object({
  consularNotification: z.boolean(),
  /** Which text was agreed to, or refused; `sha256` of its words. */
  version: z.string(),
  language: z.enum(languages).exactOptional(),
  sha256: z.string().exactOptional(),
  at: z.string(),
});

/**
 * Names one of a family's topics: all who are written to in the person's language, those who chose another one, the
 * trusted contact alone, and the person's own phone.
 */
export const familyTopicKeySchema = z.union([
  z.enum(['family', 'self']),
  z.templateLiteral(['family:', z.enum(['trusted', ...languages])]),
]);
export type FamilyTopicKey = z.infer<typeof familyTopicKeySchema>;

export const familyTopicKeys: readonly FamilyTopicKey[] = [
  'family',
  'self',
  'family:trusted',
  ...languages.map((language) => `family:${language}` as const),
];

/** Only the channel looks inside. */
const topicMemorySchema = z.record(z.string(), z.unknown());
export type TopicMemory = ReadOnly<z.infer<typeof topicMemorySchema>>;

export const familySchema = z.object({
  familyId: z.string(),
  person: personSchema,
  contacts: z.array(contactSchema),
  consent: consentSchema,
  sharePositionWithFamily: z.boolean(),
  registeredAt: z.string(),
  topics: z.partialRecord(familyTopicKeySchema, topicMemorySchema).exactOptional(),
  /** Devices that pressed for real count as seized: they see no contact from then on. */
  seizedDevices: z.set(z.string()).exactOptional(),
});
export type Family = ReadOnly<z.infer<typeof familySchema>>;

/** @param key any key of a delivery */
export const isFamilyTopicKey = (key: string): key is FamilyTopicKey => familyTopicKeys.some((one) => one === key);

/** Nobody has a language of their own yet, or is trusted. */
export const contactsOf = ({ contacts }: Pick<Family, 'contacts'>, key: FamilyTopicKey): readonly Contact[] =>
  key === 'family' ? contacts : [];

export type FamilyReader = {
  /** Strongly consistent. @returns `undefined` if the family has been erased */
  get(familyId: string): Promise<Family | undefined>;
};
