import { type SNSClient, CheckIfPhoneNumberIsOptedOutCommand, NotFoundException } from '@aws-sdk/client-sns';
import { type ContactKey, contactKeys } from '../domain/family/family.ts';
import type { Subscription, SubscriptionReader } from '../domain/family/reach.ts';
import type { SubscriptionChecks } from '../telling/channel.ts';
import { notJoined } from './sns-family-subscriptions.ts';
import { mendOfficeFilters } from './sns-office-filters.ts';
import { subscriptionPages } from './sns-pages.ts';
import { countSubscriptions } from './sns-publisher.ts';
import { type OfficeTopicArns, officeTopicArn, rememberedOf } from './sns-topics.ts';

// All tries together: a person waits for the answer, and the table knows enough for one.
const patience = () => ({ abortSignal: AbortSignal.timeout(1500) });

/** @returns none of a topic that is gone, `undefined` if there is no answer */
const listTopic = async (
  client: SNSClient,
  topicArn: string,
  key: ContactKey,
): Promise<readonly Subscription[] | undefined> => {
  try {
    const found = (await Array.fromAsync(subscriptionPages(client, topicArn, patience()))).flat();
    // Instead of an ARN: `PendingConfirmation`, or `Deleted` for a while after unsubscribing.
    return found
      .filter(({ SubscriptionArn }) => SubscriptionArn !== 'Deleted')
      .map(({ Endpoint = '', SubscriptionArn = '' }) => ({
        key,
        endpoint: Endpoint,
        confirmed: SubscriptionArn.startsWith('arn:'),
      }));
  } catch (fault) {
    return fault instanceof NotFoundException ? [] : undefined;
  }
};

/**
 * Reads the subscriptions of a family's topics, side by side: a page holds 100, so that one is enough unless many
 * mailboxes were removed before they confirmed. All pages of a topic together have the time of one.
 */
export const snsSubscriptionReader = (client: SNSClient): SubscriptionReader => ({
  list: async (family) => {
    const topics = contactKeys.flatMap((key) => {
      const known = rememberedOf(family, key);
      return known ? [listTopic(client, known.arn, key)] : [];
    });
    const found = await Promise.all(topics);
    const listed = found.filter((subscriptions) => subscriptions !== undefined);
    return listed.length === found.length ? listed.flat() : undefined;
  },
  refused: (family) =>
    contactKeys.flatMap((key) => {
      const joined = rememberedOf(family, key)?.joined;
      return joined ? notJoined({ key, family }, joined) : [];
    }),
});

/** What the watchman asks besides: opt-outs, which hold for the whole account, and how many an office's topic reaches. */
export const snsSubscriptionChecks = (client: SNSClient, arns: OfficeTopicArns): SubscriptionChecks => ({
  ...snsSubscriptionReader(client),
  isOptedOut: async (phone) => {
    try {
      const { isOptedOut } = await client.send(
        new CheckIfPhoneNumberIsOptedOutCommand({ phoneNumber: phone }),
        patience(),
      );
      return isOptedOut;
    } catch {
      return undefined;
    }
  },
  count: async (topic) => {
    try {
      return await countSubscriptions(client, officeTopicArn(arns, topic), patience());
    } catch (fault) {
      return fault instanceof NotFoundException ? { confirmed: 0, pending: 0 } : undefined;
    }
  },
  mend: async (topic) => mendOfficeFilters(client, officeTopicArn(arns, topic)),
});
