import { Match } from 'aws-cdk-lib/assertions';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { metricsWithoutAlarm } from '../../infra/constructs/metric-alarms.ts';
import { alarmNames, functionNames, metricNames, resourceNames } from '../../shared/names.ts';
import { alarmMetricsOf } from '../support/alarm-metrics.ts';
import { type Resource, type Tree, everySetting, synth } from './synth.ts';

let stack: Awaited<ReturnType<typeof synth>>;
let configured: typeof stack;
beforeAll(async () => {
  stack = await synth();
  configured = await synth(everySetting);
});

const alarmsOf = ({ ofType }: typeof stack): Resource[] => ofType('AWS::CloudWatch::Alarm');
const nameOf = ({ Properties }: Resource): string => Properties.AlarmDescription.split('docs/runbook.md#')[1];
const namesOf = (of: typeof stack): string[] => alarmsOf(of).map(nameOf);
const alarmNamed = (of: typeof stack, name: string): Tree =>
  alarmsOf(of).find((alarm) => nameOf(alarm) === name)?.Properties ?? expect.fail(`no alarm ${name}`);

describe('the alarms', () => {
  it('are at most 20, and look at no more metrics than an idle month of 4 USD has for them', () => {
    expect(alarmsOf(stack).length).toBeLessThanOrEqual(20);
    expect(alarmMetricsOf(Object.values(stack.resources))).toBeLessThanOrEqual(15);
    expect(stack.ofType('AWS::CloudWatch::CompositeAlarm')).toEqual([]);
  });

  it('have the names that shared/names.ts gives them, each once', () => {
    expect(namesOf(stack).toSorted()).toEqual(
      alarmNames.filter((name) => name !== 'wrong-registration-codes' && name !== 'edge-blocks').toSorted(),
    );
    expect(namesOf(configured).toSorted()).toEqual(alarmNames.filter((name) => name !== 'canary-silent').toSorted());
  });
});

