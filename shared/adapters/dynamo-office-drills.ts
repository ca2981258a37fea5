import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { OfficeDrills } from '../domain/case/office-drill.ts';
import { raisedAlertItem } from './alert-item.ts';
import { familyKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';

/** Drills of offices in the table, under a family that no phone is of. */
export const dynamoOfficeDrills = (client: DynamoDBClient, tableName: string): OfficeDrills => {
  const table = dynamoTable(client, tableName);
  return {
    raise: async (alert, family) => {
      await table.put({
        ...familyKey(family.familyId),
        itemType: 'family',
        eventType: 'contact.welcome.v1',
        ...family,
        devices: {},
        // Nobody is welcomed.
        deliveries: { family: { status: 'sent', at: family.registeredAt } },
      });
      await table.put(raisedAlertItem(alert));
    },
  };
};
