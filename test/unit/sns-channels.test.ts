import {
  FilterPolicyLimitExceededException,
  InvalidParameterException,
  NotFoundException,
  type SNSClient,
  SubscriptionLimitExceededException,
} from '@aws-sdk/client-sns';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AwsService } from '../../infra/local-aws/aws-service.ts';
import { createSns } from '../../infra/local-aws/sns/sns.ts';
import { snsFamilyChannel } from '../../shared/adapters/sns-family-channel.ts';
import { snsOfficeChannel } from '../../shared/adapters/sns-office-channel.ts';
import { snsSubscriptionReader } from '../../shared/adapters/sns-subscriptions.ts';
import type { Family, FamilyTopicKey } from '../../shared/domain/family/family.ts';
import type { FamilyTopic } from '../../shared/telling/channel.ts';
import { aFamily } from '../support/fixtures.ts';
import { clientOf } from '../support/sdk-client.ts';

const prefix = 'arn:aws:sns:us-east-1:000000000000:alert-button-';
const keyArn = 'arn:aws:kms:us-east-1:000000000000:key/11111111-1111-4111-8111-111111111111';
const { topics: _topics, ...family } = aFamily();
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
let now: Date;
beforeEach(() => {
  now = new Date('2026-11-22T20:00:00.000Z');
  sns = createSns({
    now: () => now,
    region: 'us-east-1',
    account: '000000000000',
    confirm: 'auto',
    deliverToQueue: async () => undefined,
  });
  const connected = clientOf(sns, faultOf);
  client = connected.client as SNSClient;
  sent = connected.sent;
});

const options = { arnPrefix: `${prefix}family-`, keyArn, now: () => now };
const channelOver = (call: AwsService['call']) =>
  snsFamilyChannel(clientOf({ ...sns, call }, faultOf).client as SNSClient, options);
const channel = () => snsFamilyChannel(client, options);
/** Makes the topic. @returns the topic as it is known afterwards */
const made = async (of: Family = family, key: FamilyTopicKey = 'family', by = channel()): Promise<FamilyTopic> => ({
  key,
  family: { ...of, topics: { ...of.topics, [key]: (await by.ensure({ key, family: of })).memory } },
});
const arnOf = (key = ''): string => `${prefix}family-${family.familyId}${key}`;
const endpointsAt = (arn: string) =>
  sns
    .topics()
    .find((topic) => topic.arn === arn)
    ?.subscriptions.map(({ endpoint }) => endpoint);

