import { resourceNames } from '../../shared/names.ts';
import { officeFilter } from '../../shared/office-filter.ts';
import type { Services } from '../local-aws/services.ts';
import type { DeployedTopic } from '../local-aws/topic-baseline.ts';

/** The mailbox with which an office or the ministry starts; undefined for other topics. */
const mailboxOf = (topicName: string): string | undefined => {
  if (topicName === resourceNames.ministryTopic) return 'duty@ministry.example';
  const prefix = resourceNames.consulateTopicPrefix;
  return topicName.startsWith(prefix) ? `duty@${topicName.slice(prefix.length)}.consulates.example` : undefined;
};

/** Gives each office and the ministry a confirmed mailbox beside what the template subscribes. */
export const subscribeDefaultInboxes = async (
  { sns, setConfirm }: Services,
  topics: readonly DeployedTopic[],
  confirm: 'auto' | 'manual',
): Promise<void> => {
  setConfirm('auto');
  for (const { name } of topics) {
    const endpoint = mailboxOf(name);
    const filterPolicy = JSON.stringify(officeFilter('email'));
    if (endpoint !== undefined) await sns.subscribe({ topic: name, protocol: 'email', endpoint, filterPolicy });
  }
  setConfirm(confirm);
};
