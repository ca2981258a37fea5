import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { eventRefOf } from '../../shared/adapters/dynamo-keys.ts';
import { unseal } from '../../shared/adapters/sealed-text.ts';
import { resourceNames } from '../../shared/names.ts';
import type { Around, Call } from '../support/outside.ts';
import type { Item } from './expressions.ts';
import { type Person, everyone, people, personOf } from './people.ts';
import { type Destination, officeIds } from './scenario.ts';

/* What a scenario may break, and what SNS was asked to publish meanwhile. */

export const destinations: readonly Destination[] = ['family', 'ministry', ...officeIds, ...everyone];

/** Whether it is a representative. */
export const isPerson = (to: Destination | undefined): to is Person => to !== undefined && to in people;

/** The name of a destination's topic: the family's has its contact's language, if they chose one. */
export const topicOf = (destination: Destination, familyId: string, english = false): string => {
  if (destination === 'family') return `${resourceNames.familyTopicPrefix}${familyId}${english ? '-en' : ''}`;
  if (isPerson(destination)) return `${resourceNames.representativeTopicPrefix}${people[destination].representativeId}`;
  return destination === 'ministry'
    ? resourceNames.ministryTopic
    : `${resourceNames.consulateTopicPrefix}${destination}`;
};
const destinationOf = (topicArn: string): Destination | undefined => {
  const name = topicArn.split(':').at(-1) ?? '';
  if (name.startsWith(resourceNames.representativeTopicPrefix))
    return personOf(name.replace(resourceNames.representativeTopicPrefix, ''));
  if (/^[0-9a-f-]{36}(-en)?$/.test(name.replace(resourceNames.familyTopicPrefix, ''))) return 'family';
  return destinations.find((one) => topicOf(one, '') === name);
};

/** One call of Publish. `event` is `raised` or the id of a later event. */
export type Published = {
  readonly event: string;
  /** The alert that it is about. */
  readonly alertId: string | undefined;
  readonly type: string;
  readonly to: Destination;
  readonly accepted: boolean;
  /** Whether the topic had a confirmed subscriber. */
  readonly heard: boolean;
  readonly text: string;
  /** What it was to mailboxes: one mail, none as a digest follows, or what a digest says of this event. */
  readonly mail: string;
  readonly atMs: number;
};

type Named = {
  readonly alertId: string;
  readonly happened: readonly { readonly eventId: string | null; readonly type: string }[];
};

/** What a digest names, each as if it were a message. */
const namedIn = (text: string): readonly Pick<Published, 'event' | 'alertId' | 'type' | 'text'>[] => {
  const { cases } = JSON.parse((JSON.parse(text) as { default: string }).default) as { cases: readonly Named[] };
  return cases.flatMap((one) =>
    one.happened.map(({ eventId, type }) => ({
      event: eventId ?? 'raised',
      alertId: one.alertId,
      type,
      text: JSON.stringify(one),
    })),
  );
};

const writing = new Set(['PutItem', 'UpdateItem', 'BatchWriteItem', 'TransactWriteItems']);

/** The press that begins the case of a scenario. */
export const mainAlertId = '22222222-2222-4222-8222-222222222222';

/** The event that is being told: a message to a phone does not say which it is about. */
const telling = new AsyncLocalStorage<Pick<Published, 'event' | 'alertId'>>();

/** Runs before the call's first await: so it holds for what follows from the claim, and for nothing beside it. */
const noticeClaim = ({ operation, input }: Call): void => {
  if (operation !== 'UpdateItem' || !String(input['UpdateExpression']).includes('claimedUntil = ')) return;
  const { pk, sk } = input['Key'] as Record<string, { S: string }>;
  const ref = eventRefOf({ pk: pk?.S ?? '', sk: sk?.S ?? '' });
  const alertId = ref?.alertId;
  telling.enterWith({ alertId, event: alertId === undefined ? 'welcome' : (ref?.eventId ?? 'raised') });
};

const claimed = (): Pick<Published, 'event' | 'alertId'> => telling.getStore() ?? { event: '', alertId: undefined };

