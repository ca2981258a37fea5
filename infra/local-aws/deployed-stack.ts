import type { Assembly } from './assembly.ts';
import { createAwsEndpoint, type AwsEndpoint } from './aws-endpoint/aws-endpoint.ts';
import type { StreamRecord } from './dynamodb/stream-records.ts';
import { createFunctions } from './functions/functions.ts';
import type { InvokeOutcome } from './functions/lambda-worker.ts';
import { createLambdaService } from './functions/lambda-service.ts';
import { createJournal, type Journal } from './journal.ts';
import { account, createPlatform, localUrlOf, type Platform } from './platform.ts';
import type { Doors } from './server/dispatch.ts';
import { createServices, topicAttribute, type Services } from './services.ts';
import { createStreams, type Streams } from './streams/streams.ts';
import type { Schedules } from './schedules/schedules.ts';
import type { Surroundings } from './surroundings.ts';
import { cloudFormationXmlNamespace, createCloudFormation } from './template/cloudformation.ts';
import { deploy } from './template/deploy.ts';
import { topicBaseline, type DeployedTopic } from './topic-baseline.ts';
import { awsQuery } from './wire/aws-query.ts';
import { lambdaRest } from './wire/lambda-rest.ts';

/** A stack that serves, with what its local user can see and do beside AWS's own interfaces. */
export type DeployedStack = Pick<Surroundings, 'calls' | 'faults' | 'logs'> & {
  readonly services: Services;
  /** Outputs of the template. */
  readonly outputs: ReadonlyMap<string, unknown>;
  /** The topics of the template. */
  readonly topics: readonly DeployedTopic[];
  /** The stack's clock. */
  readonly now: () => Date;
  /** Moves the clock on minute by minute, each until all it caused has ended. */
  readonly advance: Schedules['advance'];
  /** Back to what was deployed: data, messages, faults, clock and journals are gone. */
  readonly reset: () => Promise<void>;
  /** Resolves when all work under way has ended. */
  readonly idle: () => Promise<void>;
  /** Invokes a function by the name that the journals have for it. */
  readonly invoke: (name: string, event: unknown) => Promise<InvokeOutcome>;
  /** The records of the table's stream so far, oldest first. */
  readonly streamRecords: () => readonly StreamRecord[];
  /** Hands records to the stream's readers again, as a stream may. */
  readonly redeliver: (records: readonly StreamRecord[]) => void;
  /**
   * Loads workers of each function, so that the first call is as quick as the second.
   * @param workers how many of each; with two, two calls at the same instant really race. @default 1
   */
  readonly prewarm: (workers?: number) => Promise<void>;
};

/** A stack before its resources are made. */
export type StackInMaking = {
  /** Works from the start: custom resources call AWS while the stack is being deployed. */
  readonly doors: Doors;
  /** Makes the template's resources; rejects if the template is refused. */
  readonly deploy: () => Promise<DeployedStack>;
  readonly close: () => Promise<void>;
};

type Outputs = ReadonlyMap<string, unknown>;

/** All of AWS's services, those that know of the stack included, behind one endpoint. */
const awsDoor = (
  platform: Platform,
  services: Services,
  { surroundings, outputs }: { readonly surroundings: Surroundings; readonly outputs: () => Outputs | undefined },
): AwsEndpoint => {
  const { stackName, stackId, region, functions, keys, access } = platform;
  const { faults, calls, logs, activity, clock } = surroundings;
  const cloudFormation = createCloudFormation({ stackName, stackId, outputs, createdAt: clock.now() });
  const { partitionKeyOf } = services.dynamoDb;
  const keyOfTopic = async (arn: string): Promise<string | undefined> =>
    keys.arnOf((await topicAttribute(services, arn, 'KmsMasterKeyId')) ?? '');
  return createAwsEndpoint({
    services: new Map([
      ...services.bySigningName,
      ['lambda', { name: 'lambda', wire: lambdaRest, service: createLambdaService(functions) }],
      [
        'cloudformation',
        { name: 'cloudformation', wire: awsQuery(cloudFormationXmlNamespace), service: cloudFormation },
      ],
    ]),
    functionOfKey: functions.byAccessKey,
    access,
    lookup: { region, account, keyOfTable: keys.keyOfTable, partitionKeyOf, keyOfTopic },
    faults,
    calls,
    logs,
    now: clock.now,
    activity,
  });
};

