import { z } from 'zod';
import { resourceNames } from '../../../shared/names.ts';
import { officeFilter } from '../../../shared/office-filter.ts';
import { AwsError } from '../../local-aws/aws-service.ts';
import type { Fault, Faults } from '../../local-aws/aws-endpoint/faults.ts';
import type { DeployedStack } from '../../local-aws/deployed-stack.ts';
import type { CallEntry, Journal, LogEntry } from '../../local-aws/journal.ts';
import type { LocalSns } from '../../local-aws/sns/sns.ts';
import { ControlProblem, understood } from './problem.ts';

/** What the control routes act upon. */
export type ControlTarget = {
  readonly sns: LocalSns;
  readonly faults: Faults;
  readonly calls: Journal<CallEntry>;
  readonly logs: Journal<LogEntry>;
  readonly now: () => Date;
  readonly advance: DeployedStack['advance'];
  /** Back to what was deployed. */
  readonly reset: () => Promise<void>;
};

type ControlRequest = { readonly query: Readonly<Record<string, string>>; readonly body: unknown };

type ControlRoute = (request: ControlRequest, target: ControlTarget) => unknown;

const inboxQuery = z.strictObject({
  protocol: z.string().optional(),
  endpoint: z.string().optional(),
  topic: z.string().optional(),
});

const nothing = z.strictObject({});

const subscriptionBody = z.strictObject({ topic: z.string(), protocol: z.string(), endpoint: z.string() });

const topicBody = z.strictObject({ topic: z.string() });

/** A year: more is a mistake, and each minute runs the schedules. */
const clockBody = z.strictObject({ advanceMinutes: z.number().positive().max(525_600) });

const faultBody = z.strictObject({
  service: z.enum(['dynamodb', 'sns', 'location']),
  operation: z.string().min(1).optional(),
  mode: z.enum(['error', 'throttle', 'timeout', 'slow']),
  count: z.number().int().positive().optional(),
  rate: z.number().gt(0).max(1).optional(),
  delayMs: z.number().nonnegative().max(600_000).optional(),
}) satisfies z.ZodType<Fault>;

/** SNS's refusal of a subscription, as a problem with the field that it is about. */
const fromSns = (error: unknown): unknown => {
  if (!(error instanceof AwsError)) return error;
  const field = error.code === 'NotFound' ? 'topic' : error.message.includes('protocol') ? 'protocol' : 'endpoint';
  return new ControlProblem(400, `The request is not valid: ${field}`, [{ field, detail: error.message }]);
};

const isOfOffice = (topic: string): boolean =>
  topic === resourceNames.ministryTopic || topic.startsWith(resourceNames.consulateTopicPrefix);

/** As `npm run consulate -- subscribe` does. */
const policyOf = ({ topic, protocol }: z.infer<typeof subscriptionBody>): { readonly filterPolicy?: string } =>
  isOfOffice(topic) ? { filterPolicy: JSON.stringify(officeFilter(protocol)) } : {};

const subscribe: ControlRoute = async ({ body }, { sns }) => {
  const wanted = understood(subscriptionBody, body);
  const { subscriptionArn } = await sns.subscribe({ ...wanted, ...policyOf(wanted) }).catch((error: unknown) => {
    throw fromSns(error);
  });
  return { subscriptionArn };
};

const unsubscribe: ControlRoute = ({ body, query }, { sns }) => {
  const { topic } = understood(topicBody, body ?? query);
  try {
    sns.removeSubscriptions(topic);
  } catch (error) {
    throw fromSns(error);
  }
  return { topic };
};

const advanceClock: ControlRoute = async ({ body }, { advance, now }) => {
  await advance(understood(clockBody, body).advanceMinutes);
  return { now: now().toISOString() };
};

const addFault: ControlRoute = ({ body }, { faults }) => {
  const fault = understood(faultBody, body);
  faults.add(fault);
  return fault;
};

/** The control routes, by path and method. */
export const controlRoutes: Readonly<Record<string, Readonly<Record<string, ControlRoute>>>> = {
  '/_local/inbox': { GET: ({ query }, { sns }) => sns.inbox(understood(inboxQuery, query)) },
  '/_local/topics': { GET: (_request, { sns }) => sns.topics() },
  '/_local/subscriptions': { POST: subscribe, DELETE: unsubscribe },
  '/_local/clock': { GET: (_request, { now }) => ({ now: now().toISOString() }), POST: advanceClock },
  '/_local/faults': {
    GET: (_request, { faults }) => faults.list(),
    POST: addFault,
    DELETE: ({ query }, { faults }) => {
      understood(nothing, query);
      faults.clear();
      return [];
    },
  },
  '/_local/calls': { GET: (_request, { calls }) => calls.list() },
  '/_local/logs': { GET: (_request, { logs }) => logs.list() },
  '/_local/reset': {
    POST: async (_request, { reset, now }) => {
      await reset();
      return { now: now().toISOString() };
    },
  },
};
