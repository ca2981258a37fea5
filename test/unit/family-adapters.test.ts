import { type SNSClient, NotFoundException } from '@aws-sdk/client-sns';
import { type QueryCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSns } from '../../infra/local-aws/sns/sns.ts';
import { dynamoFamilyPresses } from '../../shared/adapters/dynamo-family-presses.ts';
import { dynamoFamilyDirectory } from '../../shared/adapters/dynamo-family-directory.ts';
import { dynamoFamilyRegister } from '../../shared/adapters/dynamo-family-register.ts';
import { eventKey } from '../../shared/adapters/dynamo-keys.ts';
import { dynamoOfficeReach } from '../../shared/adapters/dynamo-office-reach.ts';
import { dynamoPressStore } from '../../shared/adapters/dynamo-press-store.ts';
import { dynamoReachStore } from '../../shared/adapters/dynamo-reach-store.ts';
import { snsSubscriptionChecks, snsSubscriptionReader } from '../../shared/adapters/sns-subscriptions.ts';
import { aFamily, aFamilyAt, anAlert } from '../support/fixtures.ts';
import { clientOf } from '../support/sdk-client.ts';
import { tableOfTests } from '../support/table.ts';
import { plainHash } from '../support/keyed-hash.ts';

const table = tableOfTests();

describe('what a family pressed', () => {
  const press = async (overrides: Parameters<typeof anAlert>[0]) =>
    dynamoPressStore(table.client, table.tableName).put(anAlert(overrides));
  const now = new Date('2026-11-22T20:10:00.000Z');
  const list = async (familyId: string, client = table.client) =>
    dynamoFamilyPresses(client, table.tableName, () => now).list(familyId);

  it('is all its presses and nobody else’s, without those that have expired', async () => {
    const [familyId, real, drill, old] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const deviceView = { state: 'closed', status: '{}', until: '2026-12-22T20:00:00.000Z' } as const;
    await press({ familyId, alertId: real });
    await press({ familyId, alertId: drill, drill: true, deviceId: 'd2', deliveries: {}, deviceView });
    await press({ familyId, alertId: old, raisedAt: '2020-01-01T00:00:00.000Z' });
    await press({ familyId: randomUUID(), alertId: randomUUID() });

    const presses = await list(familyId);
    const raised = {
      state: 'raised',
      shownState: 'raised',
      raisedAt: '2026-11-22T20:00:00.000Z',
      consularNotification: true,
      joined: false,
      told: [],
    };
    expect(new Map(presses.map((each) => [each.alertId, each]))).toEqual(
      new Map([
        [real, { ...raised, alertId: real, deviceId: 'd1', drill: false, untold: true }],
        [
          drill,
          { ...raised, alertId: drill, deviceId: 'd2', drill: true, untold: false, cancelledUntil: deviceView.until },
        ],
      ]),
    );
  });

  // Else the time of an answer would tell how much officers have done (G7).
  it('is read without what came later, however much that is', async () => {
    const alert = anAlert({ familyId: randomUUID() });
    await press(alert);
    const events = Array.from({ length: 30 }, (_, index) =>
      marshall({ ...eventKey({ ...alert, eventId: String(index) }), itemType: 'event' }),
    );
    for (const Item of events) await table.client.send(new PutItemCommand({ TableName: table.tableName, Item }));

    let looked = 0;
    const send = async (command: QueryCommand) => {
      const page = await table.client.send(command);
      looked += page.ScannedCount ?? Infinity;
      return page;
    };
    expect(await list(alert.familyId, { send } as never)).toHaveLength(1);
    expect(looked).toBe(1);
  });

  it('is found also beyond a page of 1 MB', async () => {
    const familyId = randomUUID();
    const note = 'x'.repeat(300_000);
    await Promise.all(Array.from({ length: 5 }, async () => press({ familyId, alertId: randomUUID(), note })));
    expect(await list(familyId)).toHaveLength(5);
  });
});

