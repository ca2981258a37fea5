import type { FamilyDirectory } from '../../shared/domain/family/family-directory.ts';
import type {
  FamilyChannel,
  FamilyTopic,
  OfficeChannel,
  OfficeTopic,
  SendOutcome,
} from '../../shared/telling/channel.ts';
import type { DeliveryStore, FollowUpEvent } from '../../shared/telling/deliver.ts';
import type { Deliveries, DeliveryKey } from '../../shared/domain/case/alert.ts';
import type { AssignedConsulate } from '../../shared/domain/offices/consulate.ts';
import type { EventRef } from '../../shared/domain/event-ref.ts';
import type { Family } from '../../shared/domain/family/family.ts';
import type { Publication } from '../../shared/telling/publication.ts';

type Held = { status: 'pending' | 'sent' | 'unreachable'; at?: string; claimedUntil?: number; acceptedAt?: string };

/** Deliveries of one event in memory; `test/unit/dynamo-adapters.test.ts` holds it to what the adapter does. */
export const fakeDeliveryStore = (deliveries: Deliveries, recorded?: AssignedConsulate) => {
  const held = new Map<DeliveryKey, Held>(
    Object.entries(deliveries).map(([key, delivery]) => [key as DeliveryKey, { ...(delivery as Held) }]),
  );
  let consulate = recorded;
  const followUps: FollowUpEvent[] = [];
  const pending = (destination: DeliveryKey) => {
    const delivery = held.get(destination);
    return delivery?.status === 'pending' ? delivery : undefined;
  };
  const store: DeliveryStore = {
    claim: async (_ref, destination, options) => {
      const delivery = pending(destination);
      if (!delivery) return { kind: 'settled' };
      if (delivery.claimedUntil !== undefined && delivery.claimedUntil > options.now.getTime()) return { kind: 'held' };
      delivery.claimedUntil = options.now.getTime() + options.leaseMs;
      consulate ??= options.consulate;
      return { kind: 'claimed', accepted: delivery.acceptedAt !== undefined, ...(consulate && { consulate }) };
    },
    markAccepted: async (_ref, destination, at) => {
      const delivery = pending(destination);
      if (!delivery) return;
      delivery.acceptedAt = at.toISOString();
      delete delivery.claimedUntil;
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
  };
};

/** The channel: remembers what was sent where, and fails as told. A topic is named by its key or office. */
export const fakeChannel = (
  options: {
    reached?: number | undefined;
    outcome?: (topic: string) => SendOutcome | Error | undefined;
    whenEnsured?: () => void;
  } = {},
) => {
  const published: { topic: string; publication: Publication }[] = [];
  const ensured: string[] = [];
  const reached = 'reached' in options ? options.reached : 1;
  const channel: FamilyChannel & OfficeChannel = {
    send: async (to: FamilyTopic | OfficeTopic, publication: Publication) => {
      const topic = 'officeId' in to ? to.officeId : to.key;
      const outcome = options.outcome?.(topic);
      if (outcome instanceof Error) throw outcome;
      if (outcome && outcome.kind !== 'accepted') return outcome;
      published.push({ topic, publication });
      return outcome ?? { kind: 'accepted', reached };
    },
    reach: async () => reached,
    ensure: async ({ key, family: { familyId } }) => {
      ensured.push(`${familyId} ${key}`);
      options.whenEnsured?.();
      return { name: `${familyId} ${key}` };
    },
    unsubscribeOthers: async () => ({ unconfirmed: 0 }),
    remove: async () => undefined,
  };
  return { channel, published, ensured };
};

/** One family. */
export const fakeFamilies = (family: Family | undefined) => {
  let stored = family;
  const families: FamilyDirectory = {
    get: async () => stored,
    recordTopic: async (_familyId, key, topic) => {
      if (stored) stored = { ...stored, topics: { ...stored.topics, [key]: topic } };
    },
    recordSeizedDevice: async (_familyId, deviceId) => {
      if (stored) stored = { ...stored, seizedDevices: new Set([...(stored.seizedDevices ?? []), deviceId]) };
    },
  };
  return { families };
};

export const aRef: EventRef = { familyId: 'f', alertId: 'a' };
