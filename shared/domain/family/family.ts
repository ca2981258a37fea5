import type { Position } from '../position.ts';
import type { Channel, Language } from '../vocabulary.ts';

export type { Language } from '../vocabulary.ts';

/** A relative who gets messages. `endpoint` is an E.164 phone or a mailbox. */
export type Contact = {
  readonly contactId: string;
  readonly name: string;
  readonly channel: Channel;
  readonly endpoint: string;
  /** When they were added to a family that was registered before, ISO 8601 UTC. */
  readonly addedAt?: string;
};

/** The protected person. */
export type Person = {
  readonly name: string;
  readonly language: Language;
  /** E.164; reminders go there, officers may call it. */
  readonly phone?: string;
  readonly homePosition?: Position;
};

/** What the person signed at registration: Vienna Convention art. 36(1)(b) asks for their own request. */
export type Consent = { readonly consularNotification: boolean; readonly version: string; readonly at: string };

/** One protected person with the contacts they chose. */
export type Family = {
  readonly familyId: string;
  readonly person: Person;
  readonly contacts: readonly Contact[];
  readonly consent: Consent;
  readonly sharePositionWithFamily: boolean;
  readonly registeredAt: string;
  /** The family's topic once it exists. */
  readonly topic?: FamilyTopic;
  /** The topic to the person's own phone, once it exists. */
  readonly selfTopic?: FamilyTopic;
  /** Devices that pressed for real: considered seized, so they see no contact any more, for good. */
  readonly seizedDevices?: ReadonlySet<string>;
};

/** A family's topic; region and account in its ARN are the family's cell. */
export type FamilyTopic = {
  readonly arn: string;
  /** When the topic and its subscriptions were last made sure of, ISO 8601 UTC. */
  readonly ensuredAt: string;
  /** How many subscriptions SNS confirmed at that moment: its own counts lag by some minutes. */
  readonly confirmedAtOnce: number;
};

/** What a device token proves: this phone belongs to this family. */
export type Device = { readonly deviceId: string; readonly familyId: string };
