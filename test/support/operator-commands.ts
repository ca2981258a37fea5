import { InvalidParameterException, NotFoundException } from '@aws-sdk/client-sns';
import { createHandler } from '../../functions/send-drill/handler.ts';
import { createHandler as createSubscriber } from '../../functions/subscribe-office/handler.ts';
import { serviceOf } from '../../infra/local-aws/aws-input.ts';
import { type AwsService, AwsError } from '../../infra/local-aws/aws-service.ts';
import { createSns } from '../../infra/local-aws/sns/sns.ts';
import { createCloudFormation } from '../../infra/local-aws/template/cloudformation.ts';
import { runAlerts } from '../../infra/operator/alerts-cli.ts';
import { runConsulate } from '../../infra/operator/consulate-cli.ts';
import { offices } from '../../infra/operator/offices.ts';
import { runRepresentatives } from '../../infra/operator/representatives-cli.ts';
import type { Target } from '../../infra/operator/target.ts';
import { snsOfficeSubscribing } from '../../shared/adapters/sns-office-subscribing.ts';
import { snsOfficeChannel } from '../../shared/adapters/sns-office-channel.ts';
import { consulateById } from '../../shared/data/consulates.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import { desk } from './message-facts.ts';
import { createQueryTable } from './query-table.ts';
import { clientOf } from './sdk-client.ts';

const arnPrefix = 'arn:aws:sns:us-east-1:000000000000:';

const faultOf = ({ code, message }: AwsError): Error => {
  const options = { message, $metadata: {} };
  if (code === 'NotFound') return new NotFoundException(options);
  if (code === 'InvalidParameter') return new InvalidParameterException(options);
  return Object.assign(new Error(message), { name: `${code}Exception` });
};

/** What `operator` starts from. */
type OperatorOptions = {
  readonly topics?: readonly string[];
  /** Subscriptions wait for a confirmation unless it is `auto`. */
  readonly confirm?: 'auto' | 'manual';
  readonly outputs?: Readonly<Record<string, string>>;
  readonly now?: Date;
  /** Of the only stack in the account. */
  readonly stackName?: string;
  /** Names of topics that SNS fails to publish to. */
  readonly failing?: readonly string[];
  /** In the place of a table that can only be queried. */
  readonly dynamoDb?: AwsService;
  /** Of each operation of SNS; more are refused as AWS refuses them. */
  readonly callsASecond?: number;
  /** What the commands read from a disk. */
  readonly files?: Readonly<Record<string, string>>;
};

