import { Duration } from 'aws-cdk-lib/core';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { canaryFamilyId, envNames, resourceNames } from '../../shared/names.ts';
import type { AlertTable } from './alert-table.ts';
import type { EncryptionKey } from './encryption-key.ts';
import type { OperatorAlarms } from './operator-alarms.ts';
import { runEvery } from './schedule.ts';
import { ServiceFunction } from './service-function.ts';

export type CanaryProps = {
  readonly table: AlertTable;
  readonly key: EncryptionKey;
  readonly alarms: OperatorAlarms;
  /** Minutes between two presses, at least 1. */
  readonly everyMinutes: number;
};

/** One presses; the other is SNS's, which brings it the message. */
const runsOfAPress = 2;

/**
 * Presses a drill as a phone would, all the way to the topic of a family that is nobody's, so that the operator knows
 * before a person presses.
 */
export class Canary extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { table, key, alarms, everyMinutes }: CanaryProps) {
    super(scope, id);
    const impact =
      'A press may reach nobody, or late: what was pressed is in the table, and the watchman sends it again.';
    this.function = new ServiceFunction(this, 'ProbePress', {
      name: 'probe-press',
      description: 'Presses a drill from outside, and measures until it is published',
      impact,
      timeoutSeconds: 30,
      memoryMegabytes: 256,
    });
    table.grantOneFamily(this.function, canaryFamilyId);
    // Families' topics are made at run time; this one goes with the stack.
    const topic = new Topic(this, 'Topic', {
      topicName: `${resourceNames.familyTopicPrefix}${canaryFamilyId}`,
      masterKey: key.key,
      enforceSSL: true,
    });
    topic.addSubscription(new LambdaSubscription(this.function.function));
    this.function.setVariable(envNames.canaryTopicArn, topic.topicArn);
    runEvery(this, 'Schedule', everyMinutes, this.function);
    alarms.add('canary-silent', {
      // A metric of our own would cost more than all the presses.
      metric: this.function.function.metricInvocations({ period: Duration.minutes(everyMinutes) }),
      threshold: runsOfAPress,
      alarmBelow: true,
      periods: { breaching: 2, of: 2 },
      missingData: 'alarm',
      what: `Twice in a row, ${everyMinutes} minutes apart, the canary pressed and its family's message was not published.`,
      impact,
    });
  }
}