describe('devices that pressed for real', () => {
  const { topics: _topics, ...family } = aFamily({ familyId: randomUUID() });
  const families = () => dynamoFamilyDirectory(table.client, table.tableName);

  it('are remembered by their family, each once', async () => {
    await dynamoFamilyRegister(table.client, table.tableName, plainHash).register({
      family,
      pins: { pin: 'hash' },
      device: { deviceId: 'd1', secretHash: 'hash' },
      recoveryHash: randomUUID(),
      now: new Date(),
    });
    await Promise.all(['d1', 'd2', 'd1'].map(async (id) => families().recordSeizedDevice(family.familyId, id)));
    expect((await families().get(family.familyId))?.seizedDevices).toEqual(new Set(['d1', 'd2']));
  });

  it('do not bring back a family that was erased', async () => {
    const erased = randomUUID();
    await families().recordSeizedDevice(erased, 'd1');
    expect(await families().get(erased)).toBeUndefined();
  });
});

describe('who is subscribed', () => {
  const faultOf = ({ code, message }: { code: string; message: string }): Error =>
    code === 'NotFound' ? new NotFoundException({ message, $metadata: {} }) : new Error(code);
  const setUp = async () => {
    const sns = createSns({
      now: () => new Date(),
      region: 'us-east-1',
      account: '000000000000',
      confirm: 'manual',
      deliverToQueue: async () => undefined,
    });
    const { client, sent } = clientOf(sns, faultOf);
    const { TopicArn } = await sns.call('CreateTopic', { Name: 'alert-button-family-x' });
    const subscribe = async (Protocol: string, Endpoint: string) =>
      sns.call('Subscribe', { TopicArn, Protocol, Endpoint });
    await subscribe('sms', '+12135550101');
    await subscribe('email', 'lupita@example.com');
    return { reader: snsSubscriptionReader(client as SNSClient), sent, topicArn: String(TopicArn) };
  };

  it('is asked of SNS in one call', async () => {
    const { reader, sent, topicArn } = await setUp();
    expect(await reader.list(aFamilyAt(topicArn))).toEqual([
      { key: 'family' as const, endpoint: '+12135550101', confirmed: true },
      { key: 'family' as const, endpoint: 'lupita@example.com', confirmed: false },
    ]);
    expect(sent.map(({ operation }) => operation)).toEqual(['ListSubscriptionsByTopic']);
  });

  it('is nobody at a topic that is gone', async () => {
    const { reader, topicArn } = await setUp();
    expect(await reader.list(aFamilyAt(`${topicArn}-gone`))).toEqual([]);
  });

  it('leaves out what SNS shows as deleted for a while', async () => {
    const send = async () => ({
      Subscriptions: [{ Endpoint: 'a@example.com', SubscriptionArn: 'Deleted' }, { Endpoint: 'b@example.com' }],
    });
    const reader = snsSubscriptionReader({ send } as unknown as SNSClient);
    expect(await reader.list(aFamilyAt('arn:x'))).toEqual([
      { key: 'family' as const, endpoint: 'b@example.com', confirmed: false },
    ]);
  });

  it('stays open when SNS refuses or fails', async () => {
    const send = async () => Promise.reject(new Error('throttled'));
    expect(await snsSubscriptionReader({ send } as unknown as SNSClient).list(aFamilyAt('arn:x'))).toBeUndefined();
  });
});

