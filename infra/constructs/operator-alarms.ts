import { Duration, Stack } from 'aws-cdk-lib/core';
import { type IMetric, Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type AlarmName, metricNames, resourceNames } from '../../shared/names.ts';
import type { Config } from '../config.ts';
import type { EncryptionKey } from './encryption-key.ts';
import { metricAlarms, wrongCodesAlarm } from './metric-alarms.ts';
import type { ServiceFunction } from './service-function.ts';

type AlarmSettings = Pick<Config, 'operatorEmail' | 'registrationCode' | 'smsSpendAlarmUsd'>;

export type OperatorAlarmsProps = {
  readonly key: EncryptionKey;
  readonly config: AlarmSettings;
};

export type AlarmProps = {
  /** Each metric in it costs 0.10 USD a month. */
  readonly metric: IMetric;
  /** The alarm rings from this value on; with `alarmBelow`, below it. */
  readonly threshold: number;
  /** @default false */
  readonly alarmBelow?: boolean;
  /** In so many periods of the last so many. @default one of one */
  readonly periods?: { readonly breaching: number; readonly of: number };
  /** The meaning of a silent metric. @default 'fine' */
  readonly missingData?: 'fine' | 'alarm';
  /**
   * The metric counts what happens once: that it counts no more does not say that somebody has mended it. So no mail
   * says OK, which would read as if they had. @default false
   */
  readonly endsUnseen?: boolean;
  /** The cause, in one sentence. */
  readonly what: string;
  /** The harm to people. */
  readonly impact: string;
};

/** Of every function of the account and region together. */
export const ofAllFunctions = (metricName: 'Errors' | 'Throttles'): Metric =>
  new Metric({ namespace: 'AWS/Lambda', metricName, statistic: 'Sum', period: Duration.minutes(5) });

/**
 * The operator's topic and every alarm on it. Each names the harm to people and an entry of the runbook. They are few,
 * since CloudWatch takes money for each metric that an alarm looks at: which function failed is on the dashboard.
 */
export class OperatorAlarms extends Construct {
  readonly topicArn: string;
  readonly #made: Alarm[] = [];
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
    this.#addAccounts(props.config);
    this.#addOwnMetrics(props.config);
  }

  /** Every alarm so far. */
  get made(): readonly Alarm[] {
    return this.#made;
  }

  /** @param id construct id, and heading in docs/runbook.md */
  add(
    id: AlarmName,
    { metric, threshold, periods = { breaching: 1, of: 1 }, what, impact, ...props }: AlarmProps,
  ): Alarm {
    const alarm = new Alarm(this, id, {
      metric,
      threshold,
      comparisonOperator: props.alarmBelow
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods.of,
      datapointsToAlarm: periods.breaching,
      treatMissingData: props.missingData === 'alarm' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      alarmDescription: `${what} Impact: ${impact} What to do: docs/runbook.md#${id}`,
    });
    alarm.addAlarmAction(this.#action);
    if (!props.endsUnseen) alarm.addOkAction(this.#action);
    this.#made.push(alarm);
    return alarm;
  }

  /** The one function whose failing has an alarm of its own. */
  watchPress({ function: lambda, impact }: ServiceFunction): void {
    this.add('raise-alert-errors', {
      metric: lambda.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      what: 'The function behind the button failed.',
      impact,
    });
  }

  /** What Lambda and SNS count for the whole account: one metric each, however many functions there are. */
  #addAccounts({ smsSpendAlarmUsd }: AlarmSettings): void {
    this.add('function-errors', {
      metric: ofAllFunctions('Errors'),
      threshold: 1,
      what: 'A function failed; the dashboard shows which.',
      impact: 'By function: see the dashboard or the runbook. What was pressed is kept, and the watchman tells it.',
    });
    this.add('function-throttles', {
      metric: ofAllFunctions('Throttles'),
      threshold: 1,
      what: 'Lambda did not run a function: executions of the account, or those kept for the function, are used up.',
      impact: 'A press may be answered with an error, or told late. Phones press again, and the watchman tells.',
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
    });
  }

  #addOwnMetrics({ registrationCode }: AlarmSettings): void {
    const ofCodes = registrationCode === undefined ? {} : { [metricNames.wrongRegistrationCodes]: wrongCodesAlarm };
    for (const [metricName, { id, minutes, statistic = 'Sum', ...alarm }] of Object.entries({
      ...metricAlarms,
      ...ofCodes,
    })) {
      const metric = new Metric({
        namespace: resourceNames.metricNamespace,
        metricName,
        statistic,
        period: Duration.minutes(minutes),
      });
      this.add(id, { ...alarm, metric });
    }
  }
}
