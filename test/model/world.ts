import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { InvalidParameterException, NotFoundException } from '@aws-sdk/client-sns';
import type { APIGatewayProxyEventV2, DynamoDBRecord } from 'aws-lambda';
import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { createHandler as createAuthoritiesHandler } from '../../functions/announce-to-authorities/handler.ts';
import { createHandler as createFamilyHandler } from '../../functions/announce-to-family/handler.ts';
import { alertStatusAnswer } from '../../functions/answer-queries/alert-status.ts';
import { createHandler as createCancelHandler } from '../../functions/cancel-alert/handler.ts';
import { createHandler as createPressHandler } from '../../functions/raise-alert/handler.ts';
import { createHandler as createPositionsHandler } from '../../functions/record-positions/handler.ts';
import { createHandler as createCaseHandler } from '../../functions/serve-case/handler.ts';
import { createHandler as createWatchmanHandler } from '../../functions/watchman/handler.ts';
import type { AwsService } from '../../infra/local-aws/aws-service.ts';
import { AwsError } from '../../infra/local-aws/aws-service.ts';
import { createSns } from '../../infra/local-aws/sns/sns.ts';
import { dynamoAlertReader } from '../../shared/adapters/dynamo-alert-reader.ts';
import { dynamoCaseStore } from '../../shared/adapters/dynamo-case-store.ts';
import { dynamoDeliveryStore } from '../../shared/adapters/dynamo-delivery-store.ts';
import { dynamoDueStore } from '../../shared/adapters/dynamo-due-store.ts';
import { dynamoFamilyEraser } from '../../shared/adapters/dynamo-family-eraser.ts';
import { dynamoFamilyPresses } from '../../shared/adapters/dynamo-family-presses.ts';
import { dynamoFamilyDirectory } from '../../shared/adapters/dynamo-family-directory.ts';
import { dynamoFamilyRegister } from '../../shared/adapters/dynamo-family-register.ts';
import { readEventItem } from '../../shared/adapters/dynamo-items.ts';
import { alertKey, eventKey, eventRefOf, familyKey, pinAttemptsKey } from '../../shared/adapters/dynamo-keys.ts';
import { dynamoLinkStore } from '../../shared/adapters/dynamo-link-store.ts';
import { dynamoOfficeReach } from '../../shared/adapters/dynamo-office-reach.ts';
import { dynamoOpenCases } from '../../shared/adapters/dynamo-open-cases.ts';
import { dynamoPinRecord } from '../../shared/adapters/dynamo-pin-attempts.ts';
import {
  dynamoDeviceDirectory,
  dynamoPressDirectory,
  dynamoPressStore,
} from '../../shared/adapters/dynamo-press-store.ts';
import { dynamoReachStore } from '../../shared/adapters/dynamo-reach-store.ts';
import { dynamoTrack, dynamoTrackReader } from '../../shared/adapters/dynamo-track.ts';
import { dynamoCheckInStore } from '../../shared/adapters/dynamo-check-in-store.ts';
import { snsFamilyChannel } from '../../shared/adapters/sns-family-channel.ts';
import { snsOfficeChannel } from '../../shared/adapters/sns-office-channel.ts';
import { snsSubscriptionChecks } from '../../shared/adapters/sns-subscriptions.ts';
import { consulates, ministryDesk } from '../../shared/data/consulates.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { TellOfficesDeps } from '../../shared/telling/to-offices.ts';
import type { FamilyChangeDeps } from '../../shared/telling/family-changes.ts';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import { chooseConsulate } from '../../shared/domain/offices/choose-consulate.ts';
import type { LinkMaker, LinkRecipient } from '../../shared/domain/case/links.ts';
import { linkLifetimeMs, linkPath } from '../../shared/domain/case/links.ts';
import { nearestConsulates } from '../../shared/domain/offices/nearest-consulates.ts';
import { resourceNames } from '../../shared/names.ts';
import { composeRights } from '../../shared/telling/compose-rights.ts';
import { hashSecret } from '../../shared/runtime/device-token.ts';
import { httpHandler } from '../../shared/runtime/http.ts';
import { aContext, anEvent } from '../support/fixtures.ts';
import { clientOf } from '../support/sdk-client.ts';
import type { Item } from './expressions.ts';
import { createMemoryTable } from './memory-table.ts';
import type { Seen } from './reference.ts';
import type { Destination, Place, Scenario } from './scenario.ts';
import { officeIds, places } from './scenario.ts';

