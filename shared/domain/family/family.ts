import * as z from 'zod';
import { positionSchema } from '../position-schema.ts';
import type { ReadOnly } from '../read-only.ts';
import { channels, languages } from '../vocabulary.ts';

export type { Language } from '../vocabulary.ts';

/** A relative who gets messages. */
export const contactSchema = z.object({
  contactId: z.string(),
  name: z.string(),
  channel: z.enum(channels),
  /** An E.164 phone or a mailbox. */
  endpoint: z.string(),
  /** When they were added to a family that was registered before, ISO 8601 UTC. */
  addedAt: z.string().exactOptional(),
});
export type Contact = ReadOnly<z.infer<typeof contactSchema>>;

/** The protected person. */
const personSchema = z.object({
  name: z.string(),
  language: z.enum(languages),
  /** E.164; reminders go there, officers may call it. */
  phone: z.string().exactOptional(),
  homePosition: positionSchema.exactOptional(),
});

/** What the person signed at registration: Vienna Convention art. 36(1)(b) asks for their own request. */
const consentSchema = z.object({ consularNotification: z.boolean(), version: z.string(), at: z.string() });

/** A family's topic; region and account in its ARN are the family's cell. */
const familyTopicSchema = z.object({
  arn: z.string(),
  /** When the topic and its subscriptions were last made sure of, ISO 8601 UTC. */
  ensuredAt: z.string(),
  /** How many subscriptions SNS confirmed at that moment: its own counts lag by some minutes. */
  confirmedAtOnce: z.number(),
});
export type FamilyTopic = ReadOnly<z.infer<typeof familyTopicSchema>>;

/** One protected person with the contacts they chose. */
export const familySchema = z.object({
  familyId: z.string(),
  person: personSchema,
  contacts: z.array(contactSchema),
  consent: consentSchema,
  sharePositionWithFamily: z.boolean(),
  registeredAt: z.string(),
  /** The family's topic once it exists. */
  topic: familyTopicSchema.exactOptional(),
  /** The topic to the person's own phone, once it exists. */
  selfTopic: familyTopicSchema.exactOptional(),
  /** Devices that pressed for real: considered seized, so that they see no contact from then on. */
  seizedDevices: z.set(z.string()).exactOptional(),
});
export type Family = ReadOnly<z.infer<typeof familySchema>>;

/** What a device token proves: this phone belongs to this family. */
export type Device = { readonly deviceId: string; readonly familyId: string };

/** Reads families. */
export type FamilyReader = {
  /** Strongly consistent. @returns `undefined` when the family has been erased */
  get(familyId: string): Promise<Family | undefined>;
};
