import { Duration, Stack } from 'aws-cdk-lib/core';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { metricNames, resourceNames } from '../../shared/names.ts';
import type { Config } from '../config.ts';
import type { EncryptionKey } from './encryption-key.ts';
import type { ServiceFunction } from './service-function.ts';

export type OperatorAlarmsProps = {
  readonly key: EncryptionKey;
  readonly config: Pick<Config, 'operatorEmail' | 'smsSpendAlarmUsd'>;
};

export type AlarmProps = {
  readonly metric: Metric;
  /** Alarms from this value on; below it with `alarmBelow`. */
  readonly threshold: number;
  /** @default false */
  readonly alarmBelow?: boolean;
  /** Periods of the metric in a row. @default 1 */
  readonly periods?: number;
  /** What silence of the metric means. @default - all is well */
  readonly missingData?: 'fine' | 'alarm';
  /** What happened, one sentence. */
  readonly what: string;
  /** What happens to people. */
  readonly impact: string;
  /** Heading in docs/runbook.md, as in its link. */
  readonly runbook: string;
};

/** The operator's topic and every alarm on it. Each tells what happens to people and where the runbook helps. */
export class OperatorAlarms extends Construct {
  readonly topicArn: string;
  readonly #action: SnsAction;

  constructor(scope: Construct, id: string, props: OperatorAlarmsProps) {
    super(scope, id);
    const topic = new Topic(this, 'Topic', { displayName: 'Alert Button alarms', masterKey: props.key.key });
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsPublish',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'OnlyOverTls',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['sns:Publish', 'sns:Subscribe'],
        resources: [topic.topicArn],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
    if (props.config.operatorEmail) {
      new CfnSubscription(this, 'Operator', {
        topicArn: topic.topicArn,
        protocol: 'email',
        endpoint: props.config.operatorEmail,
      });
    }
    this.topicArn = topic.topicArn;
    this.#action = new SnsAction(topic);
    this.#addOwnMetrics(props.config);
  }

  /** @param id construct id, unique among the alarms */
  add(id: string, props: AlarmProps): void {
    const alarm = new Alarm(this, id, {
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: props.alarmBelow
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: props.periods ?? 1,
      treatMissingData: props.missingData === 'alarm' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      alarmDescription: `${props.what} Impact: ${props.impact} What to do: docs/runbook.md#${props.runbook}`,
    });
    alarm.addAlarmAction(this.#action);
    alarm.addOkAction(this.#action);
  }

  /** The two alarms of every function: it failed, or it was not let run. */
  watchFunction({ name, impact, function: lambda }: ServiceFunction): void {
    this.add(`${name}-errors`, {
      metric: lambda.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      what: `The function ${name} failed.`,
      impact,
      runbook: `${name}-errors`,
    });
    this.add(`${name}-throttles`, {
      metric: lambda.metricThrottles({ period: Duration.minutes(5) }),
      threshold: 1,
      what: `Lambda did not run ${name}: the account's or the function's concurrency is used up.`,
      impact,
      runbook: 'function-throttles',
    });
  }

  #addOwnMetrics({ smsSpendAlarmUsd }: Pick<Config, 'smsSpendAlarmUsd'>): void {
    const own = (metricName: string, minutes: number, statistic: 'Sum' | 'Maximum' = 'Sum'): Metric =>
      new Metric({
        namespace: resourceNames.metricNamespace,
        metricName,
        statistic,
        period: Duration.minutes(minutes),
      });
    this.add('unreachable-destinations', {
      metric: own(metricNames.unreachableDestinations, 1),
      threshold: 1,
      what: 'A message could not be delivered: nobody is subscribed, or SNS refused it for good.',
      impact: 'A family, an office or the ministry did not hear of an alert.',
      runbook: 'unreachable-destinations',
    });
    // The window is longer than the 15 minutes between two repetitions: the alarm lasts until an officer has the case.
    this.add('unacknowledged-alerts', {
      metric: own(metricNames.unacknowledgedAlerts, 20),
      threshold: 1,
      what: 'No officer has acknowledged an alert; two offices and the ministry were told.',
      impact: 'Somebody asked for help and no human has taken the case. The ministry is told again every 15 minutes.',
      runbook: 'unacknowledged-alerts',
    });
    // Two checks a window: one that comes late must not look as if all were well.
    this.add('offices-without-subscribers', {
      metric: own(metricNames.officesWithoutSubscribers, 30, 'Maximum'),
      threshold: 1,
      what: 'At an open office or the ministry nobody has confirmed a subscription.',
      impact: 'Alerts near that office go to the next one, minutes away from where the person is.',
      runbook: 'offices-without-subscribers',
    });
    // The former rings on until every office has somebody; this one tells of each that is lost meanwhile.
    this.add('office-lost-subscribers', {
      metric: own(metricNames.officesThatLostSubscribers, 15),
      threshold: 1,
      what: 'An office or the ministry that heard of alerts does not any more: its last subscriber is gone.',
      impact:
        'Alerts near that office go to the next one; without the ministry nobody has the cases that no office takes.',
      runbook: 'office-lost-subscribers',
    });
    this.add('families-lost-subscribers', {
      metric: own(metricNames.familiesThatLostSubscribers, 60),
      threshold: 5,
      what: 'Within an hour several families were found whom messages reached the day before, and none does now.',
      impact: 'Their alerts reach an office and the ministry, and nobody of the family.',
      runbook: 'families-lost-subscribers',
    });
    this.add('location-fallbacks', {
      metric: own(metricNames.locationFallbacks, 15),
      threshold: 3,
      what: 'Amazon Location did not answer in time; the great circle chose the office.',
      impact: 'None for people: the office is the same in nearly all cases.',
      runbook: 'location-fallbacks',
    });
    this.add('sms-spend', {
      metric: new Metric({
        namespace: 'AWS/SNS',
        metricName: 'SMSMonthToDateSpentUSD',
        statistic: 'Maximum',
        period: Duration.minutes(5),
      }),
      threshold: smsSpendAlarmUsd,
      what: `This month's SMS have cost ${smsSpendAlarmUsd} USD.`,
      impact: "At the account's limit SNS stops every SMS without an error: families would get email only.",
      runbook: 'sms-spend',
    });
  }
}
