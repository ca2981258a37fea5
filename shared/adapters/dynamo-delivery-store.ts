import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { DestinationKind } from '../domain/alert.ts';
import type { DeliveryStore, EventRef } from '../domain/delivery.ts';
import { assignedConsulate } from './dynamo-items.ts';
import { eventKey } from './dynamo-keys.ts';

const claimedItem = z.object({
  deliveries: z.record(z.string(), z.object({ status: z.string(), acceptedAt: z.string().optional() })),
  consulate: assignedConsulate.optional(),
});

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
  const update = (ref: EventRef, destination: DestinationKind) => ({
    TableName: tableName,
    Key: marshall(eventKey(ref)),
    ExpressionAttributeNames: { '#destination': destination, '#status': 'status' },
  });
  const whilePending = 'deliveries.#destination.#status = :pending';

  // What has been settled, or erased, meanwhile needs no more from us.
  const unlessSettled = async (command: UpdateItemCommand): Promise<void> => {
    try {
      await client.send(command);
    } catch (fault) {
      if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
    }
  };

  return {
    claim: async (ref, destination, { now, leaseMs, consulate }) => {
      const keepConsulate = consulate ? ', consulate = if_not_exists(consulate, :consulate)' : '';
      try {
        const { Attributes } = await client.send(
          new UpdateItemCommand({
            ...update(ref, destination),
            UpdateExpression: `SET deliveries.#destination.claimedUntil = :until, deliveries.#destination.claimedBy = :claim${keepConsulate}`,
            ConditionExpression: `${whilePending} AND (attribute_not_exists(deliveries.#destination.claimedUntil) OR deliveries.#destination.claimedUntil <= :now OR deliveries.#destination.claimedBy = :claim)`,
            ExpressionAttributeValues: marshall({
              ':pending': 'pending',
              ':now': now.getTime(),
              ':until': now.getTime() + leaseMs,
              ':claim': newClaimId(),
              ...(consulate && { ':consulate': consulate }),
            }),
            ReturnValues: 'ALL_NEW',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        const item = claimedItem.parse(unmarshall(Attributes ?? {}));
        return {
          kind: 'claimed',
          accepted: item.deliveries[destination]?.acceptedAt !== undefined,
          ...(item.consulate && { consulate: item.consulate }),
        };
      } catch (fault) {
        if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
        const held = fault.Item && claimedItem.safeParse(unmarshall(fault.Item)).data;
        return { kind: held?.deliveries[destination]?.status === 'pending' ? 'held' : 'settled' };
      }
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

    settle: async (ref, destination, status, at) =>
      unlessSettled(
        new UpdateItemCommand({
          ...update(ref, destination),
          UpdateExpression: 'SET deliveries.#destination = :delivery',
          ConditionExpression: whilePending,
          ExpressionAttributeValues: marshall({ ':pending': 'pending', ':delivery': { status, at: at.toISOString() } }),
        }),
      ),

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
