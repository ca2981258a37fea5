import { Duration } from 'aws-cdk-lib/core';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/** Runs a function every `minutes`. A run that could not start is skipped: the next one is due soon. */
export const runEvery = (scope: Construct, id: string, minutes: number, target: ServiceFunction): void => {
  new Rule(scope, id, {
    description: target.function.node.path,
    schedule: Schedule.rate(Duration.minutes(minutes)),
    targets: [new LambdaFunction(target.function, { maxEventAge: Duration.minutes(1), retryAttempts: 1 })],
  });
};
