import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { SNSClient } from '@aws-sdk/client-sns';
import { InvalidParameterException, NotFoundException } from '@aws-sdk/client-sns';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { randomUUID } from 'node:crypto';
import type { AwsError } from '../../infra/local-aws/aws-service.ts';
import { createSns } from '../../infra/local-aws/sns/sns.ts';
import { dynamoAlertReader } from '../../shared/adapters/dynamo-alert-reader.ts';
import { dynamoDeliveryStore } from '../../shared/adapters/dynamo-delivery-store.ts';
import { dynamoDueStore } from '../../shared/adapters/dynamo-due-store.ts';
import { dynamoFamilyAccounts } from '../../shared/adapters/dynamo-family-account.ts';
import { dynamoFamilyDirectory } from '../../shared/adapters/dynamo-family-directory.ts';
import { dynamoFamilyEraser } from '../../shared/adapters/dynamo-family-eraser.ts';
import { dynamoFamilyPresses } from '../../shared/adapters/dynamo-family-presses.ts';
import { dynamoFamilyRegister } from '../../shared/adapters/dynamo-family-register.ts';
import { dynamoLinkStore } from '../../shared/adapters/dynamo-link-store.ts';
import { dynamoPinRecord } from '../../shared/adapters/dynamo-pin-attempts.ts';
import {
  dynamoDeviceDirectory,
  dynamoPressDirectory,
  dynamoPressStore,
} from '../../shared/adapters/dynamo-press-store.ts';
import { dynamoReachStore } from '../../shared/adapters/dynamo-reach-store.ts';
import { nodeSecrets } from '../../shared/adapters/node-secrets.ts';
import { snsFamilyChannel } from '../../shared/adapters/sns-family-channel.ts';
import { snsSubscriptionReader } from '../../shared/adapters/sns-subscriptions.ts';
import type { FamilyChangeDeps } from '../../shared/telling/family-changes.ts';
import { tellOfFamilyChange } from '../../shared/telling/family-changes.ts';
import { tellFamilyOfPress, welcomeFamily } from '../../shared/telling/to-family.ts';
import type { Contact } from '../../shared/domain/family/family.ts';
import { manageFamily } from '../../shared/domain/family/manage-family.ts';
import type { FamilyRequest } from '../../shared/domain/family/plan-family-change.ts';
import { parsePress } from '../../shared/domain/press/press.ts';
import { raiseAlert } from '../../shared/domain/press/raise-alert.ts';
import { readFamily } from '../../shared/domain/family/read-family.ts';
import { registerFamily } from '../../shared/domain/family/register-family.ts';
import type { StoredEvent } from '../../shared/telling/stored-event.ts';
import { watch } from '../../shared/telling/watch.ts';
import { ministryDesk } from '../../shared/data/consulates.ts';
import { hashSecret } from '../../shared/runtime/device-token.ts';
import { createMemoryTable } from '../model/memory-table.ts';
import { clientOf } from './sdk-client.ts';

const prefix = 'arn:aws:sns:us-east-1:000000000000:alert-button-family-';
const faultOf = ({ code, message }: { code: string; message: string }): Error => {
  const options = { message, $metadata: {} };
  if (code === 'NotFound') return new NotFoundException(options);
  return code === 'InvalidParameter' ? new InvalidParameterException(options) : new Error(code);
};

type Table = {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly items: () => Promise<readonly Record<string, AttributeValue>[]>;
};

const dynamoFault = ({ code, message, details }: AwsError): Error => {
  const options = { message, $metadata: {}, ...details };
  if (code === 'ConditionalCheckFailedException') return new ConditionalCheckFailedException(options);
  if (code === 'TransactionCanceledException') return new TransactionCanceledException(options);
  return new Error(`${code}: ${message}`);
};
const memoryTable = (): Table => {
  const memory = createMemoryTable(() => undefined);
  return { client: clientOf(memory, dynamoFault).client, tableName: 'alerts', items: async () => memory.all() };
};

/** Breaks calls, named `PutItem` or `Publish`, as long as it says so. */
export type Breaking = (operation: string, input: Record<string, unknown>) => boolean;

