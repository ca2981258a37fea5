import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { additionSchema } from '../domain/case/add-to-press.ts';
import { alertSchema } from '../domain/case/alert.ts';
import { deliveriesSchema } from '../domain/case/deliveries.ts';
import { type CaseEvent, caseEventSchema } from '../domain/case/case-event.ts';
import { checkInSchema } from '../domain/check-in/check-in.ts';
import { defined } from '../domain/defined.ts';
import { type Family, type FamilyTopicKey, familySchema, familyTopicKeys } from '../domain/family/family.ts';
import { type FamilyEvent, familyEventSchema, isErasing } from '../domain/family/family-event.ts';
import { alertRetentionMs, familyEventRetentionMs, watchAfterMs } from '../domain/limits.ts';
import { readAs } from '../domain/shape.ts';
import type { StoredEvent } from '../telling/stored-event.ts';
import { dueBucketOf, eventKey } from './dynamo-keys.ts';
import type { Stored } from './table.ts';

/** The attribute of a family's item that holds what the channel remembers of a topic. */
export const topicAttribute = (key: FamilyTopicKey): string => {
  if (key === 'family') return 'topic';
  return key === 'self' ? 'selfTopic' : key.replace('family:', 'topic:');
};

/** A family from its item; PINs and devices stay behind. @throws when the item is not one */
export const familyOf = (stored: Stored): Family => {
  const topics = familyTopicKeys.flatMap((key) => {
    const topic = stored[topicAttribute(key)];
    return topic === undefined ? [] : [[key, topic] as const];
  });
  return readAs(familySchema, { ...stored, ...(topics.length > 0 && { topics: Object.fromEntries(topics) }) });
};

const due = v.object({ dueAt: v.exactOptional(v.number()) });
const registered = v.object({ deliveries: deliveriesSchema });

/** The event that an item is; `undefined` for items that are none. @throws when the item is not what it says */
export const eventOf = (stored: Stored): StoredEvent | undefined => {
  const dueAtMs = defined({ dueAtMs: readAs(due, stored).dueAt });
  switch (stored['itemType']) {
    case 'family': {
      const { deliveries } = readAs(registered, stored);
      return { kind: 'registration', family: familyOf(stored), deliveries, ...dueAtMs };
    }
    case 'alert':
      return { kind: 'alert', alert: readAs(alertSchema, stored), ...dueAtMs };
    case 'event':
      return { kind: 'event', event: readAs(caseEventSchema, stored), ...dueAtMs };
    case 'addition':
      return { kind: 'addition', addition: readAs(additionSchema, stored), ...dueAtMs };
    case 'family-event':
      return { kind: 'family-event', event: readAs(familyEventSchema, stored), ...dueAtMs };
    case 'check-in':
      return { kind: 'check-in', checkIn: readAs(checkInSchema, stored), ...dueAtMs };
    default:
      return undefined;
  }
};

// The table holds no binary attributes, the only kind that a stream's image writes otherwise than the SDK.
const image = v.record(
  v.string(),
  v.custom<AttributeValue>((value) => typeof value === 'object' && value !== null),
);

/** The same of the stream's image of an item. */
export const readEventItem = (item: unknown): StoredEvent | undefined => eventOf(unmarshall(readAs(image, item)));

/** A later event as its item: due after a minute, like every event, and gone with its alert at the latest. */
export const caseEventItem = (event: CaseEvent, forgetAt?: Date) => {
  const atMs = Date.parse(event.at);
  return {
    ...eventKey(event),
    itemType: 'event' as const,
    ...event,
    dueBucket: dueBucketOf(event.alertId),
    dueAt: atMs + watchAfterMs,
    expiresAt: Math.floor((forgetAt?.getTime() ?? atMs + alertRetentionMs) / 1000),
  };
};

/** A change of the family as its item: due after a minute like every event, on record for a month. */
export const familyEventItem = (event: FamilyEvent) => {
  const atMs = Date.parse(event.at);
  return {
    ...eventKey(event),
    itemType: 'family-event' as const,
    ...event,
    dueBucket: dueBucketOf(event.familyId),
    dueAt: atMs + watchAfterMs,
    // Erasing may have to wait for a case that is open as long: it is gone when it is done.
    ...(!isErasing(event) && { expiresAt: Math.floor((atMs + familyEventRetentionMs) / 1000) }),
  };
};

/** The item unless its TTL has passed: DynamoDB deletes such items within days, until then readers ignore them. */
export const live = (stored: Stored | undefined, now: Date): Stored | undefined =>
  Number(stored?.['expiresAt'] ?? Infinity) * 1000 > now.getTime() ? stored : undefined;
