import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { asOperator, startFixture, type FixtureStack } from '../support/fixture-stack.ts';

const code = 'export const handler = async (event) => console.log(event.Records[0].Sns.Message);';

/** A topic that both functions subscribe to; only one lets it in. */
const resources = {
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' } },
  ...Object.fromEntries(
    ['Permitted', 'Unpermitted'].map((name) => [
      `${name}Subscription`,
      {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'lambda', Endpoint: { 'Fn::GetAtt': [name, 'Arn'] } },
      },
    ]),
  ),
  ...Object.fromEntries(
    [
      ['Permitted', 'news'],
      ['Unpermitted', 'another'],
    ].map(([name, topic]) => [
      `${name}Permission`,
      {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: { 'Fn::GetAtt': [name, 'Arn'] },
          Principal: 'sns.amazonaws.com',
          SourceArn: `arn:aws:sns:us-east-1:000000000000:${topic}`,
        },
      },
    ]),
  ),
};

let stack: FixtureStack;
beforeAll(async () => {
  stack = await startFixture({ Permitted: { code }, Unpermitted: { code } }, resources);
});
afterAll(() => stack.close());
beforeEach(() => stack.reset());

// https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
test('a topic invokes the functions that let it in, and notes the others', async () => {
  const sns = new SNSClient(asOperator(stack));
  await sns.send(new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:000000000000:news', Message: 'hello' }));
  await stack.idle();
  const said = stack.logs.list().filter(({ line }) => line.includes('hello'));
  expect(said.map((entry) => entry.function)).toEqual(['Permitted']);
  expect(stack.services.sns.undelivered()).toMatchObject([
    { protocol: 'lambda', reason: expect.stringContaining('does not permit') },
  ]);
});
