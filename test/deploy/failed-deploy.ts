import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeKeyCommand, KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import assert from 'node:assert/strict';
import { mustRun, runCommand } from './command.ts';
import { stackExists } from './deployed-stack.ts';
import type { Rehearsal } from './rehearse-stack.ts';

const stackName = 'AlertButton';

/** Tables, and keys that cost something, of the account. */
const leftIn = async ({ config }: Rehearsal['emulator']) => {
  const { TableNames = [] } = await new DynamoDBClient(config).send(new ListTablesCommand());
  const kms = new KMSClient(config);
  const { Keys = [] } = await kms.send(new ListKeysCommand());
  const described = await Promise.all(
    Keys.map(async ({ KeyId }) => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata),
  );
  const keys = described.filter((key) => key?.KeyManager === 'CUSTOMER' && key.KeyState !== 'PendingDeletion');
  return { tables: TableNames, keys: keys.map((key) => key?.Description ?? '') };
};

/**
 * A first deploy that fails, as for want of a permission that is some seconds old: it cannot be repeated before the
 * command that docs/operating.md names has cleared the way, and leaves nothing behind then.
 */
export const rehearseFailedDeploy = async ({ repository, synthesised, emulator, step }: Rehearsal): Promise<void> => {
  const options = { env: emulator.cdkEnv, cwd: repository, timeoutSeconds: 600 };
  const deploy = async () =>
    runCommand('cdk', ['deploy', '--app', synthesised, '--require-approval', 'never', '--no-notices', '--ci'], options);
  const before = await leftIn(emulator);
  await step('a first deploy that fails is rolled back, and keeps no key', async () => {
    emulator.refuseLocation(true);
    const failed = await deploy();
    emulator.refuseLocation(false);
    assert.notEqual(failed.exitCode, 0);
    assert.match(failed.output, /ROLLBACK_COMPLETE/);
    const { tables, keys } = await leftIn(emulator);
    assert.deepEqual(keys, before.keys);
    assert.equal(tables.length, before.tables.length + 1, 'its empty table');
  });
  await step('it cannot be deployed again as it is', async () => {
    const again = await deploy();
    assert.notEqual(again.exitCode, 0);
    assert.match(again.output, /TerminationProtection/);
  });
  await step('npm run deploy:clear takes it away with its table', async () => {
    await mustRun('npm', ['run', '--silent', 'deploy:clear'], options);
    assert.equal(await stackExists(emulator.config, stackName), false);
    assert.deepEqual(await leftIn(emulator), before);
  });
};
