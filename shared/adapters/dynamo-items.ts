import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import {
  alertStates,
  channels,
  checkInStates,
  deliveryStatuses,
  destinationKinds,
  dispositions,
  escalationReasons,
  familyChanges,
  languages,
  locationCauses,
  officeBases,
  originKinds,
} from '../domain/vocabulary.ts';
import type { Alert } from '../domain/case/alert.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import type { CheckIn } from '../domain/check-in/check-in.ts';
import type { Family } from '../domain/family/family.ts';
import type { FamilyEvent } from '../domain/family/family-event.ts';
import { isErasing } from '../domain/family/family-event.ts';
import { alertRetentionMs, familyEventRetentionMs, watchAfterMs } from '../domain/limits.ts';
import type { StoredEvent } from '../telling/watch.ts';
import { alertKey, dueBucketOf, eventKey } from './dynamo-keys.ts';

const position = z.object({
  latitude: z.number(),
  longitude: z.number(),
  accuracyMeters: z.number().exactOptional(),
  measuredAt: z.string().exactOptional(),
});

/** A position with its time, as items hold it. */
export const trackPoint = position.extend({ measuredAt: z.string() });

const delivery = z.object({
  status: z.enum(deliveryStatuses),
  at: z.string().exactOptional(),
  id: z.string().exactOptional(),
});

export const contact = z.object({
  contactId: z.string(),
  name: z.string(),
  channel: z.enum(channels),
  endpoint: z.string(),
  addedAt: z.string().exactOptional(),
});

const topic = z.object({ arn: z.string(), ensuredAt: z.string(), confirmedAtOnce: z.number() });

const family = z.object({
  familyId: z.string(),
  person: z.object({
    name: z.string(),
    language: z.enum(languages),
    phone: z.string().exactOptional(),
    homePosition: position.exactOptional(),
  }),
  contacts: z.array(contact),
  consent: z.object({ consularNotification: z.boolean(), version: z.string(), at: z.string() }),
  sharePositionWithFamily: z.boolean(),
  registeredAt: z.string(),
  topic: topic.exactOptional(),
  selfTopic: topic.exactOptional(),
  seizedDevices: z.set(z.string()).exactOptional(),
}) satisfies z.ZodType<Family>;

export const assignedConsulate = z.union([
  z.object({ id: z.literal('ministry'), distanceMeters: z.null(), basis: z.literal('ministry') }),
  z.object({ id: z.string(), distanceMeters: z.number(), basis: z.enum(officeBases) }),
]);

const deliveries = z.object({
  family: delivery.exactOptional(),
  consulate: delivery.exactOptional(),
  ministry: delivery.exactOptional(),
});

const deliveryKey = z.union([z.enum(destinationKinds), z.templateLiteral(['consulate:', z.string()])]);
const eventDeliveries = z.partialRecord(deliveryKey, delivery);

export const state = z.enum(alertStates);
const disposition = z.enum(dispositions);

/** What a phone may see of a cancelled alert. */
export const deviceView = z.object({ state: z.literal('closed'), status: z.string(), until: z.string() });

const alert = z.object({
  familyId: z.string(),
  alertId: z.string(),
  deviceId: z.string(),
  state,
  raisedAt: z.string(),
  pressedAt: z.string().exactOptional(),
  drill: z.boolean(),
  origin: z
    .object({
      kind: z.enum(originKinds),
      checkInId: z.string(),
      promisedAt: z.string(),
      label: z.string().exactOptional(),
    })
    .exactOptional(),
  position: position.exactOptional(),
  lastPosition: trackPoint.exactOptional(),
  toldPosition: trackPoint.extend({ toldAt: z.string(), times: z.number() }).exactOptional(),
  battery: z.number().exactOptional(),
  note: z.string().exactOptional(),
  droppedFields: z.array(z.string()),
  consularNotification: z.boolean(),
  deliveries,
  raisedTo: assignedConsulate.exactOptional(),
  consulate: assignedConsulate.exactOptional(),
  // Passing a case on appends without reading, so an office may stand there twice.
  toldConsulates: z
    .array(z.string())
    .transform((ids) => [...new Set(ids)])
    .exactOptional(),
  acknowledgedAt: z.string().exactOptional(),
  acknowledgedBy: z.string().exactOptional(),
  facility: z.string().exactOptional(),
  representative: z.object({ name: z.string(), phone: z.string(), assignedAt: z.string() }).exactOptional(),
  disposition: disposition.exactOptional(),
  closedAt: z.string().exactOptional(),
  duress: z.literal(true).exactOptional(),
  escalations: z.number().exactOptional(),
  escalatedAt: z.string().exactOptional(),
  deviceView: deviceView.exactOptional(),
  revision: z.number().exactOptional(),
}) satisfies z.ZodType<Alert>;

const actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person') }),
  z.object({ kind: z.literal('officer'), officeId: z.string(), name: z.string().exactOptional() }),
  z.object({ kind: z.literal('family'), name: z.string() }),
  z.object({ kind: z.literal('system') }),
]);

const eventBase = z.object({
  familyId: z.string(),
  alertId: z.string(),
  eventId: z.string(),
  at: z.string(),
  by: actor,
  drill: z.boolean(),
  deliveries: eventDeliveries,
});
const caseEvent: z.ZodType<CaseEvent> = z.discriminatedUnion('type', [
  eventBase.extend({
    type: z.literal('alert.escalated.v1'),
    reason: z.enum(escalationReasons),
    consulate: assignedConsulate,
    triedConsulates: z.array(z.string()),
  }),
  eventBase.extend({
    type: z.literal('alert.located.v1'),
    cause: z.enum(locationCauses),
    consulate: assignedConsulate,
    previous: z.string().exactOptional(),
    note: z.string().exactOptional(),
  }),
  eventBase.extend({
    type: z.literal('alert.position-moved.v1'),
    position: trackPoint,
    distanceMeters: z.number().exactOptional(),
  }),
  eventBase.extend({ type: z.literal('alert.acknowledged.v1'), officer: z.string() }),
  eventBase.extend({
    type: z.literal('alert.state-changed.v1'),
    from: state,
    to: state,
    facility: z.string().exactOptional(),
    note: z.string().exactOptional(),
  }),
  eventBase.extend({ type: z.literal('alert.noted.v1'), text: z.string() }),
  eventBase.extend({ type: z.literal('alert.representative-assigned.v1'), name: z.string(), phone: z.string() }),
  eventBase.extend({ type: z.literal('alert.family-unreachable.v1') }),
  eventBase.extend({ type: z.literal('alert.cancelled.v1') }),
  eventBase.extend({ type: z.literal('alert.cancelled-under-duress.v1') }),
  eventBase.extend({ type: z.literal('alert.closed.v1'), disposition, note: z.string().exactOptional() }),
  eventBase.extend({ type: z.literal('alert.reopened.v1') }),
  eventBase.extend({ type: z.literal('family.seen.v1'), name: z.string() }),
  eventBase.extend({ type: z.literal('family.on-it.v1'), name: z.string(), task: z.string().exactOptional() }),
]);

const familyEvent = z.object({
  familyId: z.string(),
  eventId: z.string(),
  type: z.literal('contact.list-changed.v1'),
  at: z.string(),
  change: z.enum(familyChanges),
  contactId: z.string().exactOptional(),
  deliveries,
}) satisfies z.ZodType<FamilyEvent>;

const checkIn = z.object({
  familyId: z.string(),
  checkInId: z.string(),
  deviceId: z.string(),
  createdAt: z.string(),
  promisedAt: z.string(),
  label: z.string().exactOptional(),
  state: z.enum(checkInStates),
  deliveries: z.object({ self: delivery.exactOptional() }),
  alertId: z.string().exactOptional(),
  answeredOn: z.string().exactOptional(),
  signalledOn: z.string().exactOptional(),
}) satisfies z.ZodType<CheckIn>;

