import { CloudFormationClient, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { marshall } from '@aws-sdk/util-dynamodb';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kmsPinHasher } from '../../shared/adapters/kms-pins.ts';
import { resourceNames } from '../../shared/names.ts';
import { eventually, type Heard } from '../support/black-box.ts';
import type { Json } from '../support/local-stack.ts';
import { createQueueListener, subscribesAsOperator } from '../support/queue-listener.ts';
import { mustRun, runCommand } from './command.ts';
import { lookAtStack, stackExists } from './deployed-stack.ts';
import type { Rehearsal } from './rehearse-stack.ts';
import { readDataBefore, writeReleaseBefore, type DataBefore } from './release-before.ts';

const stackName = 'AlertButton';
const pin = '482915';
const boise = { latitude: 43.615, longitude: -116.2023 };
const houston = { latitude: 29.7604, longitude: -95.3698 };
const officeTopic = (id: string): string =>
  id === 'ministry' ? resourceNames.ministryTopic : `${resourceNames.consulateTopicPrefix}${id}`;

/** The stack of the release before, and what becomes of it. */
type Changing = {
  readonly rehearsal: Rehearsal;
  readonly data: DataBefore;
  readonly familyTopic: string;
  readonly listener: ReturnType<typeof createQueueListener>;
  /** `npm run consulate -- …` of the repository, or of the copy of it that is deployed by then. */
  readonly consulate: (...args: string[]) => Promise<Json>;
  /** Deploys from a directory, and answers the API's address. */
  readonly deploy: (name: string, from: string, ...args: string[]) => Promise<string>;
  readonly cdk: (from: string, ...args: string[]) => Promise<string>;
  /** Where the repository is that the operator's commands come from. */
  readonly place: { from: string };
};

/** Writes what the release before wrote, with a PIN by the key of this stack. */
const writeData = async (
  { emulator: { config } }: Rehearsal,
  stack: Awaited<ReturnType<typeof lookAtStack>>,
  data: DataBefore,
): Promise<void> => {
  const pinKey = stack.physicalId('AWS::KMS::Key', 'PinKey');
  const hash = await kmsPinHasher(new KMSClient(config), pinKey, { N: 128, r: 8, p: 1 }).hash(data.familyId, pin);
  const table = stack.physicalId('AWS::DynamoDB::GlobalTable', 'AlertTable');
  const items = data.items.map((item) => (item['itemType'] === 'family' ? { ...item, pins: { pin: hash } } : item));
  const requests = items.map((item) => ({ PutRequest: { Item: marshall(item) } }));
  assert.ok(requests.length <= 25);
  await new DynamoDBClient(config).send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
  const key = stack.physicalId('AWS::KMS::Key', 'EncryptionKey');
  const topic = { Name: `${resourceNames.familyTopicPrefix}${data.familyId}`, Attributes: { KmsMasterKeyId: key } };
  await new SNSClient(config).send(new CreateTopicCommand(topic));
};

const changing = async (rehearsal: Rehearsal, data: DataBefore): Promise<Changing> => {
  const { repository, directory, emulator } = rehearsal;
  const { config, cdkEnv } = emulator;
  const place = { from: repository };
  const cdk = async (from: string, ...args: string[]): Promise<string> =>
    (await mustRun('cdk', [...args, '--no-notices', '--ci'], { env: cdkEnv, cwd: from, timeoutSeconds: 600 })).output;
  const consulate = async (...args: string[]): Promise<Json> => {
    const options = { env: cdkEnv, cwd: place.from, timeoutSeconds: 60 };
    const { exitCode, output } = await runCommand('node', ['infra/operator/consulate.ts', ...args, '--json'], options);
    assert.equal(exitCode, 0, output);
    return JSON.parse(output);
  };
  const listener = createQueueListener(
    config,
    subscribesAsOperator(config, async (office, queueArn) => consulate('subscribe', office, 'sqs', queueArn)),
  );
  const deploy = async (name: string, from: string, ...args: string[]): Promise<string> => {
    const outputs = join(directory, `${name}-outputs.json`);
    const app = args.includes('--app') ? [] : ['--output', join(directory, name)];
    await cdk(from, 'deploy', '--require-approval', 'never', '--outputs-file', outputs, ...app, ...args);
    return JSON.parse(await readFile(outputs, 'utf8'))[stackName].ApiUrl;
  };
  const familyTopic = `${resourceNames.familyTopicPrefix}${data.familyId}`;
  return { rehearsal, data, familyTopic, listener, consulate, deploy, cdk, place };
};

