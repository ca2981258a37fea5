import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from '../domain/schema.ts';
import { alertSchema, toldOffices } from '../domain/case/alert.ts';
import { deliveriesSchema, isFamilyPending } from '../domain/case/deliveries.ts';
import { seenState } from '../domain/case/family-alone.ts';
import type { Clock } from '../domain/clock.ts';
import { defined } from '../domain/defined.ts';
import type { FamilyPresses } from '../domain/family/family-presses.ts';
import { live } from './dynamo-items.ts';
import { familyKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';

const pressItem = z.object({
  alertId: z.string(),
  deviceId: z.string(),
  drill: z.boolean(),
  raisedAt: z.string(),
  state: alertSchema.shape.state,
  consularNotification: z.boolean(),
  deviceView: z.object({ until: z.string() }).optional(),
  deliveries: deliveriesSchema.default({}),
  joined: alertSchema.shape.joined,
  consulate: alertSchema.shape.consulate,
  raisedTo: alertSchema.shape.raisedTo,
  toldConsulates: alertSchema.shape.toldConsulates,
  familyAlone: alertSchema.shape.familyAlone,
});

const projected = [...Object.keys(pressItem.omit({ deviceView: true }).shape), 'deviceView.until', 'expiresAt'];

/** A family's alerts with what decides about changes: one Query of its partition, which reads no timeline. */
export const dynamoFamilyPresses = (client: DynamoDBClient, tableName: string, now: Clock): FamilyPresses => {
  const table = dynamoTable(client, tableName);
  return {
    list: async (familyId) => {
      const found = await table.query({
        partition: ['pk', familyKey(familyId).pk],
        sort: ['sk', 'begins-with', 'ALERT#'],
        project: projected,
      });
      return found
        .filter((stored) => live(stored, now()))
        .map((stored) => {
          const { deviceView, deliveries, joined, consulate, raisedTo, toldConsulates, familyAlone, ...press } =
            pressItem.parse(stored);
          return {
            ...press,
            shownState: seenState({ ...press, ...defined({ familyAlone }) }),
            untold: isFamilyPending(deliveries),
            joined: joined !== undefined,
            told: toldOffices(defined({ consulate, raisedTo, toldConsulates })),
            ...defined({ cancelledUntil: deviceView?.until }),
          };
        });
    },
  };
};
