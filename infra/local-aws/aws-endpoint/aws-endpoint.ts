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
import { operatorAccessKeyId, parseCredentials } from './credentials.ts';
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

export const createAwsEndpoint = (options: AwsEndpointOptions): AwsEndpoint => {
  const { services, functionOfKey, access, lookup, faults, calls, logs, now, activity } = options;

  const callerOf = (accessKeyId: string, sessionToken: string): Caller | undefined => {
    if (accessKeyId === operatorAccessKeyId) return { name: 'operator' };
    const caller = functionOfKey(accessKeyId);
    if (caller === undefined) return undefined;
    const requestId = caller.requestIdOf(sessionToken);
    return { name: caller.name, roleArn: caller.roleArn, ...(requestId === undefined ? {} : { requestId }) };
  };

  const checkAccess = async (caller: Caller, service: string, operation: string, input: JsonObject): Promise<void> => {
    if (caller.roleArn === undefined) return;
    for (const need of await requiredAccess(service, operation, input, lookup)) {
      if (await access.mayDo(caller.roleArn, need)) continue;
      logs.add({
        at: now().toISOString(),
        function: caller.name,
        ...(caller.requestId === undefined ? {} : { requestId: caller.requestId }),
        line: `function ${caller.name} may not ${need.action} on ${need.resource}`,
      });
      throw refusal(service, caller.roleArn, need);
    }
  };

  /** Answers the output, throws what the caller is to get, or returns undefined if the caller gets nothing. */
  const perform = async (
    target: EndpointService,
    caller: Caller,
    operation: string,
    input: JsonObject,
    hungUp: AbortSignal,
  ): Promise<JsonObject | undefined> => {
    const breakage = faults.next(target.name, operation);
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
    await checkAccess(caller, target.name, operation, input);
    const call = async (): Promise<JsonObject> => target.service.call(operation, input);
    // A reader who waits for a message is not work: the clock would wait 20 seconds for each of its steps.
    return operation === 'ReceiveMessage' ? call() : activity.track(call);
  };

  return async (request, hungUp) => {
    const requestId = randomUUID();
    const at = now().toISOString();
    const startedAt = performance.now();
    const credentials = parseCredentials(
      request.headers['authorization'] ?? '',
      request.headers['x-amz-security-token'] ?? '',
    );
    const target = services.get(credentials?.signingName ?? '');
    if (credentials === undefined || target === undefined) {
      const message = `the local stack has no service ${credentials?.signingName ?? 'without a credential scope'}`;
      return {
        statusCode: 404,
        headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'UnknownOperationException' },
        body: JSON.stringify({ __type: 'UnknownOperationException', message }),
      };
    }
    const { wire, name: service } = target;
    const caller = callerOf(credentials.accessKeyId, credentials.sessionToken);
    let operation = 'unknown';

    const record = (outcome: string): void =>
      calls.add({
        at,
        function: caller?.name ?? 'unknown',
        service,
        operation,
        outcome,
        durationMs: Math.round((performance.now() - startedAt) * 10) / 10,
        ...(caller?.requestId === undefined ? {} : { requestId: caller.requestId }),
      });

    try {
      const decoded = wire.decode(request);
      operation = decoded.operation;
      if (caller === undefined) throw unknownCaller;
      const output = await perform(target, caller, operation, decoded.input, hungUp);
      record(output === undefined ? 'timeout' : 'ok');
      return output === undefined ? undefined : wire.encode(operation, output, requestId);
    } catch (error) {
      const answer = asAwsError(error);
      record(answer.code);
      return wire.encodeError(answer, requestId);
    }
  };
};
