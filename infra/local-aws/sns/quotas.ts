import { AwsError, type AwsService } from '../aws-service.ts';
import { findTopic, type SnsState } from './state.ts';

/**
 * Calls a second that an account has in us-east-1, of the actions that have few: https://docs.aws.amazon.com/general/latest/gr/sns.html
 */
const callsASecond: Readonly<Record<string, number>> = {
  CheckIfPhoneNumberIsOptedOut: 50,
  ListSubscriptions: 30,
  ListSubscriptionsByTopic: 30,
  ListTopics: 30,
  Subscribe: 100,
  Unsubscribe: 100,
};

const defaultPendingSubscriptions = 5000;

export const throttled = (): AwsError => new AwsError('Throttled', 'Rate exceeded', { statusCode: 429 });

/** Refuses what is over the account's calls of the last second. By the clock of this machine, however `now` is turned. */
export const withCallQuotas = (service: AwsService, nowMs: () => number = () => performance.now()): AwsService => {
  const recent = new Map<string, number[]>();
  return {
    ...service,
    call: async (operation, input) => {
      const quota = callsASecond[operation];
      if (quota !== undefined) {
        const calls = (recent.get(operation) ?? []).filter((at) => at > nowMs() - 1000);
        if (calls.length >= quota) throw throttled();
        recent.set(operation, [...calls, nowMs()]);
      }
      return service.call(operation, input);
    },
  };
};

/** "The customer already owns the maximum allowed number of subscriptions": API_Subscribe.html */
export const checkPendingSubscriptions = (state: SnsState): void => {
  const most = state.options.quotas?.pendingSubscriptions ?? defaultPendingSubscriptions;
  let pending = 0;
  for (const arn of state.topics.keys()) {
    for (const { confirmed } of findTopic(state, arn).subscriptions.values()) if (!confirmed) pending += 1;
  }
  if (pending >= most) {
    throw new AwsError('SubscriptionLimitExceeded', 'Pending subscriptions limit exceeded for account', {
      statusCode: 403,
    });
  }
};
