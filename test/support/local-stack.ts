import { setTimeout as wait } from 'node:timers/promises';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Assembly } from '../../infra/local-aws/assembly.ts';
import type { Fault } from '../../infra/local-aws/aws-endpoint/faults.ts';
import type { CallEntry, LogEntry } from '../../infra/local-aws/journal.ts';
import { startLocalStack, type LocalStack, type LocalStackOptions } from '../../infra/local/local-stack.ts';
import { physicalName } from '../../infra/local-aws/template/names.ts';
import type { InboxMessage } from '../../infra/local-aws/sns/state.ts';
import { synthesise } from '../../infra/local/synthesise.ts';
import { officeReachKey } from '../../shared/adapters/dynamo-keys.ts';
import { dayMs } from '../../shared/domain/limits.ts';
import { envNames } from '../../shared/names.ts';

/** A parsed document that a test looks into without a schema. */
export type Json = ReturnType<typeof JSON.parse>;

/** What a message must have: members as in the inbox, attributes by name; a function decides alone. */
type MessageFilter =
  | ((message: InboxMessage) => boolean)
  | (Partial<Pick<InboxMessage, 'topic' | 'protocol' | 'endpoint'>> & { type?: string });

type HttpResult = { status: number; headers: Headers; text: string; json: Json };

/** The whole stack behind its own port, with what tests do to it and read from it. */
export type TestStack = {
  stack: LocalStack;
  url: string;
  /** `method path` with a JSON body, as a client would. */
  send: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<HttpResult>;
  register: (
    overrides?: Record<string, unknown>,
  ) => Promise<{ familyId: string; deviceToken: string; recoveryCode: string; auth: Record<string, string> }>;
  /** Presses with this device; `alertId` is new unless given. */
  press: (
    auth: Record<string, string>,
    overrides?: Record<string, unknown>,
  ) => Promise<HttpResult & { alertId: string }>;
  inbox: (filter?: MessageFilter) => readonly InboxMessage[];
  /** The first message that fits, whether it is there or comes within the time. */
  waitForMessage: (filter: MessageFilter, timeoutMs?: number) => Promise<InboxMessage>;
  /** Waits until all work has ended, then fails if a message fits. */
  expectNoMessage: (filter: MessageFilter) => Promise<void>;
  calls: (filter?: Partial<CallEntry>) => readonly CallEntry[];
  logs: () => readonly LogEntry[];
  advance: (minutes: number) => Promise<void>;
  fault: (fault: Fault) => void;
  reset: () => Promise<void>;
  idle: () => Promise<void>;
  close: () => Promise<void>;
};

const fits = (filter: MessageFilter, message: InboxMessage): boolean => {
  if (typeof filter === 'function') return filter(message);
  const { type, ...members } = filter;
  if (type !== undefined && message.attributes['type'] !== type) return false;
  return Object.entries(members).every(([name, value]) => message[name as 'topic'] === value);
};

const family = {
  person: { name: 'Ana Sofía Núñez', language: 'es' },
  contacts: [
    { name: 'José Núñez', channel: 'sms', endpoint: '+12135550147' },
    { name: 'Lupe', channel: 'email', endpoint: 'lupe@family.example' },
  ],
  pin: '482915',
  consent: { consularNotification: true, version: '2026-01' },
};

const TableName = physicalName('AlertButton', 'AlertTable');

/** Everything in the table. */
export const itemsOf = async ({ services }: LocalStack): Promise<readonly Json[]> => {
  const { Items } = (await services.dynamoDb.call('Scan', { TableName })) as {
    Items: Record<string, AttributeValue>[];
  };
  return Items.map((item) => unmarshall(item));
};

/** Houston: its own consulate is the nearest by far. */
export const houston = { latitude: 29.7604, longitude: -95.3698 };

/**
 * Starts it with what a new PIN costs turned down, since nearly each test registers a family, and ends it with the
 * worker.
 */
const startQuickly = async (assembly: Assembly): Promise<LocalStack> => {
  const resources = [...assembly.template.resources].map(([id, resource]) => {
    const variables = resource.Properties['Environment'] as { Variables: Record<string, string> } | undefined;
    if (variables?.Variables[envNames.pinScryptCost] === undefined) return [id, resource] as const;
    const Environment = { Variables: { ...variables.Variables, [envNames.pinScryptCost]: '128,8,1' } };
    return [id, { ...resource, Properties: { ...resource.Properties, Environment } }] as const;
  });
  return startLocalStack({
    assembly: { ...assembly, template: { ...assembly.template, resources: new Map(resources) } },
    // The watchman would come in the middle of a test that runs as a minute ends.
    schedules: 'when-advanced',
  });
};

