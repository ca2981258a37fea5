import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { DeliveryKey } from '../domain/case/alert.ts';
import type { AssignedConsulate } from '../domain/offices/consulate.ts';
import type { EventRef } from '../domain/event-ref.ts';
import { assignedConsulateSchema } from '../domain/offices/consulate.ts';
import type { Claim, DeliveryStore, FollowUpEvent } from '../telling/deliver.ts';
import { retryConflicts } from './dynamo-conflicts.ts';
import { caseEventItem } from './dynamo-items.ts';
import { alertKey, eventKey } from './dynamo-keys.ts';

const claimedItem = z.object({
  state: z.string().optional(),
  deliveries: z.record(z.string(), z.object({ status: z.string(), acceptedAt: z.string().optional() })),
  raisedTo: assignedConsulateSchema.optional(),
});

// A transaction that met another one is not refused: it has to be tried again.
const isRefusal = (fault: unknown): boolean =>
  fault instanceof ConditionalCheckFailedException ||
  (fault instanceof TransactionCanceledException &&
    (fault.CancellationReasons ?? []).every(({ Code }) => Code === 'None' || Code === 'ConditionalCheckFailed'));

/** What a claim of the press writes beside the claim. */
type Keeping = {
  readonly expression: string;
  readonly condition: string;
  readonly names?: Record<string, string>;
  readonly values?: Record<string, unknown>;
};

const keepNothing: Keeping = { expression: '', condition: '' };

const keepOffice = (consulate: AssignedConsulate): Keeping => ({
  expression:
    ', raisedTo = if_not_exists(raisedTo, :consulate), consulate = if_not_exists(consulate, :consulate), toldConsulates = if_not_exists(toldConsulates, :told)',
  condition: '',
  values: { ':consulate': consulate, ':told': [consulate.id] },
});

/** Also in the index of open cases, in which a closed one has no place; `state` is a reserved word. */
const keepOfficeAndList = (consulate: AssignedConsulate): Keeping => {
  const { expression, values } = keepOffice(consulate);
  return {
    expression: `${expression}, officeId = if_not_exists(officeId, :office)`,
    condition: ' AND #state <> :closed',
    names: { '#state': 'state' },
    values: { ...values, ':office': consulate.id, ':closed': 'closed' },
  };
};

/** What the alert's item gets in the transaction that puts a following event; `state` is a reserved word. */
const followingUp = (event: FollowUpEvent) => {
  const names = { '#state': 'state' };
  if (event.type === 'alert.family-unreachable.v1') {
    return { assignments: [], condition: '#state <> :closed', names, values: { ':one': 1, ':closed': 'closed' } };
  }
  const { consulate, triedConsulates } = event;
  return {
    assignments: [
      'consulate = :consulate',
      'officeId = :office',
      'toldConsulates = list_append(if_not_exists(toldConsulates, :tried), :next)',
    ],
    // It goes on from where it was, and from there only.
    condition: 'consulate.id = :from AND #state <> :closed',
    names,
    values: {
      ':consulate': consulate,
      ':office': consulate.id,
      ':tried': triedConsulates,
      // With the office that it leaves: that may not be on the list yet.
      ':next': [...triedConsulates.slice(-1), consulate.id],
      ':one': 1,
      ':from': triedConsulates.at(-1),
      ':closed': 'closed',
    },
  };
};

/**
 * Deliveries as a map on the event item: `deliveries.<destination> = {status, at, claimedUntil, claimedBy, acceptedAt}`.
 * Every step is one conditional UpdateItem.
 * @param newClaimId names a claim, so that the SDK's retry of a claim whose answer was lost is known as our own
 */
