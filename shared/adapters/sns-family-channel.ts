import {
  type SNSClient,
  CreateTopicCommand,
  DeleteTopicCommand,
  InvalidParameterException,
  NotFoundException,
  SetTopicAttributesCommand,
} from '@aws-sdk/client-sns';
import type { Clock } from '../domain/clock.ts';
import { defined } from '../domain/defined.ts';
import { familyTopicKeys } from '../domain/family/family.ts';
import type { Ensured, FamilyChannel, FamilyTopic } from '../telling/channel.ts';
import { join, listJoined, subscribeAgain, unsubscribeOthers } from './sns-family-subscriptions.ts';
import { type SmsOptions, countConfirmed, publish } from './sns-publisher.ts';
import { type RememberedTopic, nameOf, rememberedOf } from './sns-topics.ts';

// SNS's own counts lag behind a fresh subscription, so for these minutes what Subscribe answered is believed too.
const subscriptionLagMs = 10 * 60 * 1000;

const believed = (
  { ensuredAt, confirmedAtOnce }: RememberedTopic,
  counted: number | undefined,
  now: Date,
): number | undefined => {
  const isFresh = now.getTime() - Date.parse(ensuredAt) < subscriptionLagMs;
  return counted !== undefined && isFresh ? Math.max(counted, confirmedAtOnce) : counted;
};

const createTopic = async (client: SNSClient, arn: string, keyArn: string): Promise<void> => {
  try {
    await client.send(
      new CreateTopicCommand({ Name: arn.slice(arn.lastIndexOf(':') + 1), Attributes: { KmsMasterKeyId: keyArn } }),
    );
  } catch (fault) {
    // "Topic already exists with different attributes": ours all the same, so set them.
    if (!(fault instanceof InvalidParameterException)) throw fault;
    await client.send(
      new SetTopicAttributesCommand({ TopicArn: arn, AttributeName: 'KmsMasterKeyId', AttributeValue: keyArn }),
    );
  }
};

/** Nothing is asked of SNS where everybody has joined. @returns `undefined` if the topic is gone */
const ensureKnown = async (
  client: SNSClient,
  topic: FamilyTopic,
  known: RememberedTopic,
  now: Clock,
): Promise<Ensured | undefined> => {
  try {
    const before = known.joined ? new Set(known.joined) : await listJoined(client, known.arn, topic);
    const { joined, confirmed, isNew, refused } = await join(client, known.arn, topic, before);
    const former = topic.family.topics?.[topic.key];
    if (former && !isNew && known.joined?.length === joined.length) return { memory: former, refused };
    const since = isNew ? { ensuredAt: now().toISOString(), confirmedAtOnce: confirmed } : {};
    return { memory: { ...known, ...since, joined } satisfies RememberedTopic, refused };
  } catch (fault) {
    if (fault instanceof NotFoundException) return undefined;
    throw fault;
  }
};

/**
 * Family topics, encrypted with the stack's key. They have no DisplayName: SNS would put it before the text of each
 * SMS, and the text must begin with what happened.
 * https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-topic.html
 */
export const snsFamilyChannel = (
  client: SNSClient,
  options: SmsOptions & { readonly arnPrefix: string; readonly keyArn: string; readonly now: Clock },
): FamilyChannel => ({
  ensure: async (topic) => {
    const remembered = rememberedOf(topic.family, topic.key);
    const known = remembered && (await ensureKnown(client, topic, remembered, options.now));
    if (known) return known;
    const arn = `${options.arnPrefix}${nameOf(topic.family.familyId, topic.key)}`;
    await createTopic(client, arn, options.keyArn);
    const { joined, confirmed, refused } = await join(client, arn, topic, new Set());
    const ensuredAt = options.now().toISOString();
    return { memory: { arn, ensuredAt, confirmedAtOnce: confirmed, joined } satisfies RememberedTopic, refused };
  },

  ask: async (topic, contactId) => {
    const known = rememberedOf(topic.family, topic.key);
    return known !== undefined && subscribeAgain(client, known.arn, topic, contactId);
  },

  send: async ({ key, family }, { only, except, ...message }) => {
    const known = rememberedOf(family, key);
    if (!known) return { kind: 'no-topic' };
    const attributes = { ...message.attributes, ...defined({ only, except }) };
    const sent = await publish(client, known.arn, { ...message, attributes }, options);
    return sent.kind === 'accepted' ? { ...sent, reached: believed(known, sent.reached, options.now()) } : sent;
  },

  reach: async ({ key, family }) => {
    const known = rememberedOf(family, key);
    return known && believed(known, await countConfirmed(client, known.arn), options.now());
  },

  unsubscribeOthers: async (topic) => {
    const arn = rememberedOf(topic.family, topic.key)?.arn;
    return { unconfirmed: arn === undefined ? 0 : await unsubscribeOthers(client, arn, topic) };
  },

  remove: async (family, kept) => {
    const keys = familyTopicKeys.filter((key) => key !== kept?.but);
    // Also what may have been made and not been remembered, or was made in another cell.
    const made = keys.map((key) => `${options.arnPrefix}${nameOf(family.familyId, key)}`);
    const known = keys.flatMap((key) => rememberedOf(family, key)?.arn ?? []);
    const arns = new Set([...made, ...known]);
    await Promise.all([...arns].map(async (arn) => client.send(new DeleteTopicCommand({ TopicArn: arn }))));
  },
});
