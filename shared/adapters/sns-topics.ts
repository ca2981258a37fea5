import * as v from 'valibot';
import type { ReadOnly } from '../domain/read-only.ts';
import type { Contact, Family, FamilyTopicKey } from '../domain/family/family.ts';
import { tryReadAs } from '../domain/shape.ts';
import type { OfficeTopic } from '../telling/channel.ts';

/** Where the offices' topics are. */
export type OfficeTopicArns = {
  /** ARN of an office's topic without its id. */
  readonly consulatePrefix: string;
  readonly ministry: string;
};

export const officeTopicArn = ({ consulatePrefix, ministry }: OfficeTopicArns, { officeId }: OfficeTopic): string =>
  officeId === 'ministry' ? ministry : `${consulatePrefix}${officeId}`;

/** `FAMILY`, `FAMILY-self`, `FAMILY-trusted`, `FAMILY-en`. */
export const nameOf = (familyId: string, key: FamilyTopicKey): string =>
  key === 'family' ? familyId : `${familyId}-${key.replace('family:', '')}`;

/** What is kept of a topic between two uses. */
const rememberedTopic = v.object({
  /** Its region and account are the family's cell. */
  arn: v.string(),
  /** ISO 8601 UTC: the topic and its subscriptions were last checked or made then. */
  ensuredAt: v.string(),
  /** How many subscriptions SNS confirmed at that moment. */
  confirmedAtOnce: v.number(),
  /** Whom SNS has subscribed, or asked to confirm, as {@link joinedAs}. Topics of before know nothing of it. */
  joined: v.exactOptional(v.array(v.string())),
});
export type RememberedTopic = ReadOnly<v.InferOutput<typeof rememberedTopic>>;

/** What is known of a topic; `undefined` if it was never made. */
export const rememberedOf = ({ topics }: Pick<Family, 'topics'>, key: FamilyTopicKey): RememberedTopic | undefined =>
  tryReadAs(rememberedTopic, topics?.[key]);

/** How a topic remembers a contact: with another endpoint it is another one. The person's own phone is no contact. */
export const joinedAs = ({ contactId = 'self', addedAt }: Partial<Pick<Contact, 'contactId' | 'addedAt'>>): string =>
  addedAt === undefined ? contactId : `${contactId} ${addedAt}`;
