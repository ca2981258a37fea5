import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { AsyncLocalStorage } from 'node:async_hooks';
import { alertStatusAnswer } from '../../functions/answer-queries/alert-status.ts';
import { createHandler as createCancelHandler } from '../../functions/cancel-alert/handler.ts';
import { createHandler as createPressHandler } from '../../functions/raise-alert/handler.ts';
import { createHandler as createPositionsHandler } from '../../functions/record-positions/handler.ts';
import { createHandler as createCaseHandler } from '../../functions/serve-case/handler.ts';
import { readEventItem } from '../../shared/adapters/dynamo-items.ts';
import { alertKey, eventKey, eventRefOf, listingKey, pinAttemptsKey } from '../../shared/adapters/dynamo-keys.ts';
import { dynamoLinkStore } from '../../shared/adapters/dynamo-link-store.ts';
import {
  composeAnswerQueries,
  composeCancelAlert,
  composeRecordPositions,
  composeServeCase,
} from '../../shared/compose.ts';
import { composeRaiseAlert } from '../../shared/compose-press.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import type { LinkRecipient } from '../../shared/domain/case/links.ts';
import { linkLifetimeMs } from '../../shared/domain/case/links.ts';
import { resourceNames } from '../../shared/names.ts';
import { httpHandler } from '../../shared/runtime/http.ts';
import { aContext, anEvent } from '../support/fixtures.ts';
import type { Around, Call } from '../support/outside.ts';
import { arnOf, greatCircle } from '../support/outside.ts';
import { createWorld } from '../support/world.ts';
import type { Item } from './expressions.ts';
import type { MemoryTable } from './memory-table.ts';
import { createMemoryTable } from './memory-table.ts';
import type { Seen } from './reference.ts';
import type { Destination, Place, Scenario } from './scenario.ts';
import { officeIds, places } from './scenario.ts';

/* The world with the person of a scenario, and with all that the scenario may break. */

const alertId = '22222222-2222-4222-8222-222222222222';
export const pins = { ordinary: '4711', duress: '9024', wrong: '0000' } as const;
const destinations: readonly Destination[] = ['family', 'ministry', ...officeIds];

/** One call of Publish. `event` is `raised` or the id of a later event. */
export type Published = {
  readonly event: string;
  readonly type: string;
  readonly to: Destination;
  readonly accepted: boolean;
  /** Whether the topic had a confirmed subscriber. */
  readonly heard: boolean;
  readonly text: string;
};

export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

const writing = new Set(['PutItem', 'UpdateItem', 'BatchWriteItem', 'TransactWriteItems']);

/** The event that is being told: a message to a phone does not say which it is about. */
const telling = new AsyncLocalStorage<string>();

/** Runs before the call's first await: so it holds for what follows from the claim, and for nothing beside it. */
const noticeClaim = ({ operation, input }: Call): void => {
  if (operation !== 'UpdateItem' || !String(input['UpdateExpression']).includes('claimedUntil = ')) return;
  const { pk, sk } = input['Key'] as Record<string, { S: string }>;
  const ref = eventRefOf({ pk: pk?.S ?? '', sk: sk?.S ?? '' });
  telling.enterWith(ref?.alertId === undefined ? 'welcome' : (ref.eventId ?? 'raised'));
};

const isOnRevision = ({ input }: Call): boolean => {
  const [first] = (input['TransactItems'] ?? []) as { Update?: { ConditionExpression?: string } }[];
  return first?.Update?.ConditionExpression?.includes('revision') === true;
};