/** The operator's commands over the local SNS, a table of items, and the function that sends drills, in process. */
export const operator = async (options: OperatorOptions = {}) => {
  const { topics = offices.map((office) => office.topic), confirm = 'auto', failing = [], now = new Date() } = options;
  const outputs = {
    TableName: 'table',
    DrillFunction: 'send-drill',
    SubscribeFunction: 'subscribe-office',
    EscalationMinutes: '5,10',
    ...options.outputs,
  };
  const time = { now };
  const sns = createSns({
    now: () => time.now,
    region: 'us-east-1',
    account: '000000000000',
    confirm,
    deliverToQueue: () => {},
  });
  for (const Name of topics) await sns.call('CreateTopic', { Name });
  const told: { attributes: Record<string, string> } = { attributes: {} };
  const inSecond = new Map<string, number>();
  const throttle = (operation: string): void => {
    const { callsASecond } = options;
    if (callsASecond === undefined) return;
    const second = `${operation} ${Math.floor(time.now.getTime() / 1000)}`;
    inSecond.set(second, (inSecond.get(second) ?? 0) + 1);
    if (inSecond.get(second)! > callsASecond) throw new AwsError('Throttling', 'Rate exceeded');
  };
  const answering = {
    call: async (operation: string, input: Record<string, unknown>) => {
      throttle(operation);
      const answer = await sns.call(operation, input);
      if (operation !== 'GetSubscriptionAttributes') return answer;
      return { Attributes: { ...(answer['Attributes'] as object), ...told.attributes } };
    },
  };
  const { client, sent } = clientOf(answering, faultOf);
  const table = createQueryTable();
  const cloudFormation = createCloudFormation({
    stackName: options.stackName ?? 'AlertButton',
    stackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/AlertButton/1',
    outputs: () => new Map(Object.entries(outputs).filter(([, value]) => value !== '')),
    createdAt: new Date(),
  });
  const failingSns = serviceOf('SNS', {
    Publish: async (input) => {
      if (failing.some((name) => String(input['TopicArn']).endsWith(name))) {
        throw new AwsError('KMSAccessDenied', 'no');
      }
      return sns.call('Publish', input);
    },
    GetTopicAttributes: async (input) => sns.call('GetTopicAttributes', input),
  });
  const raised: Alert[] = [];
  const sendDrill = createHandler({
    channel: snsOfficeChannel(
      clientOf(failingSns, faultOf).client,
      { consulatePrefix: `${arnPrefix}alert-button-consulate-`, ministry: `${arnPrefix}alert-button-ministry` },
      {},
    ),
    consulateById,
    desk,
    drills: { raise: async (alert) => void raised.push(alert) },
    newId: () => crypto.randomUUID(),
    now: () => time.now,
  });
  const endedLinks: string[] = [];
  const subscribeOffice = createSubscriber({
    subscribing: snsOfficeSubscribing(client, {
      consulatePrefix: `${arnPrefix}alert-button-consulate-`,
      ministry: `${arnPrefix}alert-button-ministry`,
    }),
    links: { end: async (officeId) => void endedLinks.push(officeId) },
    now: () => time.now,
  });
  const lambda = serviceOf('Lambda', {
    Invoke: async ({ FunctionName, Payload }) => {
      const named = FunctionName === 'subscribe-office' ? subscribeOffice : sendDrill;
      const isKnown = FunctionName === 'send-drill' || FunctionName === 'subscribe-office';
      const event: unknown = isKnown ? JSON.parse(String(Payload)) : undefined;
      const answer = await named(event, { awsRequestId: 'request' }).then(
        (result) => ({ text: JSON.stringify(result) }),
        (fault: Error) => ({ text: JSON.stringify({ errorMessage: fault.message }), FunctionError: 'Unhandled' }),
      );
      return { ...answer, Payload: { transformToString: () => answer.text } };
    },
  });
  const calls = [
    { name: 'sns', sent },
    { name: 'dynamodb', ...clientOf(options.dynamoDb ?? table.service) },
    { name: 'lambda', ...clientOf(lambda) },
    { name: 'cloudformation', ...clientOf(cloudFormation) },
  ];
  const [, dynamoDbCalls, lambdaCalls, cloudFormationCalls] = calls as [unknown, ...{ client: never }[]];
  const targets: Target[] = [];
  const running =
    (command: typeof runRepresentatives) =>
    async (...argv: string[]) => {
      const out: string[] = [];
      const err: string[] = [];
      const code = await command(argv, {
        connect: async (target) => {
          targets.push(target);
          return {
            sns: client,
            dynamoDb: dynamoDbCalls!.client,
            lambda: lambdaCalls!.client,
            cloudFormation: cloudFormationCalls!.client,
            place: 'us-east-1',
            now: time.now,
            wait: async (milliseconds) => {
              time.now = new Date(time.now.getTime() + milliseconds);
            },
          };
        },
        readFile: async (path) => {
          const text = options.files?.[path];
          if (text === undefined) throw new Error('no such file');
          return text;
        },
        out: (text) => out.push(text),
        err: (text) => err.push(text),
      });
      return { code, out: out.join('\n'), err: err.join('\n') };
    };
  return {
    run: running(runConsulate),
    alerts: running(runAlerts),
    representatives: running(runRepresentatives),
    sns,
    table,
    /** Drills of offices that were stored. */
    raised,
    /** Offices whose links were ended. */
    endedLinks,
    /** Calls of SNS. */
    sent,
    /** Actions as IAM names them, of every call so far. */
    actions: () =>
      new Set(calls.flatMap(({ name, sent: made }) => made.map(({ operation }) => `${name}:${operation}`))),
    queries: () => calls[1]!.sent.map(({ input }) => input),
    targets,
    /** Attributes that SNS tells of every subscription from now on. */
    answerAttributes: (attributes: Record<string, string>) => {
      told.attributes = attributes;
    },
    advance: (hours: number) => {
      time.now = new Date(time.now.getTime() + hours * 3_600_000);
    },
    everybody: async () => {
      for (const topic of topics) await sns.subscribe({ topic, protocol: 'email', endpoint: 'guardia@example.org' });
    },
  };
};