/**
 * One family with everything that its own phones, the stream and the watchman do to it: the real use cases and adapters
 * on the emulated table and SNS, without HTTP, workers or the cost of PINs.
 */
export const createFamilyWorld = async (
  options: { readonly confirm?: 'auto' | 'manual'; readonly start?: string } = {},
  table: Table = memoryTable(),
) => {
  const { tableName } = table;
  let time = Date.parse(options.start ?? '2026-11-22T20:00:00.000Z');
  const now = () => new Date(time);
  let breaks: Breaking = () => false;
  const calls: string[] = [];
  const watched = <C extends object>(client: C): C => {
    const send = async (
      command: { input: Record<string, unknown>; constructor: { name: string } },
      ...rest: unknown[]
    ) => {
      const operation = command.constructor.name.replace(/Command$/, '');
      calls.push(operation);
      if (breaks(operation, command.input)) throw new Error(`${operation} is broken`);
      return (client as unknown as { send: (...all: unknown[]) => Promise<unknown> }).send(command, ...rest);
    };
    return { send } as unknown as C;
  };

  const sns = createSns({
    now,
    region: 'us-east-1',
    account: '000000000000',
    confirm: options.confirm ?? 'auto',
    deliverToQueue: async () => undefined,
  });
  const dynamo = watched(table.client);
  const snsClient = watched(clientOf(sns, faultOf).client as SNSClient);

  const families = dynamoFamilyDirectory(dynamo, tableName);
  const accounts = dynamoFamilyAccounts(dynamo, tableName);
  const presses = dynamoFamilyPresses(dynamo, tableName, now);
  const links = dynamoLinkStore(dynamo, tableName, { now, newSecret: nodeSecrets.newSecret });
  const pins = {
    pins: dynamoPinRecord(dynamo, tableName),
    hasher: {
      hash: async (_family: string, pin: string) => `hash of ${pin}`,
      match: async (_family: string, pin: string) =>
        pin === 'pin' ? ('pin' as const) : pin === 'duress' ? ('duress' as const) : ('wrong' as const),
    },
    now,
  };
  const announcing: FamilyChangeDeps = {
    now,
    families,
    presses,
    reaches: dynamoReachStore(dynamo, tableName),
    deliveries: dynamoDeliveryStore(dynamo, tableName, randomUUID),
    channel: snsFamilyChannel(snsClient, { arnPrefix: prefix, keyArn: 'key', now }),
    consulateById: () => undefined,
    nearestConsulate: () => undefined,
    cases: { read: async () => undefined },
    linkFor: async (recipient, { familyId, alertId }) =>
      links.mint({ familyId, alertId, recipient, expiresAt: new Date(time + 1e9).toISOString() }),
    desk: ministryDesk,
    eraser: dynamoFamilyEraser(dynamo, tableName),
  };

  const contacts: readonly Omit<Contact, 'contactId'>[] = [
    { name: 'José', channel: 'sms', endpoint: `+1213555${String(Math.random()).slice(2, 6)}` },
    { name: 'Lupe', channel: 'email', endpoint: `lupe-${randomUUID()}@family.example` },
  ];
  const registrationId = randomUUID();
  const register = async (given: { registrationId?: string; contacts?: readonly object[]; phone?: string } = {}) =>
    registerFamily(
      { families: dynamoFamilyRegister(dynamo, tableName), secrets: nodeSecrets, pinHasher: pins.hasher, now },
      {
        registrationId: given.registrationId ?? registrationId,
        person: { name: 'Ana Sofía Núñez', language: 'es', ...(given.phone !== undefined && { phone: given.phone }) },
        contacts: (given.contacts as typeof contacts | undefined) ?? contacts,
        pin: 'pin',
        duressPin: 'duress',
        consent: { consularNotification: true, version: '1' },
        sharePositionWithFamily: true,
      },
    );
  const registered = await register();
  if (registered.kind !== 'registered') throw new Error('limited');
  const { family, deviceToken } = registered;
  const { familyId } = family;
  const tokenOf = (token: string) => ({ familyId, secretHash: hashSecret(token.split('.')[1] ?? '') });
  const token = tokenOf(deviceToken);

  const items = async () => {
    const all = await table.items();
    return all.map((item) => unmarshall(item)).filter((item) => JSON.stringify(item).includes(familyId));
  };
  const due = dynamoDueStore(dynamo, tableName, now);

  /** What the stream does with an item that was put. */
  const carryOut = async (stored: StoredEvent | undefined) => {
    switch (stored?.kind) {
      case 'registration':
        return welcomeFamily(announcing, stored.family);
      case 'alert':
        return tellFamilyOfPress(announcing, stored.alert);
      case 'family-event':
        return tellOfFamilyChange(announcing, stored.event);
      default:
        return [];
    }
  };
  const streamed = new Set<string>();
  /** The stream hands over what it has not yet. A record that failed is left to the watchman. */
  const stream = async () => {
    for (const item of await items()) {
      const known = `${item['pk']} ${item['sk']}`;
      const isEvent = ['family', 'alert', 'family-event'].includes(item['itemType'] as string);
      if (streamed.has(known) || !isEvent) continue;
      streamed.add(known);
      const { familyId: of, alertId, eventId } = item as { familyId: string; alertId?: string; eventId?: string };
      await carryOut(
        await due.read({
          familyId: of,
          ...(alertId !== undefined && { alertId }),
          ...(eventId !== undefined && { eventId }),
        }),
      );
    }
  };

  const readAs = async (as: typeof token) =>
    readFamily(
      {
        devices: dynamoDeviceDirectory(dynamo, tableName),
        accounts,
        presses,
        alerts: {
          getWithEvents: async (of, alertId) => {
            const alert = await dynamoAlertReader(dynamo, tableName, now).get(of, alertId);
            return alert && { alert, events: [] };
          },
        },
        openings: { of: async () => [] },
        subscriptions: snsSubscriptionReader(snsClient),
        reaches: announcing.reaches,
        now,
      },
      as,
    );

  return {
    familyId,
    deviceToken,
    contacts: family.contacts,
    sns,
    table,
    items,
    stream,
    links,
    now,
    calls,
    register,
    token,
    tokenOf,
    /** @returns what was called meanwhile, but for reads that came after it */
    change: async (request: FamilyRequest, pin = 'pin', as = token) => {
      calls.length = 0;
      return manageFamily({ ...pins, accounts, presses, secrets: nodeSecrets }, as, request, pin);
    },
    read: async (as = token) => readAs(as),
    /** Which alert the phones see as the last rehearsal. */
    lastDrill: async () => {
      const view = await readAs(token);
      return view.kind === 'found' ? view.lastDrill?.alert.raisedAt : view.kind;
    },
    press: async (overrides: { alertId?: string; drill?: boolean } = {}, as = token) => {
      const parsed = parsePress({ alertId: randomUUID(), ...overrides }, now());
      if (parsed.kind === 'invalid') throw new Error('no press');
      return raiseAlert(
        { devices: dynamoPressDirectory(dynamo, tableName), alerts: dynamoPressStore(dynamo, tableName), now },
        as,
        parsed.press,
      );
    },
    break: (when: Breaking) => {
      breaks = when;
    },
    mend: () => {
      breaks = () => false;
    },
    /** Time passes, and the watchman looks each minute. */
    advance: async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        time += 60_000;
        await watch(
          {
            due,
            now,
            delays: { nextOfficeMs: 1e12, ministryMs: 1e12 },
            welcome: async (of) => welcomeFamily(announcing, of),
            announceAlert: async (of) => tellFamilyOfPress(announcing, of),
            announceEvent: async () => [],
            announceFamilyEvent: async (event) => tellOfFamilyChange(announcing, event),
            checkIns: { remind: async () => [], fire: async () => true },
            escalate: async () => undefined,
            report: () => undefined,
          },
          { concurrency: 4, budgetMs: 1e9 },
        );
      }
    },
    skip: (ms: number) => {
      time += ms;
    },
    told: (endpoint: string) => sns.inbox({ endpoint }).map(({ attributes }) => attributes['type']),
    topics: () => sns.topics().filter(({ topic }) => topic.includes(familyId)),
    subscribers: () =>
      sns
        .topics()
        .find(({ topic }) => topic === `alert-button-family-${familyId}`)
        ?.subscriptions.map(({ endpoint }) => endpoint),
  };
};
