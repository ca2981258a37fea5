import { createAccessControl, type AccessControl } from './iam/access-control.ts';
import type { Activity } from './activity.ts';
import type { Assembly } from './assembly.ts';
import type { AwsService } from './aws-service.ts';
import type { LocalClock } from './clock.ts';
import { createCustomResources, type CustomResources } from './custom-resources/custom-resources.ts';
import type { Functions } from './functions/functions.ts';
import { createHttpApi, type HttpApi } from './http-api/http-api.ts';
import type { LogEntry, Journal } from './journal.ts';
import { createKeys, type Keys } from './resources/keys.ts';
import { createSchedules, type Schedules } from './schedules/schedules.ts';
import { topicAttribute, type Services } from './services.ts';
import type { LocalSqs } from './sqs/sqs.ts';
import type { Streams } from './streams/streams.ts';
import type { Surroundings } from './surroundings.ts';
import { stableId } from './template/names.ts';

/** Everything that the template's resources are made of. */
export type Platform = {
  readonly region: string;
  readonly account: string;
  readonly stackName: string;
  readonly stackId: string;
  /** Directory of the synthesised assembly, in which the functions' bundles lie. */
  readonly assetDirectory: string;
  /** Where this machine serves the HTTP API, `http://127.0.0.1:<port>`. */
  readonly apiUrl: string;
  /** Where functions reach AWS's services and CloudFormation on this machine. */
  readonly endpointUrl: string;
  readonly clock: LocalClock;
  readonly activity: Activity;
  readonly logs: Journal<LogEntry>;
  readonly dynamoDb: AwsService;
  readonly sns: AwsService;
  readonly sqs: LocalSqs;
  readonly kms: AwsService;
  readonly location: AwsService;
  readonly access: AccessControl;
  readonly keys: Keys;
  readonly functions: Functions;
  readonly streams: Streams;
  readonly schedules: Schedules;
  readonly api: HttpApi;
  readonly customResources: CustomResources;
  /** How the journals call a function of the template. */
  readonly functionName: (logicalId: string) => string;
  /** Called once for each topic that the template makes. */
  readonly onTopic: (topic: { readonly name: string; readonly arn: string }) => void;
};

/** Twelve digits that are nobody's. */
export const account = '000000000000';

export const localUrlOf = (port: number): string => `http://127.0.0.1:${port}`;

/** The parts of one stack, with none of the template's resources in them yet. */
export const createPlatform = (
  { stackName, region, assetDirectory }: Omit<Assembly, 'template'>,
  surroundings: Surroundings,
  {
    services,
    functions,
    streams,
    log,
    onTopic,
  }: Pick<Platform, 'functions' | 'streams' | 'onTopic'> & {
    readonly services: Services;
    readonly log: (line: string) => void;
  },
): Platform => {
  const { clock, activity, logs, port, functionName } = surroundings;
  const { dynamoDb, sns, sqs, kms, location } = services;
  // Functions call a name, not a number: the SDK puts `geofencing.` before it, which a numeric host cannot have.
  const endpointUrl = `http://localhost:${port}`;
  const stackId = `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/local`;
  return {
    stackName,
    stackId,
    region,
    account,
    assetDirectory,
    endpointUrl,
    apiUrl: localUrlOf(port),
    clock,
    activity,
    logs,
    dynamoDb,
    sns,
    sqs,
    kms,
    location,
    access: createAccessControl({ account, policyOfTopic: (arn) => topicAttribute(services, arn, 'Policy') }),
    keys: createKeys(),
    functions,
    streams,
    schedules: createSchedules({ clock, activity, log, eachMinute: () => dynamoDb.expire() }),
    api: createHttpApi({ apiId: stableId(stackName, 10), account, now: clock.now }),
    customResources: createCustomResources({ baseUrl: endpointUrl, stackId }),
    functionName,
    onTopic,
  };
};
