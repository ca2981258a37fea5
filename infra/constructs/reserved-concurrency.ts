import { CustomResource, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ServiceFunction } from './service-function.ts';

export type ReservedConcurrencyProps = {
  /** Functions for which executions are kept where the account has enough, with how many. */
  readonly wishes: readonly { readonly of: ServiceFunction; readonly executions: number }[];
};

/**
 * Keeps executions for the functions on which people depend, so that no flood of others can use up the account's. A
 * reservation in the template would fail the deploy in a new account, which often has 10; this one looks first.
 */
export class ReservedConcurrency extends Construct {
  readonly reserver: ServiceFunction;
  /** What is kept, and what to ask AWS for. */
  readonly summary: string;

  constructor(scope: Construct, id: string, { wishes }: ReservedConcurrencyProps) {
    super(scope, id);
    this.reserver = new ServiceFunction(this, 'ReserveConcurrency', {
      name: 'reserve-concurrency',
      description: 'At deploy: keeps executions for the press, for who tells people and for the case pages',
      impact: 'A flood of other requests could use up all executions of the account, and a press would wait.',
      timeoutSeconds: 60,
    });
    this.reserver.allow({ actions: ['lambda:GetAccountSettings'], resources: ['*'] });
    this.reserver.acceptWildcard('Resource::*', 'GetAccountSettings knows no resources.');
    this.reserver.allow({
      actions: ['lambda:DeleteFunctionConcurrency', 'lambda:GetFunctionConcurrency', 'lambda:PutFunctionConcurrency'],
      resources: wishes.map(({ of }) => of.function.functionArn),
    });
    const resource = new CustomResource(this, 'Reservations', {
      resourceType: 'Custom::ReservedConcurrency',
      serviceToken: this.reserver.function.functionArn,
      serviceTimeout: Duration.minutes(2),
      properties: {
        Wishes: wishes.map(({ of, executions }) => ({
          functionName: of.function.functionName,
          executions: String(executions),
        })),
      },
    });
    this.summary = resource.getAttString('Summary');
  }
}
