import { type AttributeValue, QueryCommand, type QueryCommandInput, ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { deliverySchema } from '../../shared/domain/case/deliveries.ts';
import { alertStates, dispositions, originKinds } from '../../shared/domain/vocabulary.ts';
import { tryReadAs } from '../../shared/domain/shape.ts';
import { alertKey, eventRefOf, timelinesKey } from '../../shared/adapters/dynamo-keys.ts';
import { canaryFamilyId } from '../../shared/names.ts';
import type { Aws } from './target.ts';

type Item = Record<string, AttributeValue>;

/**
 * All that is ever asked of the table. An operator is no officer: names, phones, positions, notes and facilities stay
 * in the table (G8), and docs/operating.md gives the policy by which IAM holds to that.
 */
const attributes = [
  'pk',
  'sk',
  'itemType',
  'state',
  'drill',
  'raisedAt',
  'acknowledgedAt',
  'closedAt',
  'disposition',
  'escalations',
  'consularNotification',
  'consulate.id',
  'raisedTo.id',
  'origin.kind',
  'joined',
  'lastEntryAt',
  'untakenSince',
  'seenOnly',
  'handOver.to.id',
  'handOver.at',
  'deliveries',
  'expiresAt',
  'type',
  'at',
  'by.kind',
  'by.officeId',
  'from',
  'to',
  'reason',
  'cause',
  'previous',
  'receiver.id',
  'since',
  'seenAt',
  'askedAt',
  'why',
] as const;

const deliveries = v.record(v.string(), deliverySchema);
const office = v.object({ id: v.string() });

const alertItem = v.object({
  state: v.picklist(alertStates),
  drill: v.boolean(),
  raisedAt: v.string(),
  acknowledgedAt: v.exactOptional(v.string()),
  closedAt: v.exactOptional(v.string()),
  disposition: v.exactOptional(v.picklist(dispositions)),
  escalations: v.exactOptional(v.number()),
  consularNotification: v.boolean(),
  consulate: v.exactOptional(office),
  raisedTo: v.exactOptional(office),
  /** What raised it, if nobody pressed. */
  origin: v.exactOptional(v.object({ kind: v.picklist(originKinds) })),
  lastEntryAt: v.exactOptional(v.string()),
  untakenSince: v.exactOptional(v.string()),
  seenOnly: v.exactOptional(v.literal(true)),
  /** It waits for a person at that office. */
  handOver: v.exactOptional(v.object({ to: office, at: v.string() })),
  /** It is one more press of that case. */
  joined: v.exactOptional(v.object({ headAlertId: v.string() })),
  deliveries,
});

const eventItem = v.object({
  type: v.string(),
  at: v.string(),
  by: v.object({ kind: v.string(), officeId: v.optional(v.string()) }),
  from: v.optional(v.string()),
  to: v.optional(v.string()),
  reason: v.optional(v.string()),
  cause: v.optional(v.string()),
  previous: v.exactOptional(v.string()),
  receiver: v.exactOptional(office),
  since: v.optional(v.string()),
  seenAt: v.optional(v.string()),
  askedAt: v.optional(v.string()),
  why: v.optional(v.string()),
  disposition: v.optional(v.string()),
  consulate: v.exactOptional(office),
  deliveries,
});

/** Names one alert. */
export type AlertRef = { readonly familyId: string; readonly alertId: string };
export type AlertEvent = v.InferOutput<typeof eventItem> & { readonly eventId: string };
/** An alert as far as an operator sees it. */
export type SeenAlert = v.InferOutput<typeof alertItem> & AlertRef;

/** An alert and what happened since, oldest first, without anything about people. */
export type AlertRecord = { readonly alert: SeenAlert; readonly events: readonly AlertEvent[] };

/** Names are always given by number: several of them are words that DynamoDB reserves. */
const projection = (
  paths: readonly string[],
): Pick<QueryCommandInput, 'ProjectionExpression'> & { names: Record<string, string> } => {
  const parts = [...new Set(paths.flatMap((path) => path.split('.')))];
  const numbered = (part: string): string => `#n${parts.indexOf(part)}`;
  return {
    ProjectionExpression: paths.map((path) => path.split('.').map(numbered).join('.')).join(', '),
    names: Object.fromEntries(parts.map((part) => [numbered(part), part])),
  };
};

type Page = { readonly Items?: Item[] | undefined; readonly LastEvaluatedKey?: Item | undefined };

const everyPage = async (read: (start: Item | undefined) => Promise<Page>): Promise<readonly Item[]> => {
  const found: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await read(start);
    found.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return found;
};

/** Every page of a query. `Select` is what IAM can hold an operator to; without it, it could not tell what is read. */
export const queryItems = async (
  dynamoDb: Aws['dynamoDb'],
  input: Pick<QueryCommandInput, 'TableName' | 'IndexName' | 'KeyConditionExpression' | 'ConsistentRead'> & {
    readonly values: Readonly<Record<string, string | number>>;
    readonly paths: readonly string[];
  },
): Promise<readonly Item[]> => {
  const { values, paths, ...query } = input;
  const { names, ProjectionExpression } = projection(paths);
  return everyPage(async (start) =>
    dynamoDb.send(
      new QueryCommand({
        ...query,
        Select: 'SPECIFIC_ATTRIBUTES',
        ProjectionExpression,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: marshall(values),
        ExclusiveStartKey: start,
      }),
    ),
  );
};

/** An item by its schema; `undefined` when it is not one. Its error would repeat values, so it is not kept. */
const readItem = <Out>(schema: v.GenericSchema<unknown, Out>, item: Item): Out | undefined => {
  try {
    return tryReadAs(schema, unmarshall(item));
  } catch {
    return undefined;
  }
};

const isExpired = ({ expiresAt }: Item, now: Date): boolean =>
  expiresAt?.N !== undefined && Number(expiresAt.N) * 1000 <= now.getTime();

/** What a query for alerts found. */
export type FoundAlerts = { readonly records: readonly AlertRecord[]; readonly unreadable: readonly AlertRef[] };

type Parts = { alert?: SeenAlert; readonly events: AlertEvent[]; unreadable: boolean };

const addItem = (parts: Parts, item: Item, { familyId, alertId, eventId }: AlertRef & { eventId?: string }): void => {
  if (eventId === undefined) {
    const alert = readItem(alertItem, item);
    if (alert) parts.alert = { ...alert, familyId, alertId };
    else parts.unreadable = true;
  } else {
    const event = readItem(eventItem, item);
    if (event) parts.events.push({ ...event, eventId });
    else parts.unreadable = true;
  }
};

/**
 * The alerts of a family whose id begins so, with their events. What has expired is left out; an alert with an item
 * that cannot be read is named in `unreadable`, beside what can be read of it. Strongly consistent.
 *
 * @param alertIdPrefix the whole id, or its first letters
 */
export const readAlerts = async (
  { dynamoDb, now }: Pick<Aws, 'dynamoDb' | 'now'>,
  table: string,
  familyId: string,
  alertIdPrefix: string,
): Promise<FoundAlerts> => {
  const { pk, sk } = alertKey(familyId, alertIdPrefix);
  const beginningWith = async (start: string) =>
    queryItems(dynamoDb, {
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ConsistentRead: true,
      values: { ':pk': pk, ':sk': start },
      paths: attributes,
    });
  const items = (await Promise.all([sk, timelinesKey(familyId, alertIdPrefix).sk].map(beginningWith))).flat();
  const found = new Map<string, Parts>();
  for (const item of items) {
    const ref = eventRefOf({ pk, sk: item['sk']?.S ?? '' });
    if (ref?.alertId === undefined || isExpired(item, now)) continue;
    const { alertId, eventId } = ref;
    const parts = found.get(alertId) ?? { events: [], unreadable: false };
    found.set(alertId, parts);
    addItem(parts, item, { familyId, alertId, ...(eventId !== undefined && { eventId }) });
  }
  return {
    records: [...found.values()].flatMap(({ alert, events }) =>
      alert ? [{ alert, events: events.sort((a, b) => a.at.localeCompare(b.at)) }] : [],
    ),
    unreadable: [...found].flatMap(([alertId, { unreadable }]) => (unreadable ? [{ familyId, alertId }] : [])),
  };
};

/**
 * Every alert that was closed at or after an instant, ISO 8601 UTC, and is not forgotten, without its events. Reads the
 * whole table: no index has closed cases, as the PINs must write the same.
 */
export const scanClosed = async (
  { dynamoDb, now }: Pick<Aws, 'dynamoDb' | 'now'>,
  table: string,
  since: string,
): Promise<FoundAlerts> => {
  const { names, ProjectionExpression } = projection(attributes);
  const numbered = (name: string): string => Object.keys(names).find((each) => names[each] === name) ?? name;
  const items = await everyPage(async (start) =>
    dynamoDb.send(
      new ScanCommand({
        TableName: table,
        Select: 'SPECIFIC_ATTRIBUTES',
        ProjectionExpression,
        FilterExpression: [
          `${numbered('itemType')} = :alert`,
          `${numbered('state')} = :closed`,
          `${numbered('closedAt')} >= :since`,
        ].join(' AND '),
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: marshall({ ':alert': 'alert', ':closed': 'closed', ':since': since }),
        ExclusiveStartKey: start,
      }),
    ),
  );
  const records: AlertRecord[] = [];
  const unreadable: AlertRef[] = [];
  for (const item of items) {
    const ref = eventRefOf({ pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' });
    if (ref?.alertId === undefined || ref.familyId === canaryFamilyId || isExpired(item, now)) continue;
    const ids = { familyId: ref.familyId, alertId: ref.alertId };
    const alert = readItem(alertItem, item);
    if (alert) records.push({ alert: { ...alert, ...ids }, events: [] });
    else unreadable.push(ids);
  }
  return { records: records.filter(({ alert }) => !alert.joined), unreadable };
};
