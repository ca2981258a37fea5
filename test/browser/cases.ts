import { createHash } from 'node:crypto';
import { physicalName } from '../../infra/local-aws/template/names.ts';
import { machinesAt } from '../support/announced.ts';
import { startStack, type Json, type TestStack } from '../support/local-stack.ts';

const losAngeles = { latitude: 34.0522, longitude: -118.2437, accuracyMeters: 25 };

type Pressed = {
  readonly familyId: string;
  readonly alertId: string;
  /** Path of the page behind the newest link that this topic was sent about the case. */
  readonly link: (topic: string) => string;
  readonly familyLink: () => string;
  readonly officeLink: (office?: string) => string;
  /** What a page shows, as JSON. */
  readonly read: (path: string) => Promise<Json>;
  readonly act: (path: string, action: string, body: object) => Promise<void>;
  /** The phone measures so many places, 3 km apart and 10 minutes after each other. */
  readonly drive: (stops: number) => Promise<void>;
  readonly cancel: (pin: string) => Promise<void>;
  readonly status: () => Promise<Json>;
};

/** A stack with cases that began as real ones do: a family registers and presses, links come from what was received. */
export type CaseStack = TestStack & {
  readonly pressed: (overrides?: {
    readonly name?: string;
    readonly press?: Record<string, unknown>;
    readonly consularNotification?: boolean;
  }) => Promise<Pressed>;
  /** A promise to say OK that was answered with the duress PIN: nobody pressed. */
  readonly promised: (checkIn: { readonly label: string }) => Promise<Pick<Pressed, 'link'>>;
  /** Makes the link of this path as old as links become: a month of the clock's minutes would take long. */
  readonly expire: (path: string) => Promise<void>;
  /** The messages as `/_local/inbox` shows them. */
  readonly received: () => Promise<readonly { readonly topic: string; readonly body: string }[]>;
};

export const pins = { pin: '4821', duressPin: '9977' };

/** Paths of all links to our own pages in a text. */
export const linksIn = (text: string, origin: string): string[] =>
  [...text.matchAll(/https?:\/\/[^\s"\\<>]+/g)]
    .map(([url]) => url)
    .filter((url) => url.startsWith(`${origin}/`))
    .map((url) => url.slice(origin.length).replace(/[.,;:)]+$/, ''));

/** Links come from what machines at the offices hear: a mailbox may read of a case in a digest, a minute later. */
const listenEverywhere = async (stack: TestStack): Promise<void> =>
  machinesAt(
    stack,
    stack.stack.services.sns.topics().flatMap(({ topic }) => (/-(consulate-|ministry)/u.test(topic) ? [topic] : [])),
  );

export const startCases = async (): Promise<CaseStack> => {
  const stack = await startStack();
  await listenEverywhere(stack);
  const received: CaseStack['received'] = async () => (await stack.send('GET', '/_local/inbox')).json;

  const link: Pressed['link'] = (topic) => {
    const bodies = stack.inbox({ topic }).map(({ body }) => body);
    const found = bodies.flatMap((body) => linksIn(body, stack.url)).findLast((each) => /^\/[cf]\//.test(each));
    if (found === undefined) throw new Error(`no link among ${bodies.length} messages to ${topic}`);
    return found;
  };

  const promised: CaseStack['promised'] = async ({ label }) => {
    const { auth } = await stack.register({ person: { name: 'Inés Duarte', language: 'es' }, ...pins });
    await stack.idle();
    const dueAt = new Date(stack.stack.control.now().getTime() + 3_600_000).toISOString();
    const { json } = await stack.send('POST', '/v1/check-ins', { dueAt, label }, auth);
    await stack.send('POST', `/v1/check-ins/${json['checkInId']}/ok`, { pin: pins.duressPin }, auth);
    await stack.idle();
    return { link };
  };

  const pressed: CaseStack['pressed'] = async ({ name = 'María Fernanda Ruiz', press, consularNotification } = {}) => {
    const { familyId, auth } = await stack.register({
      person: { name, language: 'es', phone: '+12135550199' },
      contacts: [
        { name: 'José Ruiz', channel: 'sms', endpoint: '+12135550101', trusted: true },
        // Longer than a phone is wide.
        { name: 'Lupe', channel: 'email', endpoint: 'guadalupe.xochiquetzal.ramirez.de.la.torre@family.example' },
      ],
      consent: { consularNotification: consularNotification ?? true, version: '2026-01' },
      ...pins,
    });
    await stack.idle();
    const { alertId } = await stack.press(auth, { position: losAngeles, battery: 37, ...press });
    await stack.idle();
    const path = `/v1/alerts/${alertId}`;
    return {
      familyId,
      alertId,
      link,
      familyLink: () => link(`alert-button-family-${familyId}`),
      officeLink: (office = 'los-angeles') => link(`alert-button-consulate-${office}`),
      read: async (page) => (await stack.send('GET', page, undefined, { accept: 'application/json' })).json,
      act: async (page, action, body) => {
        const answer = await stack.send('POST', `${page}/${action}`, body, { accept: 'application/json' });
        if (answer.status !== 200) throw new Error(`${action} answered ${answer.status}: ${answer.text}`);
        await stack.idle();
      },
      drive: async (stops) => {
        const end = stack.stack.control.now().getTime();
        const positions = Array.from({ length: stops }, (_, stop) => ({
          ...losAngeles,
          latitude: losAngeles.latitude + (stop + 1) * 0.027,
          measuredAt: new Date(end - (stops - 1 - stop) * 600_000).toISOString(),
        }));
        await stack.send('POST', `${path}/positions`, { positions }, auth);
        await stack.idle();
      },
      cancel: async (pin) => {
        await stack.send('POST', `${path}/cancel`, { pin }, auth);
        await stack.idle();
      },
      status: async () => (await stack.send('GET', path, undefined, auth)).json,
    };
  };
  const expire: CaseStack['expire'] = async (path) => {
    const hash = createHash('sha256').update(path.slice('/c/'.length)).digest('hex');
    const { dynamoDb } = stack.stack.services;
    await dynamoDb.call('UpdateItem', {
      TableName: physicalName('AlertButton', 'AlertTable'),
      Key: { pk: { S: `LINK#${hash}` }, sk: { S: 'LINK' } },
      UpdateExpression: 'SET expiresAt = :now',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':now': { N: String(Math.floor(Date.now() / 1000)) } },
    });
  };
  const reset = async (): Promise<void> => {
    await stack.reset();
    await listenEverywhere(stack);
  };
  return { ...stack, reset, pressed, promised, received, expire };
};
