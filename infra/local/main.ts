import '../compile-cache.ts';
import { parseArgs } from 'node:util';
import type { LocalStackOptions } from './local-stack.ts';
import { messageOf } from '../local-aws/json.ts';

const usage =
  'usage: npm start -- [--data DIR] [--confirm auto|manual], PORT=<number> for another port than 3000 (0 = any)';

/** Reads the command line and PORT; throws a text for people. Nothing else of the environment is looked at. */
const readOptions = (args: readonly string[], portText = '3000'): LocalStackOptions | 'help' => {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string' }, confirm: { type: 'string', default: 'auto' }, help: { type: 'boolean' } },
  });
  const { data, confirm, help } = values;
  if (help) return 'help';
  if (confirm !== 'auto' && confirm !== 'manual') throw new Error('--confirm takes auto or manual');
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : Number.NaN;
  if (!(port <= 65_535)) throw new Error('PORT must be a number from 0 to 65535');
  return { port, confirm, ...(data === undefined ? {} : { dataDirectory: data }) };
};

const fail = (text: string): void => {
  console.error(text);
  process.exitCode = 1;
};

const run = async (options: LocalStackOptions): Promise<void> => {
  // Only now: usage and mistakes are answered without loading the emulator.
  const { startLocalStack } = await import('./local-stack.ts');
  const stack = await startLocalStack(options);
  const stop = (): void => {
    stack.close().then(
      () => process.exit(0),
      (error: unknown) => {
        fail(messageOf(error));
        process.exit();
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(`ready ${stack.url}`);
  console.log(`the app: ${stack.url}/ (what everybody receives: ${stack.url}/_local)`);
  await stack.prewarm();
};

try {
  const options = readOptions(process.argv.slice(2), process.env['PORT']);
  if (options === 'help') console.log(usage);
  else await run(options);
} catch (error) {
  fail(`${messageOf(error)}\n\n${usage}`);
}