let shared: Promise<LocalStack> | undefined;

/**
 * The CDK app's own stack. Starting it and loading its functions takes seconds, so that the files that a worker runs
 * one after the other share it: closing leaves it as new, and it ends with the worker.
 */
const sharedStack = async (): Promise<LocalStack> => {
  shared ??= synthesise().then(startQuickly);
  const stack = await shared;
  await stack.prewarm();
  await stack.control.reset();
  return { ...stack, close: stack.control.reset };
};

type StartOptions = Pick<LocalStackOptions, 'assembly'> & {
  /** Whether the watchman looks at all offices each quarter of an hour, with some 170 calls. @default - not for a year */
  readonly checksOffices?: true;
};

/** The stack of the CDK app, or of another assembly, on a free port; close it in `afterAll`. */
export const startStack = async ({ assembly, checksOffices }: StartOptions = {}): Promise<TestStack> => {
  const stack = await (assembly ? startQuickly(assembly) : sharedStack());
  const { control, services } = stack;
  const begin = async (): Promise<void> => {
    if (checksOffices) return;
    const checkAtMs = control.now().getTime() + 365 * dayMs;
    const Item = marshall({ ...officeReachKey, itemType: 'office-reach', offices: {}, checkAtMs });
    await services.dynamoDb.call('PutItem', { TableName, Item });
  };
  await begin();

  const send: TestStack['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${stack.url}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = text !== '' && response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
  };

  const inbox: TestStack['inbox'] = (filter = () => true) =>
    services.sns.inbox().filter((message) => fits(filter, message));

  const waitForMessage: TestStack['waitForMessage'] = async (filter, timeoutMs = 5000) => {
    const [already] = inbox(filter);
    if (already) return already;
    const { promise, resolve, reject } = Promise.withResolvers<InboxMessage>();
    const stop = services.sns.on((message) => fits(filter, message) && resolve(message));
    const seen = (): string =>
      inbox()
        .map(({ topic, protocol, attributes }) => `${topic} ${protocol} ${attributes['type']}`)
        .join('\n');
    const timer = setTimeout(
      () => reject(new Error(`no such message within ${timeoutMs} ms; the inbox has\n${seen()}`)),
      timeoutMs,
    );
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      stop();
    }
  };

  // Tests register more families with the same contacts than a day allows.
  let registered = 0;
  const forgetLimits = async (): Promise<void> => {
    for (const { itemType, pk, sk } of await itemsOf(stack)) {
      if (itemType !== 'endpoint-limit') continue;
      await services.dynamoDb.call('DeleteItem', { TableName, Key: marshall({ pk, sk }) });
    }
  };

  return {
    stack,
    url: stack.url,
    send,
    register: async (overrides = {}) => {
      registered += 1;
      if (registered % 5 === 0) await forgetLimits();
      const body = { ...family, ...overrides };
      let answer = await send('POST', '/v1/families', body);
      // As clients do: ten a second are taken, and a fast machine is done with more.
      for (let tries = 1; answer.status === 429 && tries < 20; tries += 1) {
        await wait(100);
        answer = await send('POST', '/v1/families', body);
      }
      const { status, text, json } = answer;
      if (status !== 201) throw new Error(`registration answered ${status}: ${text}`);
      return { ...json, auth: { authorization: `Bearer ${json.deviceToken}` } };
    },
    press: async (auth, overrides = {}) => {
      const body = { alertId: crypto.randomUUID(), position: houston, ...overrides };
      return { ...(await send('POST', '/v1/alerts', body, auth)), alertId: body.alertId };
    },
    inbox,
    waitForMessage,
    expectNoMessage: async (filter) => {
      await stack.idle();
      const [found] = inbox(filter);
      if (found) throw new Error(`unexpected message: ${JSON.stringify(found)}`);
    },
    calls: (filter = {}) =>
      control.calls
        .list()
        .filter((call) => Object.entries(filter).every(([name, value]) => call[name as 'function'] === value)),
    logs: () => control.logs.list(),
    advance: stack.letPass,
    fault: control.faults.add,
    reset: async () => {
      await control.reset();
      await begin();
    },
    idle: stack.idle,
    close: stack.close,
  };
};
