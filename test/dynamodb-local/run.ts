/**
 * DynamoDB Local, AWS's own implementation, as a judge of our table: what passes on the local stack's DynamoDB must pass
 * there as well, with the table of the synthesised template. Without Java or Maven it is skipped, visibly.
 * Arguments go to vitest.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { killCommands, killGroup, runCommand, type CommandOptions } from '../deploy/command.ts';
import { eventually } from '../support/black-box.ts';
import { tableOfTemplate } from './table-of-template.ts';

const repository = join(import.meta.dirname, '../..');
const pom = join(import.meta.dirname, 'pom.xml');

const env = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);
const options: CommandOptions = { env, cwd: repository, timeoutSeconds: 180 };

const versionOf = async (program: string, args: readonly string[]): Promise<string | undefined> => {
  const { exitCode, output } = await runCommand(program, args, options);
  return exitCode === 0 ? output.split('\n')[0] : undefined;
};

/** The folder with its jars, kept in node_modules/.cache, or why there is none. */
const install = async (): Promise<{ readonly jars: string; readonly note: string } | { readonly missing: string }> => {
  const java = await versionOf('java', ['-version']);
  if (java === undefined) return { missing: 'no java' };
  const pins = await readFile(pom, 'utf8');
  const version = /<artifactId>DynamoDBLocal<\/artifactId>\s*<version>(.*?)</.exec(pins)?.[1] ?? '';
  const note = `DynamoDB Local ${version} on ${java}`;
  const fingerprint = createHash('sha256').update(pins).digest('hex').slice(0, 16);
  const jars = join(repository, 'node_modules/.cache/alert-button', `dynamodb-local-${fingerprint}`);
  if (existsSync(jars)) return { jars, note: `${note}, from the cache` };

  if ((await versionOf('mvn', ['--version'])) === undefined) return { missing: 'no Maven (mvn)' };
  // Moved when complete: what was interrupted is fetched anew.
  const partial = `${jars}-partial`;
  await rm(partial, { recursive: true, force: true });
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${partial}`];
  const { exitCode, output } = await runCommand('mvn', ['--batch-mode', '--quiet', '-f', pom, ...goal], options);
  if (exitCode !== 0) {
    const why = output.split('\n').find((line) => line.includes('ERROR')) ?? 'no answer';
    return { missing: `Maven cannot fetch it: ${why.slice(0, 300)}` };
  }
  await rename(partial, jars);
  return { jars, note };
};

const freePort = async (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const start = async (jars: string): Promise<{ readonly url: string; readonly stop: () => void }> => {
  const port = await freePort();
  const main = 'com.amazonaws.services.dynamodbv2.local.main.ServerRunner';
  const child = spawn(
    'java',
    // One processor for its collector and compiler: the tests need the other.
    ['-XX:ActiveProcessorCount=1', '-cp', `${jars}/*`, `-Djava.library.path=${jars}`, main].concat([
      '-inMemory',
      '-disableTelemetry',
      '-port',
      String(port),
    ]),
    { cwd: repository, env, stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const stop = (): void => {
    killGroup(child.pid, 'SIGKILL');
  };
  process.once('exit', stop);
  const url = `http://127.0.0.1:${port}`;
  await eventually(
    'DynamoDB Local answers',
    // Without a signature it refuses, and so it is there.
    async () =>
      child.exitCode !== null ||
      fetch(url).then(
        () => true,
        () => false,
      ),
    (answers) => answers,
  );
  if (child.exitCode !== null) throw new Error(`DynamoDB Local has ended:\n${errors.slice(-2000)}`);
  return { url, stop };
};

const judge = async (jars: string): Promise<number> => {
  const { url, stop } = await start(jars);
  try {
    const config = join(import.meta.dirname, 'vitest.config.ts');
    const given = JSON.stringify({ url, table: await tableOfTemplate() });
    const child = spawn('vitest', ['run', '--config', config, ...process.argv.slice(2)], {
      cwd: repository,
      env: { ...env, DYNAMODB_LOCAL: given },
      stdio: 'inherit',
    });
    return await new Promise((resolve) => child.on('close', (exitCode) => resolve(exitCode ?? 1)));
  } finally {
    stop();
  }
};

try {
  const found = await install();
  if ('missing' in found) {
    console.log(`SKIPPED: DynamoDB Local: ${found.missing}`);
  } else {
    console.log(found.note);
    process.exitCode = await judge(found.jars);
  }
} finally {
  killCommands();
}
