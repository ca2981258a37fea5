import { createActivity } from './activity.ts';
import { createAwsEndpoint } from './aws-endpoint/aws-endpoint.ts';
import { createFaults } from './aws-endpoint/faults.ts';
import { createClock } from './clock.ts';
import type { ControlTarget } from './control/control-routes.ts';
import { createCustomResources } from './custom-resources/custom-resources.ts';
import { subscribeDefaultInboxes, type DeployedTopic } from './default-inboxes.ts';
import type { StreamRecord } from './dynamodb/stream-records.ts';
import { createFunctions } from './functions/functions.ts';
import type { InvokeOutcome } from './functions/lambda-function.ts';
import { bodyLimitBytes, bodyTooLarge, createHttpApi } from './http-api/http-api.ts';
import { gatewayAnswer } from './http-api/response.ts';
import { createAccessControl } from './iam/access-control.ts';
import { createJournal, type CallEntry, type LogEntry } from './journal.ts';
import { createKeys } from './resources/keys.ts';
import { createSchedules } from './schedules/schedules.ts';
import { dispatch, type Doors } from './server/dispatch.ts';
import { startHttpServer } from './server/http-server.ts';
import { createServices, topicAttribute, type Services } from './services.ts';
import { createStreams } from './streams/streams.ts';
import { deploy } from './template/deploy.ts';
import { stableId } from './template/names.ts';
import { synthesise, type Assembly } from './template/synthesise.ts';

export type LocalStackOptions = {
  /** @default 0 = any free port */
  readonly port?: number;
  /** Where the table survives a restart. @default - in memory */
  readonly dataDirectory?: string;
  /** How email subscriptions are confirmed. @default auto */
  readonly confirm?: 'auto' | 'manual';
  /** Replaces single settings of cdk.json's `alertButton`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What to serve. @default - the CDK app, synthesised in this process */
  readonly assembly?: Assembly;
};

/** The running stack. Beside what HTTP shows, what tests of the stack need. */
export type LocalStack = {
  /** `http://127.0.0.1:<port>`: the API, the control routes and AWS's endpoint. */
  readonly url: string;
  readonly services: Services;
  readonly control: ControlTarget;
  /** Outputs of the template. */
  readonly outputs: ReadonlyMap<string, unknown>;
  /** Resolves when all work under way has ended. */
  readonly idle: () => Promise<void>;
  /** Invokes a function by its folder name. */
  readonly invoke: (name: string, event: unknown) => Promise<InvokeOutcome>;
  /** The records of the table's stream so far, oldest first. */
  readonly streamRecords: () => readonly StreamRecord[];
  /** Hands records to the stream's readers again, as a stream may. */
  readonly redeliver: (records: readonly StreamRecord[]) => void;
  /** Loads a worker of each function, so that the first press is as quick as the second. */
  readonly prewarm: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const account = '000000000000';

const starting = gatewayAnswer(503, 'The local stack is starting');

/** Starts the stack of the template on this machine; rejects, with everything stopped, if the template is refused. */
export const startLocalStack = async (options: LocalStackOptions = {}): Promise<LocalStack> => {
  const { confirm = 'auto', dataDirectory } = options;
  const clock = createClock();
  const { now } = clock;
  const activity = createActivity();
  const calls = createJournal<CallEntry>();
  const logs = createJournal<LogEntry>();
  const log = (line: string): void => logs.add({ at: now().toISOString(), function: 'local-stack', line });
  let doors: Doors | undefined;

  const server = await startHttpServer({
    port: options.port ?? 0,
    ...{ now, bodyLimitBytes, bodyTooLarge },
    onFault: log,
    answer: async (request) => (doors === undefined ? starting : dispatch(request, doors)),
  });
  const url = `http://127.0.0.1:${server.port}`;
  const functions = createFunctions();
  let assembly: Assembly | undefined;
  let services: Services | undefined;

  const streams = createStreams();
  const streamRecords = createJournal<StreamRecord>();
  const schedules = createSchedules({ clock, activity, log, eachMinute: async () => services?.dynamoDb.expire() });

  const close = async (): Promise<void> => {
    schedules.stop();
    streams.clear();
    await Promise.all([functions.close(), server.close()]);
    await services?.dynamoDb.close();
    await assembly?.dispose();
  };

  try {
    assembly = options.assembly ?? (await synthesise(options.settings));
    const { stackName, region, assetDirectory, template } = assembly;
    services = await createServices({
      ...{ now, region, account, confirm },
      ...(dataDirectory === undefined ? {} : { dataDirectory }),
      onRecord: (record) => {
        streamRecords.add(record);
        streams.publish(record);
      },
    });
    const running = services;
    const { sns, sqs, dynamoDb, location, kms } = running;
    const keys = createKeys();
    const keyOfTopic = async (arn: string): Promise<string | undefined> =>
      keys.arnOf((await topicAttribute(running, arn, 'KmsMasterKeyId')) ?? '');
    const access = createAccessControl({ account, policyOfTopic: (arn) => topicAttribute(running, arn, 'Policy') });
    const faults = createFaults();
    const api = createHttpApi({ apiId: stableId(stackName, 10), account, now });
    // Functions call a name, not a number: the SDK puts `geofencing.` before it, which a numeric host cannot have.
    const endpointUrl = `http://localhost:${server.port}`;
    const stackId = `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/local`;
    const customResources = createCustomResources({ baseUrl: endpointUrl, stackId });
    const topics: DeployedTopic[] = [];

    const reset = async (): Promise<void> => {
      faults.clear();
      streams.clear();
      await activity.idle();
      await dynamoDb.clear();
      await baseline.restore();
      sns.clearMessages();
      sqs.clearMessages();
      streamRecords.clear();
      clock.reset();
      schedules.reset();
      api.reset();
      calls.clear();
      logs.clear();
    };

    const control: ControlTarget = { sns, faults, calls, logs, now, advance: schedules.advance, reset };
    const lookup = { region, account, keyOfTable: keys.keyOfTable, keyOfTopic };
    const aws = createAwsEndpoint({
      services: running.bySigningName,
      functionOfKey: functions.byAccessKey,
      ...{ access, lookup, faults, calls, logs, now, activity },
    });
    // AWS's endpoint must answer while the custom resource seeds the geofences.
    doors = { aws, control, customResources, api };

    const { outputs } = await deploy(template, {
      ...{ region, account, stackName, assetDirectory, endpointUrl, clock, activity, logs },
      ...{ dynamoDb, sns, sqs, kms, location, access, keys, functions, streams, schedules, api, customResources },
      apiUrl: url,
      onTopic: (topic) => {
        topics.push(topic);
      },
    });
    const baseline = await subscribeDefaultInboxes(running, topics, confirm);
    calls.clear();
    schedules.start();

    return {
      ...{ url, services: running, control, outputs, close },
      idle: async () => {
        await activity.idle();
        await sns.settled();
      },
      invoke: (name, event) => {
        const found = functions.list().find((deployed) => deployed.name === name);
        return found === undefined ? Promise.reject(new Error(`there is no function ${name}`)) : found.invoke(event);
      },
      streamRecords: streamRecords.list,
      redeliver: (records) => {
        for (const record of records) streams.publish(record);
      },
      prewarm: async () => {
        for (const deployed of functions.list()) await deployed.prewarm();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
};
