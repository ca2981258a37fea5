import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { OperatorError } from './operator-error.ts';

/** Where the stack is: an AWS region, unless given where it was deployed to, or the URL of a local stack. */
export type Target = { readonly region: string | undefined } | { readonly localUrl: string };

/** What the commands work with. */
export type Aws = {
  readonly sns: Pick<SNSClient, 'send'>;
  readonly dynamoDb: Pick<DynamoDBClient, 'send'>;
  readonly lambda: Pick<LambdaClient, 'send'>;
  readonly cloudFormation: Pick<CloudFormationClient, 'send'>;
  /** Region or URL, to name it. */
  readonly place: string;
  /** The stack's clock, which on this machine may have been moved on. */
  readonly now: Date;
  /** Between calls of which AWS takes only so many a second. */
  readonly wait: (milliseconds: number) => Promise<unknown>;
};

const settings: Readonly<Record<string, unknown>> = cdkJson.context.alertButton;

/** A profile's region is for other things: the stack is where cdk.json sent it. */
const deployedRegion = z.string().catch('us-east-1').parse(settings['region']);

/** Countries whose phones may be subscribed, by cdk.json. */
export const smsCountries = z.array(z.string()).catch(['US', 'MX']).parse(settings['smsCountries']);

/** US dollars of SMS a month at which the alarm rings, by cdk.json. */
export const smsSpendAlarmUsd = z.number().catch(0.8).parse(settings['smsSpendAlarmUsd']);

const clock = z.object({ now: z.iso.datetime() });

/** The local stack's time, which also tells that it is one. @throws OperatorError when it is not there */
const askLocalClock = async (localUrl: string): Promise<Date> => {
  const response = await fetch(`${localUrl}/_local/clock`, { signal: AbortSignal.timeout(5000) }).catch(
    (cause: unknown) => {
      throw new OperatorError(
        `Nothing answers at ${localUrl}. Start the local stack first (npm start), or give its address with --url.`,
        { cause },
      );
    },
  );
  if (response.status === 503) throw new OperatorError(`The local stack at ${localUrl} is still starting.`);
  const parsed = clock.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) throw new OperatorError(`What answers at ${localUrl} is not the local stack.`);
  return new Date(parsed.data.now);
};

/** @throws OperatorError when the local stack is not there */
export const connect = async (target: Target): Promise<Aws> => {
  const local = 'localUrl' in target ? target.localUrl : undefined;
  const region = 'region' in target ? (target.region ?? process.env['AWS_REGION'] ?? deployedRegion) : 'us-east-1';
  const config = {
    maxAttempts: local === undefined ? 8 : 1,
    region,
    ...(local !== undefined && {
      endpoint: local,
      credentials: { accessKeyId: 'local-operator', secretAccessKey: 'local-operator' },
    }),
  };
  return {
    // SNS answers few calls a second, and others ask as well; the local stack counts as AWS does.
    sns: new SNSClient({ ...config, maxAttempts: 8 }),
    dynamoDb: new DynamoDBClient(config),
    lambda: new LambdaClient(config),
    cloudFormation: new CloudFormationClient(config),
    place: local ?? region,
    now: local === undefined ? new Date() : await askLocalClock(local),
    wait: setTimeout,
  };
};
