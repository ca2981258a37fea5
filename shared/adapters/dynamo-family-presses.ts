import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { alertSchema, toldOffices } from '../domain/case/alert.ts';
import { deliveriesSchema, isFamilyPending } from '../domain/case/deliveries.ts';
import { seenState } from '../domain/case/family-alone.ts';
import type { Clock } from '../domain/clock.ts';
import { defined } from '../domain/defined.ts';
import type { FamilyPresses } from '../domain/family/family-presses.ts';
import { readAs } from '../domain/shape.ts';
import { live } from './dynamo-items.ts';
import { familyKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';

const pressItem = v.object({
  alertId: v.string(),
  deviceId: v.string(),
  drill: v.boolean(),
  raisedAt: v.string(),
  state: alertSchema.entries.state,
  consularNotification: v.boolean(),
  deviceView: v.optional(v.object({ until: v.string() })),
  deliveries: v.optional(deliveriesSchema, {}),
  joined: alertSchema.entries.joined,
  consulate: alertSchema.entries.consulate,
  raisedTo: alertSchema.entries.raisedTo,
  toldConsulates: alertSchema.entries.toldConsulates,
  familyAlone: alertSchema.entries.familyAlone,
});

const projected = [...Object.keys(v.omit(pressItem, ['deviceView']).entries), 'deviceView.until', 'expiresAt'];

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
          const { deviceView, deliveries, joined, consulate, raisedTo, toldConsulates, familyAlone, ...press } = readAs(
            pressItem,
            stored,
          );
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