describe('a topic of a family', () => {
  it('is encrypted, has no name that SNS would put before each SMS, and all contacts subscribed', async () => {
    await made();
    const [topic] = sns.topics();
    expect(topic).toMatchObject({ arn: arnOf(), kmsMasterKeyId: keyArn, displayName: '' });
    expect(topic?.subscriptions.map(({ protocol, endpoint }) => [protocol, endpoint])).toEqual([
      ['sms', '+12135550101'],
      ['email', 'lupita@example.com'],
    ]);
  });

  it('is another one for each key: the person’s own phone alone hears reminders', async () => {
    await made();
    await made(family, 'self');
    for (const key of ['family:en', 'family:trusted'] as const) await made(family, key);
    expect(endpointsAt(arnOf('-self'))).toEqual([family.person.phone]);
    expect([endpointsAt(arnOf('-en')), endpointsAt(arnOf('-trusted'))]).toEqual([[], []]);
    expect(endpointsAt(arnOf())).toHaveLength(2);
  });

  it('loses those who are no contacts, and no other topic loses anybody', async () => {
    const topic = await made();
    await made(family, 'self');
    const [jose] = family.contacts;
    const changed = { ...topic, family: { ...topic.family, contacts: [jose!] } };
    expect(await channel().unsubscribeOthers(changed)).toEqual({ unconfirmed: 0 });
    expect(endpointsAt(arnOf())).toEqual([jose!.endpoint]);
    expect(endpointsAt(arnOf('-self'))).toHaveLength(1);
  });

  it('takes away only what SNS names as its own', async () => {
    const topic = await made();
    const foreign = 'arn:aws:sns:us-east-1:000000000000:alert-button-consulate-fresno:1';
    const called: string[] = [];
    const answering = channelOver(async (operation) => {
      called.push(operation);
      return { Subscriptions: [{ SubscriptionArn: foreign, Endpoint: 'duty@example.com' }] };
    });
    await answering.unsubscribeOthers(topic);
    expect(called).toEqual(['ListSubscriptionsByTopic']);
  });

  it('still subscribes when the account’s filter policies are used up', async () => {
    const limited = channelOver(async (operation, input) => {
      if (operation === 'Subscribe' && input['Attributes'] !== undefined) {
        throw new FilterPolicyLimitExceededException({ message: '', $metadata: {} });
      }
      return sns.call(operation, input);
    });
    await made(family, 'family', limited);
    expect(sns.topics()[0]?.subscriptions).toHaveLength(2);
  });

  it('is deleted with the person’s own, any number of times, also when nothing is known of it', async () => {
    for (const known of [true, false]) {
      const topic = await made();
      await made(family, 'self');
      await channel().remove(known ? topic.family : { familyId: family.familyId });
      await channel().remove({ familyId: family.familyId });
      expect(sns.topics()).toEqual([]);
    }
  });

  it('can be made sure of any number of times, also at once', async () => {
    await Promise.all([made(), made()]);
    await made();
    expect(sns.topics()).toHaveLength(1);
    expect(sns.topics()[0]?.subscriptions).toHaveLength(2);
  });

  it('is ours also when it was made with other attributes', async () => {
    await sns.call('CreateTopic', { Name: `alert-button-family-${family.familyId}`, Attributes: { DisplayName: 'x' } });
    await made();
    expect(sns.topics()[0]).toMatchObject({ kmsMasterKeyId: keyArn });
  });

  it('does without a contact that SNS refuses for good', async () => {
    const [phone, mailbox] = family.contacts;
    await made({ ...family, contacts: [{ ...phone!, endpoint: 'no phone' }, mailbox!] });
    expect(sns.topics()[0]?.subscriptions).toHaveLength(1);
  });

  /** SNS takes everybody but one, and says why. */
  const refusing = (endpoint: string, fault: Error) =>
    channelOver(async (operation, input) => {
      if (operation === 'Subscribe' && input['Endpoint'] === endpoint) throw fault;
      return sns.call(operation, input);
    });
  const subscribed = () =>
    sent.filter(({ operation }) => operation === 'Subscribe').map(({ input }) => input['Endpoint']);
  const [jose, lupita] = family.contacts.map(({ endpoint }) => endpoint);
  const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottledException' });
  const used = new SubscriptionLimitExceededException({ message: '', $metadata: {} });

  it.each([
    ['a mailbox for which the account has no place', lupita!, jose!, used],
    ['a phone in a moment of too many calls', jose!, lupita!, throttled],
  ])('does without %s, says so, and lets them join later, alone', async (_, refused, other, fault) => {
    const first = await refusing(refused, fault).ensure({ key: 'family', family });
    expect(first.refused).toEqual([fault.name]);
    expect(endpointsAt(arnOf())).toEqual([other]);
    const known = { ...family, topics: { family: first.memory } };
    expect(snsSubscriptionReader(client).refused(known)).toHaveLength(1);

    const second = await channel().ensure({ key: 'family', family: known });
    expect(subscribed()).toEqual([refused]);
    expect(second.refused).toEqual([]);
    expect(snsSubscriptionReader(client).refused({ ...known, topics: { family: second.memory } })).toEqual([]);
  });

  it('is nobody’s while a fault that may pass keeps everybody from joining: the next try makes it whole', async () => {
    const alone = { ...family, contacts: [family.contacts[1]!] };
    await expect(refusing(lupita!, throttled).ensure({ key: 'family', family: alone })).rejects.toBe(throttled);
    // What will not pass is no reason to wait: the message then goes to whoever else is to hear of the press.
    expect(await refusing(lupita!, used).ensure({ key: 'family', family: alone })).toMatchObject({
      refused: [used.name],
    });
  });

  it('asks nobody a second time: not with a new contact, nor where it does not remember who joined', async () => {
    const topic = await made();
    const added = { ...family.contacts[0]!, contactId: 'c3', endpoint: '+12135550103', addedAt: now.toISOString() };
    const with3 = { ...topic.family, contacts: [...family.contacts, added] };
    const { memory } = await channel().ensure({ key: 'family', family: with3 });
    expect(subscribed()).toEqual([jose, lupita, '+12135550103']);
    const { joined: _joined, ...ofBefore } = memory;
    const again = await channel().ensure({ key: 'family', family: { ...with3, topics: { family: ofBefore } } });
    expect(subscribed()).toHaveLength(3);
    expect(again.memory).toEqual(memory);
    // Nothing is left to say, and so nothing is to be written either.
    const whole = { ...with3, topics: { family: again.memory } };
    expect((await channel().ensure({ key: 'family', family: whole })).memory).toBe(again.memory);
  });

  it('asks a mailbox again only where somebody wants it, and nobody else with it', async () => {
    const topic = await made();
    expect(await channel().ask(topic, 'c2')).toBe(true);
    expect(subscribed()).toEqual([jose, lupita, lupita]);
    expect(await channel().ask({ key: 'family', family }, 'c2')).toBe(false);
    await channel().remove(topic.family);
    expect(await channel().ask(topic, 'c2')).toBe(false);
  });

  it('that is gone is made again, with everybody', async () => {
    const topic = await made();
    const added = { ...family.contacts[0]!, contactId: 'c3', endpoint: '+12135550103', addedAt: now.toISOString() };
    await channel().remove(topic.family);
    expect(await channel().unsubscribeOthers(topic)).toEqual({ unconfirmed: 0 });
    await channel().ensure({ key: 'family', family: { ...topic.family, contacts: [...family.contacts, added] } });
    expect(endpointsAt(arnOf())).toEqual([jose, lupita, '+12135550103']);
  });

  it('does not send the welcome to mailboxes, and everything else to all', async () => {
    const topic = await made();
    const welcome = { ...publication, attributes: { type: 'contact.welcome.v1', drill: 'false' } };
    await channel().send(topic, welcome);
    expect(sns.inbox().map(({ protocol }) => protocol)).toEqual(['sms']);
    await channel().send(topic, publication);
    expect(sns.inbox({ protocol: 'email' })).toMatchObject([{ body: 'long', subject: 'ALERTA' }]);
    expect(sns.inbox({ protocol: 'sms' })).toHaveLength(2);
  });
});

