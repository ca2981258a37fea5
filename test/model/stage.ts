import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { alertStatusAnswer } from '../../functions/answer-queries/alert-status.ts';
import { createHandler as createCancelHandler } from '../../functions/cancel-alert/handler.ts';
import { createHandler as createPressHandler } from '../../functions/raise-alert/handler.ts';
import { createHandler as createPositionsHandler } from '../../functions/record-positions/handler.ts';
import { createHandler as createCaseHandler } from '../../functions/serve-case/handler.ts';
import { readEventItem } from '../../shared/adapters/dynamo-items.ts';
import { alertKey, eventKey, listingKey, pinAttemptsKey } from '../../shared/adapters/dynamo-keys.ts';
import { dynamoLinkStore } from '../../shared/adapters/dynamo-link-store.ts';
import {
  composeAnswerQueries,
  composeCancelAlert,
  composeRecordPositions,
  composeServeCase,
} from '../../shared/compose.ts';
import { composeRaiseAlert } from '../../shared/compose-press.ts';
import { officeFilter } from '../../shared/office-filter.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import { type LinkRecipient, linkLifetimeMs } from '../../shared/domain/case/links.ts';
import { httpHandler } from '../../shared/runtime/http.ts';
import { aContext, anEvent } from '../support/fixtures.ts';
import { greatCircle } from '../support/outside.ts';
import { createWorld } from '../support/world.ts';
import type { Item } from './expressions.ts';
import { type MemoryTable, createMemoryTable } from './memory-table.ts';
import type { Seen } from './reference.ts';
import type { Person } from './people.ts';
import { setRosters } from './rosters.ts';
import { type Destination, type Place, type Scenario, officeIds, places } from './scenario.ts';
import { createTrouble, destinations, isPerson, mainAlertId, topicOf } from './trouble.ts';

/* The world with the person of a scenario, and with all that the scenario may break. */

const alertId = mainAlertId;
export const pins = { ordinary: '4711', duress: '9024', wrong: '0000' } as const;

export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

