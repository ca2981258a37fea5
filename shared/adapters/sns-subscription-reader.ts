import type { SNSClient } from '@aws-sdk/client-sns';
import { ListSubscriptionsByTopicCommand, NotFoundException } from '@aws-sdk/client-sns';
import type { SubscriptionReader } from '../domain/read-family.ts';

// All tries together: a person waits for the answer, and the table knows enough for one.
const patienceMs = 1500;

/**
 * Reads a family topic's subscriptions: one page holds 100, a family at most 10.
 * An account has 30 of these calls a second. https://docs.aws.amazon.com/general/latest/gr/sns.html
 */
export const snsSubscriptionReader = (client: SNSClient): SubscriptionReader => ({
  list: async (topicArn) => {
    try {
      const { Subscriptions = [] } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }), {
        abortSignal: AbortSignal.timeout(patienceMs),
      });
      // Instead of an ARN: `PendingConfirmation`, or `Deleted` for a while after unsubscribing.
      return Subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn !== 'Deleted').map(
        ({ Endpoint = '', SubscriptionArn = '' }) => ({
          endpoint: Endpoint,
          confirmed: SubscriptionArn.startsWith('arn:'),
        }),
      );
    } catch (fault) {
      return fault instanceof NotFoundException ? [] : undefined;
    }
  },
});
