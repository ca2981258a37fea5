import type { DeliveryStore, FollowUpEvent, Waiting } from '../../shared/telling/deliver.ts';
import type { Deliveries, DeliveryKey } from '../../shared/domain/case/deliveries.ts';
import type { AssignedConsulate } from '../../shared/domain/offices/consulate.ts';
import { type TwoOffices, sharedBy } from '../../shared/domain/offices/two-offices.ts';
import type { EventRef } from '../../shared/domain/event-ref.ts';

type Held = {
  status: 'pending' | 'sent' | 'unreachable';
  at?: string;
  claimedUntil?: number;
  acceptedAt?: string;
  gatheredAt?: string;
};

/** Deliveries of one event in memory; `test/unit/dynamo-adapters.test.ts` holds it to what the adapter does. */
export const fakeDeliveryStore = (deliveries: Deliveries, recorded?: AssignedConsulate) => {
  const held = new Map<DeliveryKey, Held>(
    Object.entries(deliveries).map(([key, delivery]) => [key as DeliveryKey, { ...(delivery as Held) }]),
  );
  let consulate = recorded;
  let twoOffices: TwoOffices | undefined;
  const followUps: FollowUpEvent[] = [];
  const gathered: Waiting[] = [];
  const pending = (destination: DeliveryKey) => {
    const delivery = held.get(destination);
    return delivery?.status === 'pending' ? delivery : undefined;
  };
  const store: DeliveryStore = {
    claim: async (_ref, destination, options) => {
      const delivery = pending(destination);
      if (!delivery) return { kind: 'settled' };
      if (delivery.gatheredAt !== undefined) return { kind: 'held' };
      if (delivery.claimedUntil !== undefined && delivery.claimedUntil > options.now.getTime()) return { kind: 'held' };
      delivery.claimedUntil = options.now.getTime() + options.leaseMs;
      consulate ??= options.consulate;
      return { kind: 'claimed', accepted: delivery.acceptedAt !== undefined, ...(consulate && { consulate }) };
    },
    recordOffices: async (_ref, found) => {
      if (pending('consulate') && !consulate) {
        consulate = found.responsible;
        twoOffices = found;
        held.set(`consulate:${found.nearest.id}`, { status: 'pending' });
      }
      const chosen = consulate ?? found.responsible;
      const shared = sharedBy(chosen, twoOffices);
      return { chosen, ...(shared && { twoOffices: shared }) };
    },
    markAccepted: async (_ref, destination, at) => {
      const delivery = pending(destination);
      if (!delivery) return;
      delivery.acceptedAt = at.toISOString();
      delete delivery.claimedUntil;
      delete delivery.gatheredAt;
    },
    gather: async (_ref, destination, waiting) => {
      const delivery = pending(destination);
      if (!delivery || delivery.gatheredAt !== undefined) return;
      delivery.gatheredAt = waiting.at.toISOString();
      delete delivery.claimedUntil;
      gathered.push(waiting);
    },
    divideFamily: async (_ref, keys) => {
      if (!pending('family')) return;
      for (const key of keys) if (!held.has(key)) held.set(key, { status: 'pending' });
      if (!keys.includes('family')) held.delete('family');
    },
    settle: async (_ref, destination, ended, followUp) => {
      if (!pending(destination)) return;
      held.set(destination, { ...ended });
      if (followUp) followUps.push(followUp);
    },
    release: async (_ref, destination) => {
      delete pending(destination)?.claimedUntil;
    },
  };
  return {
    store,
    statusOf: (destination: DeliveryKey) => held.get(destination)?.status,
    consulate: () => consulate,
    followUps,
    /** What waits for a digest. */
    gathered,
  };
};

export const aRef: EventRef = { familyId: 'f', alertId: 'a' };
