import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { InboxMessage } from '../../infra/local-aws/sns/state.ts';
import { resourceNames } from '../../shared/names.ts';
import type { TestStack } from './local-stack.ts';
import { operatorOf } from './operator.ts';

const recipientOf = (topic: string): string => {
  if (topic.startsWith(resourceNames.familyTopicPrefix)) return 'family';
  if (topic === resourceNames.ministryTopic) return 'ministry';
  return topic.replace(resourceNames.consulateTopicPrefix, '');
};

/**
 * Who got messages of this type, each as often as they got one: `family sms`, `houston email`. Every copy counts, so
 * that equality with a list proves "once each".
 */
export const told = (
  stack: TestStack,
  type = 'alert.raised.v1',
  among: (message: InboxMessage) => boolean = () => true,
) =>
  stack
    .inbox((message) => message.attributes['type'] === type && among(message))
    .map(({ topic, protocol }) => `${recipientOf(topic)} ${protocol}`)
    .toSorted();

/** The offices that hear of a press in Houston. */
const houstonTopics = [`${resourceNames.consulateTopicPrefix}houston`, resourceNames.ministryTopic];

/** A machine at each topic gets each message at once; a mailbox may read of it in a digest, a minute later. */
export const machinesAt = async (
  stack: Pick<TestStack, 'send'>,
  topics: readonly string[] = houstonTopics,
): Promise<void> => {
  for (const topic of topics) {
    const system = { topic, protocol: 'https', endpoint: `https://${topic}.example/hook` };
    const { status } = await stack.send('POST', '/_local/subscriptions', system);
    if (status !== 200) throw new Error(`the machine at ${topic} could not subscribe: ${status}`);
  }
};

/** As `told`, without officers' mailboxes, which may get some of it in a digest. */
export const toldAtOnce = (stack: TestStack, type?: string) =>
  told(stack, type, ({ topic, protocol }) => protocol !== 'email' || recipientOf(topic) === 'family');

/** Has two workers loaded, so that of two rounds at once the second need not wait for one. */
export const twoWatchmen = async ({ stack }: TestStack): Promise<void> => {
  await Promise.all([1, 2].map(async () => stack.invoke('watchman', {})));
};

/** Moves the clock to the start of the next minute, so that the next round of the schedule is a minute of the clock away. */
export const atStartOfMinute = async (stack: TestStack): Promise<void> => {
  const { json } = await stack.send('GET', '/_local/clock');
  await stack.advance((60_100 - (Date.parse(json.now) % 60_000)) / 60_000);
};

/** What `told` gives when everybody was told once of a press in Houston. */
export const everybody = ['family email', 'family sms', 'houston email', 'ministry email'];

/** What `toldAtOnce` gives then, with machines at both offices. */
export const everybodyAtOnce = ['family email', 'family sms', 'houston https', 'ministry https'];

/** `GET /v1/alerts/{alertId}`, once all work has ended. */
export const statusOf = async (stack: TestStack, auth: Record<string, string>, alertId: string) => {
  await stack.idle();
  const { status, json, text } = await stack.send('GET', `/v1/alerts/${alertId}`, undefined, auth);
  if (status !== 200) throw new Error(`the status answered ${status}: ${text}`);
  return json;
};

/** The destinations of an alert in one line each: `consulate houston sent`. */
export const destinationsOf = async (stack: TestStack, auth: Record<string, string>, alertId: string) => {
  const { destinations } = await statusOf(stack, auth, alertId);
  return (destinations as { kind: string; id?: string; status: string }[]).map(({ kind, id, status }) =>
    [kind, id, status].filter(Boolean).join(' '),
  );
};

/** Presses, and waits until all that it caused has ended. */
export const pressed = async (
  stack: TestStack,
  auth: Record<string, string>,
  overrides: Record<string, unknown> = {},
): Promise<string> => {
  const { status, text, alertId } = await stack.press(auth, overrides);
  if (status !== 202) throw new Error(`the press answered ${status}: ${text}`);
  await stack.idle();
  return alertId;
};

type Registered = Awaited<ReturnType<TestStack['register']>>;
type Stored = { readonly family: Registered; readonly item: Record<string, AttributeValue> };
const storedFamilies = new WeakMap<TestStack, Map<string, Stored>>();

/**
 * Registers families whose welcome is over, so that every later call and message is the press's. Hashing a PIN costs a
 * quarter of a second on purpose; so a registration is made once for each stack, and after a reset its item is put
 * into the table again as it was written first.
 */
export const registeredFamilies = async (
  stack: TestStack,
  count: number,
  overrides: Record<string, unknown> = {},
): Promise<Registered[]> => {
  const stored = storedFamilies.get(stack) ?? new Map<string, Stored>();
  storedFamilies.set(stack, stored);
  const { write } = operatorOf(stack);
  const families: Registered[] = [];
  for (let index = 0; index < count; index += 1) {
    const key = JSON.stringify([index, overrides]);
    const known = stored.get(key);
    if (known) {
      await write([known.item]);
      families.push(known.family);
      continue;
    }
    const family = await stack.register(overrides);
    const written = stack.stack
      .streamRecords()
      .find(({ dynamodb }) => dynamodb.NewImage?.['familyId']?.S === family.familyId);
    stored.set(key, { family, item: written!.dynamodb.NewImage as Record<string, AttributeValue> });
    families.push(family);
  }
  await stack.idle();
  return families;
};

export const registered = async (stack: TestStack, overrides: Record<string, unknown> = {}): Promise<Registered> =>
  (await registeredFamilies(stack, 1, overrides))[0]!;

/** A registration without the authorisation: of its presses the family alone hears, with one publish. */
export const notAuthorised = { consent: { consularNotification: false, version: '2026-01' } };

/** Successful publishes since the stack's last reset, by function. */
export const publishes = (stack: TestStack, functionName: string): number =>
  stack.calls({ function: functionName, operation: 'Publish', outcome: 'ok' }).length;
