import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Run by rehearse.ts alone: these tests need its emulator. */
export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: { include: ['test/deploy/*.test.ts'], testTimeout: 20_000, hookTimeout: 60_000 },
});
