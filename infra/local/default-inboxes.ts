import { resourceNames } from '../../shared/names.ts';
import type { Services } from './services.ts';

export type DeployedTopic = { readonly name: string; readonly arn: string };

/** A subscription with what `Subscribe` needs to make it again. */
type Baseline = {
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint: string;
  readonly FilterPolicy: string | undefined;
};

/** The mailbox with which an office or the ministry starts; undefined for other topics. */
const mailboxOf = (topicName: string): string | undefined => {
  if (topicName === resourceNames.ministryTopic) return 'duty@ministry.example';
  const prefix = resourceNames.consulateTopicPrefix;
  return topicName.startsWith(prefix) ? `duty@${topicName.slice(prefix.length)}.consulates.example` : undefined;
};

/** The topics as they stand right after a start, to come back to. */
export type TopicBaseline = {
  /** Removes topics made since, and gives those of the template the subscriptions that they started with. */
  restore: () => Promise<void>;
};

/** Gives each office and the ministry a confirmed mailbox beside what the template subscribes. */
export const subscribeDefaultInboxes = async (
  services: Services,
  topics: readonly DeployedTopic[],
  confirm: 'auto' | 'manual',
): Promise<TopicBaseline> => {
  const { sns, setConfirm } = services;

  const addMailboxes = async (): Promise<void> => {
    setConfirm('auto');
    for (const { name } of topics) {
      const endpoint = mailboxOf(name);
      if (endpoint !== undefined) await sns.subscribe({ topic: name, protocol: 'email', endpoint });
    }
    setConfirm(confirm);
  };

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
  await addMailboxes();

  return {
    restore: async () => {
      for (const { topic, arn } of sns.topics()) {
        if (deployed.has(arn)) sns.removeSubscriptions(topic);
        else await sns.call('DeleteTopic', { TopicArn: arn });
      }
      for (const { FilterPolicy, ...target } of subscriptions) {
        const Attributes = FilterPolicy === undefined ? {} : { FilterPolicy };
        await sns.call('Subscribe', { ...target, Attributes });
      }
      await addMailboxes();
    },
  };
};
