import type { ListSubscriptionsByTopicResponse, SNSClient, Subscription } from '@aws-sdk/client-sns';
import {
  CheckIfPhoneNumberIsOptedOutCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  NotFoundException,
} from '@aws-sdk/client-sns';
import type { SubscriberCounter } from '../telling/check-offices.ts';
import type { OptOutReader, SubscriptionReader } from '../telling/check-subscriptions.ts';

// All tries together: a person waits for the answer, and the table knows enough for one.
const patience = () => ({ abortSignal: AbortSignal.timeout(1500) });

/**
 * Reads a family topic's subscriptions: a page holds 100, so that one is enough unless many mailboxes were removed before
 * they confirmed. All pages together have the time of one.
 * An account has 30 of these calls a second. https://docs.aws.amazon.com/general/latest/gr/sns.html
 */
export const snsSubscriptionReader = (client: SNSClient): SubscriptionReader => ({
  list: async (topicArn) => {
    try {
      const found: Subscription[] = [];
      const until = patience();
      let token: string | undefined;
      do {
        const page: ListSubscriptionsByTopicResponse = await client.send(
          new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, ...(token !== undefined && { NextToken: token }) }),
          until,
        );
        found.push(...(page.Subscriptions ?? []));
        token = page.NextToken;
      } while (token !== undefined);
      // Instead of an ARN: `PendingConfirmation`, or `Deleted` for a while after unsubscribing.
      return found
        .filter(({ SubscriptionArn }) => SubscriptionArn !== 'Deleted')
        .map(({ Endpoint = '', SubscriptionArn = '' }) => ({
          endpoint: Endpoint,
          confirmed: SubscriptionArn.startsWith('arn:'),
        }));
    } catch (fault) {
      return fault instanceof NotFoundException ? [] : undefined;
    }
  },
});

/** Asks for opt-outs, which hold for the whole account. */
export const snsOptOutReader = (client: SNSClient): OptOutReader => ({
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
});

/** Counts a topic's subscriptions; the counts lag by some minutes (ADR 008). */
export const snsSubscriberCounter = (client: SNSClient): SubscriberCounter => ({
  count: async (topicArn) => {
    try {
      const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: topicArn }), patience());
      const [confirmed, pending] = ['SubscriptionsConfirmed', 'SubscriptionsPending'].map((name) =>
        Number(Attributes?.[name]),
      );
      return Number.isInteger(confirmed) && Number.isInteger(pending)
        ? { confirmed: Number(confirmed), pending: Number(pending) }
        : undefined;
    } catch (fault) {
      return fault instanceof NotFoundException ? { confirmed: 0, pending: 0 } : undefined;
    }
  },
});