describe('sending', () => {
  const publishing = () => sent.find(({ operation }) => operation === 'Publish')?.input['MessageAttributes'];

  it('sends each SMS as Transactional, from the operator’s number where there is one', async () => {
    const numbered = snsFamilyChannel(client, { ...options, smsOriginationNumber: '+18005550199' });
    await numbered.send(await made(), publication);
    expect(publishing()).toMatchObject({
      'AWS.SNS.SMS.SMSType': { StringValue: 'Transactional' },
      'AWS.MM.SMS.OriginationNumber': { StringValue: '+18005550199' },
    });
  });

  it('goes to the topic of an office, or of the ministry, and says what it is to mailboxes', async () => {
    for (const topic of ['consulate-boise', 'ministry']) {
      await sns.call('CreateTopic', { Name: `alert-button-${topic}` });
      await sns.subscribe({ topic: `alert-button-${topic}`, protocol: 'email', endpoint: `${topic}@example.com` });
    }
    const arns = { consulatePrefix: `${prefix}consulate-`, ministry: `${prefix}ministry` };
    const offices = snsOfficeChannel(client, arns, {});
    for (const officeId of ['boise', 'ministry']) {
      const outcome = await offices.send({ officeId }, { ...publication, mail: 'each' });
      expect([outcome, await offices.reach({ officeId })]).toEqual([{ kind: 'accepted', reached: 1 }, 1]);
    }
    expect(sns.inbox().map(({ endpoint }) => endpoint)).toEqual([
      'consulate-boise@example.com',
      'ministry@example.com',
    ]);
    expect(publishing()).toMatchObject({ mail: { StringValue: 'each' }, type: { StringValue: 'alert.raised.v1' } });
  });

  it('says how many it could reach; a fresh subscription counts before SNS counts it, an old one does not', async () => {
    const topic = await made();
    expect(await channel().send(topic, publication)).toEqual({ kind: 'accepted', reached: 2 });
    sns.removeSubscriptions(arnOf().split(':').at(-1)!);
    now = new Date('2026-11-22T20:09:00.000Z');
    expect(await channel().send(topic, publication)).toEqual({ kind: 'accepted', reached: 1 });
    expect(await channel().reach(topic)).toBe(1);
    now = new Date('2026-11-22T20:11:00.000Z');
    expect(await channel().send(topic, publication)).toEqual({ kind: 'accepted', reached: 0 });
    expect(await channel().reach(topic)).toBe(0);
  });

  it('tells a missing topic and a message that SNS will never take from faults that pass', async () => {
    const topic = await made();
    expect(await channel().send({ key: 'family', family }, publication)).toEqual({ kind: 'no-topic' });
    expect(await channel().send({ ...topic, key: 'self' }, publication)).toEqual({ kind: 'no-topic' });
    expect(await channel().send(topic, { ...publication, subject: 'two\nlines' })).toMatchObject({ kind: 'refused' });
    const down = channelOver(async () => Promise.reject(new Error('down')));
    await expect(down.send(topic, publication)).rejects.toThrow('down');
    expect(await down.reach(topic)).toBeUndefined();
    await channel().remove(topic.family);
    expect(await channel().send(topic, publication)).toEqual({ kind: 'no-topic' });
  });
});

describe('who is subscribed', () => {
  it('is found on every page: mailboxes that were removed before they confirmed stay listed for days', async () => {
    await made({ ...family, contacts: [] });
    for (let index = 0; index < 120; index += 1) {
      await sns.call('Subscribe', { TopicArn: arnOf(), Protocol: 'email', Endpoint: `former-${index}@example.com` });
    }
    const topic = await made();
    const found = await snsSubscriptionReader(client).list(topic.family);
    expect(found).toHaveLength(122);
    expect(found).toContainEqual({ key: 'family', endpoint: '+12135550101', confirmed: true });
  });
});
