import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pathToFileURL } from 'node:url';
import type { Variant } from './variants.ts';

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
  try {
    const startedAt = performance.now();
    const loaded = url.endsWith('.mjs') ? await import(url) : createRequire(url)(fileURLToPath(url));
    const milliseconds = performance.now() - startedAt;
    if (typeof loaded.handler !== 'function') throw new Error('it exports no handler');
    process.stdout.write(String(milliseconds), () => process.exit());
  } catch (error) {
    process.stderr.write(String(error), () => process.exit(1));
  }
`;

const run = promisify(execFile);

/** The first line of what a process said when it failed. */
const reasonOf = (error: unknown): string => {
  const { stderr = '' } = error as { stderr?: string };
  return (stderr || String(error)).split('\n', 1).join('').slice(0, 300);
};

/** Loads the file in a process of its own; milliseconds that the import took inside it. */
const loadOnce = async ({ label, path, environment }: Variant): Promise<number> => {
  const args = ['--input-type=module', '--eval', probe, pathToFileURL(path).href];
  try {
    const { stdout } = await run(process.execPath, args, { env: environment });
    return Number(stdout);
  } catch (error) {
    throw new Error(`${label} does not load: ${reasonOf(error)}`, { cause: error });
  }
};

/**
 * Loads each file once a round, one after the other, so that what else the machine does falls upon all alike. A first
 * round, which reads the files from the disk, does not count.
 * @returns for each variant the milliseconds of each round
 */
export const measureLoads = async (
  variants: readonly Variant[],
  rounds: number,
): Promise<ReadonlyMap<Variant, readonly number[]>> => {
  const taken = new Map<Variant, number[]>(variants.map((variant) => [variant, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const [variant, times] of taken) {
      const milliseconds = await loadOnce(variant);
      if (round >= 0) times.push(milliseconds);
    }
  }
  return taken;
};
