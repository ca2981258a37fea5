import { Duration, Stack } from 'aws-cdk-lib/core';
import {
  type IMetric,
  type IWidget,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  MathExpression,
  Metric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { type MetricName, dimensionNames, logEvents, metricNames, resourceNames } from '../../shared/names.ts';
import type { HttpApi } from './http-api.ts';
import { type OperatorAlarms, ofAllFunctions } from './operator-alarms.ts';
import type { ServiceFunction } from './service-function.ts';

export type OperatorDashboardProps = {
  readonly alarms: OperatorAlarms;
  readonly api: Pick<HttpApi, 'faults'>;
  /** The function behind the button. */
  readonly press: ServiceFunction;
  readonly watchman: ServiceFunction;
  /** @default - there is none */
  readonly canary: ServiceFunction | undefined;
  readonly functions: readonly ServiceFunction[];
};

const period = Duration.minutes(5);
/** Offices and functions of a graph: an account's first three dashboards are free with 50 metrics each. */
const mostLines = 9;
const destinations = ['family', 'office', 'ministry'] as const;

const own = (
  metricName: MetricName,
  options: { statistic: string; label?: string; dimensionsMap?: Record<string, string> },
) => new Metric({ namespace: resourceNames.metricNamespace, metricName, period, ...options });

/** A line for each of those with most of it, found when somebody looks: offices that never had a press have none. */
const mostOf = (namespace: string, dimension: string, metricName: string, statistic: string): IMetric =>
  new MathExpression({
    expression: `SORT(SEARCH('{${namespace},${dimension}} MetricName="${metricName}"', '${statistic}', ${period.toSeconds()}), SUM, DESC, ${mostLines})`,
    label: '',
    period,
    usingMetrics: {},
  });

const graph = (title: string, width: number, left: readonly IMetric[]): IWidget =>
  new GraphWidget({ title, width, left: [...left], leftYAxis: { min: 0 } });

/** Is the button working? The first row answers, from the press to whoever is told of it. */
export class OperatorDashboard extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, props: OperatorDashboardProps) {
    super(scope, id);
    new Dashboard(this, 'Page', {
      dashboardName: resourceNames.dashboard,
      defaultInterval: Duration.days(1),
      widgets: [isItWorking(props), alarmsAndQuotas(props), byOffice(props), byFunction(props)],
    });
    const { region } = Stack.of(this);
    this.url = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${resourceNames.dashboard}`;
  }
}

const isItWorking = ({ api, press, canary }: OperatorDashboardProps): IWidget[] => [
  graph('Presses, drills and the canary among them', 5, [
    press.function.metricInvocations({ period, label: 'pressed' }),
    press.function.metricErrors({ period, label: 'failed' }),
  ]),
  graph(
    'Seconds from press to told: 90 % of real ones',
    5,
    destinations.map((destination) =>
      own(metricNames.secondsUntilTold, {
        statistic: 'p90',
        label: destination,
        dimensionsMap: { [dimensionNames.destination]: destination },
      }),
    ),
  ),
  canary
    ? new LogQueryWidget({
        title: 'Seconds from press to told: the canary',
        width: 5,
        view: LogQueryVisualizationType.LINE,
        logGroupNames: [canary.function.logGroup.logGroupName],
        queryLines: [`filter event = "${logEvents.canaryHeard}"`, 'stats max(seconds) as slowest by bin(15m)'],
      })
    : new TextWidget({ width: 5, height: 6, markdown: 'There is no canary: `canaryMinutes` is 0.' }),
  graph('Seconds that the oldest has waited untold', 4, [
    own(metricNames.oldestUntoldSeconds, { statistic: 'Maximum', label: 'oldest' }),
  ]),
  graph('Errors', 5, [
    ofAllFunctions('Errors').with({ label: 'functions failed' }),
    ofAllFunctions('Throttles').with({ label: 'functions not run' }),
    api.faults.with({ label: 'answers 5xx' }),
  ]),
];

/**
 * What runs out without an error of ours, in percent of what the account has by now.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Quotas-Visualize-Alarms.html
 */
const usedOfQuota = (label: string, id: string, Resource: string): IMetric =>
  new MathExpression({
    expression: `100 * ${id} / SERVICE_QUOTA(${id})`,
    label,
    period,
    usingMetrics: {
      [id]: new Metric({
        namespace: 'AWS/Usage',
        metricName: 'ResourceCount',
        dimensionsMap: { Service: 'SNS', Type: 'Resource', Class: 'None', Resource },
        statistic: 'Maximum',
        period,
      }),
    },
  });

const alarmsAndQuotas = ({ alarms }: OperatorDashboardProps): IWidget[] => [
  new AlarmStatusWidget({ title: 'Alarms (docs/runbook.md)', width: 16, height: 6, alarms: [...alarms.made] }),
  graph('Used of SNS quotas, % (docs/operating.md)', 8, [
    usedOfQuota('topics', 'topics', 'ApproximateNumberOfTopics'),
    usedOfQuota('filter policies', 'filters', 'ApproximateNumberOfFilterPolicies'),
    usedOfQuota('mailboxes that have not confirmed', 'pending', 'ApproximateNumberOfPendingSubscriptions'),
  ]),
];

const byOffice = ({ watchman }: OperatorDashboardProps): IWidget[] => {
  const of = (metric: MetricName, statistic: string): readonly IMetric[] => [
    mostOf(resourceNames.metricNamespace, dimensionNames.officeId, metric, statistic),
  ];
  return [
    graph('Real presses told to an office', 6, of(metricNames.secondsUntilTold, 'SampleCount')),
    graph('Seconds until an officer took it, median', 6, of(metricNames.secondsToAcknowledgement, 'p50')),
    graph('Offices that did not hear', 6, of(metricNames.unreachableDestinations, 'Sum')),
    new LogQueryWidget({
      title: 'Offices with nobody confirmed',
      width: 6,
      logGroupNames: [watchman.function.logGroup.logGroupName],
      queryLines: [
        `filter event = "${logEvents.officesChecked}"`,
        'sort @timestamp desc',
        'limit 1',
        'display unheard, offices',
      ],
    }),
  ];
};

const byFunction = ({ functions }: OperatorDashboardProps): IWidget[] => [
  graph('Errors of a function', 8, [mostOf('AWS/Lambda', 'FunctionName', 'Errors', 'Sum')]),
  new TextWidget({
    width: 16,
    height: 6,
    markdown: [
      '| function | what it means for people when it fails |',
      '|---|---|',
      ...functions.map(({ name, impact }) => `| ${name} | ${impact} |`),
    ].join('\n'),
  }),
];
