import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { randomUUID } from 'node:crypto';
import { createHandler as createAuthoritiesHandler } from '../../functions/announce-to-authorities/handler.ts';
import { createHandler as createFamilyHandler } from '../../functions/announce-to-family/handler.ts';
import { createHandler as createWatchmanHandler } from '../../functions/watchman/handler.ts';
import { eventKey } from '../../shared/adapters/dynamo-keys.ts';
import {
  composeAnswerQueries,
  composeCancelAlert,
  composeManageFamily,
  composeRegisterFamily,
  composeServeCase,
} from '../../shared/compose.ts';
import {
  composeAnnounceToAuthorities,
  composeAnnounceToFamily,
  composeWatchman,
} from '../../shared/compose-telling.ts';
import { composeRaiseAlert } from '../../shared/compose-press.ts';
import { type OfficerAction, actOnCase } from '../../shared/domain/case/act-on-case.ts';
import { cancelAlert } from '../../shared/domain/case/cancel-alert.ts';
import type { EventRef } from '../../shared/domain/event-ref.ts';
import { changeSettings } from '../../shared/domain/family/change-settings.ts';
import { manageFamily } from '../../shared/domain/family/manage-family.ts';
import type { FamilyRequest } from '../../shared/domain/family/planned-change.ts';
import type { SettingsRequest } from '../../shared/domain/family/plan-settings.ts';
import { readFamily } from '../../shared/domain/family/read-family.ts';
import { type Registration, registerFamily } from '../../shared/domain/family/register-family.ts';
import { parsePress } from '../../shared/domain/press/press.ts';
import { raiseAlert } from '../../shared/domain/press/raise-alert.ts';
import { resourceNames, streamItemTypes } from '../../shared/names.ts';
import { officeFilter } from '../../shared/office-filter.ts';
import { hashSecret } from '../../shared/runtime/device-token.ts';
import type { Item } from '../model/expressions.ts';
import { aContext } from './fixtures.ts';
import type { Json } from './local-stack.ts';
import { type OutsideOptions, createOutside, worldOffices } from './outside.ts';

/** What a person registers unless a test says otherwise. Their PINs are `pin` and `duress`. */
const registration: Registration = {
  person: { name: 'Ana Sofía Núñez', language: 'es' },
  contacts: [
    { name: 'José', channel: 'sms', endpoint: '+12135550101' },
    { name: 'Lupe', channel: 'email', endpoint: 'lupe@family.example' },
  ],
  pin: 'pin',
  duressPin: 'duress',
  consent: { consularNotification: false, version: '1' },
  sharePositionWithFamily: true,
};

/** For those whose person authorises consular contact. */
export const authorised = { consularNotification: true, version: '1' };

/** In Los Angeles. */
export const downtown = { latitude: 34.05, longitude: -118.24 };

/** The topic of an office, or of the ministry. */
export const topicOfOffice = (id: string): string =>
  id === 'ministry' ? resourceNames.ministryTopic : `${resourceNames.consulateTopicPrefix}${id}`;

const streamed = new Set<string>(Object.values(streamItemTypes).flat());
const topicsOfOffices = ['ministry', ...worldOffices.map(({ id }) => id)].map(topicOfOffice);

const topicOf = (arn: unknown): string => {
  const name = String(arn).split(':').at(-1) ?? '';
  if (name === resourceNames.ministryTopic) return 'ministry';
  if (!name.startsWith(resourceNames.familyTopicPrefix)) return name.replace(resourceNames.consulateTopicPrefix, '');
  const suffix = /-(self|trusted|es|en)$/.exec(name)?.[1];
  if (suffix === undefined) return 'family';
  return suffix === 'self' ? suffix : `family:${suffix}`;
};

export type WorldOptions = Omit<OutsideOptions, 'onInsert'> & { readonly registers?: Partial<Registration> };

/**
 * The whole in this process: every use case over the composition of its function, for one family that has registered.
 * The stream and the watchman are the functions' own handlers. Nothing runs by itself: `stream` hands over what was
 * inserted, `advance` lets minutes pass with the watchman.
 */
