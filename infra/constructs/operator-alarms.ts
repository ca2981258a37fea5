import { Duration, Stack } from 'aws-cdk-lib/core';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { resourceNames } from '../../shared/names.ts';
import type { Config } from '../config.ts';
import type { EncryptionKey } from './encryption-key.ts';
import { metricAlarms } from './metric-alarms.ts';
import type { ServiceFunction } from './service-function.ts';

export type OperatorAlarmsProps = {
  readonly key: EncryptionKey;
  readonly config: Pick<Config, 'operatorEmail' | 'smsSpendAlarmUsd'>;
};

export type AlarmProps = {
  readonly metric: Metric;
  /** The alarm rings from this value on; with `alarmBelow`, below it. */
  readonly threshold: number;
  /** @default false */
  readonly alarmBelow?: boolean;
  /** Periods of the metric in a row. @default 1 */
  readonly periods?: number;
  /** The meaning of a silent metric. @default 'fine' */
  readonly missingData?: 'fine' | 'alarm';
  /** The cause, in one sentence. */
  readonly what: string;
  /** The harm to people. */
  readonly impact: string;
  /** Heading in docs/runbook.md, as in its link. */
  readonly runbook: string;
};

/** The operator's topic and every alarm on it. Each names the harm to people and an entry of the runbook. */
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

  /** The two alarms of every function: it failed, or Lambda did not run it. */
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
    for (const [metricName, { id, minutes, statistic = 'Sum', ...alarm }] of Object.entries(metricAlarms)) {
      const metric = new Metric({
        namespace: resourceNames.metricNamespace,
        metricName,
        statistic,
        period: Duration.minutes(minutes),
      });
      this.add(id, { ...alarm, metric, runbook: id });
    }
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
