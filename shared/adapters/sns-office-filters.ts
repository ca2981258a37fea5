import type { SNSClient } from '@aws-sdk/client-sns';
import { GetSubscriptionAttributesCommand, SetSubscriptionAttributesCommand } from '@aws-sdk/client-sns';
import { missingOfficeFilter } from '../office-filter.ts';
import { subscriptionPages } from './sns-pages.ts';

/**
 * Sets the filter policy of one subscription to an office's topic where it says nothing of mails. SNS takes up to 15
 * minutes to go by it: https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html
 * @returns whether it was set; not where SNS refuses, as it does for a subscription that another account made
 */
export const mendOfficeFilter = async (client: Pick<SNSClient, 'send'>, subscriptionArn: string): Promise<boolean> => {
  try {
    const about = { SubscriptionArn: subscriptionArn };
    const { Attributes = {} } = await client.send(new GetSubscriptionAttributesCommand(about));
    const policy = missingOfficeFilter(Attributes);
    if (policy === undefined) return false;
    const filter = { ...about, AttributeName: 'FilterPolicy', AttributeValue: policy };
    await client.send(new SetSubscriptionAttributesCommand(filter));
    return true;
  } catch {
    return false;
  }
};

/**
 * The same for every confirmed subscription of a topic.
 * @returns how many filters were set; `undefined` when SNS does not list the subscriptions. Never rejects
 */
export const mendOfficeFilters = async (
  client: Pick<SNSClient, 'send'>,
  topicArn: string,
): Promise<number | undefined> => {
  let mended = 0;
  try {
    for await (const page of subscriptionPages(client, topicArn)) {
      for (const { SubscriptionArn = '' } of page) {
        // The right to set attributes knows no resources, so that this is what keeps it to the office's own topic.
        const isOwn = SubscriptionArn.startsWith(`${topicArn}:`);
        if (isOwn && (await mendOfficeFilter(client, SubscriptionArn))) mended += 1;
      }
    }
    return mended;
  } catch {
    return undefined;
  }
};
