import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { Claims } from '../domain/case/deliveries.ts';
import type { CaseHeads } from '../domain/case/join-case.ts';
import { utcDay } from '../domain/clock.ts';
import { defined } from '../domain/defined.ts';
import { alertRetentionMs } from '../domain/limits.ts';
import { tryReadAs } from '../domain/shape.ts';
import { alertKey, newestCaseKey } from './dynamo-keys.ts';
import { forgottenDays, heardAttribute, heardOn, heardUpdate } from './dynamo-told-today.ts';
import { dynamoTable } from './table.ts';
import { type Change, type Condition, absent, every, is, present } from './table-expressions.ts';

const newestCase = v.object({ alertId: v.string() });

/** Whether nobody has decided yet which case a press belongs to. */
export const isUndecided: Condition = every(present('pk'), absent('joined'), absent('ownCase'));

/** Nobody has claimed what is not decided: the topics get their own deliveries, and all are claimed. */
const claiming = ({ keys, claimedUntil, claimedBy }: Claims): Change & { readonly if: Condition } => {
  const claimed = { status: 'pending', claimedUntil, claimedBy };
  return {
    set: Object.fromEntries(keys.map((key) => [`deliveries.${key}`, claimed])),
    remove: keys.includes('family') ? [] : ['deliveries.family'],
    if: every(isUndecided, is('deliveries.family.status', 'pending'), absent('deliveries.family.claimedUntil')),
  };
};

/** The family's newest case is one item, so that of two presses in one instant one begins a case and the other joins it. */
export const dynamoCaseHeads = (client: DynamoDBClient, tableName: string): CaseHeads => {
  const table = dynamoTable(client, tableName);
  return {
    read: async ({ familyId, raisedAt }) => {
      const stored = await table.get(newestCaseKey(familyId));
      const day = utcDay(new Date(raisedAt));
      return {
        ...defined({ newest: tryReadAs(newestCase, stored)?.alertId, heard: heardOn(stored, day) }),
        forgotten: forgottenDays(stored, day),
      };
    },

    begin: async ({ familyId, alertId, raisedAt }, { newest, heard, forgotten = [] }, after) => {
      const claims = after.claims && claiming(after.claims);
      const { set, ...rest } = heardUpdate(utcDay(new Date(raisedAt)), heard, after.heard);
      const outcome = await table.transact([
        {
          update: alertKey(familyId, alertId),
          ...claims,
          set: { ownCase: defined({ after: newest }), ...claims?.set },
          if: claims?.if ?? isUndecided,
        },
        {
          update: newestCaseKey(familyId),
          set: { ...set, alertId, expiresAt: Math.floor((Date.parse(raisedAt) + alertRetentionMs) / 1000) },
          remove: forgotten.map(heardAttribute),
          if: every(rest.if, is('alertId', newest)),
        },
      ]);
      return outcome.kind === 'applied' ? 'applied' : 'conflict';
    },

    beginAlone: async ({ familyId, alertId }) => {
      await table.update(alertKey(familyId, alertId), { set: { ownCase: {} }, if: isUndecided });
    },
  };
};
