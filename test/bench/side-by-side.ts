import diagnosticsChannel from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { synthesise } from '../../infra/local/synthesise.ts';
import { openConsulates } from '../../shared/data/consulates.ts';
import type { Fault } from '../../infra/local-aws/aws-endpoint/faults.ts';
import { startLocalAws } from '../../infra/local-aws/local-aws.ts';
import { houston, startStack } from '../support/local-stack.ts';
import { baselineAssembly } from './baseline/stack.ts';

/** What a call takes in AWS, roughly: the emulator itself takes next to nothing. */
export const latenciesMs = { dynamodb: 5, sns: 25, location: 60 } as const;

export const recipients = ['family', 'office', 'ministry'] as const;
export type Recipient = (typeof recipients)[number];

/** Milliseconds from the request on. */
export type Press = { readonly answer: number } & Readonly<Record<Recipient, number>>;

type Side = {
  readonly press: () => Promise<Press>;
  /** Calls to AWS of one press, by operation, and the bytes of their bodies. */
  readonly callsOfOne: () => Promise<{ readonly calls: Readonly<Record<string, number>>; readonly bytes: number }>;
  readonly url: string;
  readonly close: () => Promise<void>;
};

const patienceMs = 30_000;

type Listening = (listener: (message: { readonly topic: string; readonly protocol: string }) => void) => () => void;

/** Presses, and notes when the first message of each topic has arrived. */
const timed = async (
  on: Listening,
  topics: Readonly<Record<Recipient, string>>,
  send: () => Promise<number>,
): Promise<Press> => {
  const at = new Map<string, number>();
  const { promise: all, resolve } = Promise.withResolvers<undefined>();
  const stop = on(({ topic, protocol }) => {
    // Mails to offices may wait for a digest; machines get each message at once.
    if (topic !== topics.family && protocol === 'email') return;
    if (!at.has(topic)) at.set(topic, performance.now());
    if (Object.values(topics).every((name) => at.has(name))) resolve(undefined);
  });
  const begun = performance.now();
  const status = await send();
  const answer = performance.now() - begun;
  if (status !== 202) throw new Error(`the press is answered with ${status}`);
  await Promise.race([all, wait(patienceMs)]);
  stop();
  const after = (topic: string) => (at.get(topic) ?? Number.NaN) - begun;
  return {
    answer,
    family: after(topics.family),
    office: after(topics.office),
    ministry: after(topics.ministry),
  };
};

const slowAs = (latencies: Readonly<Record<keyof typeof latenciesMs, number>>): readonly Fault[] =>
  (['dynamodb', 'sns', 'location'] as const).map((service) => ({ service, mode: 'slow', delayMs: latencies[service] }));

const countByOperation = (calls: readonly { readonly operation: string }[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { operation } of calls) counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
};

/** Bytes of the bodies of signed requests that come meanwhile to an endpoint of this process. */
const countingBytes = async (work: () => Promise<unknown>): Promise<number> => {
  let bytes = 0;
  const count = (message: unknown): void => {
    const { request } = message as { readonly request: IncomingMessage };
    const { authorization, 'content-length': length } = request.headers;
    if (authorization?.startsWith('AWS4') === true) bytes += Number(length ?? 0);
  };
  diagnosticsChannel.subscribe('http.server.request.start', count);
  await work().finally(() => diagnosticsChannel.unsubscribe('http.server.request.start', count));
  return bytes;
};

/** The product. Each press is that of a family of its own: a second one would join the case of the first. */
type Ours = Side & {
  readonly auth: Readonly<Record<string, string>>;
  /** Location never answers. */
  readonly pressWhileLocationIsSilent: () => Promise<Press>;
  /**
   * The stream's event of an ordinary press, for a consumer that has not told of it: the other has done its part, nobody has
   * pressed near for half an hour, and the watchman has looked at the offices.
   */
  readonly untoldPress: (by: Consumer) => Promise<object>;
};

type Consumer = 'announce-to-family' | 'announce-to-authorities';

