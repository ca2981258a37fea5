import * as v from 'valibot';
import { positionSchema } from '../position-schema.ts';
import type { ReadOnly } from '../read-only.ts';
import type { Language } from '../vocabulary.ts';
import { channels, languages, spokenLanguages } from '../vocabulary.ts';

export type { Language } from '../vocabulary.ts';

export const contactSchema = v.object({
  contactId: v.string(),
  name: v.string(),
  channel: v.picklist(channels),
  endpoint: v.string(),
  /** Absent: the person's, whatever that is by then. */
  language: v.exactOptional(v.picklist(languages)),
  /** Of the endpoint; absent: with the family. */
  addedAt: v.exactOptional(v.string()),
  /**
   * Not to be subscribed yet: the endpoint was in as many families of the day as it may be. Holds by what its joinings are
   * counted, so that whoever joins it later needs no key.
   */
  waiting: v.exactOptional(v.string()),
  /** When one who had to wait was joined. */
  joinedAt: v.exactOptional(v.string()),
  invitedAt: v.exactOptional(v.string()),
  /** Hears the truth about duress; never shown to any phone. */
  trusted: v.exactOptional(v.boolean()),
});
export type Contact = ReadOnly<v.InferOutput<typeof contactSchema>>;

const personSchema = v.object({
  name: v.string(),
  language: v.picklist(languages),
  phone: v.exactOptional(v.string()),
  homePosition: v.exactOptional(positionSchema),
  speaks: v.exactOptional(v.picklist(spokenLanguages)),
  /** By what a detained person is found; for officers alone. */
  locator: v.exactOptional(
    v.object({
      documentName: v.exactOptional(v.string()),
      birthDate: v.exactOptional(v.string()),
      birthPlace: v.exactOptional(v.string()),
      aNumber: v.exactOptional(v.string()),
    }),
  ),
  /** For officers and contacts, on their pages alone. */
  urgentAtHome: v.exactOptional(v.string()),
  wantsRepresentative: v.exactOptional(v.boolean()),
});

/** Signed at registration: Vienna Convention art. 36(1)(b) requires the person's own request. */
const consentSchema = v.object({
  consularNotification: v.boolean(),
  /** Which text was agreed to, or refused; `sha256` of its words. */
  version: v.string(),
  language: v.exactOptional(v.picklist(languages)),
  sha256: v.exactOptional(v.string()),
  at: v.string(),
  /** Of one that was withdrawn at `at`: when it had been given. */
  agreedAt: v.exactOptional(v.string()),
});

/**
 * Contacts who were removed. Of one who was removed with the duress PIN everything is kept, for officers and because the
 * trusted one goes on hearing; of another there is a blank of the same length.
 */
export const removedContactSchema = v.object({
  at: v.string(),
  contact: v.exactOptional(contactSchema),
  blank: v.exactOptional(v.string()),
});
export type RemovedContact = ReadOnly<v.InferOutput<typeof removedContactSchema>>;

/** The topics of contacts: together they are what people call the family. */
export const contactKeys = ['family', ...languages.map((language) => `family:${language}` as const)] as const;
export type ContactKey = (typeof contactKeys)[number];

/** Contacts who are written to in the person's language, in one that they chose, the own phone, the trusted one. */
export const familyTopicKeys = [...contactKeys, 'self', 'family:trusted'] as const;
export type FamilyTopicKey = (typeof familyTopicKeys)[number];

/** Only the channel looks inside. */
const topicMemorySchema = v.record(v.string(), v.unknown());
export type TopicMemory = ReadOnly<v.InferOutput<typeof topicMemorySchema>>;

export const familySchema = v.object({
  familyId: v.string(),
  person: personSchema,
  contacts: v.array(contactSchema),
  removed: v.exactOptional(v.array(removedContactSchema)),
  consent: consentSchema,
  sharePositionWithFamily: v.boolean(),
  registeredAt: v.string(),
  topics: v.exactOptional(v.record(v.picklist(familyTopicKeys), topicMemorySchema)),
  /** As phones, family messages and the family's page have it, once settings were changed. */
  shown: v.exactOptional(
    v.object({ person: personSchema, consent: consentSchema, sharePositionWithFamily: v.boolean() }),
  ),
  /** Devices that pressed for real count as seized: they see no contact from then on. */
  seizedDevices: v.exactOptional(v.set(v.string())),
});
export type Family = ReadOnly<v.InferOutput<typeof familySchema>>;

/** @param key any key of a delivery */
export const isContactKey = (key: string): key is ContactKey => contactKeys.some((one) => one === key);

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