describe('what was found of subscriptions', () => {
  const store = () => dynamoReachStore(table.client, table.tableName);
  const at = new Date('2026-11-22T20:00:00.000Z');
  const register = async (registeredAt: Date) => {
    const { topics: _topics, ...family } = aFamily({ familyId: randomUUID() });
    await dynamoFamilyRegister(table.client, table.tableName, plainHash).register({
      family,
      pins: { pin: 'hash' },
      device: { deviceId: 'd1', secretHash: 'hash' },
      recoveryHash: randomUUID(),
      now: registeredAt,
    });
    return family.familyId;
  };
  const found = {
    contacts: { c1: { status: 'opted-out', confirmed: true }, c2: { status: 'pending' } },
    reachable: 0,
    checkedAt: at.toISOString(),
  } as const;

  it('is looked for 15 minutes after registration, the oldest first and no more than asked for', async () => {
    // Before all that other tests registered.
    const early = new Date('2020-01-01T00:00:00.000Z');
    const [second, first] = [await register(new Date(early.getTime() + 1)), await register(early)];
    const dueAtMs = early.getTime() + 15 * 60_000;
    expect(await store().due(new Date(dueAtMs - 1), 5)).toEqual([]);
    expect(await store().due(at, 2)).toEqual([
      { familyId: first, dueAtMs },
      { familyId: second, dueAtMs: dueAtMs + 1 },
    ]);
    expect(await store().due(at, 1)).toHaveLength(1);
  });

  it('is kept by whoever has the turn, and by nobody after the family is erased', async () => {
    const familyId = await register(at);
    const turn = { familyId, dueAtMs: at.getTime() + 15 * 60_000 };
    expect(await store().get(familyId)).toBeUndefined();
    expect(await store().end(turn, turn.dueAtMs + 1, found)).toBe(true);
    expect(await store().end(turn, turn.dueAtMs + 2, { ...found, reachable: 9 })).toBe(false);
    expect(await store().get(familyId)).toEqual(found);
    await store().hasten(familyId, at);
    expect(await store().end({ familyId, dueAtMs: turn.dueAtMs + 1 }, undefined)).toBe(false);
    expect(await store().end({ familyId, dueAtMs: at.getTime() }, undefined)).toBe(true);
    const erased = randomUUID();
    await store().hasten(erased, at);
    expect(await store().end({ familyId: erased, dueAtMs: at.getTime() }, undefined)).toBe(false);
    expect(await store().end({ familyId: randomUUID(), dueAtMs: 1 }, 2, found)).toBe(false);
    expect(await store().get(familyId)).toEqual(found);
  });

  it('is one record of all offices, written by one of two', async () => {
    const offices = dynamoOfficeReach(table.client, table.tableName);
    const first = { offices: {}, checkAtMs: 1 };
    const second = { offices: { dallas: { confirmed: 2, pending: 1 } }, checkAtMs: 2 };
    expect(await offices.get()).toBeUndefined();
    expect([await offices.put(undefined, first), await offices.put(undefined, second)]).toEqual([true, false]);
    expect([await offices.put(first, second), await offices.put(first, first)]).toEqual([true, false]);
    expect(await offices.get()).toEqual(second);
  });
});

describe('what SNS says of phones and topics', () => {
  const readers = (answer: () => Record<string, unknown>) => {
    const { client } = clientOf({ call: async () => answer() });
    return snsSubscriptionChecks(client, { consulatePrefix: 'arn:', ministry: 'arn' });
  };

  it('is whether a phone opted out, and how many are subscribed', async () => {
    expect(await readers(() => ({ isOptedOut: true })).isOptedOut('+12135550101')).toBe(true);
    const Attributes = { SubscriptionsConfirmed: '2', SubscriptionsPending: '1' };
    expect(await readers(() => ({ Attributes })).count({ officeId: 'dallas' })).toEqual({ confirmed: 2, pending: 1 });
  });

  it('is not known when it does not answer; a topic that is gone has nobody', async () => {
    const silent = readers(() => {
      throw new Error('Throttling');
    });
    expect([await silent.isOptedOut('+1'), await silent.count({ officeId: 'dallas' })]).toEqual([undefined, undefined]);
    const gone = readers(() => {
      throw new NotFoundException({ message: 'gone', $metadata: {} });
    });
    expect(await gone.count({ officeId: 'dallas' })).toEqual({ confirmed: 0, pending: 0 });
    expect(await readers(() => ({})).count({ officeId: 'dallas' })).toBeUndefined();
  });
});
