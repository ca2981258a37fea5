import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { FamilyReader } from '../domain/family/family.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import type { CaseChange, CaseStore } from '../domain/case/change-case.ts';
import type { AlertReader } from '../domain/case/read-alert.ts';
import { retryConflicts } from './dynamo-conflicts.ts';
import { caseEventItem } from './dynamo-items.ts';
import { alertKey, eventKey } from './dynamo-keys.ts';

type Expression = {
  readonly names: Record<string, string>;
  readonly values: Record<string, unknown>;
  readonly text: string;
};

const epochSeconds = (time: Date): number => Math.floor(time.getTime() / 1000);

// A transaction takes 100 actions. What is beyond stays until its own, longer time is over.
const mostForgotten = 90;

/** The events whose time is the case's. A place keeps its own, which is that of the track. */
const forgettable = (timeline: readonly CaseEvent[]): readonly CaseEvent[] =>
  timeline.filter(({ type }) => type !== 'alert.position-moved.v1').slice(0, mostForgotten);

/**
 * The update of the alert: each field to set, the index of open cases kept in step (`officeId` stands on the item while
 * the case is open), and the revision.
 */
const updateOf = ({ alert, set, remove = [], forget }: CaseChange): Expression => {
  const state = set.state ?? alert.state;
  const office = (set.consulate ?? alert.consulate)?.id;
  const fields = {
    ...set,
    ...(state !== 'closed' && office !== undefined && { officeId: office }),
    ...(forget && { expiresAt: epochSeconds(forget.at) }),
  };
  const gone = [...remove, ...(state === 'closed' ? (['officeId'] as const) : [])];
  const sets = Object.keys(fields).map((name, index) => ({ name, alias: `#s${index}`, value: `:s${index}` }));
  const removals = gone.map((name, index) => ({ name, alias: `#r${index}` }));
  const clauses = [
    ...(sets.length > 0 ? [`SET ${sets.map(({ alias, value }) => `${alias} = ${value}`).join(', ')}`] : []),
    ...(removals.length > 0 ? [`REMOVE ${removals.map(({ alias }) => alias).join(', ')}`] : []),
    'ADD revision :one',
  ];
  return {
    names: Object.fromEntries([...sets, ...removals].map(({ name, alias }) => [alias, name])),
    values: { ...Object.fromEntries(Object.values(fields).map((value, index) => [`:s${index}`, value])), ':one': 1 },
    text: clauses.join(' '),
  };
};

/** Cases in the table: the change of the alert and its events are one transaction, conditional on the revision. */
export const dynamoCaseStore = (
  client: DynamoDBClient,
  tableName: string,
  readers: { readonly alerts: Pick<AlertReader, 'getWithEvents'>; readonly families: FamilyReader },
): CaseStore => ({
  read: async (familyId, alertId) => {
    const [found, family] = await Promise.all([
      readers.alerts.getWithEvents(familyId, alertId),
      readers.families.get(familyId),
    ]);
    return found && family ? { ...found, family } : undefined;
  },

  apply: async (change) => {
    const { alert, events, forget, forgetEventsAt } = change;
    const { names, values, text } = updateOf(change);
    const unchanged = alert.revision === undefined ? 'attribute_not_exists(revision)' : 'revision = :revision';
    const command = new TransactWriteItemsCommand({
      TransactItems: [
        {
          Update: {
            TableName: tableName,
            Key: marshall(alertKey(alert.familyId, alert.alertId)),
            UpdateExpression: text,
            ConditionExpression: `attribute_exists(pk) AND ${unchanged}`,
            ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
            ExpressionAttributeValues: marshall(
              { ...values, ...(alert.revision !== undefined && { ':revision': alert.revision }) },
              { removeUndefinedValues: true },
            ),
          },
        },
        ...events.map((event) => ({
          Put: {
            TableName: tableName,
            Item: caseEventItem(event, forgetEventsAt ?? forget?.at),
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        })),
        ...forgettable(forget?.timeline ?? []).map((event) => ({
          Update: {
            TableName: tableName,
            Key: marshall(eventKey(event)),
            UpdateExpression: 'SET expiresAt = :expiresAt',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: marshall({ ':expiresAt': forget && epochSeconds(forget.at) }),
          },
        })),
      ],
    });
    try {
      await retryConflicts(async () => client.send(command));
      return 'applied';
    } catch (fault) {
      const refused =
        fault instanceof TransactionCanceledException &&
        fault.CancellationReasons?.some(({ Code }) => Code === 'ConditionalCheckFailed');
      if (refused) return 'conflict';
      throw fault;
    }
  },
});
