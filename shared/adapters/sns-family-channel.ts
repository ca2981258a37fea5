import type { SNSClient } from '@aws-sdk/client-sns';
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  InvalidParameterException,
  SetTopicAttributesCommand,
} from '@aws-sdk/client-sns';
import type { Clock } from '../domain/clock.ts';
import { defined } from '../domain/defined.ts';
import { familyTopicKeys } from '../domain/family/family.ts';
import type { FamilyChannel } from '../telling/channel.ts';
import { subscribeAll, unsubscribeOthers } from './sns-family-subscriptions.ts';
import type { SmsOptions } from './sns-publisher.ts';
import { countConfirmed, publish } from './sns-publisher.ts';
import type { RememberedTopic } from './sns-topics.ts';
import { nameOf, rememberedOf } from './sns-topics.ts';

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
    const arn = `${options.arnPrefix}${nameOf(topic.family.familyId, topic.key)}`;
    await createTopic(client, arn, options.keyArn);
    const confirmedAtOnce = await subscribeAll(client, arn, topic);
    return { arn, ensuredAt: options.now().toISOString(), confirmedAtOnce } satisfies RememberedTopic;
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