/*
 * The whole case in this process: every handler with its real adapters, over the table in memory and the local SNS, with
 * a clock that is turned by hand. What is replaced is outside the code under test: Amazon Location, KMS and randomness.
 */

const familyId = '11111111-1111-4111-8111-111111111111';
const alertId = '22222222-2222-4222-8222-222222222222';
const secret = 's'.repeat(43);
const tableName = 'alerts';
const start = Date.parse('2026-11-22T20:00:00.000Z');
const retentionMs = 30 * 24 * 60 * 60_000;
const arnOf = (topic: string): string => `arn:aws:sns:us-east-1:000000000000:${topic}`;
export const pins = { ordinary: '4711', duress: '9024', wrong: '0000' } as const;

const offices = consulates.filter(({ id }) => (officeIds as readonly string[]).includes(id));
const topicOf = (destination: Destination): string => {
  if (destination === 'family') return `${resourceNames.familyTopicPrefix}${familyId}`;
  return destination === 'ministry'
    ? resourceNames.ministryTopic
    : `${resourceNames.consulateTopicPrefix}${destination}`;
};
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

const snsFault = ({ code, message }: AwsError): Error => {
  const options = { message, $metadata: {} };
  if (code === 'NotFound') return new NotFoundException(options);
  return code === 'InvalidParameter' ? new InvalidParameterException(options) : new Error(`${code}: ${message}`);
};
const dynamoFault = ({ code, message, details }: AwsError): Error => {
  const options = { message, $metadata: {}, ...details };
  if (code === 'ConditionalCheckFailedException') return new ConditionalCheckFailedException(options);
  if (code === 'TransactionCanceledException') return new TransactionCanceledException(options);
  return new Error(`${code}: ${message}`);
};

/** The event that is being told: a message to a phone does not say which it is about. */
const telling = new AsyncLocalStorage<string>();
const eventOfKey = (sk: string): string => {
  const ref = eventRefOf({ pk: familyKey(familyId).pk, sk });
  return ref?.alertId === undefined ? 'welcome' : (ref.eventId ?? 'raised');
};

const writing = new Set(['PutItem', 'UpdateItem', 'BatchWriteItem', 'TransactWriteItems']);

