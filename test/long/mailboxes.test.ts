import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { randomBytes } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { physicalName } from '../../infra/local-aws/template/names.ts';
import { dynamoFamilyRegister } from '../../shared/adapters/dynamo-family-register.ts';
import { mailsAWindow, mailWindowMs } from '../../shared/domain/limits.ts';
import { hashSecret } from '../../shared/runtime/device-token.ts';
import { houston, startStack } from '../support/local-stack.ts';
import { operatorConfig } from '../support/operator.ts';
import { plainHash } from '../support/keyed-hash.ts';

const stack = await startStack();
const client = new DynamoDBClient(operatorConfig(stack.url));
afterAll(async () => {
  client.destroy();
  await stack.close();
});

const ministry = 'alert-button-ministry';
/** A hundred by hand, on a machine that has nothing else to do: PRESSES=100. */
const presses = Number(process.env['PRESSES'] ?? 12);
const names = Array.from({ length: presses }, (_, index) => {
  const letter = (value: number) => String.fromCharCode(65 + value);
  return `Persona ${letter(Math.floor(index / 10))}${letter(index % 10)}`;
});

/** A family straight in the table: registration is throttled, and a hundred PINs take their time. */
const registered = async (name: string, index: number): Promise<string> => {
  const familyId = crypto.randomUUID();
  const secret = randomBytes(32).toString('base64url');
  const at = new Date();
  await dynamoFamilyRegister(client, physicalName('AlertButton', 'AlertTable'), plainHash).register({
    family: {
      familyId,
      person: { name, language: 'es' },
      contacts: [
        { contactId: crypto.randomUUID(), name: 'José', channel: 'sms', endpoint: `+1213555${String(1000 + index)}` },
      ],
      consent: { consularNotification: true, version: '2026-01', at: at.toISOString() },
      sharePositionWithFamily: false,
      registeredAt: at.toISOString(),
    },
    pins: { pin: 'never typed' },
    device: { deviceId: crypto.randomUUID(), secretHash: hashSecret(secret) },
    recoveryHash: hashSecret(familyId),
    now: at,
  });
  return `Bearer ${familyId}.${secret}`;
};

/** As phones do: the same press again while it is not taken, which many at once on two cores may cause. */
const press = async (authorization: string) => {
  const body = { alertId: crypto.randomUUID(), position: houston };
  let answer = await stack.send('POST', '/v1/alerts', body, { authorization });
  for (let again = 0; answer.status >= 500 && again < 5; again += 1) {
    answer = await stack.send('POST', '/v1/alerts', body, { authorization });
  }
  return answer;
};

it('many presses at once suspend no mailbox, and leave nobody out: a mail or a line in a digest, and machines all at once', async () => {
  const hook = { topic: ministry, protocol: 'https', endpoint: 'https://sre.example/alerts' };
  expect((await stack.send('POST', '/_local/subscriptions', hook)).status).toBe(200);
  const tokens = await Promise.all(names.map(registered));
  await stack.idle();
  const windowOf = () => Math.floor(stack.stack.control.now().getTime() / mailWindowMs);
  const startedIn = windowOf();
  const answers = await Promise.all(tokens.map(press));
  expect(answers.filter(({ status }) => status !== 202 && status !== 200)).toEqual([]);
  await stack.idle();
  const mails = () => stack.inbox({ topic: ministry, protocol: 'email' });
  const windows = windowOf() - startedIn + 1;
  // A quarter more: where a machine is too busy to count, a mail goes out rather than waits.
  expect(mails().length).toBeLessThanOrEqual(Math.min(presses - 1, mailsAWindow * windows + presses / 4));
  expect(stack.inbox({ protocol: 'https' })).toHaveLength(presses);

  await stack.advance(1);
  for (const topic of [ministry, 'alert-button-consulate-houston']) {
    const text = stack.inbox({ topic, protocol: 'email' }).map(({ body }) => body);
    expect(names.filter((name) => !text.some((body) => body.includes(name)))).toEqual([]);
  }
  const digests = mails().filter(({ attributes }) => attributes['type'] === 'cases.digest.v1');
  expect(digests.length).toBeGreaterThan(0);
  expect(stack.inbox({ protocol: 'https' })).toHaveLength(presses);
  const { json } = await stack.send('GET', '/_local/topics');
  const subscriptions = (json as { subscriptions: { status: string }[] }[]).flatMap((one) => one.subscriptions);
  expect(subscriptions.filter(({ status }) => status !== 'confirmed')).toEqual([]);

  const status = await Promise.all(
    answers.map(async ({ json: { alertId } }, index) =>
      stack.send('GET', `/v1/alerts/${alertId}`, undefined, { authorization: tokens[index] ?? '' }),
    ),
  );
  const destinations = status.flatMap(({ json: { destinations: all } }) => all as { status: string }[]);
  expect(new Set(destinations.map((one) => one.status))).toEqual(new Set(['sent']));
}, 240_000);
