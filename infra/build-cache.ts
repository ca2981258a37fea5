import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/*
 * Bundling takes about a second and synthesising two, which `npm start` and each test file that starts the local stack
 * would pay. What they made is kept with the hash of everything it was made from, and used only while that hash holds.
 */

const cacheSchema = z.object({
  /** Files it was made from, relative to the repository. */
  inputs: z.array(z.string()),
  fingerprint: z.string(),
  made: z.record(z.string(), z.string()),
});

export type Build = {
  /** Name of its file in the cache. */
  readonly name: string;
  /** How it was made: other options make other things of the same files. */
  readonly options: object;
};

const repository = fileURLToPath(new URL('../', import.meta.url));

const fileOf = ({ name }: Build): string => join(repository, `node_modules/.cache/alert-button/${name}.json`);

/** The lock file stands for what the file list cannot show: the tools' own versions, and how packages resolve. */
const fingerprintOf = ({ options }: Build, inputs: readonly string[]): string => {
  const hash = createHash('sha256').update(JSON.stringify(options));
  for (const input of ['package-lock.json', 'package.json', ...inputs]) {
    hash.update(`\0${input}\0`).update(readFileSync(join(repository, input)));
  }
  return hash.digest('hex');
};

/** What the last run made, texts by name, if nothing they came from has changed since. */
export const lastBuild = (build: Build): ReadonlyMap<string, string> | undefined => {
  try {
    const { inputs, fingerprint, made } = cacheSchema.parse(JSON.parse(readFileSync(fileOf(build), 'utf8')));
    return fingerprintOf(build, inputs) === fingerprint ? new Map(Object.entries(made)) : undefined;
  } catch {
    // No cache, half a cache, a source that is gone: all of them mean to build.
    return undefined;
  }
};

/** Keeps it for the next run. Renaming makes it safe beside other processes that do the same. */
export const rememberBuild = (build: Build, inputs: readonly string[], made: ReadonlyMap<string, string>): void => {
  const file = fileOf(build);
  const cache: z.infer<typeof cacheSchema> = {
    inputs: [...inputs],
    fingerprint: fingerprintOf(build, inputs),
    made: Object.fromEntries(made),
  };
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(cache));
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // A cache that cannot be written costs a second next time, nothing else.
  }
};
