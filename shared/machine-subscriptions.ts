import { resourceNames } from './names.ts';
import { anHourOfRetries } from './web-hook-retries.ts';

const redriven: ReadonlySet<string> = new Set(['https', 'sqs']);

export type MachineSettings = { readonly deliveryPolicy?: object; readonly redrivePolicy?: object };

/**
 * What a subscription of a machine to an office's topic has beside its filter: a web hook is tried for an hour, and what
 * cannot be delivered is put aside in the stack's queue.
 *
 * @param topicArn of the topic, whose region and account the queue has too
 */
export const machineSettings = (protocol: string, topicArn: string): MachineSettings => {
  const [, partition, , region, account] = topicArn.split(':');
  return {
    ...(protocol === 'https' && { deliveryPolicy: anHourOfRetries }),
    ...(redriven.has(protocol) && {
      redrivePolicy: {
        deadLetterTargetArn: `arn:${partition}:sqs:${region}:${account}:${resourceNames.undeliveredQueue}`,
      },
    }),
  };
};
