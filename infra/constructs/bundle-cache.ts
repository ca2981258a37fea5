import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

/*
 * esbuild takes about a second for all functions, which `npm start` and each test file that starts the local stack
 * would pay. What it made is kept with the hash of everything it read, and used again only while that hash holds.
 */

const cacheSchema = z.object({
  /** Files that esbuild read, relative to the repository. */
  inputs: z.array(z.string()),
  fingerprint: z.string(),
  bundles: z.record(z.string(), z.string()),
});

type Place = {
  readonly repository: string;
  /** esbuild's options: others make other bundles of the same files. */
  readonly options: object;
};

const fileOf = ({ repository }: Place): string => join(repository, 'node_modules/.cache/alert-button/bundles.json');

/** The lock file stands for what the file list cannot show: esbuild's own version, and how packages resolve. */
const fingerprintOf = ({ repository, options }: Place, inputs: readonly string[]): string => {
  const hash = createHash('sha256').update(JSON.stringify(options));
  for (const input of ['package-lock.json', 'package.json', ...inputs]) {
    hash.update(`\0${input}\0`).update(readFileSync(join(repository, input)));
  }
  return hash.digest('hex');
};

/** The bundles of the last run, if nothing they came from has changed since. */
export const cachedBundles = (place: Place): ReadonlyMap<string, string> | undefined => {
  try {
    const cache = cacheSchema.parse(JSON.parse(readFileSync(fileOf(place), 'utf8')));
    if (fingerprintOf(place, cache.inputs) !== cache.fingerprint) return undefined;
    return new Map(Object.entries(cache.bundles));
  } catch {
    // No cache, half a cache, a source that is gone: all of them mean to build.
    return undefined;
  }
};

/** Keeps the bundles for the next run. Renaming makes it safe beside other processes that do the same. */
export const rememberBundles = (
  result: Place & { readonly inputs: readonly string[]; readonly bundles: ReadonlyMap<string, string> },
): void => {
  const file = fileOf(result);
  const cache: z.infer<typeof cacheSchema> = {
    inputs: [...result.inputs],
    fingerprint: fingerprintOf(result, result.inputs),
    bundles: Object.fromEntries(result.bundles),
  };
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(cache));
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // A cache that cannot be written costs a second next time, nothing else.
  }
};