describe('each alarm', () => {
  const runbook = readFileSync('docs/runbook.md', 'utf8');
  const entries = new Map(
    runbook
      .split(/^## /m)
      .slice(1)
      .map((entry) => [entry.split('\n')[0]?.trim(), entry]),
  );

  it('tells what happens to people and has an entry in the runbook', () => {
    for (const { Properties } of [...alarmsOf(stack), ...alarmsOf(configured)]) {
      expect(Properties.AlarmDescription).toMatch(/ Impact: .+ What to do: docs\/runbook\.md#[\w-]+$/);
      expect(Properties.AlarmDescription.length).toBeLessThanOrEqual(1024);
    }
    for (const name of alarmNames) {
      const entry = entries.get(name);
      expect(entry, `docs/runbook.md needs an entry "## ${name}"`).toBeDefined();
      for (const part of ['**Description**', '**Investigation**', '**Resolution**']) expect(entry).toContain(part);
    }
  });

  it('has an entry in the runbook that something points to', () => {
    const ringing = [...entries].filter(([, text]) => !text.includes('**Description** No alarm: '));
    expect(new Set(ringing.map(([id]) => id))).toEqual(new Set(alarmNames));
  });

  it('about a function leads to what that one means for people', () => {
    const ofFunctions = entries.get('function-errors') ?? '';
    const named = [...ofFunctions.matchAll(/^### (\S+)$/gm)].map(([, name]) => String(name));
    expect(named.toSorted()).toEqual(
      functionNames.filter((name) => name !== 'raise-alert' && name !== 'watchman').toSorted(),
    );
  });

  it('on a metric of our own is the only one on it, and no other metric of our own goes without a reason', () => {
    const watched = alarmsOf(configured)
      .filter(({ Properties }) => Properties.Namespace === resourceNames.metricNamespace)
      .map(({ Properties }) => Properties.MetricName);
    const excused = Object.entries(metricsWithoutAlarm);
    const own = Object.values(metricNames);
    expect(watched).toHaveLength(own.length - excused.length);
    expect(new Set([...watched, ...excused.map(([metric]) => metric)])).toEqual(new Set(own));
    for (const [, reason] of excused) expect(reason).toMatch(/\.$/);
  });

  it('reaches the operator’s encrypted topic, when it rings and, where it can know, when it is over', () => {
    for (const { Properties } of alarmsOf(stack)) {
      expect(Properties.AlarmActions).toHaveLength(1);
      expect([Properties.AlarmActions, undefined]).toContainEqual(Properties.OKActions);
      const topic = stack.resources[Properties.AlarmActions[0].Ref];
      expect(topic?.Properties.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': ['EncryptionKey', 'Arn'] });
    }
    const [key] = stack.ofType('AWS::KMS::Key');
    expect(JSON.stringify(key?.Properties.KeyPolicy)).toContain('cloudwatch.amazonaws.com');
    expect(key?.Properties.EnableKeyRotation).toBe(true);
    configured.template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'ops@example.org',
    });
  });

  it('about a canary that is not heard rings after two presses without the second run that SNS brings', () => {
    expect(alarmNamed(stack, 'canary-silent')).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: expect.stringContaining('CanaryProbePress') } }],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 2,
      DatapointsToAlarm: 2,
      Threshold: 2,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  it('about errors and throttles hears of every function there is, and of the button apart', () => {
    for (const [name, MetricName] of [
      ['function-errors', 'Errors'],
      ['function-throttles', 'Throttles'],
    ] as const) {
      const alarm = alarmNamed(stack, name);
      expect(alarm).toMatchObject({ Namespace: 'AWS/Lambda', MetricName, Statistic: 'Sum', Threshold: 1 });
      // Without one, Lambda's metrics are those of all functions: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
      expect(alarm.Dimensions).toBeUndefined();
    }
    expect(alarmNamed(stack, 'raise-alert-errors').Dimensions[0].Value.Ref).toContain('RaiseAlert');
  });

  it('about an unacknowledged alert counts each time that the ministry hears of it', () => {
    expect(alarmNamed(stack, 'unacknowledged-alerts')).toMatchObject({
      MetricName: 'UnacknowledgedAlerts',
      Namespace: 'AlertButton',
      Threshold: 1,
      Period: 20 * 60,
    });
  });

  it('says OK only where that says that it is over: what counts each harm once rings, and says no more', () => {
    const silent = alarmsOf(stack).filter(({ Properties }) => Properties.OKActions === undefined);
    expect(silent.map(nameOf).toSorted()).toEqual([
      'cases-without-representative',
      'families-unheard',
      'unacknowledged-alerts',
      'unreachable-destinations',
    ]);
  });

  it('about what is not told rings when the watchman finds some three times in five minutes', () => {
    expect(alarmNamed(stack, 'untold')).toMatchObject({
      MetricName: 'OldestUntoldSeconds',
      Statistic: 'Maximum',
      Period: 60,
      Threshold: 60,
      EvaluationPeriods: 5,
      DatapointsToAlarm: 3,
      TreatMissingData: 'notBreaching',
    });
  });

  it('about the spend on SMS rings where the operator said', () => {
    const rings = (threshold: number) => ({ MetricName: 'SMSMonthToDateSpentUSD', Threshold: threshold });
    stack.template.hasResourceProperties('AWS::CloudWatch::Alarm', rings(0.8));
    configured.template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...rings(160),
      AlarmDescription: Match.stringLikeRegexp('have cost 160 USD'),
    });
  });

  it('takes the watchman’s silence for a fault, and hears of each round that fails', () => {
    for (const [name, MetricName, ComparisonOperator, TreatMissingData] of [
      ['watchman-silent', 'Invocations', 'LessThanThreshold', 'breaching'],
      ['watchman-errors', 'Errors', 'GreaterThanOrEqualToThreshold', 'notBreaching'],
    ] as const) {
      const alarm = alarmNamed(stack, name);
      expect(alarm).toMatchObject({ MetricName, ComparisonOperator, TreatMissingData, Threshold: 1, Period: 300 });
      expect(alarm.Dimensions[0].Value.Ref).toContain('Watchman');
    }
  });

  it('about the edge counts what its web ACL refused', () => {
    const [acl] = configured.ofType('AWS::WAFv2::WebACL');
    expect(alarmNamed(configured, 'edge-blocks')).toMatchObject({
      Namespace: 'AWS/WAFV2',
      MetricName: 'BlockedRequests',
      Dimensions: expect.arrayContaining([
        { Name: 'Rule', Value: 'ALL' },
        { Name: 'WebACL', Value: acl?.Properties.VisibilityConfig.MetricName },
      ]),
    });
  });
});