/** Services, functions, streams and schedules of one template. */
type Parts = {
  readonly platform: Platform;
  readonly services: Services;
  readonly streams: Streams;
  readonly streamRecords: Journal<StreamRecord>;
  /** Fills as the template's topics are made. */
  readonly topics: readonly DeployedTopic[];
};

const createParts = async (assembly: Assembly, surroundings: Surroundings): Promise<Parts> => {
  const { clock, logs, confirm, dataDirectory, port } = surroundings;
  const { now } = clock;
  const streams = createStreams();
  const streamRecords = createJournal<StreamRecord>();
  const log = (line: string): void => logs.add({ at: now().toISOString(), function: 'local-stack', line });
  const functions = createFunctions();
  const services = await createServices({
    now,
    functions,
    region: assembly.region,
    account,
    confirm,
    dataDirectory,
    onRecord: (record) => {
      streamRecords.add(record);
      streams.publish(record);
    },
    localUrl: localUrlOf(port),
    log,
  });
  const topics: DeployedTopic[] = [];
  const onTopic = (topic: DeployedTopic): void => {
    topics.push(topic);
  };
  const platform = createPlatform(assembly, surroundings, { services, functions, streams, log, onTopic });
  return { platform, services, streams, streamRecords, topics };
};

const idle = async ({ services }: Parts, { activity }: Surroundings): Promise<void> => {
  await activity.idle();
  await services.sns.settled();
};

const reset = async (parts: Parts, surroundings: Surroundings, restoreTopics: () => Promise<void>): Promise<void> => {
  const { platform, services, streams, streamRecords } = parts;
  const { clock, faults, calls, logs } = surroundings;
  faults.clear();
  streams.clear();
  await idle(parts, surroundings);
  await services.dynamoDb.clear();
  await restoreTopics();
  services.sns.clearMessages();
  services.sqs.clearMessages();
  clock.reset();
  platform.schedules.reset();
  platform.api.reset();
  for (const journal of [calls, logs, streamRecords]) journal.clear();
};

const close = async ({ platform, services, streams }: Parts): Promise<void> => {
  platform.schedules.stop();
  streams.clear();
  await platform.functions.close();
  await services.close();
  await services.dynamoDb.close();
};

/** Puts services, functions, streams and schedules of one template together. */
export const createStack = async (assembly: Assembly, surroundings: Surroundings): Promise<StackInMaking> => {
  const parts = await createParts(assembly, surroundings);
  const { platform, services, streams, streamRecords, topics } = parts;
  const { functions, schedules, api, customResources } = platform;
  const { calls, faults, logs, clock } = surroundings;
  let outputs: Outputs | undefined;
  return {
    doors: {
      aws: awsDoor(platform, services, { surroundings, outputs: () => outputs }),
      sns: services.sns,
      customResources,
      api,
    },
    deploy: async () => {
      const made = await deploy(assembly.template, platform, {});
      outputs = made;
      const restoreTopics = topicBaseline(services.sns, topics);
      calls.clear();
      if (surroundings.schedules === 'real-time') schedules.start();
      return {
        services,
        outputs: made,
        topics,
        calls,
        faults,
        logs,
        now: clock.now,
        advance: schedules.advance,
        reset: () => reset(parts, surroundings, restoreTopics),
        idle: () => idle(parts, surroundings),
        invoke: functions.invoke,
        streamRecords: streamRecords.list,
        redeliver: (records) => {
          for (const record of records) streams.publish(record);
        },
        prewarm: functions.prewarm,
      };
    },
    close: () => close(parts),
  };
};
