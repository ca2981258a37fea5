import * as z from '../schema.ts';
import { positionSchema } from '../position-schema.ts';
import type { ReadOnly } from '../read-only.ts';
import type { Language } from '../vocabulary.ts';
import { channels, languages, spokenLanguages } from '../vocabulary.ts';

export type { Language } from '../vocabulary.ts';

export const contactSchema = z.object({
  contactId: z.string(),
  name: z.string(),
  channel: z.enum(channels),
  endpoint: z.string(),
  /** Absent: the person's, whatever that is by then. */
  language: z.enum(languages).exactOptional(),
  /** Of the endpoint; absent: with the family. */
  addedAt: z.string().exactOptional(),
  /**
   * Not to be subscribed yet: the endpoint was in as many families of the day as it may be. Holds by what its joinings are
   * counted, so that whoever joins it later needs no key.
   */
  waiting: z.string().exactOptional(),
  /** When one who had to wait was joined. */
  joinedAt: z.string().exactOptional(),
  invitedAt: z.string().exactOptional(),
  /** Hears the truth about duress; never shown to any phone. */
  trusted: z.boolean().exactOptional(),
});
export type Contact = ReadOnly<z.infer<typeof contactSchema>>;

const personSchema = z.object({
  name: z.string(),
  language: z.enum(languages),
  phone: z.string().exactOptional(),
  homePosition: positionSchema.exactOptional(),
  speaks: z.enum(spokenLanguages).exactOptional(),
  /** By what a detained person is found; for officers alone. */
  locator: z
    .object({
      documentName: z.string().exactOptional(),
      birthDate: z.string().exactOptional(),
      birthPlace: z.string().exactOptional(),
      aNumber: z.string().exactOptional(),
    })
    .exactOptional(),
  /** For officers and contacts, on their pages alone. */
  urgentAtHome: z.string().exactOptional(),
  wantsRepresentative: z.boolean().exactOptional(),
});

/** Signed at registration: Vienna Convention art. 36(1)(b) requires the person's own request. */
const consentSchema = z.object({
  consularNotification: z.boolean(),
  /** Which text was agreed to, or refused; `sha256` of its words. */
  version: z.string(),
  language: z.enum(languages).exactOptional(),
  sha256: z.string().exactOptional(),
  at: z.string(),
  /** Of one that was withdrawn at `at`: when it had been given. */
  agreedAt: z.string().exactOptional(),
});

/**
 * Contacts who were removed. Of one who was removed with the duress PIN everything is kept, for officers and because the
 * trusted one goes on hearing; of another there is a blank of the same length.
 */
export const removedContactSchema = z.object({
  at: z.string(),
  contact: contactSchema.exactOptional(),
  blank: z.string().exactOptional(),
});
export type RemovedContact = ReadOnly<z.infer<typeof removedContactSchema>>;

/** Contacts who are written to in the person's language, in one that they chose, the trusted one, the own phone. */
export const familyTopicKeySchema = z.union([
  z.enum(['family', 'self']),
  z.prefixed('family:', z.enum(['trusted', ...languages])),
]);
export type FamilyTopicKey = z.infer<typeof familyTopicKeySchema>;

/** Only the channel looks inside. */
const topicMemorySchema = z.record(z.string(), z.unknown());
export type TopicMemory = ReadOnly<z.infer<typeof topicMemorySchema>>;

export const familySchema = z.object({
  familyId: z.string(),
  person: personSchema,
  contacts: z.array(contactSchema),
  removed: z.array(removedContactSchema).exactOptional(),
  consent: consentSchema,
  sharePositionWithFamily: z.boolean(),
  registeredAt: z.string(),
  topics: z.partialRecord(familyTopicKeySchema, topicMemorySchema).exactOptional(),
  /** As phones, family messages and the family's page have it, once settings were changed. */
  shown: z
    .object({ person: personSchema, consent: consentSchema, sharePositionWithFamily: z.boolean() })
    .exactOptional(),
  /** Devices that pressed for real count as seized: they see no contact from then on. */
  seizedDevices: z.set(z.string()).exactOptional(),
});
export type Family = ReadOnly<z.infer<typeof familySchema>>;

/** The topics of contacts: together they are what people call the family. */
export const contactKeys = ['family', ...languages.map((language) => `family:${language}` as const)] as const;
export type ContactKey = (typeof contactKeys)[number];

/** @param key any key of a delivery */
export const isContactKey = (key: string): key is ContactKey => contactKeys.some((one) => one === key);

export const familyTopicKeys: readonly FamilyTopicKey[] = [...contactKeys, 'self', 'family:trusted'];

/** The topic that a contact is subscribed to. A change of the person's language moves nobody. */
export const topicKeyOf = ({ language }: Pick<Contact, 'language'>) =>
  language === undefined ? ('family' as const) : (`family:${language}` as const);

export const isWaiting = ({ waiting }: Pick<Contact, 'waiting'>): boolean => waiting !== undefined;

/** Since when the channel was to ask somebody; absent: since the family was registered. */
export const askedAt = ({ addedAt, joinedAt }: Pick<Contact, 'addedAt' | 'joinedAt'>): string | undefined =>
  joinedAt ?? addedAt;

/** Whom a topic is for: nobody who waits. */
export const contactsOf = ({ contacts }: Pick<Family, 'contacts'>, key: FamilyTopicKey): readonly Contact[] =>
  contacts
    .filter((contact) => !isWaiting(contact))
    .filter((contact) => (key === 'family:trusted' ? contact.trusted === true : topicKeyOf(contact) === key));

export const contactKeysOf = ({ contacts }: Pick<Family, 'contacts'>): readonly ContactKey[] => [
  ...new Set(contacts.filter((contact) => !isWaiting(contact)).map(topicKeyOf)),
];

export const hasTopic = ({ topics }: Pick<Family, 'topics'>, contact: Pick<Contact, 'language'>): boolean =>
  topics?.[topicKeyOf(contact)] !== undefined;

export const hasTopics = ({ topics }: Pick<Family, 'topics'>): boolean =>
  contactKeys.some((key) => topics?.[key] !== undefined);

export const languageOf = ({ person }: Pick<Family, 'person'>, { language }: Pick<Contact, 'language'>): Language =>
  language ?? person.language;

export const languageOfTopic = ({ person }: Pick<Family, 'person'>, key: FamilyTopicKey): Language =>
  languages.find((language) => key === `family:${language}`) ?? person.language;

export type FamilyReader = {
  /** Strongly consistent. @returns `undefined` if the family has been erased */
  get(familyId: string): Promise<Family | undefined>;
};