const due = z.object({ dueAt: z.number().exactOptional() });
const registered = z.object({ deliveries });

/** A family from its item; PINs and devices stay behind. @throws when the item is not one */
export const readFamilyItem = (item: Record<string, AttributeValue>): Family => family.parse(unmarshall(item));

/** An alert from its item. @throws when the item is not one */
export const readAlertItem = (item: Record<string, AttributeValue>): Alert => alert.parse(unmarshall(item));

/** A check-in from its item. @throws when the item is not one */
export const readCheckInItem = (item: Record<string, AttributeValue>): CheckIn => checkIn.parse(unmarshall(item));

// The table holds no binary attributes, the only kind that a stream's image writes otherwise than the SDK.
const image = z.record(
  z.string(),
  z.custom<AttributeValue>((value) => typeof value === 'object' && value !== null),
);

/** An event from its item or from the stream's image of it; `undefined` for items that are none. */
export const readEventItem = (item: unknown): StoredEvent | undefined => {
  const values = unmarshall(image.parse(item));
  const { dueAt } = due.parse(values);
  const dueAtMs = dueAt === undefined ? {} : { dueAtMs: dueAt };
  switch (values['itemType']) {
    case 'family': {
      const pending = registered.parse(values).deliveries.family?.status === 'pending';
      return { kind: 'registration', family: family.parse(values), pending, ...dueAtMs };
    }
    case 'alert':
      return { kind: 'alert', alert: alert.parse(values), ...dueAtMs };
    case 'event':
      return { kind: 'event', event: caseEvent.parse(values), ...dueAtMs };
    case 'family-event':
      return { kind: 'family-event', event: familyEvent.parse(values), ...dueAtMs };
    case 'check-in':
      return { kind: 'check-in', checkIn: checkIn.parse(values), ...dueAtMs };
    default:
      return undefined;
  }
};

/** An alert that nobody pressed as its item, the same as a press writes. */
export const raisedAlertItem = (raised: Alert): Record<string, AttributeValue> => {
  const raisedAtMs = Date.parse(raised.raisedAt);
  return marshall(
    {
      ...alertKey(raised.familyId, raised.alertId),
      itemType: 'alert',
      eventType: 'alert.raised.v1',
      ...raised,
      dueBucket: dueBucketOf(raised.alertId),
      dueAt: raisedAtMs + watchAfterMs,
      expiresAt: Math.floor((raisedAtMs + alertRetentionMs) / 1000),
    },
    { removeUndefinedValues: true },
  );
};

/** A later event as its item: due after a minute, like every event, and gone with its alert at the latest. */
export const caseEventItem = (event: CaseEvent, forgetAt?: Date): Record<string, AttributeValue> => {
  const atMs = Date.parse(event.at);
  return marshall(
    {
      ...eventKey(event),
      itemType: 'event',
      ...event,
      dueBucket: dueBucketOf(event.alertId),
      dueAt: atMs + watchAfterMs,
      expiresAt: Math.floor((forgetAt?.getTime() ?? atMs + alertRetentionMs) / 1000),
    },
    { removeUndefinedValues: true },
  );
};

/** A change of the family as its item: due after a minute like every event, on record for a month. */
export const familyEventItem = (event: FamilyEvent): Record<string, AttributeValue> => {
  const atMs = Date.parse(event.at);
  return marshall({
    ...eventKey(event),
    itemType: 'family-event',
    ...event,
    dueBucket: dueBucketOf(event.familyId),
    dueAt: atMs + watchAfterMs,
    // Erasing may have to wait for a case that is open as long: it is gone when it is done.
    ...(!isErasing(event) && { expiresAt: Math.floor((atMs + familyEventRetentionMs) / 1000) }),
  });
};

/** Whether TTL has passed; DynamoDB deletes such items within days, until then readers ignore them. */
export const isExpired = (item: Record<string, AttributeValue>, now: Date): boolean =>
  item['expiresAt']?.N !== undefined && Number(item['expiresAt'].N) * 1000 <= now.getTime();
