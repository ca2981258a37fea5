import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const fast = ['test/{unit,world,data,infra,model,local-aws}/**/*.test.ts'];
const setupFiles = ['test/support/quiet.ts', 'test/support/seed.ts'];

/**
 * Tiers as in README "Test it": unit, world, data, infra and model are fast and start nothing; integration and long start the
 * local stack.
 * The emulator's own tests are of both kinds.
 */
export default defineConfig({
  test: {
    silent: 'passed-only',
    globalSetup: 'test/support/temporary-directory.ts',
    // By default two cores would run one file after the other.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Only tests of a time limit have `retry`: other files load the machine while they measure.
    // Files share a worker's modules: loading them, CDK above all, takes as long as half of the tests. So what a test
    // changes outside of itself, a spy or the environment, is put back after it.
    isolate: false,
    // Node loads the files, as where they run. Vite's loader took a tenth of the tests' time, and the hook of `vi.mock`
    // some more: modules are not replaced here.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [
      // Files of one project share workers, which load everything once: so `all` has the fast tests as well.
      {
        test: {
          name: 'fast',
          include: fast,
          exclude: ['test/local-aws/running/**'],
          setupFiles,
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'all',
          include: [...fast, 'test/integration/**/*.test.ts'],
          setupFiles,
          globalSetup: 'test/support/synthesised.ts',
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'long',
          include: ['test/long/**/*.test.ts'],
          globalSetup: 'test/support/synthesised.ts',
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'flood',
          include: ['test/load/**/*.test.ts'],
          globalSetup: 'test/support/synthesised.ts',
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      // Measures instead of asserting once: on its own, with nothing else on the machine.
      { test: { name: 'timing', include: ['test/timing/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 60_000 } },
    ],
  },
});
