import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, afterAll, beforeAll } from 'vitest';
import { runAlerts } from '../../infra/operator/alerts-cli.ts';
import { runConsulate } from '../../infra/operator/consulate-cli.ts';
import { connect } from '../../infra/operator/target.ts';
import { startStack } from '../support/local-stack.ts';

const stack = await startStack();
afterAll(stack.close);
beforeAll(() => stack.stack.services.setConfirm('manual'));

const repository = join(import.meta.dirname, '../..');

/** What an emulator of AWS is asked in the rehearsal: test/deploy/rehearse-stack.ts. */
const rehearsedElsewhere = ['npm ci', 'npx cdk bootstrap', 'npm run deploy'];

type Command = { readonly text: string; readonly exitCode: number };

const commandsOf = (document: string): readonly Command[] =>
  Array.from(document.matchAll(/^```sh\n([^]*?)^```$/gm), ([, block = '']) => block.trim().split('\n'))
    .flat()
    .map((line) => {
      const [text = '', code = '0'] = line.split(/ +# exit code (?=\d)/);
      return { text, exitCode: Number(code) };
    });

type Done = { exitCode: number; output: string };

/** Commands that run in this process, which spares a start of Node for each; operator.test.ts starts them. */
const operators: Readonly<Record<string, typeof runConsulate>> = { consulate: runConsulate, alerts: runAlerts };

const runHere = async (command: typeof runConsulate, argumentList: string): Promise<Done> => {
  let output = '';
  const out = (line: string): void => void (output += `${line}\n`);
  const argv = Array.from(argumentList.matchAll(/'([^']*)'|\S+/g), ([word, quoted]) => quoted ?? word);
  const exitCode = await command([...argv, '--url', stack.url], { connect, out, err: out });
  return { exitCode, output };
};

/** In a shell that goes on from the one before, at the local stack. */
const runInShell = async (text: string, directory: string): Promise<Done> =>
  new Promise((resolve) => {
    const here = text.replace(/^npm run (\w+)$/, `node infra/operator/$1.ts --url ${stack.url}`);
    const variables = join(directory, 'variables');
    const script = `. ${variables}\n${here}\ncode=$?\ndeclare -p API ANSWER TOKEN ALERT > ${variables} 2>/dev/null\nexit $code`;
    const env = { PATH: process.env['PATH'], NODE_COMPILE_CACHE: 'node_modules/.cache/node' };
    execFile('bash', ['-c', script], { cwd: repository, env }, (error, out, err) => {
      resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, output: `${out}${err}` });
    });
  });

const run = async (text: string, directory: string): Promise<Done> => {
  const [, name = '', argumentList = ''] = /^npm run (\w+) -- (.*)$/.exec(text) ?? [];
  const command = operators[name];
  return command ? runHere(command, argumentList) : runInShell(text, directory);
};

const mail = () => stack.inbox({ endpoint: 'guardia@example.org' }).at(-1)?.body ?? '';

/** What the page leaves to the reader, with what they read by then. */
const filled = (text: string): string =>
  text
    .replace('<ApiUrl>', stack.url)
    // The local stack asks for none, and reads what it does not need as AWS does.
    .replace('<registrationCode>', 'abcd1234efgh')
    .replace('<link of the mail>', /https:\S+/.exec(mail())?.[0] ?? '');

test('the commands of docs/getting-started.md lead from nothing to a drill that an office took, and to a press', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'getting-started-'));
  await writeFile(join(directory, 'variables'), '');
  const document = await readFile(join(repository, 'docs/getting-started.md'), 'utf8');
  const commands = commandsOf(document);
  expect(commands.filter(({ text }) => rehearsedElsewhere.includes(text))).toHaveLength(rehearsedElsewhere.length);
  const said: string[] = [];
  for (const { text, exitCode } of commands.filter((command) => !rehearsedElsewhere.includes(command.text))) {
    // A new account has no office that hears; a local stack starts with one mailbox each.
    if (text.endsWith('-- list'))
      await stack.send('DELETE', '/_local/subscriptions', { topic: 'alert-button-consulate-los-angeles' });
    const done = await run(filled(text), directory);
    expect(done.exitCode, `${text}\n${done.output}`).toBe(exitCode);
    said.push(done.output);
    await stack.idle();
    if (!text.includes('-- drill ')) continue;
    const page = new URL(/http:\S+\/c\/\S+/.exec(mail())![0]).pathname;
    expect((await stack.send('POST', `${page}/acknowledge`, { officer: 'Oficial Pérez' })).status).toBe(200);
  }
  expect(said.join('\n')).toMatch(/^los-angeles .* taken after \d+ s/m);
  expect(said.at(-2)).toContain('"drill":true');
  expect(said.at(-1)).toContain('(drill)');
}, 120_000);
