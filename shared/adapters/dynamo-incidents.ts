import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { alertSchema } from '../domain/case/alert.ts';
import { type IncidentStore, type PressPlace, bandOf, reachOfIncident } from '../domain/case/incident.ts';
import type { Clock } from '../domain/clock.ts';
import { incidentPlaceMs, incidentRetentionMs } from '../domain/limits.ts';
import { readAs, tryReadAs } from '../domain/shape.ts';
import { derivedId } from './derived-id.ts';
import { live } from './dynamo-items.ts';
import { alertKey, incidentKey, placesBetween, pressPlaceKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import { absent, every, present } from './table-expressions.ts';

const pressPlace = v.object({
  familyId: v.string(),
  alertId: v.string(),
  raisedAt: v.string(),
  latitude: v.number(),
  longitude: v.number(),
  incidentId: v.exactOptional(v.string()),
});

const member = v.pick(pressPlace, ['familyId', 'alertId']);

// More than anybody reads on a page.
const mostMembers = 100;

const expiryAfter = (raisedAt: string, ms: number): number => Math.floor((Date.parse(raisedAt) + ms) / 1000);

/** Where and when somebody pressed, for those who press near it. */
export const pressPlaceItem = (press: PressPlace) => ({
  ...pressPlaceKey(bandOf(press), press),
  itemType: 'press-place' as const,
  ...press,
  expiresAt: expiryAfter(press.raisedAt, incidentPlaceMs),
});

/** Presses by place, in bands of latitude by longitude; and the presses of each incident. */
export const dynamoIncidents = (client: DynamoDBClient, tableName: string, now: Clock): IncidentStore => {
  const table = dynamoTable(client, tableName);
  return {
    leave: async (press) => {
      // What is there already may say to which incident it belongs.
      await table.put(pressPlaceItem(press), absent('pk'));
    },

    leftNear: async (press) => {
      const { bands, west, east } = reachOfIncident(press);
      const found = await Promise.all(
        bands.map(async (band) => {
          const { pk, sk } = placesBetween(band, west, east);
          return table.query({ partition: ['pk', pk], sort: ['sk', 'between', ...sk] });
        }),
      );
      return found
        .flat()
        .filter((stored) => live(stored, now()))
        .map((stored) => readAs(pressPlace, stored));
    },

    record: async (press, incident) => {
      const { familyId, alertId, raisedAt } = press;
      const put = {
        ...incidentKey(incident.id, press),
        itemType: 'incident-press' as const,
        familyId,
        alertId,
        expiresAt: expiryAfter(raisedAt, incidentRetentionMs),
      };
      const outcome = await table.transact([
        {
          update: alertKey(familyId, alertId),
          set: { incident },
          if: every(present('pk'), absent('incident')),
          explain: true,
        },
        { update: pressPlaceKey(bandOf(press), press), set: { incidentId: incident.id }, if: present('pk') },
        { put },
      ]);
      if (outcome.kind === 'applied') return incident;
      return tryReadAs(alertSchema, outcome.refusals.get(0))?.incident ?? incident;
    },

    members: async (incidentId) => {
      const { pk } = incidentKey(incidentId);
      const found = await table.first(mostMembers, { partition: ['pk', pk], newestFirst: true });
      return found.filter((stored) => live(stored, now())).map((stored) => readAs(member, stored));
    },

    idOf: ({ familyId, alertId }) => derivedId(`incident|${familyId}|${alertId}`),
  };
};
