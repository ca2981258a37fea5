import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/*
 * Bundling takes about a second, synthesising two. `npm start` and each test file with a local stack would pay that. So
 * the result is kept with a hash of all its sources, and used only while the hash is the same.
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
  /** Part of the hash: other options make another result of the same files. */
  readonly options: object;
};

const repository = fileURLToPath(new URL('../', import.meta.url));

const fileOf = ({ name }: Build): string => join(repository, `node_modules/.cache/alert-button/${name}.json`);

/** The lock file is part of it, for the tools' versions and how packages resolve. */
const fingerprintOf = ({ options }: Build, inputs: readonly string[]): string => {
  const hash = createHash('sha256').update(JSON.stringify(options));
  for (const input of ['package-lock.json', 'package.json', ...inputs]) {
    hash.update(`\0${input}\0`).update(readFileSync(join(repository, input)));
  }
  return hash.digest('hex');
};

/** The texts of the last run by name, if none of their sources has changed since. */
export const lastBuild = (build: Build): ReadonlyMap<string, string> | undefined => {
  try {
    const { inputs, fingerprint, made } = cacheSchema.parse(JSON.parse(readFileSync(fileOf(build), 'utf8')));
    return fingerprintOf(build, inputs) === fingerprint ? new Map(Object.entries(made)) : undefined;
  } catch {
    // No cache, half a cache, or a missing source: build.
    return undefined;
  }
};

/** Keeps it for the next run. Renaming makes that safe when other processes do the same. */
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
    // Without a cache the next run takes a second longer, nothing else.
  }
};
