import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { CaseHeads } from '../domain/case/join-case.ts';
import { defined } from '../domain/defined.ts';
import { alertRetentionMs } from '../domain/limits.ts';
import { alertKey, newestCaseKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import type { Condition } from './table-expressions.ts';
import { absent, every, is, present } from './table-expressions.ts';

const newestCase = z.object({ alertId: z.string() });

/** Whether nobody has decided yet which case a press belongs to. */
export const isUndecided: Condition = every(present('pk'), absent('joined'), absent('ownCase'));

/** The family's newest case is one item, so that of two presses in one instant one begins a case and the other joins it. */
export const dynamoCaseHeads = (client: DynamoDBClient, tableName: string): CaseHeads => {
  const table = dynamoTable(client, tableName);
  return {
    newest: async (familyId) => {
      const stored = await table.get(newestCaseKey(familyId));
      return newestCase.safeParse(stored).data?.alertId;
    },

    begin: async ({ familyId, alertId, raisedAt }, newest) => {
      const begun = { update: alertKey(familyId, alertId), set: { ownCase: defined({ after: newest }) } };
      const expiresAt = Math.floor((Date.parse(raisedAt) + alertRetentionMs) / 1000);
      const put = { ...newestCaseKey(familyId), itemType: 'newest-case' as const, alertId, expiresAt };
      const outcome = await table.transact([
        { ...begun, if: isUndecided },
        { put, if: is('alertId', newest) },
      ]);
      return outcome.kind === 'applied' ? 'applied' : 'conflict';
    },

    beginAlone: async ({ familyId, alertId }) => {
      await table.update(alertKey(familyId, alertId), { set: { ownCase: {} }, if: isUndecided });
    },
  };
};
