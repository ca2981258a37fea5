import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { ListTopicsCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { marshall } from '@aws-sdk/util-dynamodb';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canaryFamilyId, resourceNames } from '../../shared/names.ts';
import { checkBlackBox, eventually, type Left } from '../support/black-box.ts';
import { createQueueListener, subscribesAsOperator, subscribesItself } from '../support/queue-listener.ts';
import { mustRun, runCommand } from './command.ts';
import { lookAtStack, stackExists } from './deployed-stack.ts';
import type { Emulator } from './emulator.ts';
import { rehearseFailedDeploy } from './failed-deploy.ts';

export type Rehearsal = {
  readonly repository: string;
  /** Takes what the rehearsal writes. */
  readonly directory: string;
  /** The cloud assembly that `cdk synth` made before. */
  readonly synthesised: string;
  readonly emulator: Emulator;
  readonly step: <Value>(
    name: string,
    work: () => Promise<Value>,
    describe?: (value: Value) => string,
  ) => Promise<Value>;
};

const stackName = 'AlertButton';
const templateFile = `${stackName}.template.json`;

/** Bootstraps, deploys, uses and destroys the stack. Throws at the first thing that is not as on AWS. */
export const rehearseStack = async (rehearsal: Rehearsal): Promise<void> => {
  const { repository, directory, synthesised, emulator, step } = rehearsal;
  const { config, cdkEnv } = emulator;
  const cdk = async (output: string, ...args: string[]): Promise<void> => {
    const common = ['--no-notices', '--ci', '--output', join(directory, output)];
    await mustRun('cdk', [...args, ...common], { env: cdkEnv, cwd: repository, timeoutSeconds: 600 });
  };

  await step('cdk bootstrap', async () => cdk('bootstrapped', 'bootstrap'));

  await rehearseFailedDeploy(rehearsal);

  const outputsFile = join(directory, 'outputs.json');
  await step('cdk deploy, settings as they stand in cdk.json', async () =>
    cdk('deployed', 'deploy', '--require-approval', 'never', '--outputs-file', outputsFile),
  );
  const outputs = JSON.parse(await readFile(outputsFile, 'utf8')) as Record<string, Record<string, string>>;
  const baseUrl = outputs[stackName]!['ApiUrl']!;
  const stack = await lookAtStack(config, stackName);

  await step('what CloudFormation has is the synthesised template, byte for byte', async () => {
    const expected = await readFile(join(synthesised, templateFile), 'utf8');
    assert.equal(await readFile(join(directory, 'deployed', templateFile), 'utf8'), expected);
    assert.equal(await stack.template(), expected);
    const { Resources } = JSON.parse(expected) as { Resources: object };
    assert.equal(stack.resources.length, Object.keys(Resources).length);
    const types = new Set(stack.resources.map(({ ResourceType }) => ResourceType));
    return `${Buffer.byteLength(expected)} bytes, ${stack.resources.length} resources of ${types.size} types`;
  });

  const operator = async (command: string, ...args: string[]): Promise<Record<string, unknown>> => {
    const options = { env: cdkEnv, cwd: repository, timeoutSeconds: 60 };
    const { exitCode, output } = await runCommand('node', [`infra/operator/${command}.ts`, ...args, '--json'], options);
    assert.equal(exitCode, 0, output);
    return JSON.parse(output) as Record<string, unknown>;
  };

  const itself = subscribesItself(config);
  const listener = createQueueListener(
    config,
    subscribesAsOperator(config, async (office, queueArn) =>
      operator('consulate', 'subscribe', office, 'sqs', queueArn),
    ),
  );
  const checks: string[] = [];
  const left = await step(
    'black-box checks',
    async () => checkBlackBox({ baseUrl, ...listener }, (check) => checks.push(check)),
    () => `${checks.length} pass\n${checks.map((check) => `           - ${check}`).join('\n')}`,
  );

  await step('an administrator may neither publish nor subscribe to an office', async () => {
    const TopicArn = stack.physicalId('AWS::SNS::Topic', 'OfficeLosAngelesTopic');
    const publish = new SNSClient(config).send(new PublishCommand({ TopicArn, Message: 'a false alert' }));
    await assert.rejects(publish, { name: 'AuthorizationErrorException' });
    const queueArn = TopicArn.replace(':sns:', ':sqs:').replace(/[^:]+$/, 'of-nobody');
    await assert.rejects(itself({ topicArn: TopicArn, queueArn }), { name: 'AuthorizationErrorException' });
  });

  await step('the operator’s commands find the stack, send an office a drill, and see the alerts', async () => {
    const topic = `${resourceNames.consulateTopicPrefix}boise`;
    assert.ok(await listener.listen(topic));
    const tested = await operator('consulate', 'test', 'boise');
    assert.deepEqual(tested['offices'], [{ id: 'boise', status: 'sent', confirmed: 1, sentTo: 1, leftOut: 0 }]);
    const [drill] = await eventually(
      'the drill',
      async () => listener.heard(topic),
      (heard) => heard.length > 0,
    );
    assert.equal(drill?.attributes['drill'], 'true');
    const open = await operator('alerts', 'open');
    assert.deepEqual(open['unreadable'], []);
    assert.ok(JSON.stringify(open['alerts']).includes(left.alertId));
    const shown = await operator('alerts', 'show', left.familyId, left.alertId);
    assert.equal(shown['state'], 'raised');
  });

  await step('the canary presses, and hears from its family’s topic', async () => {
    const topic = `${resourceNames.familyTopicPrefix}${canaryFamilyId}`;
    assert.ok(await listener.listen(topic));
    await stack.invoke('CanaryProbePress', {});
    const heard = (
      await eventually(
        'the canary’s message',
        async () => listener.heard(topic),
        ({ length }) => length > 0,
      )
    )[0];
    assert.equal(heard?.attributes['drill'], 'true');
    const saidBy = (text: string) => async (): Promise<boolean> => (await emulator.log()).includes(text);
    const name = stack.physicalId('AWS::Lambda::Function', 'CanaryProbePress');
    await eventually('the canary’s subscription', saidBy(`SNS fanout → Lambda ${name}`), Boolean);
    // ministack keeps to itself what a function that SNS invokes has written.
    await stack.invoke('CanaryProbePress', { Records: [{ Sns: { Timestamp: new Date().toISOString() } }] });
    await eventually('what the canary measured', saidBy('"canary.heard"'), Boolean);
  });

  await step('the watchman tells the family again of an alert whose announcement was lost', async () => {
    await loseAnnouncement(stack.physicalId('AWS::DynamoDB::GlobalTable', 'AlertTable'), left);
    await stack.invoke('SafetyWatchman', {});
    const topic = `${resourceNames.familyTopicPrefix}${left.familyId}`;
    const count = async (): Promise<number> =>
      (await listener.heard(topic)).filter(({ attributes }) => attributes['type'] === 'alert.raised.v1').length;
    await eventually('the third announcement', count, (heard) => heard === 3);
    await stack.invoke('SafetyWatchman', {});
    assert.equal(await count(), 3);
  });

  await step('with another function’s role, raise-alert may not write the press', async () => {
    const press = async (): Promise<number> => {
      const headers = { authorization: `Bearer ${left.deviceToken}` };
      const body = JSON.stringify({ alertId: randomUUID(), drill: true });
      return (await fetch(`${baseUrl}/v1/alerts`, { method: 'POST', headers, body })).status;
    };
    const own = await stack.roleOf('RaiseAlert');
    await stack.giveRole('RaiseAlert', await stack.roleOf('AnswerQueries'));
    assert.equal(await press(), 500);
    await stack.giveRole('RaiseAlert', own);
    assert.equal(await press(), 202);
  });

  const unprotected = ['--context', 'alertButton={"deletionProtection": false}'];
  await step('cdk deploy once more, giving up deletionProtection', async () =>
    cdk('unprotected', 'deploy', '--require-approval', 'never', ...unprotected),
  );
  await step('cdk destroy', async () => cdk('unprotected', 'destroy', '--force', ...unprotected));
  await step('the stack, its geofences and its topics are gone', async () => {
    assert.equal(await stackExists(config, stackName), false);
    assert.deepEqual(emulator.location.collections(), []);
    const { Topics = [] } = await new SNSClient(config).send(new ListTopicsCommand());
    const isFamilyTopic = ({ TopicArn = '' }) => TopicArn.includes(`:${resourceNames.familyTopicPrefix}`);
    assert.ok(Topics.every(isFamilyTopic), JSON.stringify(Topics));
    assert.ok(!Topics.some(({ TopicArn = '' }) => TopicArn.endsWith(canaryFamilyId)));
    return `${Topics.length} family topics, made at run time, are left`;
  });

  /** Makes the family's delivery pending and due, as if announce-to-family had died before it published. */
  async function loseAnnouncement(tableName: string, { familyId, alertId }: Left): Promise<void> {
    const lost = new UpdateItemCommand({
      TableName: tableName,
      Key: marshall({ pk: `FAMILY#${familyId}`, sk: `ALERT#${alertId}` }),
      UpdateExpression: 'SET deliveries.#family = :pending, dueBucket = :bucket, dueAt = :past',
      ConditionExpression: 'deliveries.#family.#status = :sent',
      ExpressionAttributeNames: { '#family': 'family', '#status': 'status' },
      ExpressionAttributeValues: marshall({
        ':pending': { status: 'pending' },
        ':sent': 'sent',
        ':bucket': '0',
        ':past': Date.now() - 1_000,
      }),
    });
    await new DynamoDBClient(config).send(lost);
  }
};
