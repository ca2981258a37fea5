import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Clock } from '../domain/clock.ts';
import { alertSchema, deviceViewSchema } from '../domain/case/alert.ts';
import type { AlertReader } from '../domain/case/read-alert.ts';
import { defined } from '../domain/defined.ts';
import { eventOf, live } from './dynamo-items.ts';
import { alertKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';

const cancelled = z.object({ deviceView: deviceViewSchema.optional() });

/** Alerts in the table. */
export const dynamoAlertReader = (client: DynamoDBClient, tableName: string, now: Clock): AlertReader => {
  const table = dynamoTable(client, tableName);
  return {
    get: async (familyId, alertId) => {
      const stored = live(await table.get(alertKey(familyId, alertId)), now());
      return stored && alertSchema.parse(stored);
    },

    deviceView: async (familyId, alertId) => {
      // With a key, so that one without a view differs from none.
      const stored = await table.get(alertKey(familyId, alertId), ['pk', 'deviceView']);
      return stored && defined({ view: cancelled.parse(stored).deviceView });
    },

    getWithEvents: async (familyId, alertId) => {
      const { pk, sk } = alertKey(familyId, alertId);
      const found = await table.query({ partition: ['pk', pk], sort: ['sk', 'begins-with', sk] });
      const stored = found.filter((item) => live(item, now())).map(eventOf);
      const alert = stored.find((item) => item?.kind === 'alert')?.alert;
      if (!alert) return undefined;
      const events = stored.flatMap((item) => (item?.kind === 'event' ? [item.event] : []));
      return { alert, events: events.sort((a, b) => a.at.localeCompare(b.at)) };
    },
  };
};
