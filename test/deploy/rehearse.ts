/**
 * Deploys the ordinary app with the ordinary CDK CLI into an AWS of somebody else's making, uses it as its clients do
 * and destroys it. docs/rehearsal.md says what this proves and what it cannot.
 */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killCommands, mustRun, runCommand } from './command.ts';
import { checkDynamoDbContract } from './dynamodb-contract.ts';
import { startEmulator, type Emulator } from './emulator.ts';
import { installPython } from './python-environment.ts';
import { rehearseChange } from './rehearse-change.ts';
import { rehearseStack, type Rehearsal } from './rehearse-stack.ts';
import { withTranscript } from './transcript.ts';

const repository = join(import.meta.dirname, '../..');
const startedAt = performance.now();
const seconds = (since: number): string => `${((performance.now() - since) / 1_000).toFixed(1).padStart(5)} s`;

const steps: [name: string, said: string][] = [];

/** Does one step and prints how long it took, with what it has to say. */
const step = async <Value>(name: string, work: () => Promise<Value>, describe?: (value: Value) => string) => {
  const since = performance.now();
  const value = await work();
  const said = describe?.(value) ?? (typeof value === 'string' ? value : '');
  steps.push([name, said]);
  console.log(`${seconds(since)}  ${name}${said === '' ? '' : `: ${said}`}`);
  return value;
};

/** Nothing of the shell's AWS settings, home or proxies reaches the children. */
const plainEnv = (directory: string): Record<string, string> => ({
  PATH: `${join(repository, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
  HOME: join(directory, 'home'),
  TMPDIR: join(directory, 'tmp'),
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  NO_COLOR: '1',
});

const inheritedEnv = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** What stands in for what ministack lacks has to stay small enough to be read in five minutes. */
const countShim = async (): Promise<string> => {
  const folder = join(import.meta.dirname, 'shim');
  const files = (await readdir(folder)).filter((name) => /\.(py|ts)$/.test(name));
  const texts = await Promise.all(files.map(async (name) => readFile(join(folder, name), 'utf8')));
  const lines = texts.join('').trimEnd().split('\n').length;
  assert.ok(lines <= 175, `the shims have ${lines} lines`);
  return `${lines} lines in ${files.length} files`;
};

/** The document says what the last run said. */
const writeTranscript = async (): Promise<void> => {
  const file = join(repository, 'docs/rehearsal.md');
  const document = await readFile(file, 'utf8');
  const written = withTranscript(document, steps);
  if (written === document) return;
  await writeFile(file, written);
  console.log('docs/rehearsal.md said something else and is written anew: commit it');
};

const skip = (why: string): void => {
  console.log(`SKIPPED: deploy rehearsal: ${why}`);
};

const rehearse = async (directory: string, cleanUp: (() => Promise<void>)[]): Promise<void> => {
  const env = plainEnv(directory);
  await Promise.all([mkdir(env['HOME']!), mkdir(env['TMPDIR']!)]);
  const openssl = await runCommand('openssl', ['version'], { env, cwd: repository, timeoutSeconds: 10 });
  if (openssl.exitCode !== 0) return skip('no openssl to make a certificate for loopback');

  const ministack = await step(
    'install ministack',
    async () =>
      installPython(repository, inheritedEnv(), {
        name: 'ministack',
        requirements: join(import.meta.dirname, 'requirements.txt'),
      }),
    (found) => ('note' in found ? found.note : 'missing'),
  );
  if ('missing' in ministack) return skip(ministack.missing);

  await step('shims', countShim);

  const synthesised = join(directory, 'synthesised');
  const synth = ['synth', '--quiet', '--no-notices', '--output', synthesised];
  await step(
    'cdk synth, knowing nothing of the emulator',
    async () => mustRun('cdk', synth, { env, cwd: repository, timeoutSeconds: 300 }),
    () => '',
  );

  const emulator: Emulator = await step(
    'start ministack, with IAM and TLS',
    async () => startEmulator(ministack.python, directory, env),
    ({ config }) => `${config.endpoint}, functions on Node ${process.versions.node}`,
  );
  cleanUp.push(async () => {
    assert.ok(await emulator.stop(), 'a process of ministack would not end');
  });

  const rehearsal: Rehearsal = { repository, directory, synthesised, emulator, step };
  try {
    await step('the contract of the table on ministack’s DynamoDB', async () =>
      checkDynamoDbContract(repository, directory, emulator.cdkEnv, emulator.config.endpoint),
    );
    await rehearseStack(rehearsal);
    await rehearseChange(rehearsal);
    await writeTranscript();
  } catch (error) {
    console.error(`The end of ministack's log:\n${(await emulator.log()).split('\n').slice(-40).join('\n')}`);
    throw error;
  }
};

const cleanUp: (() => Promise<void>)[] = [];
const cleanUpOnce = async (): Promise<void> => {
  for (const undo of cleanUp.splice(0).toReversed()) await undo();
};
const directory = await mkdtemp(join(tmpdir(), 'alert-button-rehearsal-'));
cleanUp.push(async () => rm(directory, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    killCommands();
    void cleanUpOnce().finally(() => process.exit(130));
  });
}
try {
  await rehearse(directory, cleanUp);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await cleanUpOnce();
  console.log(`${seconds(startedAt)}  in all, nothing left running`);
}
