import type { Deliveries, DeliveryKey } from '../../shared/domain/case/alert.ts';
import type { FamilyDirectory, FamilyTopics } from '../../shared/telling/announce-to-family.ts';
import type { AssignedConsulate } from '../../shared/domain/offices/consulate.ts';
import type {
  Announcer,
  DeliveryStore,
  EventRef,
  FollowUpEvent,
  PublishOutcome,
} from '../../shared/telling/delivery.ts';
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

/** SNS as the domain sees it: remembers what was published where, and fails as told. */
export const fakeAnnouncer = (
  options: { confirmed?: number | undefined; outcome?: (topicArn: string) => PublishOutcome | Error | undefined } = {},
) => {
  const published: { topicArn: string; publication: Publication }[] = [];
  const confirmed = 'confirmed' in options ? options.confirmed : 1;
  const announcer: Announcer = {
    confirmedSubscribers: async () => confirmed,
    publish: async (topicArn, publication) => {
      const outcome = options.outcome?.(topicArn);
      if (outcome instanceof Error) throw outcome;
      if (outcome && outcome.kind !== 'accepted') return outcome;
      published.push({ topicArn, publication });
      return outcome ?? { kind: 'accepted', confirmedSubscribers: confirmed };
    },
  };
  return { announcer, published };
};

/** One family and its topic. */
export const fakeFamilies = (family: Family | undefined) => {
  let stored = family;
  const ensured: string[] = [];
  const families: FamilyDirectory = {
    get: async () => stored,
    recordTopic: async (_familyId, topic) => {
      if (stored) stored = { ...stored, topic };
    },
    recordSelfTopic: async (_familyId, selfTopic) => {
      if (stored) stored = { ...stored, selfTopic };
    },
    recordSeizedDevice: async (_familyId, deviceId) => {
      if (stored) stored = { ...stored, seizedDevices: new Set([...(stored.seizedDevices ?? []), deviceId]) };
    },
  };
  const topics: FamilyTopics = {
    ensure: async ({ familyId }) => {
      ensured.push(familyId);
      return {
        arn: `arn:aws:sns:us-east-1:000000000000:family-${familyId}`,
        ensuredAt: new Date(0).toISOString(),
        confirmedAtOnce: 1,
      };
    },
    unsubscribeOthers: async () => ({ unconfirmed: 0 }),
    remove: async () => undefined,
    ensureSelf: async ({ familyId }, phone) => {
      ensured.push(`${familyId} ${phone}`);
      return {
        arn: `arn:aws:sns:us-east-1:000000000000:family-${familyId}-self`,
        ensuredAt: new Date(0).toISOString(),
        confirmedAtOnce: 1,
      };
    },
  };
  return { families, topics, ensured };
};

export const aRef: EventRef = { familyId: 'f', alertId: 'a' };
