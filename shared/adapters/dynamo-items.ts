import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Alert } from '../domain/case/alert.ts';
import { alertSchema, deliveriesSchema } from '../domain/case/alert.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import { caseEventSchema } from '../domain/case/case-event.ts';
import type { CheckIn } from '../domain/check-in/check-in.ts';
import { checkInSchema } from '../domain/check-in/check-in.ts';
import type { Family, FamilyTopicKey } from '../domain/family/family.ts';
import { familySchema, familyTopicKeys } from '../domain/family/family.ts';
import type { FamilyEvent } from '../domain/family/family-event.ts';
import { familyEventSchema, isErasing } from '../domain/family/family-event.ts';
import { alertRetentionMs, familyEventRetentionMs, watchAfterMs } from '../domain/limits.ts';
import type { StoredEvent } from '../telling/stored-event.ts';
import { alertKey, dueBucketOf, eventKey } from './dynamo-keys.ts';

/** The attribute of a family's item that holds what the channel remembers of a topic. */
export const topicAttribute = (key: FamilyTopicKey): string => {
  if (key === 'family') return 'topic';
  return key === 'self' ? 'selfTopic' : key.replace('family:', 'topic:');
};

const due = z.object({ dueAt: z.number().exactOptional() });
const registered = z.object({ deliveries: deliveriesSchema });

const readFamily = (values: Record<string, unknown>): Family => {
  const topics = familyTopicKeys.flatMap((key) => {
    const topic = values[topicAttribute(key)];
    return topic === undefined ? [] : [[key, topic] as const];
  });
  return familySchema.parse({ ...values, ...(topics.length > 0 && { topics: Object.fromEntries(topics) }) });
};

/** A family from its item; PINs and devices stay behind. @throws when the item is not one */
export const readFamilyItem = (item: Record<string, AttributeValue>): Family => readFamily(unmarshall(item));

/** An alert from its item. @throws when the item is not one */
export const readAlertItem = (item: Record<string, AttributeValue>): Alert => alertSchema.parse(unmarshall(item));

/** A check-in from its item. @throws when the item is not one */
export const readCheckInItem = (item: Record<string, AttributeValue>): CheckIn => checkInSchema.parse(unmarshall(item));

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
      return { kind: 'registration', family: readFamily(values), pending, ...dueAtMs };
    }
    case 'alert':
      return { kind: 'alert', alert: alertSchema.parse(values), ...dueAtMs };
    case 'event':
      return { kind: 'event', event: caseEventSchema.parse(values), ...dueAtMs };
    case 'family-event':
      return { kind: 'family-event', event: familyEventSchema.parse(values), ...dueAtMs };
    case 'check-in':
      return { kind: 'check-in', checkIn: checkInSchema.parse(values), ...dueAtMs };
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
