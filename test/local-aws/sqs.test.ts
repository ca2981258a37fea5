import { beforeEach, describe, expect, it } from 'vitest';
import { createSqs, type LocalSqs } from '../../infra/local-aws/sqs/sqs.ts';

const queueArn = 'arn:aws:sqs:us-east-1:111122223333:duty';
let now: Date;
let sqs: LocalSqs;
let QueueUrl: string;

beforeEach(async () => {
  now = new Date('2026-05-01T12:00:00Z');
  sqs = createSqs({ now: () => now, region: 'us-east-1', account: '111122223333' });
  ({ QueueUrl } = (await sqs.call('CreateQueue', { QueueName: 'duty' })) as { QueueUrl: string });
});

const send = async (MessageBody: string, input = {}) => sqs.call('SendMessage', { QueueUrl, MessageBody, ...input });
type Received = { MessageId: string; ReceiptHandle: string; Body: string; Attributes?: Record<string, string> };
const receive = async (input = {}) => {
  const { Messages = [] } = await sqs.call('ReceiveMessage', { QueueUrl, ...input });
  return Messages as Received[];
};
const remove = async (ReceiptHandle: string) => sqs.call('DeleteMessage', { QueueUrl, ReceiptHandle });
const advance = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
};

describe('a message', () => {
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
  it('is hidden after a receive, comes back after the visibility timeout, and goes when deleted', async () => {
    const { MessageId, MD5OfMessageBody } = await send('hello');
    expect(MD5OfMessageBody).toBe('5d41402abc4b2a76b9719d911017c592');
    const [message] = await receive();
    expect(message).toMatchObject({ MessageId, Body: 'hello', MD5OfBody: MD5OfMessageBody });
    expect(await receive()).toEqual([]);
    advance(30);
    const [again] = await receive({ AttributeNames: ['All'] });
    expect(again?.Attributes).toMatchObject({ ApproximateReceiveCount: '2', SentTimestamp: '1777636800000' });
    await remove(message!.ReceiptHandle);
    expect(sqs.messages('duty')).toEqual(['hello']);
    await remove(again!.ReceiptHandle);
    expect(sqs.messages('duty')).toEqual([]);
    await expect(remove('made up')).rejects.toMatchObject({ code: 'ReceiptHandleIsInvalid' });
  });

  it('comes one at a time unless up to ten are asked for', async () => {
    for (let index = 0; index < 12; index += 1) await send(`m${index}`);
    expect((await receive()).map(({ Body }) => Body)).toEqual(['m0']);
    expect(await receive({ MaxNumberOfMessages: 10 })).toHaveLength(10);
    await expect(receive({ MaxNumberOfMessages: 11 })).rejects.toMatchObject({ code: 'InvalidParameterValue' });
  });

  it('waits until its delay is over and is forgotten after the retention period', async () => {
    await send('late', { DelaySeconds: 60 });
    expect(await receive()).toEqual([]);
    advance(60);
    expect(await receive({ VisibilityTimeout: 0 })).toHaveLength(1);
    advance(345_600);
    expect(await receive()).toEqual([]);
  });

  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
  it('is refused when empty, too long or with characters outside XML', async () => {
    await expect(send('')).rejects.toMatchObject({ code: 'MissingParameter' });
    await send('x'.repeat(1_048_576));
    await expect(send('x'.repeat(1_048_577))).rejects.toMatchObject({ code: 'InvalidParameterValue' });
    await expect(send('bell \u0007')).rejects.toMatchObject({ code: 'InvalidMessageContents' });
    await send('emoji 🆘 and ñ');
  });

  it('wakes a receiver who waits for it', async () => {
    const received = receive({ WaitTimeSeconds: 20 });
    sqs.deliver({ queueArn, body: 'now' });
    expect(await received).toMatchObject([{ Body: 'now' }]);
  });
});

describe('a queue', () => {
  it('counts its messages by state', async () => {
    await send('a');
    await send('b');
    await send('c', { DelaySeconds: 60 });
    await receive();
    expect(await sqs.call('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })).toMatchObject({
      Attributes: {
        QueueArn: queueArn,
        VisibilityTimeout: '30',
        ApproximateNumberOfMessages: '1',
        ApproximateNumberOfMessagesNotVisible: '1',
        ApproximateNumberOfMessagesDelayed: '1',
      },
    });
  });

  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
  it('is created once with the same attributes', async () => {
    expect(await sqs.call('CreateQueue', { QueueName: 'duty' })).toEqual({ QueueUrl });
    const Attributes = { VisibilityTimeout: '60' };
    await expect(sqs.call('CreateQueue', { QueueName: 'duty', Attributes })).rejects.toMatchObject({
      code: 'QueueNameExists',
    });
    await expect(
      sqs.call('CreateQueue', { QueueName: 'x', Attributes: { VisibilityTimeout: '43201' } }),
    ).rejects.toMatchObject({
      code: 'InvalidAttributeValue',
    });
    await expect(sqs.call('CreateQueue', { QueueName: 'x.fifo' })).rejects.toMatchObject({ code: 'NotImplemented' });
  });

  it('is found by its name only while it exists', async () => {
    expect(await sqs.call('GetQueueUrl', { QueueName: 'duty' })).toEqual({ QueueUrl });
    await sqs.call('DeleteQueue', { QueueUrl });
    const missing = { code: 'QueueDoesNotExist' };
    await expect(sqs.call('GetQueueUrl', { QueueName: 'duty' })).rejects.toMatchObject(missing);
    await expect(send('hello')).rejects.toMatchObject(missing);
    expect(() => sqs.deliver({ queueArn, body: 'hello' })).toThrow('does not exist');
  });

  it('is emptied by purging or by the local reset', async () => {
    await send('a');
    await sqs.call('PurgeQueue', { QueueUrl });
    expect(sqs.messages('duty')).toEqual([]);
    await send('b');
    sqs.clearMessages();
    expect(sqs.messages('duty')).toEqual([]);
  });
});
