import type { ListSubscriptionsByTopicResponse, SNSClient, Subscription } from '@aws-sdk/client-sns';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';

/**
 * The subscriptions of a topic, a page of at most 100 at a time. An account has 30 of these calls a second.
 * https://docs.aws.amazon.com/general/latest/gr/sns.html
 */
export async function* subscriptionPages(
  client: Pick<SNSClient, 'send'>,
  topicArn: string,
  options?: { readonly abortSignal: AbortSignal },
): AsyncGenerator<readonly Subscription[], void> {
  let token: string | undefined;
  do {
    const page: ListSubscriptionsByTopicResponse = await client.send(
      new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, ...(token !== undefined && { NextToken: token }) }),
      options,
    );
    yield page.Subscriptions ?? [];
    token = page.NextToken;
  } while (token !== undefined);
}
