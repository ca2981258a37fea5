import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { physicalName } from '../../infra/local-aws/template/names.ts';
import { alertKey } from '../../shared/adapters/dynamo-keys.ts';
import { machinesAt } from '../support/announced.ts';
import { expectDocumented } from '../support/api-contract.ts';
import { startStack, type TestStack } from '../support/local-stack.ts';

let stack: TestStack;

beforeAll(async () => {
  stack = await startStack({ checksOffices: true });
});
afterAll(() => stack.close());
beforeEach(() => stack.reset());

type Auth = Record<string, string>;

const get = async (path: string, auth: Auth = {}) => {
  const { status, headers, json } = await stack.send('GET', path, undefined, auth);
  return expectDocumented(`GET ${path}`, { status, headers: Object.fromEntries(headers), body: json }).body;
};
const family = async (auth: Auth) => get('/v1/family', auth);
const asOperator = () =>
  new DynamoDBClient({
    endpoint: stack.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local-operator', secretAccessKey: 'any' },
  });
const registered = async () => {
  const { auth, familyId } = await stack.register();
  await stack.idle();
  return { auth, familyId, topic: `alert-button-family-${familyId}` };
};
const statusesOf = ({ contacts }: { contacts: { status: string }[] }) => contacts.map(({ status }) => status);

describe('GET /v1/family on the local stack', () => {
  test('says who is subscribed, and asks SNS once for it', async () => {
    const { auth, topic } = await registered();
    expect(await family(auth)).toMatchObject({
      counts: { subscribed: 2 },
      contacts: [{ endpoint: '+1********47' }, { endpoint: 'l***@family.example' }],
      lastDrill: null,
    });
    await stack.send('DELETE', '/_local/subscriptions', { topic });
    expect(statusesOf(await family(auth))).toEqual(['unsubscribed', 'unsubscribed']);
    const asked = stack.calls({ function: 'answer-queries', service: 'sns' });
    expect(asked.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ['ListSubscriptionsByTopic', 'ok'],
      ['ListSubscriptionsByTopic', 'ok'],
    ]);
  });

  test('answers from the table when SNS does not answer', async () => {
    const { auth, topic } = await registered();
    await stack.send('DELETE', '/_local/subscriptions', { topic });
    stack.fault({ service: 'sns', operation: 'ListSubscriptionsByTopic', mode: 'timeout' });
    expect(statusesOf(await family(auth))).toEqual(['subscribed', 'pending']);
  });

  test('knows from the watchman who answered STOP; a press that reaches only them is told to the ministry', async () => {
    const contacts = [{ name: 'José', channel: 'sms', endpoint: '+12135550147' }];
    const { auth } = await stack.register({ contacts });
    await stack.idle();
    const before = await family(auth);
    expect(before.warnings).toEqual([]);
    stack.stack.services.sns.optOut('+12135550147');
    await stack.send('DELETE', '/_local/subscriptions', { topic: 'alert-button-consulate-houston' });
    // A machine hears of each at once; the third mail within ten seconds may wait for a digest.
    await machinesAt(stack, ['alert-button-ministry']);
    await stack.advance(16);
    expect(await family(auth)).toMatchObject({
      counts: { 'opted-out': 1, subscribed: 0 },
      contacts: [{ status: 'opted-out' }],
      warnings: [
        { code: 'nobody-reachable', detail: expect.stringContaining('no le llegaría a nadie') },
        { code: 'opted-out', contactId: before.contacts[0].contactId, detail: expect.stringContaining('START') },
      ],
    });

    const { alertId } = await stack.press(auth);
    await stack.idle();
    const { destinations } = (await stack.send('GET', `/v1/alerts/${alertId}`, undefined, auth)).json;
    expect(destinations).toMatchObject([{ kind: 'family', status: 'unreachable' }, {}, {}, {}]);
    const heard = stack.inbox(
      ({ attributes, protocol }) => attributes['type'] === 'alert.family-unreachable.v1' && protocol === 'https',
    );
    expect(heard).toMatchObject([{ topic: 'alert-button-ministry' }]);
    expect(Object.keys(await family(auth))).toEqual(['familyId', 'counts']);

    // The offices are looked at 15 minutes after the stack began, and every 15 minutes then.
    await stack.advance(1);
    const checked = stack.logs().flatMap(({ line }) => (line.includes('"offices.checked"') ? [JSON.parse(line)] : []));
    expect(checked).toMatchObject([{ unheard: 1, offices: 'houston', function: 'watchman' }]);
    // SNS answers 30 such calls a second; what it throttles is asked again.
    const answered = stack.calls({ function: 'watchman', service: 'sns', outcome: 'ok' });
    const watched = answered.map(({ operation }) => operation);
    const offices = stack.stack.services.sns.topics().filter(({ topic }) => /-(consulate|ministry)/u.test(topic));
    expect(watched.filter((operation) => operation === 'ListSubscriptionsByTopic')).toHaveLength(offices.length + 1);
    expect(watched.filter((operation) => operation === 'CheckIfPhoneNumberIsOptedOut')).toHaveLength(1);
  });

  test('shows the last drill, and nothing but counts from the instant of a real press on', async () => {
    const { auth, familyId } = await registered();
    const { alertId } = await stack.press(auth, { drill: true });
    await stack.idle();
    const published = { status: 'sent', publishedAt: expect.any(String) };
    const asSent = [{ kind: 'family' }];
    const drillNow = async () => (await family(auth)).lastDrill as { alertId: string; destinations: object[] };
    expect(await drillNow()).toMatchObject({ alertId, destinations: asSent.map((one) => ({ ...one, ...published })) });
    expect(JSON.stringify(await drillNow())).not.toMatch(/opened|acknowledged/);

    const linkTo = (topic: string): string => {
      const told = stack.inbox(
        ({ topic: name, attributes }) => name.startsWith(topic) && attributes['drill'] === 'true',
      );
      return /\/[cf]\/[\w-]+/.exec(told[0]!.body)![0];
    };
    const own = linkTo('alert-button-family');
    expect((await stack.send('GET', own)).status).toBe(200);
    expect((await stack.send('POST', `${own}/seen`, { name: 'José' })).status).toBe(200);
    const times = { openedAt: expect.any(String), acknowledgedAt: expect.any(String) };
    expect((await drillNow()).destinations).toMatchObject([{ ...published, ...times }]);

    const real = await stack.press(auth);
    const counts = { pending: 0, subscribed: 2, 'opted-out': 0, unsubscribed: 0, waiting: 0 };
    expect(await family(auth)).toEqual({ familyId, counts });
    // For good: also when half a year later the alert has gone from the table. The watchman keeps it, a minute after.
    await stack.idle();
    await stack.advance(2);
    await asOperator().send(
      new DeleteItemCommand({
        TableName: physicalName('AlertButton', 'AlertTable'),
        Key: marshall(alertKey(familyId, real.alertId)),
      }),
    );
    expect(await family(auth)).toEqual({ familyId, counts });
  });
});
