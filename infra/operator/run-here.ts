import '../compile-cache.ts';
import { readFile } from 'node:fs/promises';
import type { Deps } from './command-line.ts';

type Run = (
  argv: readonly string[],
  deps: Deps & { readonly readFile: (path: string) => Promise<string> },
) => Promise<number>;

/** Runs a command with what this process was given. @param load loads it late: Node keeps what it compiles from then on */
export const runHere = async (load: () => Promise<Run>): Promise<void> => {
  const run = await load();
  const { connect } = await import('./target.ts');
  process.exitCode = await run(process.argv.slice(2), {
    connect,
    out: (text) => console.log(text),
    err: (text) => console.error(text),
    localPort: process.env['PORT'],
    readFile: async (path) => readFile(path, 'utf8'),
  });
};