const call = async (
  method: string,
  url: string,
  body?: object,
  token?: string,
): Promise<{ status: number; json: Json }> => {
  const headers = {
    accept: 'application/json',
    ...(body && { 'content-type': 'application/json' }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const answer = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  return { status: answer.status, json: await answer.json() };
};

/** Presses with the phone of before, and waits until each of these topics has heard of it. */
const pressIsHeard = async (
  { data, listener }: Changing,
  baseUrl: string,
  position: object,
  topics: readonly string[],
): Promise<string> => {
  const alertId = randomUUID();
  const ofPresses = async (topic: string) =>
    (await listener.heard(topic)).filter(({ attributes }) => attributes['type'] === 'alert.raised.v1');
  const before = new Map<string, number>();
  for (const topic of topics) before.set(topic, (await ofPresses(topic)).length);
  const pressed = await call('POST', `${baseUrl}/v1/alerts`, { alertId, position }, data.deviceToken);
  assert.equal(pressed.status, 202, JSON.stringify(pressed.json));
  for (const topic of topics) {
    const isIt = (heard: readonly Heard[]): boolean => heard.length === (before.get(topic) ?? 0) + 1;
    await eventually(`${topic} of the press`, async () => ofPresses(topic), isIt);
  }
  return alertId;
};

const cancels = async ({ data }: Changing, baseUrl: string, alertId: string): Promise<void> => {
  const cancelled = await call('POST', `${baseUrl}/v1/alerts/${alertId}/cancel`, { pin }, data.deviceToken);
  assert.equal(cancelled.status, 200, JSON.stringify(cancelled.json));
};

/** The repository with Boise closed and Spokane added, as docs/change.md, "An office", says. */
const withOtherOffices = async (repository: string, directory: string): Promise<string> => {
  const copy = join(directory, 'repository');
  for (const name of [
    'app',
    'functions',
    'infra',
    'shared',
    'docs/openapi.json',
    'cdk.json',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
  ]) {
    await cp(join(repository, name), join(copy, name), { recursive: true });
  }
  await symlink(join(repository, 'node_modules'), join(copy, 'node_modules'));
  const file = join(copy, 'shared/data/consulates.json');
  const data: Json = JSON.parse(await readFile(file, 'utf8'));
  const closing = data.offices.find(({ id }: Json) => id === 'boise');
  const place = { latitude: 47.6588, longitude: -117.426, state: 'WA' };
  const spokane = { ...closing, id: 'spokane', name: 'Consulado de México en Spokane', city: 'Spokane', ...place };
  data.offices.push({ ...spokane, jurisdiction: { ...closing.jurisdiction, wholeStates: [], counties: [] } });
  closing.status = 'closed';
  data.officialCount += 1;
  await writeFile(file, JSON.stringify(data, undefined, 1));
  const options = { env: { PATH: process.env['PATH'] ?? '' }, cwd: copy, timeoutSeconds: 60 };
  await mustRun('node', ['shared/data/slim-consulates.ts'], options);
  return copy;
};

/**
 * The stack of the release before, with what it wrote, becomes this one; offices come and go; and the stack is made anew
 * over its table and keys. Nobody is lost on the way.
 */
export const rehearseChange = async (rehearsal: Rehearsal): Promise<void> => {
  const { repository, directory, emulator, step } = rehearsal;
  const before = join(directory, 'release-before');
  const template = await writeReleaseBefore(before, rehearsal.synthesised);
  const replicableKeys = template.Resources.EncryptionKey.Properties.MultiRegion === true;
  const settings = replicableKeys ? [] : ['--context', 'alertButton={"replicableKeys": false}'];
  const data = await readDataBefore(7, '000000000000');
  const change = await changing(rehearsal, data);
  const { listener, deploy, cdk, place, familyTopic } = change;

  await step('cdk deploy of the release before, with a family, its open case and an office that has it', async () => {
    await deploy('release-before', repository, '--app', before);
    await writeData(rehearsal, await lookAtStack(emulator.config, stackName), data);
    for (const topic of [familyTopic, officeTopic('boise'), officeTopic('ministry')])
      assert.ok(await listener.listen(topic));
  });

  let baseUrl = '';
  await step(
    'cdk deploy over it: the case is found by the link of before, the family presses and cancels, and all hear',
    async () => {
      baseUrl = await deploy('updated', repository, ...settings);
      const opened = await call('GET', `${baseUrl}${data.officersPath}`);
      assert.equal(opened.json.alertId, data.alertId, JSON.stringify(opened.json));
      const topics = [familyTopic, officeTopic('boise'), officeTopic('ministry')];
      await cancels(change, baseUrl, await pressIsHeard(change, baseUrl, boise, topics));
    },
    () => (replicableKeys ? '' : 'with replicableKeys false, as its keys are'),
  );

  await step(
    'an office is added and one closed: the new one hears, the closed one keeps its case and its topic',
    async () => {
      place.from = await withOtherOffices(repository, directory);
      baseUrl = await deploy('other-offices', place.from, ...settings);
      const stack = await lookAtStack(emulator.config, stackName);
      const nested = stack.resources.filter(({ ResourceType }) => ResourceType === 'AWS::CloudFormation::Stack');
      assert.equal(nested.length, 1, 'the topic of the new office is in a nested stack');
      assert.ok(await listener.listen(officeTopic('spokane')));
      const spokane = { latitude: 47.66, longitude: -117.42 };
      await cancels(
        change,
        baseUrl,
        await pressIsHeard(change, baseUrl, spokane, [familyTopic, officeTopic('spokane')]),
      );
      const elsewhere = await pressIsHeard(change, baseUrl, boise, [familyTopic, officeTopic('ministry')]);
      assert.ok(!(await listener.heard(officeTopic('boise'))).some(({ body }) => body.includes(elsewhere)));
      await cancels(change, baseUrl, elsewhere);
      const closing = { officer: 'Oficial Pérez', disposition: 'safe', confirm: true };
      const closed = await call('POST', `${baseUrl}${data.officersPath}/close`, closing);
      assert.equal(closed.json.state, 'closed', JSON.stringify(closed.json));
    },
  );

  await step(
    'cdk destroy keeps the table and both keys; cdk import and cdk deploy make the stack anew over them',
    async () => {
      const stack = await lookAtStack(emulator.config, stackName);
      const kept = {
        AlertTable: { TableName: stack.physicalId('AWS::DynamoDB::GlobalTable', 'AlertTable') },
        EncryptionKey: { KeyId: stack.physicalId('AWS::KMS::Key', 'EncryptionKey') },
        PinKey: { KeyId: stack.physicalId('AWS::KMS::Key', 'PinKey') },
      };
      const mapping = join(directory, 'kept.json');
      await writeFile(mapping, JSON.stringify(kept));
      const unprotected = { StackName: stackName, EnableTerminationProtection: false };
      await new CloudFormationClient(emulator.config).send(new UpdateTerminationProtectionCommand(unprotected));
      // What was synthesised before is the same, and spares three times ten seconds.
      await cdk(place.from, 'destroy', '--force', '--app', join(directory, 'other-offices'));
      assert.equal(await stackExists(emulator.config, stackName), false);
      place.from = repository;
      const app = ['--app', join(directory, 'updated')];
      await cdk(repository, 'import', '--resource-mapping', mapping, ...app);
      baseUrl = await deploy('anew', repository, ...app);
      assert.ok(await listener.listen(officeTopic('houston')));
      const alertId = await pressIsHeard(change, baseUrl, houston, [familyTopic, officeTopic('houston')]);
      await cancels(change, baseUrl, alertId);
    },
  );
};