export const createWorld = async (
  { authorised, home, drill, place }: Omit<Scenario, 'steps'>,
  createTable: (onInsert: (item: Item) => void) => AwsService & {
    readonly item: (pk: string, sk: string) => Item | undefined;
  } = createMemoryTable,
) => {
  let time = start - 20 * 60_000;
  const now = () => new Date(time);
  let ids = 0;
  const newId = () => `${String((ids += 1)).padStart(8, '0')}-0000-4000-8000-000000000000`;

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
  const calls: { readonly operation: string; readonly input: Record<string, unknown> }[] = [];
  const calling = async (operation: string, input: Record<string, unknown>): Promise<void> => {
    if (calls.length >= faults.dieAfter) await new Promise(() => undefined);
    calls.push({ operation, input });
  };
  const inserted: Item[] = [];
  const timeline: string[] = [];

  const table = createTable((item) => {
    if (['family', 'alert', 'event'].includes(item['itemType']?.S ?? '')) inserted.push(item);
    if (item['itemType']?.S === 'event') timeline.push(item['eventId']?.S ?? '');
  });
  const isOnRevision = (input: Record<string, unknown>): boolean => {
    const [first] = (input['TransactItems'] ?? []) as { Update?: { ConditionExpression?: string } }[];
    return first?.Update?.ConditionExpression?.includes('revision') === true;
  };
  // Before the first await: so it holds for what follows from the claim, and for nothing beside it.
  const noticeClaim = (operation: string, input: Record<string, unknown>): void => {
    if (operation !== 'UpdateItem' || !String(input['UpdateExpression']).includes('claimedUntil = ')) return;
    telling.enterWith(eventOfKey((input['Key'] as Record<string, { S: string }>)['sk']?.S ?? ''));
  };
  const inProcess = clientOf(
    {
      call: async (operation, input) => {
        noticeClaim(operation, input);
        await calling(operation, input);
        if (operation === 'TransactWriteItems' && faults.conflicts > 0 && isOnRevision(input)) {
          faults.conflicts -= 1;
          // Somebody else changes the case in this very moment.
          await table.call('UpdateItem', {
            TableName: tableName,
            Key: { pk: { S: alertKey(familyId, alertId).pk }, sk: { S: alertKey(familyId, alertId).sk } },
            UpdateExpression: 'ADD revision :one',
            ExpressionAttributeValues: { ':one': { N: '1' } },
          });
        }
        if (!writing.has(operation) || faults.writes === 0) return table.call(operation, input);
        faults.writes -= 1;
        if (faults.writeMode === 'answer-lost') await table.call(operation, input);
        throw new AwsError('InternalServerError', 'The table does not answer.');
      },
    },
    dynamoFault,
  );
  // The SDK's paginators ask for its class.
  const dynamo = Object.assign(Object.create(DynamoDBClient.prototype) as DynamoDBClient, inProcess.client);

  const local = createSns({
    now,
    region: 'us-east-1',
    account: '000000000000',
    confirm: 'auto',
    deliverToQueue: async () => undefined,
  });
  const sns = clientOf(
    {
      call: async (operation, input) => {
        await calling(operation, input);
        if (operation === 'GetTopicAttributes' && !faults.counting) throw new Error('SNS does not say.');
        if (operation !== 'Publish') return local.call(operation, input);
        const attributes = input['MessageAttributes'] as Record<string, { StringValue: string }>;
        const to = destinations.find((one) => arnOf(topicOf(one)) === input['TopicArn']);
        if (!to) throw new Error(`Published to no topic of ours: ${String(input['TopicArn'])}`);
        const record = {
          event: telling.getStore() ?? 'welcome',
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
        const answer = await local.call(operation, input);
        published.push({ ...record, accepted: true });
        if (mode === 'answer-lost') throw new Error('The answer of SNS was lost.');
        return answer;
      },
    },
    snsFault,
  ).client;

  const subscribe = async (to: Destination, present: boolean): Promise<void> => {
    if (present === !absent.has(to)) return;
    if (present) absent.delete(to);
    else absent.add(to);
    if (!present) local.removeSubscriptions(topicOf(to));
    else await local.subscribe({ topic: topicOf(to), protocol: 'email', endpoint: `${to}@example.com` });
  };
  for (const to of destinations) {
    if (to === 'family') continue;
    await local.call('CreateTopic', { Name: topicOf(to) });
    await local.subscribe({ topic: topicOf(to), protocol: 'email', endpoint: `${to}@example.com` });
  }

  const families = dynamoFamilyDirectory(dynamo, tableName);
  const alerts = dynamoAlertReader(dynamo, tableName, now);
  const cases = dynamoCaseStore(dynamo, tableName, { alerts, families });
  const devices = dynamoDeviceDirectory(dynamo, tableName);
  let tokens = 0;
  const links = dynamoLinkStore(dynamo, tableName, {
    now,
    newSecret: () => {
      const token = String((tokens += 1)).padStart(43, '0');
      return { secret: token, secretHash: createHash('sha256').update(token).digest('hex') };
    },
  });
  const mint = async (recipient: LinkRecipient, of: Pick<Alert, 'alertId'> = { alertId }): Promise<string> =>
    links.mint({ familyId, alertId: of.alertId, recipient, expiresAt: new Date(time + linkLifetimeMs).toISOString() });
  const linkFor: LinkMaker = async (recipient, alert) =>
    `https://alerts.example${linkPath(recipient, await mint(recipient, alert))}`;

  const consulateById = (id: string) => offices.find((office) => office.id === id);
  const choose: TellOfficesDeps['chooseConsulate'] = async (facts) =>
    chooseConsulate(
      {
        offices,
        locator: {
          nearest: async ({ position, exclude }) => {
            if (!faults.location) throw new Error('Amazon Location does not answer.');
            const open = offices.filter(({ id }) => !exclude.has(id));
            const [nearest] = nearestConsulates(position, open, 1);
            return nearest && { consulateId: nearest.consulate.id };
          },
        },
      },
      facts,
    );
  const announcing = {
    now,
    deliveries: dynamoDeliveryStore(dynamo, tableName, newId),
    families,
    cases,
    linkFor,
    consulateById,
    desk: ministryDesk,
  };
  const family: FamilyChangeDeps = {
    ...announcing,
    channel: snsFamilyChannel(sns, {
      arnPrefix: arnOf(resourceNames.familyTopicPrefix),
      keyArn: 'arn:aws:kms:us-east-1:000000000000:key/11111111-1111-4111-8111-111111111111',
      now,
    }),
    reaches: dynamoReachStore(dynamo, tableName),
    nearestConsulate: (position) => nearestConsulates(position, offices, 1)[0]?.consulate,
    presses: dynamoFamilyPresses(dynamo, tableName, now),
    eraser: dynamoFamilyEraser(dynamo, tableName),
  };
  const officeTopics = {
    consulatePrefix: arnOf(resourceNames.consulateTopicPrefix),
    ministry: arnOf(resourceNames.ministryTopic),
  };
  const authorities: TellOfficesDeps = {
    ...announcing,
    chooseConsulate: choose,
    channel: snsOfficeChannel(sns, officeTopics, {}),
  };

  const consumers = [
    createFamilyHandler({ ...family, readEvent: readEventItem }),
    createAuthoritiesHandler({ ...authorities, readEvent: readEventItem }),
  ];
  let sequence = 0;
  /** Hands what was inserted to both consumers, a failed record twice more, as the stream's mapping does. */
  const drain = async (): Promise<void> => {
    for (let item = inserted.shift(); item; item = inserted.shift()) {
      if (!faults.stream) continue;
      const record = {
        eventName: 'INSERT',
        dynamodb: { NewImage: item, SequenceNumber: String((sequence += 1)) },
      } as DynamoDBRecord;
      for (const consumer of consumers) {
        for (let tries = 0; tries < 3; tries += 1) {
          const { batchItemFailures } = await consumer({ Records: [record] }, aContext);
          if (batchItemFailures.length === 0) break;
        }
      }
    }
  };

  const watchman = createWatchmanHandler({
    due: dynamoDueStore(dynamo, tableName, now),
    cases,
    delays: { nextOfficeMs: 5 * 60_000, ministryMs: 10 * 60_000 },
    checkIns: dynamoCheckInStore(dynamo, tableName, now),
    newId,
    family,
    authorities,
    reach: {
      families,
      now,
      reaches: dynamoReachStore(dynamo, tableName),
      subscriptions: snsSubscriptionChecks(sns, officeTopics),
      officeReach: dynamoOfficeReach(dynamo, tableName),
      officeIds: offices.map(({ id }) => id),
    },
  });
  const pinDeps = {
    pins: dynamoPinRecord(dynamo, tableName),
    hasher: {
      hash: async (_family: string, pin: string) => `hash of ${pin}`,
      match: async (_family: string, pin: string) => {
        if (pin === pins.ordinary) return 'pin' as const;
        return pin === pins.duress ? ('duress' as const) : ('wrong' as const);
      },
    },
  };
  const api = {
    press: createPressHandler({
      devices: dynamoPressDirectory(dynamo, tableName),
      alerts: dynamoPressStore(dynamo, tableName),
      now,
    }),
    positions: createPositionsHandler({
      now,
      newId,
      devices,
      alerts,
      cases,
      track: dynamoTrack(dynamo, tableName, { now, retentionMs }),
      retentionMs,
      openConsulates: offices,
      chooseConsulate: choose,
    }),
    cancel: createCancelHandler({
      ...pinDeps,
      devices,
      alerts,
      families,
      cases,
      openConsulates: offices,
      consulateById,
      desk: ministryDesk,
      now,
      newId,
      retentionMs,
    }),
    status: httpHandler('answer-queries', async (request) =>
      alertStatusAnswer({ devices, alerts, consulateById, desk: ministryDesk, now }, request),
    ),
    pages: createCaseHandler({
      links,
      cases,
      track: dynamoTrackReader(dynamo, tableName, now),
      openCases: dynamoOpenCases(dynamo, tableName),
      openConsulates: offices,
      openConsulateById: consulateById,
      consulateById,
      desk: ministryDesk,
      rights: (language) => composeRights(language, ministryDesk),
      retentionMs,
      now,
      newId,
    }),
  };

  const ask = async (
    handler: (typeof api)[keyof typeof api],
    routeKey: string,
    options: { json?: unknown; path?: Record<string, string> } = {},
  ): Promise<Answer> => {
    const headers = {
      authorization: `Bearer ${familyId}.${secret}`,
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

  await dynamoFamilyRegister(dynamo, tableName).register({
    family: {
      familyId,
      person: {
        name: 'María Fernanda Ruiz',
        language: 'es',
        phone: '+12135550100',
        ...(home && { homePosition: places.harbour }),
      },
      contacts: [{ contactId: 'c1', name: 'José Ruiz', channel: 'sms', endpoint: '+12135550101' }],
      consent: { consularNotification: authorised, version: '2026-01', at: now().toISOString() },
      sharePositionWithFamily: true,
      registeredAt: now().toISOString(),
    },
    pins: { pin: 'hash', duressPin: 'hash' },
    device: { deviceId: 'd1', secretHash: hashSecret(secret) },
    now: now(),
  });
  await drain();
  // Older than SNS's counts lag, so that they are believed.
  time = start;
  await watchman({} as never, aContext);
  published.length = 0;

  const officerLinks = new Map<Destination, string>();
  for (const to of destinations) {
    const recipient: LinkRecipient =
      to === 'family' || to === 'ministry' ? { kind: to } : { kind: 'consulate', id: to };
    officerLinks.set(to, await mint(recipient));
  }
  const token = (to: Destination): string => officerLinks.get(to) ?? '';

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
    const kind = to === 'family' ? 'f' : 'c';
    return ask(api.pages, `GET /${kind}/{token}`, { path: { token: token(to) } });
  };
  const act = async (as: Destination, action: string, json: object): Promise<Answer> => {
    const kind = as === 'family' ? 'f' : 'c';
    return ask(api.pages, `POST /${kind}/{token}/{action}`, { path: { token: token(as), action }, json });
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
    now,
    faults,
    absent,
    published,
    /** Every call to AWS so far. */
    calls,
    subscribe,
    phone,
    page,
    act,
    drain,
    round: async () => watchman({} as never, aContext),
    pass: (minutes: number) => {
      time += minutes * 60_000;
    },
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
      const item = table.item(pinAttemptsKey(familyId).pk, pinAttemptsKey(familyId).sk);
      return { tries: Number(item?.['tries']?.N ?? 0), lastTry: Number(item?.['lastTryMs']?.N ?? 0) };
    },
    mend: () => {
      faults.publishing.clear();
      Object.assign(faults, { counting: true, stream: true, location: true, writes: 0, conflicts: 0 });
    },
    /** Whether the case is in the list of open cases of this office. */
    listedAt: (): string | undefined => {
      const { pk, sk } = eventKey({ familyId, alertId });
      return table.item(pk, sk)?.['officeId']?.S;
    },
  };
};

export type World = Awaited<ReturnType<typeof createWorld>>;
