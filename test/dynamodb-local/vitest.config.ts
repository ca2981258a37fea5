import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = join(import.meta.dirname, '../..');

/** Whatever asks the stack's table for something by a real client. */
const ofTheTable = globSync('test/unit/*.test.ts', { cwd: root }).filter((file) =>
  readFileSync(join(root, file), 'utf8').includes('startTable()'),
);

/** Run by run.ts alone: these tests need DynamoDB Local. */
export default defineConfig({
  root,
  test: {
    silent: 'passed-only',
    include: ['test/dynamodb-local/*.test.ts', ...ofTheTable],
    setupFiles: ['test/support/quiet.ts', 'test/support/seed.ts'],
    maxWorkers: 2,
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
