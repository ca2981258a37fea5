import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { Clock } from '../domain/clock.ts';
import { alertSchema, deviceViewSchema } from '../domain/case/alert.ts';
import { type CaseEvent, caseEventSchema } from '../domain/case/case-event.ts';
import type { AlertReader } from '../domain/case/read-alert.ts';
import { defined } from '../domain/defined.ts';
import { readAs } from '../domain/shape.ts';
import { live } from './dynamo-items.ts';
import { alertKey, eventKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';

const cancelled = v.object({ deviceView: v.optional(deviceViewSchema) });

/** Alerts in the table. */
export const dynamoAlertReader = (client: DynamoDBClient, tableName: string, now: Clock): AlertReader => {
  const table = dynamoTable(client, tableName);
  const get: AlertReader['get'] = async (familyId, alertId) => {
    const stored = live(await table.get(alertKey(familyId, alertId)), now());
    return stored && readAs(alertSchema, stored);
  };
  const timeline = async (familyId: string, alertId: string): Promise<readonly CaseEvent[]> => {
    const { pk, sk } = eventKey({ familyId, alertId, eventId: '' });
    const found = await table.query({ partition: ['pk', pk], sort: ['sk', 'begins-with', sk] });
    const events = found.filter((stored) => live(stored, now())).map((stored) => readAs(caseEventSchema, stored));
    return events.sort((a, b) => a.at.localeCompare(b.at));
  };
  return {
    get,

    deviceView: async (familyId, alertId) => {
      // With a key, so that one without a view differs from none.
      const stored = await table.get(alertKey(familyId, alertId), ['pk', 'deviceView']);
      return stored && defined({ view: readAs(cancelled, stored).deviceView });
    },

    getWithEvents: async (familyId, alertId) => {
      const [alert, events] = await Promise.all([get(familyId, alertId), timeline(familyId, alertId)]);
      return alert && { alert, events };
    },
  };
};