export const setStage = async (
  { authorised, english = false, home, drill, place, wish, unrostered = false }: Omit<Scenario, 'steps'>,
  createTable: (onInsert: (item: Item) => void) => MemoryTable = createMemoryTable,
) => {
  const timeline: string[] = [];
  const nowMs = (): number => world.now().getTime();
  const trouble = createTrouble(async () => {
    const { pk, sk } = alertKey(world.familyId, alertId);
    await world.table.call('UpdateItem', {
      TableName: 'alerts',
      Key: { pk: { S: pk }, sk: { S: sk } },
      UpdateExpression: 'ADD revision :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
  }, nowMs);
  const { faults, absent, published, calls, uncounted, around } = trouble;
  const world = await createWorld({
    start: '2026-11-22T19:40:00.000Z',
    around,
    createTable: (onInsert) =>
      createTable((item) => {
        if (item['itemType']?.S === 'event' && item['alertId']?.S === alertId) timeline.push(item['eventId']?.S ?? '');
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
        ...(wish === true && { wantsRepresentative: true }),
      },
      contacts: [
        { name: 'José Ruiz', channel: 'sms', endpoint: '+12135550101', ...(english && { language: 'en' as const }) },
      ],
      consent: { consularNotification: authorised, version: '2026-01' },
      pin: pins.ordinary,
      duressPin: pins.duress,
    },
  });
  const { familyId, of, sns, table, now, outside } = world;

  const subscribe = async (to: Destination, present: boolean): Promise<void> => {
    if (present === !absent.has(to)) return;
    if (present) absent.delete(to);
    else absent.add(to);
    const topic = topicOf(to, familyId, english);
    if (!present) {
      sns.removeSubscriptions(topic);
      return;
    }
    if (to === 'family') {
      // A phone: SNS would suspend a mailbox that gets more than ten mails in a second, as with each answer that is lost.
      await sns.subscribe({ topic, protocol: 'sms', endpoint: '+12135550198' });
      return;
    }
    const filter = isPerson(to) ? {} : { filterPolicy: JSON.stringify(officeFilter('email')) };
    await sns.subscribe({ topic, protocol: 'email', endpoint: `${to}@example.com`, ...filter });
  };
  const rosters = await setRosters(world, subscribe, absent);
  if (!unrostered) await rosters.fill();
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
    const recipient: LinkRecipient = isPerson(to)
      ? rosters.recipient(to)
      : to === 'family' || to === 'ministry'
        ? { kind: to }
        : { kind: 'consulate', id: to };
    const expiresAt = new Date(now().getTime() + linkLifetimeMs).toISOString();
    tokens.set(to, await links.mint({ familyId, alertId, recipient, expiresAt }));
  }
  /** The link that somebody was sent last, if they were asked. */
  const sentTo = (to: Person): string | undefined => {
    const last = published.findLast((one) => one.to === to && one.alertId === alertId && one.accepted);
    return last && /\/l\/(\w{22})/.exec(last.text)?.[1];
  };
  const pathOf = (to: Destination): { kind: 'f' | 'c' | 'l'; token: string } => {
    const minted = tokens.get(to) ?? '';
    if (isPerson(to)) return { kind: 'l', token: sentTo(to) ?? minted };
    return { kind: to === 'family' ? 'f' : 'c', token: minted };
  };

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
    /** Once more, without a place: where the phone went is what `positions` says. */
    pressMore: async (id: string) => ask(api.press, 'POST /v1/alerts', { json: { alertId: id, drill } }),
    cancel: async (pin: string, id = alertId) =>
      ask(api.cancel, 'POST /v1/alerts/{alertId}/cancel', { path: { alertId: id }, json: { pin } }),
    status: async (id = alertId) => ask(api.status, 'GET /v1/alerts/{alertId}', { path: { alertId: id } }),
  };
  const page = async (to: Destination): Promise<Answer> => {
    const { kind, token } = pathOf(to);
    return ask(api.pages, `GET /${kind}/{token}`, { path: { token } });
  };
  /** A list of this one case: what is said of it, as the status that the page of the case would answer. */
  const take = async (token: string, json: object): Promise<Answer> => {
    const cases = [{ familyId, alertId }];
    const answer = await ask(api.pages, 'POST /o/{token}/take', { path: { token }, json: { ...json, cases } });
    const [refused] = (answer.body['refused'] ?? []) as { readonly reason: string }[];
    const statuses = new Map([
      ['not-found', 404],
      ['failed', 500],
    ]);
    return refused ? { ...answer, status: statuses.get(refused.reason) ?? 409 } : answer;
  };
  const act = async (as: Destination, action: string, json: object): Promise<Answer> => {
    const { kind, token } = pathOf(as);
    return action === 'take'
      ? take(token, json)
      : ask(api.pages, `POST /${kind}/{token}/{action}`, { path: { token, action }, json });
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
    alertId,
    now,
    faults,
    absent,
    published,
    uncounted,
    /** Every call to AWS so far, also one that failed. */
    calls,
    table,
    subscribe,
    /** Whom an officer may ask to be called by a representative. */
    contactId: world.contacts[0]?.contactId ?? '',
    rosters,
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
    /** What became of a further press: part of the case, or of another of the person. */
    placed: (id: string): 'joined' | 'own' | 'undecided' => {
      const { pk, sk } = alertKey(familyId, id);
      const item = table.item(pk, sk);
      if (item?.['joined']) return item['joined'].M?.['headAlertId']?.S === alertId ? 'joined' : 'own';
      return item?.['ownCase'] || drill ? 'own' : 'undecided';
    },
    /** Every alert and event of the family that somebody is still to be told of. */
    pending: (): readonly string[] =>
      table.all().flatMap(({ sk, deliveries }) => {
        const waits = Object.values(deliveries?.M ?? {}).some((delivery) => delivery.M?.['status']?.S === 'pending');
        return waits ? [sk?.S ?? ''] : [];
      }),
    isStored: (id: string): boolean => {
      const { pk, sk } = alertKey(familyId, id);
      return table.item(pk, sk) !== undefined;
    },
    /** Where the phone was last, after the press. */
    newest: (): Seen | undefined => {
      const found = stored();
      const last = found?.kind === 'alert' ? found.alert.lastPosition : undefined;
      const at = (['downtown', 'border', 'harbour', 'island'] as const).find(
        (id) => places[id].latitude === last?.latitude,
      );
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
