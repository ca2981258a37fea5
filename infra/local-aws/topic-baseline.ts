import type { LocalSns } from './sns/sns.ts';

/** A topic of the template. */
export type DeployedTopic = { readonly name: string; readonly arn: string };

/** A subscription with what `Subscribe` needs to make it again. */
type Baseline = {
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint: string;
  readonly FilterPolicy: string | undefined;
};

/**
 * Remembers the topics as they are now. The answer brings them back: topics made since are removed, and those of the
 * template have the subscriptions that they have now.
 */
export const topicBaseline = (sns: LocalSns, topics: readonly DeployedTopic[]): (() => Promise<void>) => {
  const deployed = new Set(topics.map(({ arn }) => arn));
  const subscriptions = sns
    .topics()
    .filter(({ arn }) => deployed.has(arn))
    .flatMap(({ arn, subscriptions: own }) =>
      own.map(({ protocol, endpoint, filterPolicy }): Baseline => ({
        TopicArn: arn,
        Protocol: protocol,
        Endpoint: endpoint,
        FilterPolicy: filterPolicy,
      })),
    );
  return async () => {
    for (const { topic, arn } of sns.topics()) {
      if (deployed.has(arn)) sns.removeSubscriptions(topic);
      else await sns.call('DeleteTopic', { TopicArn: arn });
    }
    for (const { FilterPolicy, ...target } of subscriptions) {
      const Attributes = FilterPolicy === undefined ? {} : { FilterPolicy };
      await sns.call('Subscribe', { ...target, Attributes });
    }
  };
};
