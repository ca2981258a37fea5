import { beforeEach, describe, expect, it } from 'vitest';
import { createSns, type LocalSns } from '../../infra/local-aws/sns/sns.ts';

const TopicArn = 'arn:aws:sns:us-east-1:111122223333:alerts';
const text = (value: string) => ({ DataType: 'String', StringValue: value });
let sns: LocalSns;

beforeEach(async () => {
  sns = createSns({
    now: () => new Date('2026-05-01T12:00:00.123Z'),
    region: 'us-east-1',
    account: '111122223333',
    confirm: 'auto',
    deliverToQueue: () => undefined,
  });
  await sns.call('CreateTopic', { Name: 'alerts' });
  await sns.subscribe({ topic: 'alerts', protocol: 'sms', endpoint: '+12135550100' });
  await sns.subscribe({ topic: 'alerts', protocol: 'email', endpoint: 'ana@example.org' });
});

const publish = async (input: Record<string, unknown>) => sns.call('Publish', { TopicArn, Message: 'hello', ...input });
const structured = async (message: unknown) =>
  publish({ MessageStructure: 'json', Message: typeof message === 'string' ? message : JSON.stringify(message) });
const bodies = () => Object.fromEntries(sns.inbox().map(({ protocol, body }) => [protocol, body]));

// https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
describe('Publish', () => {
  it('answers with the id under which every subscriber receives the message', async () => {
    const { MessageId } = await publish({ Subject: 'Alert', MessageAttributes: { type: text('alert.raised.v1') } });
    expect(sns.inbox()).toEqual(
      [
        { protocol: 'sms', endpoint: '+12135550100' },
        { protocol: 'email', endpoint: 'ana@example.org', subject: 'Alert' },
      ].map((subscriber) => ({
        ...subscriber,
        messageId: MessageId,
        at: '2026-05-01T12:00:00.123Z',
        topic: 'alerts',
        body: 'hello',
        attributes: { type: 'alert.raised.v1' },
      })),
    );
  });

  it('refuses a missing topic, no target, two targets and an empty message', async () => {
    await expect(publish({ TopicArn: `${TopicArn}-gone` })).rejects.toMatchObject({ code: 'NotFound' });
    await expect(publish({ TopicArn: undefined })).rejects.toThrow(
      'TopicArn or TargetArn Reason: no value for required parameter',
    );
    await expect(publish({ PhoneNumber: '+12135550100' })).rejects.toMatchObject({ code: 'InvalidParameter' });
    await expect(publish({ Message: '' })).rejects.toThrow('Invalid parameter: Empty message');
    expect(sns.inbox()).toEqual([]);
  });

  it.each(['', ' starts with a space', 'two\nlines', 'tab\there', 'Botón', 'x'.repeat(100)])(
    'refuses the subject %j',
    async (Subject) => {
      await expect(publish({ Subject })).rejects.toMatchObject({
        code: 'InvalidParameter',
        message: 'Invalid parameter: Subject',
      });
    },
  );

  it('accepts a subject of 99 characters that begins with punctuation', async () => {
    await publish({ Subject: `[${'x'.repeat(98)}` });
  });

  it('counts bytes of message and attributes against 256 KiB', async () => {
    const attributes = { type: text('x'.repeat(100)) };
    const overhead = 'type'.length + 'String'.length + 100;
    await publish({ Message: 'x'.repeat(262_144) });
    await publish({ Message: 'x'.repeat(262_144 - overhead), MessageAttributes: attributes });
    const tooLong = { code: 'InvalidParameter', message: 'Invalid parameter: Message too long' };
    await expect(
      publish({ Message: 'x'.repeat(262_144 - overhead + 1), MessageAttributes: attributes }),
    ).rejects.toMatchObject(tooLong);
    await expect(publish({ Message: 'ñ'.repeat(131_073) })).rejects.toMatchObject(tooLong);
  });
});

