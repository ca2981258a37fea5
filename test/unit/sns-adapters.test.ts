import {
  FilterPolicyLimitExceededException,
  InvalidParameterException,
  NotFoundException,
  type SNSClient,
} from '@aws-sdk/client-sns';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSns } from '../../infra/local-aws/sns/sns.ts';
import { snsAnnouncer } from '../../shared/adapters/sns-announcer.ts';
import { snsFamilyTopics } from '../../shared/adapters/sns-family-topics.ts';
import { snsSubscriptionReader } from '../../shared/adapters/sns-subscription-reader.ts';
import { aFamily } from '../support/fixtures.ts';
import { clientOf } from '../support/sdk-client.ts';

const prefix = 'arn:aws:sns:us-east-1:000000000000:alert-button-family-';
const keyArn = 'arn:aws:kms:us-east-1:000000000000:key/11111111-1111-4111-8111-111111111111';
const family = aFamily();
const publication = {
  subject: 'ALERTA',
  bodies: { default: 'default', sms: 'short', email: 'long' },
  attributes: { type: 'alert.raised.v1', drill: 'false' },
};
const faultOf = ({ code, message }: { code: string; message: string }): Error => {
  const options = { message, $metadata: {} };
  if (code === 'NotFound') return new NotFoundException(options);
  return code === 'InvalidParameter' ? new InvalidParameterException(options) : new Error(code);
};

let sns: ReturnType<typeof createSns>;
let client: SNSClient;
let sent: { operation: string; input: Record<string, unknown> }[];
beforeEach(() => {
  sns = createSns({
    now: () => new Date(),
    region: 'us-east-1',
    account: '000000000000',
    confirm: 'auto',
    deliverToQueue: async () => undefined,
  });
  const connected = clientOf(sns, faultOf);
  client = connected.client as SNSClient;
  sent = connected.sent;
});
const topics = () =>
  snsFamilyTopics(client, { arnPrefix: prefix, keyArn, now: () => new Date('2026-11-22T20:00:00.000Z') });

describe('the topic of a family', () => {
  it('is encrypted, has no name that SNS would put before each SMS, and all contacts subscribed', async () => {
    expect(await topics().ensure(family)).toMatchObject({
      arn: `${prefix}${family.familyId}`,
      ensuredAt: '2026-11-22T20:00:00.000Z',
    });
    const [topic] = sns.topics();
    expect(topic).toMatchObject({ kmsMasterKeyId: keyArn, displayName: '' });
    expect(topic?.subscriptions.map(({ protocol, endpoint }) => [protocol, endpoint])).toEqual([
      ['sms', '+12135550101'],
      ['email', 'lupita@example.com'],
    ]);
  });

  it('loses those who are no contacts, and no other topic loses anybody', async () => {
    const { arn } = await topics().ensure(family);
    const other = await topics().ensure({ ...family, familyId: `${family.familyId}-self` });
    const [jose] = family.contacts;
    expect(await topics().unsubscribeOthers(arn, [jose!])).toEqual({ unconfirmed: 0 });
    const left = (of: string) =>
      sns
        .topics()
        .find((topic) => topic.arn === of)
        ?.subscriptions.map(({ endpoint }) => endpoint);
    expect(left(arn)).toEqual([jose!.endpoint]);
    expect(left(other.arn)).toHaveLength(2);
  });

  it('takes away only what SNS names as its own', async () => {
    const foreign = 'arn:aws:sns:us-east-1:000000000000:alert-button-consulate-fresno:1';
    const called: string[] = [];
    const send = async (command: { constructor: { name: string } }) => {
      called.push(command.constructor.name);
      return { Subscriptions: [{ SubscriptionArn: foreign, Endpoint: 'duty@example.com' }] };
    };
    const adapter = snsFamilyTopics({ send } as unknown as SNSClient, {
      arnPrefix: prefix,
      keyArn,
      now: () => new Date(),
    });
    await adapter.unsubscribeOthers(`${prefix}x`, []);
    expect(called).toEqual(['ListSubscriptionsByTopicCommand']);
  });

  it('still subscribes when the account’s filter policies are used up', async () => {
    const refuse = async (operation: string, input: Record<string, unknown>) => {
      if (operation === 'Subscribe' && input['Attributes'] !== undefined) {
        throw new FilterPolicyLimitExceededException({ message: '', $metadata: {} });
      }
      return sns.call(operation, input);
    };
    const limited = clientOf({ ...sns, call: refuse }, faultOf).client as SNSClient;
    await snsFamilyTopics(limited, { arnPrefix: prefix, keyArn, now: () => new Date() }).ensure(family);
    expect(sns.topics()[0]?.subscriptions).toHaveLength(2);
  });

  it('is deleted with the person’s own, any number of times', async () => {
    const { arn } = await topics().ensure(family);
    await topics().ensure({ ...family, familyId: `${family.familyId}-self` });
    await topics().remove(family.familyId, arn);
    await topics().remove(family.familyId, undefined);
    expect(sns.topics()).toEqual([]);
  });

  it('can be made sure of any number of times, also at once', async () => {
    await Promise.all([topics().ensure(family), topics().ensure(family)]);
    await topics().ensure(family);
    expect(sns.topics()).toHaveLength(1);
    expect(sns.topics()[0]?.subscriptions).toHaveLength(2);
  });

  it('is ours also when it was made with other attributes', async () => {
    await sns.call('CreateTopic', { Name: `alert-button-family-${family.familyId}`, Attributes: { DisplayName: 'x' } });
    await topics().ensure(family);
    expect(sns.topics()[0]).toMatchObject({ kmsMasterKeyId: keyArn });
  });

  it('does without a contact that SNS refuses for good', async () => {
    const [phone, mailbox] = family.contacts;
    const contacts = [{ ...phone!, endpoint: 'no phone' }, mailbox!];
    await topics().ensure({ ...family, contacts });
    expect(sns.topics()[0]?.subscriptions).toHaveLength(1);
  });

  it('does not send the welcome to mailboxes, and everything else to all', async () => {
    const { arn } = await topics().ensure(family);
    const announcer = snsAnnouncer(client);
    await announcer.publish(arn, { ...publication, attributes: { type: 'contact.welcome.v1', drill: 'false' } });
    expect(sns.inbox().map(({ protocol }) => protocol)).toEqual(['sms']);
    await announcer.publish(arn, publication);
    expect(sns.inbox({ protocol: 'email' })).toMatchObject([{ body: 'long', subject: 'ALERTA' }]);
    expect(sns.inbox({ protocol: 'sms' })).toHaveLength(2);
  });
});