export const startOurs = async (): Promise<Ours> => {
  const stack = await startStack({ assembly: await synthesise() });
  const { sns } = stack.stack.services;
  const topics = { office: 'alert-button-consulate-houston', ministry: 'alert-button-ministry' };
  for (const [name, topic] of Object.entries(topics)) {
    await sns.subscribe({ topic, protocol: 'https', endpoint: `https://${name}.example/alerts` });
  }
  const slow = () => slowAs(latenciesMs).forEach(stack.fault);
  const newFamily = async () => {
    stack.stack.control.faults.clear();
    const consent = { consularNotification: true, version: '2026-01' };
    const registered = await stack.register({ consent });
    await stack.idle();
    slow();
    return registered;
  };
  const press = async (isLocationSilent = false): Promise<Press> => {
    const { familyId, auth } = await newFamily();
    if (isLocationSilent) {
      stack.stack.control.faults.clear();
      stack.fault({ service: 'location', mode: 'timeout' });
      slow();
    }
    return timed(sns.on, { family: `alert-button-family-${familyId}`, ...topics }, async () => {
      const { status } = await stack.press(auth);
      return status;
    });
  };
  /** Nobody has pressed near for half an hour, and the watchman has looked at the offices, as on any day. */
  const familyOfAnotherHour = async () => {
    stack.stack.control.faults.clear();
    await stack.advance(31);
    return newFamily();
  };
  const { auth } = await newFamily();
  return {
    auth,
    press: async () => press(),
    pressWhileLocationIsSilent: async () => press(true),
    untoldPress: async (by) => {
      const one = await familyOfAnotherHour();
      stack.stack.control.faults.clear();
      // Both give the press up.
      stack.fault({ service: 'dynamodb', operation: 'BatchGetItem', mode: 'error' });
      const { alertId } = await stack.press(one.auth);
      await stack.idle();
      stack.stack.control.faults.clear();
      const records = stack.stack.streamRecords();
      const event = {
        Records: records.filter(({ dynamodb }) => dynamodb.NewImage?.['alertId']?.S === alertId).slice(0, 1),
      };
      const other = by === 'announce-to-family' ? 'announce-to-authorities' : 'announce-to-family';
      await stack.stack.invoke(other, event);
      return event;
    },
    callsOfOne: async () => {
      const one = await familyOfAnotherHour();
      const before = stack.calls().length;
      const bytes = await countingBytes(async () => {
        await stack.press(one.auth);
        await stack.idle();
      });
      return { calls: countByOperation(stack.calls().slice(before)), bytes };
    },
    url: stack.url,
    close: stack.stack.close,
  };
};

export const startTutorial = async (): Promise<Side> => {
  const aws = await startLocalAws({ schedules: 'when-advanced' });
  const assembly = await baselineAssembly();
  const stack = await aws.deploy(assembly);
  const { sns, location } = stack.services;
  const topics = { family: 'FamilyTopic', office: 'OfficeTopic', ministry: 'MinistryTopic' };
  for (const [name, topic] of Object.entries(topics)) {
    await sns.subscribe({ topic, protocol: 'https', endpoint: `https://${name}.example/alerts` });
  }
  for (let start = 0; start < openConsulates.length; start += 10) {
    const Entries = openConsulates.slice(start, start + 10).map(({ id, longitude, latitude }) => ({
      GeofenceId: id,
      Geometry: { Circle: { Center: [longitude, latitude], Radius: 100 } },
    }));
    await location.call('BatchPutGeofence', { CollectionName: 'offices', Entries });
  }
  const send = async (): Promise<number> => {
    const body = JSON.stringify({ alertId: crypto.randomUUID(), position: houston });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${aws.url}/alerts`, { method: 'POST', headers, body });
    await response.text();
    return response.status;
  };
  for (const fault of slowAs(latenciesMs)) stack.faults.add(fault);
  return {
    press: async () => timed(sns.on, topics, send),
    callsOfOne: async () => {
      const before = stack.calls.list().length;
      const bytes = await countingBytes(send);
      return { calls: countByOperation(stack.calls.list().slice(before)), bytes };
    },
    url: aws.url,
    close: async () => {
      await aws.close();
      await assembly.dispose();
    },
  };
};