export const createWorld = async (options: WorldOptions = {}) => {
  const inserted: Item[] = [];
  const made = createOutside({
    ...options,
    onInsert: (item) => {
      if (streamed.has(item['itemType']?.S ?? '')) inserted.push(item);
    },
  });
  const { of, sns, table, now, skip } = made;
  for (const topic of topicsOfOffices) {
    await sns.call('CreateTopic', { Name: topic });
    const filterPolicy = JSON.stringify(officeFilter('email'));
    await sns.subscribe({ topic, protocol: 'email', endpoint: `${topic}@offices.example`, filterPolicy });
  }

  const consumers = [
    createFamilyHandler(of(composeAnnounceToFamily)),
    createAuthoritiesHandler(of(composeAnnounceToAuthorities)),
  ];
  let sequence = 0;
  /** Hands what was inserted to both consumers; a record that failed is tried again as the stream's mapping does. */
  const stream = async (tries = 3): Promise<void> => {
    for (let item = inserted.shift(); item; item = inserted.shift()) {
      const record = {
        eventName: 'INSERT',
        dynamodb: { NewImage: item, SequenceNumber: String((sequence += 1)) },
      } as DynamoDBRecord;
      for (const consumer of consumers) {
        for (let left = tries; left > 0; left -= 1) {
          const { batchItemFailures } = await consumer({ Records: [record] }, aContext);
          if (batchItemFailures.length === 0) break;
        }
      }
    }
  };
  const watchman = createWatchmanHandler(of(composeWatchman));
  const round = async (): Promise<void> => watchman({} as never, aContext);

  const registrationId = randomUUID();
  const register = async (given: Partial<Registration> = {}) =>
    registerFamily(of(composeRegisterFamily), { registrationId, ...registration, ...options.registers, ...given });
  const isRegistered = <T extends { readonly kind: string }>(outcome: T) => {
    if (outcome.kind !== 'registered') throw new Error(outcome.kind);
    return outcome as Extract<T, { readonly kind: 'registered' }>;
  };
  const registered = isRegistered(await register());
  const { family, deviceToken, recoveryCode } = registered;
  const { familyId } = family;
  const tokenOf = (text: string) => {
    const [id = '', secret = ''] = text.split('.');
    return { familyId: id, secretHash: hashSecret(secret) };
  };
  const token = tokenOf(deviceToken);
  const readAs = async (as: typeof token) => readFamily(of(composeAnswerQueries), as);
  const change = async (request: FamilyRequest, pin = 'pin', as = token) => {
    made.calls.length = 0;
    return manageFamily(of(composeManageFamily), as, request, pin);
  };
  const press = async (overrides: Record<string, unknown> = {}, as = token) => {
    const parsed = parsePress({ alertId: randomUUID(), ...overrides }, now());
    if (parsed.kind === 'invalid') throw new Error('no press');
    return raiseAlert(of(composeRaiseAlert), as, parsed.press);
  };
  const items = (): readonly Record<string, unknown>[] =>
    table
      .all()
      .map((item) => unmarshall(item))
      .filter((item) => JSON.stringify(item).includes(familyId));

  return {
    ...made,
    familyId,
    deviceToken,
    recoveryCode,
    family,
    contacts: family.contacts,
    token,
    tokenOf,
    register,
    /** Another family, of another person. */
    newFamily: async (given: Partial<Registration> = {}) => {
      const other = isRegistered(await register({ registrationId: randomUUID(), ...given }));
      return { ...other, token: tokenOf(other.deviceToken) };
    },
    inserted,
    stream,
    round,
    /** All that the table has of the family. */
    items,
    change,
    /** Another phone of the family. */
    addPhone: async (pin = 'pin') => {
      const outcome = await change({ kind: 'add-device' }, pin);
      if (outcome.kind !== 'done' || !outcome.device) throw new Error(outcome.kind);
      return { ...outcome.device, token: tokenOf(outcome.device.deviceToken) };
    },
    read: async (as = token) => readAs(as),
    /** What a phone sees that has not pressed. */
    seen: async (as = token) => {
      const view = await readAs(as);
      if (view.kind !== 'found') throw new Error(view.kind);
      return view;
    },
    /** Which alert the phones see as the last rehearsal. */
    lastDrill: async () => {
      const view = await readAs(token);
      return view.kind === 'found' ? view.lastDrill?.alert.raisedAt : view.kind;
    },
    changeSettings: async (wanted: SettingsRequest, pin = 'pin', as = token) =>
      changeSettings(of(composeManageFamily), as, wanted, pin),
    press,
    /** Presses, and the stream hands it over. @returns its id */
    pressed: async (
      { alertId = randomUUID(), ...rest }: { alertId?: string; [name: string]: unknown } = {},
      as = token,
    ): Promise<string> => {
      await press({ ...rest, alertId }, as);
      await stream();
      return alertId;
    },
    /** Cancels, and the stream hands it over. */
    cancelled: async (alertId: string, pin = 'pin', as = token) => {
      const outcome = await cancelAlert(of(composeCancelAlert), as, alertId, pin);
      await stream();
      return outcome;
    },
    /** An officer acts on a case, and the stream hands it over. */
    acted: async (alertId: string, action: OfficerAction, office = 'ministry') => {
      const recipient =
        office === 'ministry' ? ({ kind: office } as const) : ({ kind: 'consulate', id: office } as const);
      const outcome = await actOnCase(of(composeServeCase), { familyId, alertId, recipient }, action);
      await stream();
      return outcome;
    },
    /** Changes attributes of items, as somebody would beside the code. */
    set: async (keys: readonly Record<string, unknown>[], name: string, value: unknown): Promise<void> => {
      for (const { pk, sk } of keys) {
        await table.call('UpdateItem', {
          TableName: 'alerts',
          Key: marshall({ pk, sk }),
          UpdateExpression: 'SET #name = :value',
          ExpressionAttributeNames: { '#name': name },
          ExpressionAttributeValues: marshall({ ':value': value }),
        });
      }
    },
    /** Time passes: the watchman looks every so many minutes and at the end, and what follows is told. */
    advance: async (minutes: number, every = 1): Promise<void> => {
      for (let passed = 0; passed < minutes; passed += every) {
        skip(Math.min(every, minutes - passed) * 60_000);
        await round();
        await stream();
      }
    },
    /** The watchman looks once a week and on the last two days: what it does at a family's look once a day it does then. */
    days: async (count: number): Promise<void> => {
      for (let passed = 0; passed < count;) {
        const step = Math.min(7, Math.max(1, count - passed - 1));
        skip(step * 24 * 3_600_000);
        await round();
        await stream();
        passed += step;
      }
    },
    /** What SNS took, in order. The topic is `family`, `family:en`, `self`, an office or `ministry`. */
    published: () =>
      made.calls
        .filter(({ operation, failed }) => operation === 'Publish' && !failed)
        .map(({ input }) => ({
          topic: topicOf(input['TopicArn']),
          type: (input['MessageAttributes'] as Record<string, { StringValue: string }>)['type']?.StringValue,
          bodies: JSON.parse(String(input['Message'])) as Record<string, string>,
        })),
    /** What is stored under a reference of the family. */
    stored: (ref: Omit<EventRef, 'familyId'> = {}): Json => {
      const { pk, sk } = eventKey({ familyId, ...ref });
      const item = table.item(pk, sk);
      return item && unmarshall(item);
    },
    /** The token of the first link to a page in the messages to a contact. */
    linkTo: (endpoint: string): string =>
      /\/f\/(\w{22})/.exec(JSON.stringify(sns.inbox({ endpoint })))?.[1] ?? 'no link',
    told: (endpoint: string) => sns.inbox({ endpoint }).map(({ attributes }) => attributes['type']),
    topics: () => sns.topics().filter(({ topic }) => topic.includes(familyId)),
    subscribers: () =>
      sns
        .topics()
        .find(({ topic }) => topic === `${resourceNames.familyTopicPrefix}${familyId}`)
        ?.subscriptions.map(({ endpoint }) => endpoint),
  };
};

/** The same once the family is welcomed; its calls are forgotten. */
export const createWelcomedWorld = async (options: WorldOptions = {}): Promise<World> => {
  const world = await createWorld(options);
  await world.stream();
  world.calls.length = 0;
  return world;
};

export type World = Awaited<ReturnType<typeof createWorld>>;
