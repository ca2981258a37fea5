import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AwsError, type AwsService } from '../aws-service.ts';
import type { LambdaFunction } from '../functions/lambda-function.ts';
import type { AccessControl } from '../iam/access-control.ts';
import { requiredAccess, type ResourceLookup } from '../iam/required-access.ts';
import type { CallEntry, Journal, LogEntry } from '../journal.ts';
import type { Activity } from '../activity.ts';
import { messageOf, type JsonObject } from '../json.ts';
import type { WireAnswer, WireFormat, WireRequest } from '../wire/wire-format.ts';
import { operatorAccessKeyId, parseCredentials, type Credentials } from './credentials.ts';
import type { Faults } from './faults.ts';
import { refusal } from './refusal.ts';

/** A service behind the endpoint. `name` is the one used in calls and faults. */
export type EndpointService = { readonly name: string; readonly wire: WireFormat; readonly service: AwsService };

export type AwsEndpointOptions = {
  /** By the name in the signature's credential scope; Amazon Location signs as `geo`. */
  readonly services: ReadonlyMap<string, EndpointService>;
  readonly functionOfKey: (accessKeyId: string) => LambdaFunction | undefined;
  readonly access: AccessControl;
  readonly lookup: ResourceLookup;
  readonly faults: Faults;
  readonly calls: Journal<CallEntry>;
  readonly logs: Journal<LogEntry>;
  readonly now: () => Date;
  readonly activity: Activity;
};

/** Answers one signed request. `undefined`: it is never answered. `hungUp` aborts when the caller has gone. */
export type AwsEndpoint = (request: WireRequest, hungUp: AbortSignal) => Promise<WireAnswer | undefined>;

type Caller = { readonly name: string; readonly requestId?: string; readonly roleArn?: string };

const unknownCaller = new AwsError(
  'UnrecognizedClientException',
  'The security token included in the request is invalid.',
  {
    statusCode: 403,
  },
);

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

const asAwsError = (error: unknown): AwsError =>
  error instanceof AwsError ? error : new AwsError('InternalFailure', messageOf(error), { statusCode: 500 });

const callerOf = (
  { accessKeyId, sessionToken }: Credentials,
  { functionOfKey }: AwsEndpointOptions,
): Caller | undefined => {
  if (accessKeyId === operatorAccessKeyId) return { name: 'operator' };
  const caller = functionOfKey(accessKeyId);
  if (caller === undefined) return undefined;
  const requestId = caller.requestIdOf(sessionToken);
  return { name: caller.name, roleArn: caller.roleArn, ...(requestId === undefined ? {} : { requestId }) };
};

/** A decoded request of a known caller. */
type Call = {
  readonly target: EndpointService;
  readonly caller: Caller;
  readonly operation: string;
  readonly input: JsonObject;
};

/** Throws the refusal of the first thing that the caller may not do, and says it in the log. */
const checkAccess = async (
  { target, caller, operation, input }: Call,
  { access, lookup, logs, now }: AwsEndpointOptions,
): Promise<void> => {
  if (caller.roleArn === undefined) return;
  for (const need of await requiredAccess(target.name, operation, input, lookup)) {
    if (await access.mayDo(caller.roleArn, need)) continue;
    logs.add({
      at: now().toISOString(),
      function: caller.name,
      ...(caller.requestId === undefined ? {} : { requestId: caller.requestId }),
      line: `function ${caller.name} may not ${need.action} on ${need.resource}`,
    });
    throw refusal(target.name, caller.roleArn, need);
  }
};

/** Answers the output, throws what the caller is to get, or returns undefined if the caller gets nothing. */
const perform = async (
  call: Call,
  options: AwsEndpointOptions,
  hungUp: AbortSignal,
): Promise<JsonObject | undefined> => {
  const { target, operation, input } = call;
  const breakage = options.faults.next(target.name, operation);
  switch (breakage.kind) {
    case 'fail':
      throw breakage.error;
    case 'never-answer':
      await untilAborted(hungUp);
      return undefined;
    case 'delay':
      await delay(breakage.delayMs, undefined, { ref: false });
      break;
    case 'none':
      break;
  }
  await checkAccess(call, options);
  const run = async (): Promise<JsonObject> => target.service.call(operation, input);
  // A reader who waits for a message is not work: the clock would wait 20 seconds for each of its steps.
  return operation === 'ReceiveMessage' ? run() : options.activity.track(run);
};

const noSuchService = (signingName: string | undefined): WireAnswer => {
  const message = `the local stack has no service ${signingName ?? 'without a credential scope'}`;
  return {
    statusCode: 404,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'UnknownOperationException' },
    body: JSON.stringify({ __type: 'UnknownOperationException', message }),
  };
};

/** Returns what enters one call into the journal, once its operation and outcome are known. */
const recorder = (
  service: string,
  caller: Caller | undefined,
  { calls, now }: AwsEndpointOptions,
): ((operation: string, outcome: string) => void) => {
  const at = now().toISOString();
  const startedAt = performance.now();
  return (operation, outcome) =>
    calls.add({
      at,
      function: caller?.name ?? 'unknown',
      service,
      operation,
      outcome,
      durationMs: Math.round((performance.now() - startedAt) * 10) / 10,
      ...(caller?.requestId === undefined ? {} : { requestId: caller.requestId }),
    });
};

export const createAwsEndpoint =
  (options: AwsEndpointOptions): AwsEndpoint =>
  async (request, hungUp) => {
    const requestId = randomUUID();
    const { authorization = '', 'x-amz-security-token': sessionToken = '' } = request.headers;
    const credentials = parseCredentials(authorization, sessionToken);
    const target = options.services.get(credentials?.signingName ?? '');
    if (credentials === undefined || target === undefined) return noSuchService(credentials?.signingName);
    const { wire } = target;
    const caller = callerOf(credentials, options);
    const record = recorder(target.name, caller, options);
    let operation = 'unknown';
    try {
      const decoded = wire.decode(request);
      operation = decoded.operation;
      if (caller === undefined) throw unknownCaller;
      const output = await perform({ target, caller, ...decoded }, options, hungUp);
      record(operation, output === undefined ? 'timeout' : 'ok');
      return output === undefined ? undefined : wire.encode(operation, output, requestId);
    } catch (error) {
      const answer = asAwsError(error);
      record(operation, answer.code);
      return wire.encodeError(answer, requestId);
    }
  };