describe('Publish with MessageStructure json', () => {
  it('gives each protocol its own text and the others the default', async () => {
    await sns.subscribe({ topic: 'alerts', protocol: 'https', endpoint: 'https://example.org/hook' });
    await structured({ default: 'any', sms: 'short', email: 'long', fax: 'ignored' });
    expect(bodies()).toMatchObject({ sms: 'short', email: 'long' });
    expect(JSON.parse(bodies()['https'] ?? '')).toMatchObject({ Message: 'any' });
  });

  it('ignores a key whose value is not a string', async () => {
    await structured({ default: 'any', sms: { text: 'short' }, email: 7 });
    expect(bodies()).toEqual({ sms: 'any', email: 'any' });
  });

  it.each([
    ['no default', '{"sms":"short"}', 'No default entry in JSON message body'],
    ['a default that is not a string', '{"default":{"a":1}}', 'No default entry in JSON message body'],
    ['text that is not JSON', 'hello', 'JSON message body failed to parse'],
    ['an array', '["default"]', 'JSON message body failed to parse'],
    ['a key twice', '{"default":"a","sms":"b","s\\u006ds":"c"}', 'JSON message body failed to parse'],
  ])('refuses %s and delivers nothing', async (_what, message, reason) => {
    await expect(structured(message)).rejects.toMatchObject({
      code: 'InvalidParameter',
      message: `Invalid parameter: Message Structure - ${reason}`,
    });
    expect(sns.inbox()).toEqual([]);
  });

  it('finds no duplicate where equal keys stand in different objects or inside texts', async () => {
    await structured('{"default":"{\\"sms\\":\\"a\\",\\"sms\\":\\"b\\"}","APNS":{"sms":1},"sms":"s"}');
    expect(bodies()['sms']).toBe('s');
  });

  it('refuses any other structure', async () => {
    await expect(publish({ MessageStructure: 'xml' })).rejects.toMatchObject({ code: 'InvalidParameter' });
  });
});

// https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
describe('message attributes', () => {
  it.each([
    ['.starts', text('x')],
    ['ends.', text('x')],
    ['two..dots', text('x')],
    ['with space', text('x')],
    ['n'.repeat(257), text('x')],
    ['AWS.mine', text('x')],
    ['amazon.mine', text('x')],
    ['type', { DataType: 'Text', StringValue: 'x' }],
    ['type', { DataType: '', StringValue: 'x' }],
    ['type', { DataType: 'String', StringValue: '' }],
    ['type', { DataType: 'String' }],
    ['type', { DataType: 'String', BinaryValue: new Uint8Array([1]) }],
    ['type', { DataType: 'Binary', StringValue: 'x' }],
    ['type', { DataType: 'Number', StringValue: 'seven' }],
    ['type', { DataType: 'String.Array', StringValue: 'a,b' }],
  ])('refuses %s %j', async (name, value) => {
    await expect(publish({ MessageAttributes: { [name]: value } })).rejects.toMatchObject({
      code: 'ParameterValueInvalid',
    });
  });

  it('accepts the documented types and shows binary values in base64', async () => {
    const MessageAttributes = {
      text: text('a'),
      list: { DataType: 'String.Array', StringValue: '["a",1,true,null]' },
      number: { DataType: 'Number', StringValue: '-1.5' },
      binary: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
    };
    await publish({ MessageAttributes });
    expect(sns.inbox()[0]?.attributes).toEqual({
      text: 'a',
      list: '["a",1,true,null]',
      number: '-1.5',
      binary: 'AQI=',
    });
  });

  // https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html
  it('reserved for SMS are checked', async () => {
    const type = (value: string) => ({ MessageAttributes: { 'AWS.SNS.SMS.SMSType': text(value) } });
    await publish(type('Transactional'));
    await expect(publish(type('Urgent'))).rejects.toMatchObject({ code: 'InvalidParameter' });
  });
});

// https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html
describe('PublishBatch', () => {
  const batch = async (entries: unknown[]) =>
    sns.call('PublishBatch', { TopicArn, PublishBatchRequestEntries: entries });

  it('delivers what it can and names what it could not', async () => {
    const answer = await batch([
      { Id: 'good', Message: 'one' },
      { Id: 'bad', Message: 'two', MessageStructure: 'json' },
    ]);
    expect(answer).toMatchObject({
      Successful: [{ Id: 'good', MessageId: expect.any(String) }],
      Failed: [{ Id: 'bad', Code: 'InvalidParameter', SenderFault: true }],
    });
    expect(bodies()).toEqual({ sms: 'one', email: 'one' });
  });

  it.each([
    ['EmptyBatchRequest', []],
    ['TooManyEntriesInBatchRequest', Array.from({ length: 11 }, (_, index) => ({ Id: `e${index}`, Message: 'x' }))],
    ['BatchEntryIdsNotDistinct', [1, 2].map(() => ({ Id: 'same', Message: 'x' }))],
    ['InvalidBatchEntryId', [{ Id: 'with space', Message: 'x' }]],
    ['BatchRequestTooLong', ['a', 'b'].map((Id) => ({ Id, Message: 'x'.repeat(200_000) }))],
  ])('refuses the whole batch with %s', async (code, entries) => {
    await expect(batch(entries)).rejects.toMatchObject({ code });
    expect(sns.inbox()).toEqual([]);
  });
});