export const dynamoDeliveryStore = (
  client: DynamoDBClient,
  tableName: string,
  newClaimId: () => string,
): DeliveryStore => {
  const update = (ref: EventRef, destination: DeliveryKey) => ({
    TableName: tableName,
    Key: marshall(eventKey(ref)),
    ExpressionAttributeNames: { '#destination': destination, '#status': 'status' },
  });
  const whilePending = 'deliveries.#destination.#status = :pending';

  // What has been settled, or erased, meanwhile needs no more from us.
  const unlessSettled = async (command: UpdateItemCommand | TransactWriteItemsCommand): Promise<void> => {
    try {
      await retryConflicts(async () =>
        command instanceof UpdateItemCommand ? client.send(command) : client.send(command),
      );
    } catch (fault) {
      if (!isRefusal(fault)) throw fault;
    }
  };

  return {
    claim: async (ref, destination, { now, leaseMs, consulate }) => {
      const claimId = newClaimId();
      const tryClaim = async (keeping: Keeping): Promise<Claim> => {
        const { expression, condition, names, values } = keeping;
        try {
          const { Attributes } = await retryConflicts(async () =>
            client.send(
              new UpdateItemCommand({
                ...update(ref, destination),
                UpdateExpression: `SET deliveries.#destination.claimedUntil = :until, deliveries.#destination.claimedBy = :claim${expression}`,
                ConditionExpression: `${whilePending} AND (attribute_not_exists(deliveries.#destination.claimedUntil) OR deliveries.#destination.claimedUntil <= :now OR deliveries.#destination.claimedBy = :claim)${condition}`,
                ExpressionAttributeNames: { ...update(ref, destination).ExpressionAttributeNames, ...names },
                ExpressionAttributeValues: marshall({
                  ':pending': 'pending',
                  ':now': now.getTime(),
                  ':until': now.getTime() + leaseMs,
                  ':claim': claimId,
                  ...values,
                }),
                ReturnValues: 'ALL_NEW',
                ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
              }),
            ),
          );
          const item = claimedItem.parse(unmarshall(Attributes ?? {}));
          return {
            kind: 'claimed',
            accepted: item.deliveries[destination]?.acceptedAt !== undefined,
            ...(item.raisedTo && { consulate: item.raisedTo }),
          };
        } catch (fault) {
          if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
          const found = fault.Item && claimedItem.safeParse(unmarshall(fault.Item)).data;
          if (consulate && keeping.condition !== '' && found?.state === 'closed')
            return tryClaim(keepOffice(consulate));
          return { kind: found?.deliveries[destination]?.status === 'pending' ? 'held' : 'settled' };
        }
      };
      return tryClaim(consulate ? keepOfficeAndList(consulate) : keepNothing);
    },

    markAccepted: async (ref, destination, at) =>
      unlessSettled(
        new UpdateItemCommand({
          ...update(ref, destination),
          UpdateExpression:
            'SET deliveries.#destination.acceptedAt = :at REMOVE deliveries.#destination.claimedUntil, deliveries.#destination.claimedBy',
          ConditionExpression: whilePending,
          ExpressionAttributeValues: marshall({ ':pending': 'pending', ':at': at.toISOString() }),
        }),
      ),

    settle: async (ref, destination, ended, followUp) => {
      const ending = 'deliveries.#destination = :delivery';
      const endingValues = { ':pending': 'pending', ':delivery': ended };
      const settling = {
        ...update(ref, destination),
        UpdateExpression: `SET ${ending}`,
        ConditionExpression: whilePending,
        ExpressionAttributeValues: marshall(endingValues),
      };
      const settle = async () => unlessSettled(new UpdateItemCommand(settling));
      if (!followUp) return settle();

      const { assignments, condition, names, values } = followingUp(followUp);
      const changing = (sets: readonly string[]) =>
        [...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []), 'ADD revision :one'].join(' ');
      const put = {
        Put: { TableName: tableName, Item: caseEventItem(followUp), ConditionExpression: 'attribute_not_exists(pk)' },
      };
      // A transaction may name an item once: the alert's own delivery ends in the update that tells of what follows.
      const updates =
        ref.eventId === undefined
          ? [
              {
                Update: {
                  ...settling,
                  UpdateExpression: changing([ending, ...assignments]),
                  ConditionExpression: `${whilePending} AND ${condition}`,
                  ExpressionAttributeNames: { ...settling.ExpressionAttributeNames, ...names },
                  ExpressionAttributeValues: marshall({ ...endingValues, ...values }),
                },
              },
            ]
          : [
              { Update: settling },
              {
                Update: {
                  TableName: tableName,
                  Key: marshall(alertKey(followUp.familyId, followUp.alertId)),
                  UpdateExpression: changing(assignments),
                  ConditionExpression: condition,
                  ExpressionAttributeNames: names,
                  ExpressionAttributeValues: marshall(values),
                },
              },
            ];
      try {
        await retryConflicts(async () =>
          client.send(new TransactWriteItemsCommand({ TransactItems: [...updates, put] })),
        );
      } catch (fault) {
        if (!isRefusal(fault)) throw fault;
        // The case is closed or has left that office meanwhile, or this followed before: then only the delivery ends.
        await settle();
      }
    },

    release: async (ref, destination) =>
      unlessSettled(
        new UpdateItemCommand({
          ...update(ref, destination),
          UpdateExpression: 'REMOVE deliveries.#destination.claimedUntil, deliveries.#destination.claimedBy',
          ConditionExpression: whilePending,
          ExpressionAttributeValues: marshall({ ':pending': 'pending' }),
        }),
      ),
  };
};