describe('publishing', () => {
  it('sends each SMS as Transactional, from the operator’s number where there is one', async () => {
    const { arn } = await topics().ensure(family);
    await snsAnnouncer(client, { smsOriginationNumber: '+18005550199' }).publish(arn, publication);
    const publish = sent.find(({ operation }) => operation === 'Publish');
    expect(publish?.input['MessageAttributes']).toMatchObject({
      'AWS.SNS.SMS.SMSType': { StringValue: 'Transactional' },
      'AWS.MM.SMS.OriginationNumber': { StringValue: '+18005550199' },
    });
  });

  it('says how many it could reach', async () => {
    const { arn } = await topics().ensure(family);
    expect(await snsAnnouncer(client).publish(arn, publication)).toEqual({ kind: 'accepted', confirmedSubscribers: 2 });
    sns.removeSubscriptions(arn.split(':').at(-1)!);
    expect(await snsAnnouncer(client).publish(arn, publication)).toEqual({ kind: 'accepted', confirmedSubscribers: 0 });
  });

  it('tells a missing topic and a message that SNS will never take from faults that pass', async () => {
    const { arn } = await topics().ensure(family);
    const announcer = snsAnnouncer(client);
    expect(await announcer.publish(`${prefix}nobody`, publication)).toEqual({ kind: 'no-topic' });
    expect(await announcer.publish(arn, { ...publication, subject: 'two\nlines' })).toMatchObject({ kind: 'refused' });
    const down = { send: async () => Promise.reject(new Error('down')) } as unknown as SNSClient;
    await expect(snsAnnouncer(down).publish(arn, publication)).rejects.toThrow('down');
    expect(await snsAnnouncer(down).confirmedSubscribers(arn)).toBeUndefined();
  });
});

describe('who is subscribed', () => {
  it('is found on every page: mailboxes that were removed before they confirmed stay listed for days', async () => {
    const { arn } = await topics().ensure({ ...family, contacts: [] });
    for (let index = 0; index < 120; index += 1) {
      await sns.call('Subscribe', { TopicArn: arn, Protocol: 'email', Endpoint: `former-${index}@example.com` });
    }
    await topics().ensure(family);
    const found = await snsSubscriptionReader(client).list(arn);
    expect(found).toHaveLength(122);
    expect(found).toContainEqual({ endpoint: '+12135550101', confirmed: true });
  });
});
