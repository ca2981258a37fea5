import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { Clock } from '../domain/clock.ts';
import { readAs } from '../domain/shape.ts';
import type { DueEvent, DueStore } from '../telling/watch.ts';
import { eventOf, live } from './dynamo-items.ts';
import { indexNames } from '../names.ts';
import { dueBucketOf, dueBuckets, eventKey, eventRefOf } from './dynamo-keys.ts';
import { type DuePage, oldestFirst } from './oldest-first.ts';
import { type Stored, dynamoTable } from './table.ts';
import { absent, every, is, present } from './table-expressions.ts';

/** Keys a page: a round that ends before its list does has read no more than a page of each bucket too many. */
const pageSize = 50;

const dueKey = v.object({ pk: v.string(), sk: v.string(), dueAt: v.number() });

const entryOf = (stored: Stored): readonly DueEvent[] => {
  const { dueAt, ...key } = readAs(dueKey, stored);
  const ref = eventRefOf(key);
  return ref ? [{ ...ref, dueAtMs: dueAt }] : [];
};

/** The watchman's reads and its one write. Sixteen queries a round find nothing but what is due. */
export const dynamoDueStore = (client: DynamoDBClient, tableName: string, now: Clock): DueStore => {
  const table = dynamoTable(client, tableName);

  const lane = (bucket: string, until: Date): DuePage<DueEvent> => {
    const pages = table.pages({
      partition: ['dueBucket', bucket],
      sort: ['dueAt', 'at-most', until.getTime()],
      index: indexNames.due,
      pageSize,
    });
    const next = async (): Promise<DuePage<DueEvent>> => {
      const page = await pages.next();
      return page.done === true ? { entries: [] } : { entries: page.value.flatMap(entryOf), next };
    };
    return { entries: [], next };
  };

  return {
    due: async function* (until) {
      yield* oldestFirst(dueBuckets.map((bucket) => lane(bucket, until)));
    },

    read: async (ref) => {
      const stored = live(await table.get(eventKey(ref)), now());
      return stored && eventOf(stored);
    },

    reschedule: async (ref, fromMs, toMs) => {
      const dueBucket = dueBucketOf(ref.checkInId ?? ref.alertId ?? ref.familyId);
      const outcome = await table.update(eventKey(ref), {
        ...(toMs === undefined ? { remove: ['dueAt', 'dueBucket'] } : { set: { dueAt: toMs, dueBucket } }),
        if: fromMs === undefined ? every(present('pk'), absent('dueAt')) : is('dueAt', fromMs),
      });
      return outcome.kind === 'applied';
    },
  };
};
