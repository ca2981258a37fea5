import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { FamilyView, FamilyViews } from '../domain/case/family-view.ts';
import { familyViewMs, familyViewSchema } from '../domain/case/family-view.ts';
import type { Clock } from '../domain/clock.ts';
import { live } from './dynamo-items.ts';
import { familyViewKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';

export const familyViewItem = (view: FamilyView) => ({
  ...familyViewKey(view.alert.familyId, view.alert.alertId),
  itemType: 'family-view' as const,
  view,
  expiresAt: Math.floor((Date.parse(view.closedAt) + familyViewMs) / 1000),
});

/** In its place once a case is open again. */
export const endedViewItem = (familyId: string, alertId: string) => ({
  ...familyViewKey(familyId, alertId),
  itemType: 'family-view' as const,
  expiresAt: 0,
});

/** One GetItem, whatever officers have done since. */
export const dynamoFamilyViews = (client: DynamoDBClient, tableName: string, now: Clock): FamilyViews => {
  const table = dynamoTable(client, tableName);
  return {
    get: async (familyId, alertId) => {
      const stored = live(await table.get(familyViewKey(familyId, alertId)), now());
      return stored && familyViewSchema.parse(stored['view']);
    },
  };
};
