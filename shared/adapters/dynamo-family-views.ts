import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Alert } from '../domain/case/alert.ts';
import type { FamilyView, FamilyViews } from '../domain/case/family-view.ts';
import { familyViewMs, familyViewSchema, forgetTime } from '../domain/case/family-view.ts';
import type { Clock } from '../domain/clock.ts';
import { mostFamilyAnswers } from '../domain/limits.ts';
import { readAs } from '../domain/shape.ts';
import { caseEventItem, live } from './dynamo-items.ts';
import { familyViewKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import { absent, below, either, every, present } from './table-expressions.ts';

export const familyViewItem = (view: FamilyView) => ({
  ...familyViewKey(view.alert.familyId, view.alert.alertId),
  itemType: 'family-view' as const,
  view,
  expiresAt: Math.floor((Date.parse(view.closedAt) + familyViewMs) / 1000),
});

/** In its place once a case is open again. */
export const endedViewItem = ({ familyId, alertId, raisedAt }: Pick<Alert, 'familyId' | 'alertId' | 'raisedAt'>) => ({
  ...familyViewKey(familyId, alertId),
  itemType: 'family-view' as const,
  // Long over, but not 5 years ago: TTL leaves such items where they are.
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html
  expiresAt: Math.floor(Date.parse(raisedAt) / 1000),
});

/** One GetItem, whatever officers have done since; of an answer two writes more. */
export const dynamoFamilyViews = (
  client: DynamoDBClient,
  tableName: string,
  { now, retentionMs }: { readonly now: Clock; readonly retentionMs: number },
): FamilyViews => {
  const table = dynamoTable(client, tableName);
  return {
    get: async (familyId, alertId) => {
      const stored = live(await table.get(familyViewKey(familyId, alertId)), now());
      return stored && readAs(familyViewSchema, stored['view']);
    },

    answer: async ({ alert, closedAt }, event) => {
      const outcome = await table.transact([
        {
          update: familyViewKey(alert.familyId, alert.alertId),
          add: { answers: 1 },
          if: every(present('view'), either(absent('answers'), below('answers', mostFamilyAnswers))),
        },
        { put: caseEventItem(event, forgetTime(closedAt, retentionMs)), if: absent('pk') },
      ]);
      return outcome.kind === 'applied' ? 'done' : 'refused';
    },
  };
};