/** What is sealed of each link, by the hash of its token. */
const linksIn = ({ operation, input }: Call): readonly (readonly [hash: string, sealed: string])[] => {
  if (operation !== 'PutItem') return [];
  const { pk, sealed } = input['Item'] as Item;
  return sealed?.S === undefined ? [] : [[pk?.S?.slice('LINK#'.length) ?? '', sealed.S]];
};

const isOnRevision = ({ input }: Call): boolean => {
  const [first] = (input['TransactItems'] ?? []) as { Update?: { ConditionExpression?: string } }[];
  return first?.Update?.ConditionExpression?.includes('revision') === true;
};

/** Ten seconds, in which a topic may get a few mails. */
export const windowOf = (atMs: number): number => Math.floor(atMs / 10_000);

/** @param somebodyElse changes the case, as an officer would */
export const createTrouble = (somebodyElse: () => Promise<void>, nowMs: () => number) => {
  const faults = {
    publishing: new Map<Destination, 'fails' | 'answer-lost'>(),
    counting: true,
    stream: true,
    location: true,
    writes: 0,
    /** So many writes are let through before those that fail. */
    spared: 0,
    writeMode: 'fails' as 'fails' | 'answer-lost',
    /** From so many calls on none is answered any more, as of a function that dies. */
    dieAfter: Infinity,
    conflicts: 0,
  };
  const absent = new Set<Destination>();
  const published: Published[] = [];
  const calls: Call[] = [];
  const links = new Map<string, string>();
  /** The press that begins a case is claimed for its family with that decision: what tells of it is known by its link. */
  const ofPress = (text: string): Pick<Published, 'event' | 'alertId'> => {
    const token = /\/f\/(\w+)/.exec(text)?.[1] ?? '';
    const sealed = links.get(createHash('sha256').update(token).digest('hex'));
    return { event: 'raised', alertId: sealed === undefined ? undefined : JSON.parse(unseal(token, sealed)).alertId };
  };
  /** Windows of time in which mails may not have been counted. */
  const uncounted = new Set<number>();

  const publish: Around = async ({ input }, goOn) => {
    const attributes = input['MessageAttributes'] as Record<string, { StringValue: string }>;
    const to = destinationOf(String(input['TopicArn']));
    if (!to) throw new Error(`Published to no topic of ours: ${String(input['TopicArn'])}`);
    const type = attributes['type']?.StringValue ?? '';
    const text = String(input['Message']);
    const mail = attributes['mail']?.StringValue ?? 'each';
    const says =
      mail === 'digest'
        ? namedIn(text)
        : [{ ...(type === 'alert.raised.v1' && to === 'family' ? ofPress(text) : claimed()), type, text }];
    const record = (accepted: boolean): void => {
      const all = { to, heard: !absent.has(to), mail, atMs: nowMs(), accepted };
      published.push(...says.map((one) => ({ ...one, ...all })));
    };
    const mode = faults.publishing.get(to);
    if (mode === 'fails') {
      record(false);
      throw new Error('SNS does not answer.');
    }
    const answer = await goOn();
    record(true);
    if (mode === 'answer-lost') throw new Error('The answer of SNS was lost.');
    return answer;
  };
  const write: Around = async (call, goOn) => {
    if (call.operation === 'TransactWriteItems' && faults.conflicts > 0 && isOnRevision(call)) {
      faults.conflicts -= 1;
      // In this very moment.
      await somebodyElse();
    }
    if (faults.writes === 0) return goOn();
    if (faults.spared > 0) {
      faults.spared -= 1;
      return goOn();
    }
    faults.writes -= 1;
    uncounted.add(windowOf(nowMs()));
    if (faults.writeMode === 'answer-lost') await goOn();
    throw new Error('The table does not answer.');
  };
  const around: Around = async (call, goOn) => {
    noticeClaim(call);
    for (const [hash, alertId] of linksIn(call)) links.set(hash, alertId);
    if (calls.length >= faults.dieAfter) await new Promise(() => undefined);
    calls.push(call);
    if (call.operation === 'Publish') return publish(call, goOn);
    if (call.operation === 'GetTopicAttributes' && !faults.counting) throw new Error('SNS does not say.');
    return writing.has(call.operation) ? write(call, goOn) : goOn();
  };
  return { faults, absent, published, calls, uncounted, around };
};
