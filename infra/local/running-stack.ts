import type { Activity } from './activity.ts';
import { createAwsEndpoint } from './aws-endpoint/aws-endpoint.ts';
import type { Faults } from './aws-endpoint/faults.ts';
import type { LocalClock } from './clock.ts';
import { createCustomResources } from './custom-resources/custom-resources.ts';
import { subscribeDefaultInboxes, type DeployedTopic, type TopicBaseline } from './default-inboxes.ts';
import type { StreamRecord } from './dynamodb/stream-records.ts';
import { createFunctions } from './functions/functions.ts';
import { createLambdaService } from './functions/lambda-service.ts';
import { createHttpApi } from './http-api/http-api.ts';
import { createAccessControl } from './iam/access-control.ts';
import { createJournal, type CallEntry, type Journal, type LogEntry } from './journal.ts';
import { keepSubscriptions, restoreSubscriptions } from './kept-subscriptions.ts';
import type { LocalStack } from './local-stack.ts';
import type { Platform } from './platform.ts';
import { createKeys } from './resources/keys.ts';
import { createSchedules } from './schedules/schedules.ts';
import type { Doors } from './server/dispatch.ts';
import { createServices, topicAttribute } from './services.ts';
import { createStreams } from './streams/streams.ts';
import { cloudFormationXmlNamespace, createCloudFormation } from './template/cloudformation.ts';
import { deploy } from './template/deploy.ts';
import { stableId } from './template/names.ts';
import type { Assembly } from './template/synthesise.ts';
import { awsQuery } from './wire/aws-query.ts';
import { lambdaRest } from './wire/lambda-rest.ts';

/** What the stack shares with the server in front of it. */
export type Surroundings = {
  readonly clock: LocalClock;
  readonly activity: Activity;
  readonly calls: Journal<CallEntry>;
  readonly logs: Journal<LogEntry>;
  readonly faults: Faults;
  readonly confirm: 'auto' | 'manual';
  readonly dataDirectory: string | undefined;
  readonly port: number;
};

export type RunningStack = Pick<
  LocalStack,
  'services' | 'idle' | 'invoke' | 'streamRecords' | 'redeliver' | 'prewarm' | 'close'
> & {
  /** Works from the start: custom resources call AWS while the stack is being deployed. */
  readonly doors: Doors;
  /** Makes the template's resources; answers the outputs. */
  readonly deploy: () => Promise<ReadonlyMap<string, unknown>>;
};

/** Twelve digits that are nobody's. */
const account = '000000000000';

/** Puts services, functions, streams and schedules of one template together. */
export const createRunningStack = async (assembly: Assembly, surroundings: Surroundings): Promise<RunningStack> => {
  const { stackName, region, assetDirectory, template } = assembly;
  const { clock, activity, calls, logs, faults, confirm, dataDirectory, port } = surroundings;
  const { now } = clock;

  const streams = createStreams();
  const streamRecords = createJournal<StreamRecord>();
  const onRecord = (record: StreamRecord): void => {
    streamRecords.add(record);
    streams.publish(record);
  };
  const log = (line: string): void => logs.add({ at: now().toISOString(), function: 'local-stack', line });
  const localUrl = `http://127.0.0.1:${port}`;
  const services = await createServices({
    now,
    region,
    account,
    confirm,
    dataDirectory,
    onRecord,
    localUrl,
    log,
  });
  const { sns, sqs, dynamoDb, location, kms } = services;

  const functions = createFunctions();
  const keys = createKeys();
  const access = createAccessControl({ account, policyOfTopic: (arn) => topicAttribute(services, arn, 'Policy') });
  const keyOfTopic = async (arn: string): Promise<string | undefined> =>
    keys.arnOf((await topicAttribute(services, arn, 'KmsMasterKeyId')) ?? '');
  const lookup = { region, account, keyOfTable: keys.keyOfTable, keyOfTopic };
  const schedules = createSchedules({ clock, activity, log, eachMinute: () => dynamoDb.expire() });
  const api = createHttpApi({ apiId: stableId(stackName, 10), account, now });
  // Functions call a name, not a number: the SDK puts `geofencing.` before it, which a numeric host cannot have.
  const endpointUrl = `http://localhost:${port}`;
  const stackId = `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/local`;
  const customResources = createCustomResources({ baseUrl: endpointUrl, stackId });
  const topics: DeployedTopic[] = [];
  let topicBaseline: TopicBaseline | undefined;
  let outputs: ReadonlyMap<string, unknown> | undefined;
  const lambda = createLambdaService(functions);
  const cloudFormation = createCloudFormation({ stackName, stackId, outputs: () => outputs, createdAt: now() });

  const idle = async (): Promise<void> => {
    await activity.idle();
    await sns.settled();
  };

  const reset = async (): Promise<void> => {
    faults.clear();
    streams.clear();
    await idle();
    await dynamoDb.clear();
    await topicBaseline?.restore();
    sns.clearMessages();
    sqs.clearMessages();
    clock.reset();
    schedules.reset();
    api.reset();
    for (const journal of [calls, logs, streamRecords]) journal.clear();
  };

  const platform: Platform = {
    stackName,
    region,
    account,
    assetDirectory,
    endpointUrl,
    apiUrl: localUrl,
    clock,
    activity,
    logs,
    dynamoDb,
    sns,
    sqs,
    kms,
    location,
    access,
    keys,
    functions,
    streams,
    schedules,
    api,
    customResources,
    onTopic: (topic) => {
      topics.push(topic);
    },
  };

  return {
    services,
    doors: {
      aws: createAwsEndpoint({
        services: new Map([
          ...services.bySigningName,
          ['lambda', { name: 'lambda', wire: lambdaRest, service: lambda }],
          [
            'cloudformation',
            { name: 'cloudformation', wire: awsQuery(cloudFormationXmlNamespace), service: cloudFormation },
          ],
        ]),
        functionOfKey: functions.byAccessKey,
        access,
        lookup,
        faults,
        calls,
        logs,
        now,
        activity,
      }),
      control: { sns, faults, calls, logs, now, advance: schedules.advance, reset },
      customResources,
      api,
    },
    deploy: async () => {
      const deployed = await deploy(template, platform);
      outputs = deployed.outputs;
      topicBaseline = await subscribeDefaultInboxes(services, topics, confirm);
      if (dataDirectory !== undefined) await restoreSubscriptions(services, { topics, dataDirectory, confirm });
      calls.clear();
      schedules.start();
      return deployed.outputs;
    },
    idle,
    invoke: async (name, event) => {
      const found = functions.list().find((deployed) => deployed.name === name);
      if (found === undefined) throw new Error(`there is no function ${name}`);
      return found.invoke(event);
    },
    streamRecords: streamRecords.list,
    redeliver: (records) => {
      for (const record of records) streams.publish(record);
    },
    prewarm: async (workers = 1) => {
      for (const deployed of functions.list()) await deployed.prewarm(workers);
    },
    close: async () => {
      schedules.stop();
      streams.clear();
      await functions.close();
      await services.close();
      await dynamoDb.close();
      // Only after a whole start: what a refused template left of the topics is not what was there.
      if (dataDirectory !== undefined && topicBaseline !== undefined) {
        await keepSubscriptions(services, { topics, dataDirectory });
      }
    },
  };
};