export const setStage = async (
  { authorised, home, drill, place }: Omit<Scenario, 'steps'>,
  createTable: (onInsert: (item: Item) => void) => MemoryTable = createMemoryTable,
) => {
  const faults = {
    publishing: new Map<Destination, 'fails' | 'answer-lost'>(),
    counting: true,
    stream: true,
    location: true,
    writes: 0,
    writeMode: 'fails' as 'fails' | 'answer-lost',
    /** From so many calls on none is answered any more, as of a function that dies. */
    dieAfter: Infinity,
    conflicts: 0,
  };
  const absent = new Set<Destination>();
  const published: Published[] = [];
  const calls: Call[] = [];
  const timeline: string[] = [];

  const publish: Around = async ({ input }, goOn) => {
    const attributes = input['MessageAttributes'] as Record<string, { StringValue: string }>;
    const to = destinations.find((one) => arnOf(topicOf(one)) === input['TopicArn']);
    if (!to) throw new Error(`Published to no topic of ours: ${String(input['TopicArn'])}`);
    const record = {
      event: telling.getStore() ?? '',
      type: attributes['type']?.StringValue ?? '',
      to,
      heard: !absent.has(to),
      text: String(input['Message']),
    };
    const mode = faults.publishing.get(to);
    if (mode === 'fails') {
      published.push({ ...record, accepted: false });
      throw new Error('SNS does not answer.');
    }
    const answer = await goOn();
    published.push({ ...record, accepted: true });
    if (mode === 'answer-lost') throw new Error('The answer of SNS was lost.');
    return answer;
  };
  const write: Around = async (call, goOn) => {
    if (call.operation === 'TransactWriteItems' && faults.conflicts > 0 && isOnRevision(call)) {
      faults.conflicts -= 1;
      // Somebody else changes the case in this very moment.
      const { pk, sk } = alertKey(world.familyId, alertId);
      await world.table.call('UpdateItem', {
        TableName: 'alerts',
        Key: { pk: { S: pk }, sk: { S: sk } },
        UpdateExpression: 'ADD revision :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      });
    }
    if (faults.writes === 0) return goOn();
    faults.writes -= 1;
    if (faults.writeMode === 'answer-lost') await goOn();
    throw new Error('The table does not answer.');
  };
  const around: Around = async (call, goOn) => {
    noticeClaim(call);
    if (calls.length >= faults.dieAfter) await new Promise(() => undefined);
    calls.push(call);
    if (call.operation === 'Publish') return publish(call, goOn);
    if (call.operation === 'GetTopicAttributes' && !faults.counting) throw new Error('SNS does not say.');
    return writing.has(call.operation) ? write(call, goOn) : goOn();
  };

  const world = await createWorld({
    start: '2026-11-22T19:40:00.000Z',
    around,
    createTable: (onInsert) =>
      createTable((item) => {
        if (item['itemType']?.S === 'event') timeline.push(item['eventId']?.S ?? '');
        onInsert(item);
      }),
    locator: {
      nearest: async (search) => {
        if (!faults.location) throw new Error('Amazon Location does not answer.');
        return greatCircle.nearest(search);
      },
    },
    registers: {
      person: {
        name: 'María Fernanda Ruiz',
        language: 'es',
        phone: '+12135550100',
        ...(home && { homePosition: places.harbour }),
      },
      contacts: [{ name: 'José Ruiz', channel: 'sms', endpoint: '+12135550101' }],
      consent: { consularNotification: authorised, version: '2026-01' },
      pin: pins.ordinary,
      duressPin: pins.duress,
    },
  });
  const { familyId, of, sns, table, now, outside } = world;

  function topicOf(destination: Destination): string {
    if (destination === 'family') return `${resourceNames.familyTopicPrefix}${world.familyId}`;
    return destination === 'ministry'
      ? resourceNames.ministryTopic
      : `${resourceNames.consulateTopicPrefix}${destination}`;
  }
  const subscribe = async (to: Destination, present: boolean): Promise<void> => {
    if (present === !absent.has(to)) return;
    if (present) absent.delete(to);
    else absent.add(to);
    if (!present) sns.removeSubscriptions(topicOf(to));
    else await sns.subscribe({ topic: topicOf(to), protocol: 'email', endpoint: `${to}@example.com` });
  };
  const drain = async (): Promise<void> => {
    if (faults.stream) await world.stream();
    else world.inserted.length = 0;
  };

  const queries = of(composeAnswerQueries);
  const api = {
    press: createPressHandler(of(composeRaiseAlert)),
    positions: createPositionsHandler(of(composeRecordPositions)),
    cancel: createCancelHandler(of(composeCancelAlert)),
    status: httpHandler('answer-queries', async (request) => alertStatusAnswer(queries, request)),
    pages: createCaseHandler(of(composeServeCase)),
  };
  const ask = async (
    handler: (typeof api)[keyof typeof api],
    routeKey: string,
    options: { json?: unknown; path?: Record<string, string> } = {},
  ): Promise<Answer> => {
    const headers = {
      authorization: `Bearer ${world.deviceToken}`,
      accept: 'application/json',
      'content-type': 'application/json',
    };
    const event: APIGatewayProxyEventV2 = anEvent({
      routeKey,
      headers,
      pathParameters: options.path ?? {},
      ...(options.json !== undefined && { json: options.json }),
    });
    const { statusCode = 0, body = '{}' } = await handler(event, aContext);
    return { status: statusCode, body: JSON.parse(body) as Answer['body'] };
  };

  await drain();
  // Older than SNS's counts lag, so that they are believed.
  world.skip(20 * 60_000);
  await world.round();
  published.length = 0;

  const links = dynamoLinkStore(outside.dynamo, 'alerts', { now, newLinkToken: outside.secrets.newLinkToken });
  const tokens = new Map<Destination, string>();
  for (const to of destinations) {
    const recipient: LinkRecipient =
      to === 'family' || to === 'ministry' ? { kind: to } : { kind: 'consulate', id: to };
    const expiresAt = new Date(now().getTime() + linkLifetimeMs).toISOString();
    tokens.set(to, await links.mint({ familyId, alertId, recipient, expiresAt }));
  }
  const pathOf = (to: Destination): { kind: 'f' | 'c'; token: string } => ({
    kind: to === 'family' ? 'f' : 'c',
    token: tokens.get(to) ?? '',
  });

  const phone = {
    press: async () =>
      ask(api.press, 'POST /v1/alerts', {
        json: { alertId, drill, ...(place !== null && { position: places[place] }) },
      }),
    positions: async (at: Place) =>
      ask(api.positions, 'POST /v1/alerts/{alertId}/positions', {
        path: { alertId },
        json: { positions: [places[at]] },
      }),
    cancel: async (pin: string) =>
      ask(api.cancel, 'POST /v1/alerts/{alertId}/cancel', { path: { alertId }, json: { pin } }),
    status: async () => ask(api.status, 'GET /v1/alerts/{alertId}', { path: { alertId } }),
  };
  const page = async (to: Destination): Promise<Answer> => {
    const { kind, token } = pathOf(to);
    return ask(api.pages, `GET /${kind}/{token}`, { path: { token } });
  };
  const act = async (as: Destination, action: string, json: object): Promise<Answer> => {
    const { kind, token } = pathOf(as);
    return ask(api.pages, `POST /${kind}/{token}/{action}`, { path: { token, action }, json });
  };

  const read = new WeakMap<Item, ReturnType<typeof readEventItem>>();
  const stored = (eventId?: string) => {
    const { pk, sk } = eventKey({ familyId, alertId, ...(eventId !== undefined && { eventId }) });
    const item = table.item(pk, sk);
    if (!item) return undefined;
    // Items are never changed in place, so that each has to be read once.
    const found = read.get(item) ?? readEventItem(item);
    if (found) read.set(item, found);
    return found;
  };
  return {
    familyId,
    now,
    faults,
    absent,
    published,
    /** Every call to AWS so far, also one that failed. */
    calls,
    table,
    subscribe,
    phone,
    page,
    act,
    drain,
    round: world.round,
    pass: (minutes: number) => world.skip(minutes * 60_000),
    alert: (): Alert | undefined => {
      const found = stored();
      return found?.kind === 'alert' ? found.alert : undefined;
    },
    /** Where the phone was last, after the press. */
    newest: (): Seen | undefined => {
      const found = stored();
      const last = found?.kind === 'alert' ? found.alert.lastPosition : undefined;
      const at = (['downtown', 'border', 'harbour'] as const).find((id) => places[id].latitude === last?.latitude);
      return last && at && { place: at, at: Date.parse(last.measuredAt) };
    },
    /** The later events as they are now, in the order in which they were written. */
    events: (): readonly CaseEvent[] =>
      timeline.flatMap((eventId) => {
        const found = stored(eventId);
        return found?.kind === 'event' ? [found.event] : [];
      }),
    pinTries: (): { readonly tries: number; readonly lastTry: number } => {
      const { pk, sk } = pinAttemptsKey(familyId);
      const item = table.item(pk, sk);
      return { tries: Number(item?.['tries']?.N ?? 0), lastTry: Number(item?.['lastTryMs']?.N ?? 0) };
    },
    mend: () => {
      faults.publishing.clear();
      Object.assign(faults, { counting: true, stream: true, location: true, writes: 0, conflicts: 0 });
    },
    /** The offices, and the ministry, in whose lists the case is. */
    listedAt: (): readonly string[] =>
      [...officeIds, 'ministry'].filter((id) => {
        const { pk, sk } = listingKey(familyId, alertId, id);
        return table.item(pk, sk)?.['officeId']?.S === id;
      }),
  };
};

export type Stage = Awaited<ReturnType<typeof setStage>>;
