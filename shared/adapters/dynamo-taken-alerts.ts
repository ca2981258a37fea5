import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SayTakenDeps } from '../domain/case/say-taken.ts';
import { raisedAlertItem } from './alert-item.ts';
import { derivedId } from './derived-id.ts';
import { dynamoTable } from './table.ts';
import { absent } from './table-expressions.ts';

/** Alerts of trusted contacts: their id follows from the family and the hour. */
export const dynamoTakenAlerts = (client: DynamoDBClient, tableName: string): SayTakenDeps['takenAlerts'] => {
  const table = dynamoTable(client, tableName);
  return {
    raise: async (alert) => {
      const alertId = derivedId(`taken|${alert.familyId}|${alert.raisedAt.slice(0, 'yyyy-mm-ddThh'.length)}`);
      await table.put(raisedAlertItem({ ...alert, alertId }), absent('pk'));
    },
  };
};
