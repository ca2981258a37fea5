import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject } from 'vitest';

declare global {
  // eslint-disable-next-line no-var
  var isMutated: (id: number) => boolean;
}
declare module 'vitest' {
  export interface ProvidedContext {
    /** The mutant that is awake; -1 for none. */
    mutant: number;
    /** Where each test file writes which mutants it came by; empty when nobody asks. */
    seenDirectory: string;
  }
}

const awake = inject('mutant');
const seenDirectory = inject('seenDirectory');
/** A mutant that comes by this often goes round without end. */
const oftenEnough = 2_000_000;
let times = 0;
const seen = new Set<number>();
let atLoad: readonly number[] = [];

globalThis.isMutated = (id) => {
  if (seenDirectory !== '') seen.add(id);
  if (id !== awake) return false;
  times += 1;
  if (times > oftenEnough) throw new Error('The mutant goes round without end.');
  return true;
};

beforeAll(() => {
  atLoad = [...seen];
  seen.clear();
});
afterAll(() => {
  if (seenDirectory === '') return;
  const path = expect.getState().testPath ?? '';
  const name = `${path.replaceAll(/[^a-z0-9]/giu, '-')}.json`;
  writeFileSync(join(seenDirectory, name), JSON.stringify({ path, atLoad, seen: [...seen] }));
});
