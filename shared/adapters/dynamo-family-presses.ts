import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { alertSchema } from '../domain/case/alert.ts';
import type { Clock } from '../domain/clock.ts';
import type { FamilyPress, FamilyPresses } from '../domain/family/family-presses.ts';
import { isExpired } from './dynamo-items.ts';
import { familyKey } from './dynamo-keys.ts';
import { queryPages } from './dynamo-pages.ts';

const pressItem = z.object({
  alertId: z.string(),
  deviceId: z.string(),
  drill: z.boolean(),
  raisedAt: z.string(),
  state: alertSchema.shape.state,
  deviceView: z.object({ until: z.string() }).optional(),
  // The whole map is missing where the family is not told.
  deliveries: z.object({ family: z.object({ status: z.string() }).optional() }).default({}),
});

/** A family's alerts with what decides about changes: one Query of its partition, page by page. */
export const dynamoFamilyPresses = (client: DynamoDBClient, tableName: string, now: Clock): FamilyPresses => ({
  list: async (familyId) => {
    const pages = queryPages(client, {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :family AND begins_with(sk, :alerts)',
      // Later events of an alert lie under the same prefix.
      FilterExpression: 'itemType = :alert',
      ProjectionExpression:
        'alertId, deviceId, drill, raisedAt, #state, deviceView.#until, deliveries.#family.#status, expiresAt',
      ExpressionAttributeNames: { '#state': 'state', '#until': 'until', '#status': 'status', '#family': 'family' },
      ExpressionAttributeValues: marshall({
        ':family': familyKey(familyId).pk,
        ':alerts': 'ALERT#',
        ':alert': 'alert',
      }),
    });
    const presses: FamilyPress[] = [];
    for await (const items of pages) {
      for (const item of items.filter((one) => !isExpired(one, now()))) {
        const { deviceView, deliveries, ...press } = pressItem.parse(unmarshall(item));
        const untold = deliveries.family?.status === 'pending';
        presses.push({ ...press, untold, ...(deviceView && { cancelledUntil: deviceView.until }) });
      }
    }
    return presses;
  },
});
