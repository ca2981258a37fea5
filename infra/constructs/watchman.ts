import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { OperatorAlarms } from './operator-alarms.ts';
import { runEvery } from './schedule.ts';
import { ServiceFunction } from './service-function.ts';

export type WatchmanProps = {
  readonly alarms: OperatorAlarms;
};

/**
 * The safety net: every minute it sends what is still pending, passes on cases that no officer acknowledged, and raises
 * the alerts of missed check-ins. The alarm on its silence matters most.
 */
export class Watchman extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, props: WatchmanProps) {
    super(scope, id);
    const impact =
      'What failed once is not sent again, what nobody acknowledges goes no further, and missed check-ins raise no alert: a family or an office may never hear of it.';
    this.function = new ServiceFunction(this, 'Watchman', {
      name: 'watchman',
      description: 'Every minute: re-sends what is pending, escalates what no officer acknowledged, minds check-ins',
      impact,
      timeoutSeconds: 55,
    });
    runEvery(this, 'EveryMinute', 1, this.function);
    const period = Duration.minutes(5);
    props.alarms.add('watchman-silent', {
      metric: this.function.function.metricInvocations({ period }),
      threshold: 1,
      alarmBelow: true,
      missingData: 'alarm',
      what: 'The watchman did not run for five minutes.',
      impact,
    });
    props.alarms.add('watchman-errors', {
      metric: this.function.function.metricErrors({ period }),
      threshold: 1,
      what: 'A round of the watchman failed.',
      impact,
    });
  }
}
