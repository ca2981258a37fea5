import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lastBuild, rememberBuild } from '../../infra/build-cache.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const build = { name: `test-${process.pid}`, options: { minify: true } };
const source = join(tmpdir(), `${build.name}.ts`);
const made = new Map([['index.mjs', 'export const one = 1;']]);

beforeEach(() => {
  writeFileSync(source, 'one');
  rememberBuild(build, [relative(repository, source)], made);
});
afterEach(() => {
  rmSync(source, { force: true });
  rmSync(join(repository, 'node_modules/.cache/alert-button', `${build.name}.json`));
});

test('what was made is there again while its sources are as they were', () => {
  expect(lastBuild(build)).toEqual(made);
});

test('nothing is there after a source changed, or is gone', () => {
  writeFileSync(source, 'two');
  expect(lastBuild(build)).toBeUndefined();
  rmSync(source);
  expect(lastBuild(build)).toBeUndefined();
});

test('nothing is there for other options or another name', () => {
  expect(lastBuild({ ...build, options: { minify: false } })).toBeUndefined();
  expect(lastBuild({ ...build, name: 'nobody' })).toBeUndefined();
});
