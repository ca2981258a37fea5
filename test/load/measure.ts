import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pathToFileURL } from 'node:url';
import { envNames } from '../../shared/names.ts';

/** Milliseconds: the middle value with the quarters to both sides of it. */
export type Spread = { readonly median: number; readonly low: number; readonly high: number };

const quantile = (sorted: readonly number[], share: number): number => {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position % 1);
};

/** Median and quartiles. */
export const spreadOf = (values: readonly number[]): Spread => {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
};

/** As Lambda's Node runtime does: `index.mjs` is imported, `index.js` without a package.json is required. */
const probe = `
  const { createRequire } = process.getBuiltinModule('node:module');
  const { fileURLToPath } = process.getBuiltinModule('node:url');
  const url = process.argv[1];
  const startedAt = performance.now();
  const loaded = url.endsWith('.mjs') ? await import(url) : createRequire(url)(fileURLToPath(url));
  const milliseconds = performance.now() - startedAt;
  if (typeof loaded.handler !== 'function') throw new Error(url + ' exports no handler');
  process.stdout.write(String(milliseconds), () => process.exit());
`;

/** Each variable that a function may need, and what Lambda sets itself; nothing of this process's environment. */
const environment = {
  ...Object.fromEntries(Object.values(envNames).map((name) => [name, 'https://cold-load.example/x'])),
  AWS_REGION: 'us-east-1',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
};

const run = promisify(execFile);

/** Loads the file in a process of its own; milliseconds that the import took inside it. */
const loadOnce = async (path: string): Promise<number> => {
  const args = ['--input-type=module', '--eval', probe, pathToFileURL(path).href];
  const { stdout } = await run(process.execPath, args, { env: environment });
  return Number(stdout);
};

/**
 * Loads each file once a round, one after the other, so that what else the machine does falls upon all alike. A first
 * round, which reads the files from the disk, does not count.
 * @returns for each path the milliseconds of each round
 */
export const measureLoads = async (
  paths: readonly string[],
  rounds: number,
): Promise<ReadonlyMap<string, readonly number[]>> => {
  const taken = new Map<string, number[]>(paths.map((path) => [path, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const [path, times] of taken) {
      const milliseconds = await loadOnce(path);
      if (round >= 0) times.push(milliseconds);
    }
  }
  return taken;
};
