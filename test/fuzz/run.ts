/**
 * Contract fuzzing: schemathesis makes requests of every kind from the API's document and sends them to the stack of
 * `npm start`, with a valid token, alert, officer's and family's link. No answer may be a fault of ours, and each must be
 * one that the document names. Without Python or its registry it is skipped, visibly.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { killCommands, killGroup, runCommand } from '../deploy/command.ts';
import { installPython } from '../deploy/python-environment.ts';
import { eventually } from '../support/black-box.ts';

const repository = join(import.meta.dirname, '../..');
const requirements = join(import.meta.dirname, 'requirements.txt');

/** How long schemathesis makes requests; starting takes about as long again. */
const budgetSeconds = Number(process.env['FUZZ_SECONDS'] ?? 60);
/** Erasing the family would end the run for its token. */
const options = [
  `--max-time ${budgetSeconds} --max-examples 30 --seed 1 --phases ${process.env['FUZZ_PHASES'] ?? 'coverage,fuzzing'}`,
  '--exclude-operation-id eraseFamily --request-timeout 30 --generation-database none',
  '--continue-on-failure --no-shrink --warnings off',
].join(' ');
const pin = '482915';
const patience = 60_000;

const inheritedEnv = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** `npm start` on any free port. */
const startStack = async (): Promise<{ readonly url: string; readonly stop: () => void }> => {
  const child = spawn(process.execPath, ['infra/local/main.ts'], {
    cwd: repository,
    env: { ...inheritedEnv(), PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  const stop = (): void => {
    killGroup(child.pid, 'SIGTERM');
  };
  process.once('exit', stop);
  const urlIn = () => /ready (http:\S+)/.exec(output)?.[1];
  const url = await eventually(
    'the stack is ready',
    async () => Promise.resolve(urlIn()),
    (found) => found !== undefined,
  );
  return { url: url ?? '', stop };
};

/** A family that has pressed, and the links that an office and a relative were sent. */
const pressed = async (url: string) => {
  const send = async (path: string, body: object, token?: string) => {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
    assert.ok(response.ok, `${path} is answered with ${response.status}`);
    return (await response.json()) as Record<string, string>;
  };
  const { deviceToken = '' } = await send('/v1/families', {
    person: { name: 'Ana López', language: 'es', homePosition: { latitude: 34.05, longitude: -118.24 } },
    contacts: [{ name: 'Lupita', channel: 'email', endpoint: 'lupita@example.com' }],
    pin,
    consent: { consularNotification: true, version: '2026-01' },
  });
  const alertId = randomUUID();
  await send('/v1/alerts', { alertId, position: { latitude: 34.05, longitude: -118.24 } }, deviceToken);
  const linkOf = async (kind: 'c' | 'f') =>
    eventually(
      `a link of /${kind}`,
      async () => {
        const inbox = await (await fetch(`${url}/_local/inbox`)).text();
        return new RegExp(`/${kind}/([1-9A-Za-z]{22})`).exec(inbox)?.[1];
      },
      (token) => token !== undefined,
    );
  const [officer = '', family = ''] = [await linkOf('c'), await linkOf('f')];
  return { deviceToken, alertId, officer, family };
};

const fuzz = async (python: string, url: string, directory: string): Promise<number> => {
  const { deviceToken, alertId, officer, family } = await pressed(url);
  const env = {
    ...inheritedEnv(),
    SCHEMATHESIS_HOOKS: join(import.meta.dirname, 'hooks.py'),
    FUZZ_OFFICER: officer,
    FUZZ_FAMILY: family,
    FUZZ_ALERT: alertId,
    FUZZ_PIN: pin,
    NO_COLOR: '1',
  };
  const checks = [
    'not_a_server_error',
    'status_code_conformance',
    'content_type_conformance',
    'response_headers_conformance',
    'response_schema_conformance',
  ];
  const { exitCode, output } = await runCommand(
    join(dirname(python), 'schemathesis'),
    [
      'run',
      join(repository, 'docs/openapi.json'),
      '--header',
      `Authorization:Bearer ${deviceToken}`,
      ...`--url ${url} --checks ${checks.join(',')} ${options}`.split(' '),
    ],
    // It keeps what it finds in the folder where it runs.
    { env, cwd: directory, timeoutSeconds: budgetSeconds * 4 },
  );
  console.log(output);
  return exitCode ?? 1;
};

const directory = await mkdtemp(join(tmpdir(), 'alert-button-fuzz-'));
try {
  const found = await installPython(repository, inheritedEnv(), { name: 'schemathesis', requirements });
  if ('missing' in found) {
    console.log(`SKIPPED: contract fuzzing: ${found.missing}`);
  } else {
    console.log(`schemathesis: ${found.note}`);
    const stack = await startStack();
    try {
      process.exitCode = await fuzz(found.python, stack.url, directory);
    } finally {
      stack.stop();
    }
  }
} finally {
  killCommands();
  await rm(directory, { recursive: true, force: true });
}
