import { CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { outputNames } from '../shared/names.ts';
import type { Config } from './config.ts';
import type { AlertTable } from './constructs/alert-table.ts';
import type { Edge } from './constructs/edge.ts';
import type { OperatorAlarms } from './constructs/operator-alarms.ts';
import type { TellingFunctions } from './telling-functions.ts';

export type OutputsProps = Pick<TellingFunctions, 'sendDrill' | 'subscribeOffice' | 'consulateTopics'> & {
  readonly config: Config;
  readonly table: AlertTable;
  readonly alarms: OperatorAlarms;
  readonly apiUrl: string;
  readonly edge: Edge | undefined;
  /** What is kept of the account's executions, in words. */
  readonly concurrency: string;
  readonly dashboardUrl: string;
};

/** What a deploy prints: for the operator to read, and for the operator's commands. */
export const addOutputs = (
  scope: Construct,
  { config, table, alarms, apiUrl, edge, concurrency, dashboardUrl, ...telling }: OutputsProps,
): void => {
  const { sendDrill, subscribeOffice, consulateTopics } = telling;
  new CfnOutput(scope, outputNames.apiUrl, { value: apiUrl, description: 'Base URL of the API' });
  new CfnOutput(scope, outputNames.alarmTopic, {
    value: alarms.topicArn,
    description: "Topic of the operator's alarms",
  });
  new CfnOutput(scope, outputNames.table, { value: table.tableName, description: 'Read by npm run alerts' });
  new CfnOutput(scope, outputNames.drillFunction, {
    value: sendDrill.function.functionName,
    description: 'Invoked by npm run consulate -- test',
  });
  new CfnOutput(scope, outputNames.subscribeFunction, {
    value: subscribeOffice.function.functionName,
    description: 'Invoked by npm run consulate -- subscribe',
  });
  new CfnOutput(scope, outputNames.escalationMinutes, {
    value: config.escalationMinutes.join(','),
    description: 'Minutes of silence until the next office, and then until the ministry is told',
  });
  if (edge) {
    new CfnOutput(scope, outputNames.edgeDomain, {
      value: edge.domainName,
      description: "Domain of the edge, to which publicUrl's name points",
    });
  }
  if (config.desk) {
    new CfnOutput(scope, outputNames.desk, {
      value: `${config.desk.phone} ${config.desk.name}`,
      description: 'Whom people are given to call',
    });
  }
  new CfnOutput(scope, outputNames.officesWithoutSubscribers, {
    value: atMost(3500, consulateTopics.withoutSubscribers) || 'none',
    description:
      'Open offices, and the ministry, for which cdk.json names no subscriber. Who has confirmed: npm run consulate -- list',
  });
  new CfnOutput(scope, outputNames.concurrency, {
    value: concurrency,
    description: 'Executions kept for the functions on which people depend',
  });
  new CfnOutput(scope, outputNames.dashboard, {
    value: dashboardUrl,
    description: 'Is the button working?',
  });
  new CfnOutput(scope, outputNames.nextSteps, {
    value: nextSteps(config, apiUrl, edge),
    description: 'What is left to do by hand',
  });
};

/** CloudFormation takes 4,096 characters of an output. */
const atMost = (characters: number, names: readonly string[]): string => {
  const text = names.join(' ');
  return text.length <= characters ? text : `${text.slice(0, characters).replace(/ \S*$/, '')} ...`;
};

const nextSteps = (config: Config, apiUrl: string, edge: Edge | undefined): string =>
  [
    config.operatorEmail
      ? `Open the mail that AWS sent to ${config.operatorEmail} and confirm the alarms.`
      : 'Nobody gets the alarms: set operatorEmail in cdk.json and deploy again.',
    'Ask AWS for what a new account lacks: Lambda\'s "Concurrent executions" 1,000 (often 10), out of the SMS sandbox, a higher SMS spend limit (docs/operating.md, "Quotas").',
    'Subscribe the offices: npm run consulate -- list shows which have nobody, subscribe adds one, confirm confirms it, test tries it.',
    ...(config.registrationCode || config.registrationProofOfWork
      ? []
      : [
          'Anybody can register and so send SMS: set registrationCode, or registrationProofOfWork, in cdk.json before the address is public.',
        ]),
    ...(config.legalHelp
      ? []
      : [
          'Families of people who did not authorise consular contact are given no phone: set legalHelp in cdk.json to somebody who helps with immigration law.',
        ]),
    ...(edge && config.publicUrl ? [`Point the name in publicUrl at ${edge.domainName} (a CNAME or an alias).`] : []),
    `Register the first family: open ${edge?.url ?? apiUrl} on a phone, or POST ${edge?.url ?? apiUrl}/v1/families (README, "Run it").`,
  ]
    .map((step, index) => `${index + 1}. ${step}`)
    .join(' ');
