import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parsePolicy } from '../../infra/local-aws/iam/policy.ts';
import { createSns } from '../../infra/local-aws/sns/sns.ts';
import { announcementSchema } from '../../shared/contracts/announcement.ts';

// What a consulate's IT person copies from docs/consulates.md has to work.

const guide = readFileSync('docs/consulates.md', 'utf8');

it('explains each type of message that an office can get', () => {
  const types = announcementSchema.options.map(({ shape }) => shape.type.value);
  expect(types.filter((type) => !guide.includes(`| \`${type}\` |`))).toEqual([]);
});

it('explains each answer to an acknowledgement', () => {
  for (const status of [200, 409, 400, 404, 429]) expect(guide).toMatch(new RegExp(`^\\| ${status}\\b`, 'm'));
});

it.each([
  ['https', 'https://alertas.example.gob.mx', /--protocol https[^`]*?--attributes '(\{.*\})'/],
  ['sqs', 'arn:aws:sqs:us-east-1:111122223333:alertas', /--protocol sqs[^`]*?--attributes '(\{.*\})'/],
])('has attributes for %s that SNS takes, and no digests', async (Protocol, Endpoint, written) => {
  const attributes = written.exec(guide)?.[1] ?? '';
  const sns = createSns({
    now: () => new Date(),
    region: 'us-east-1',
    account: '111122223333',
    confirm: 'auto',
    deliverToQueue: () => undefined,
  });
  const { TopicArn } = await sns.call('CreateTopic', { Name: 'alerts' });
  const Attributes = JSON.parse(attributes) as Record<string, string>;
  expect(Attributes['FilterPolicy']).toBe('{"mail": [{"anything-but": ["digest"]}]}');
  await sns.call('Subscribe', { TopicArn, Protocol, Endpoint, Attributes });
});

it('has a queue policy that admits one topic and nobody else', () => {
  const json = /```json\n([^`]+)```/.exec(guide)?.[1] ?? '';
  expect(parsePolicy(JSON.parse(json), 'docs/consulates.md')).toMatchObject([
    {
      effect: 'Allow',
      principals: ['Service:sns.amazonaws.com'],
      actions: ['sqs:SendMessage'],
      conditions: { ArnEquals: { 'aws:SourceArn': ['<your topic>'] } },
    },
  ]);
});
