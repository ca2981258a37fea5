import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,world,data,model}/**/*.test.ts'],
    globalSetup: 'test/support/temporary-directory.ts',
    runner: 'test/mutation/runner.ts',
    setupFiles: ['test/support/quiet.ts', 'test/support/seed.ts'],
    maxWorkers: 1,
    isolate: false,
    // Its key knows nothing of the mutants.
    fsModuleCache: false,
    // Of what a test takes the runner says itself when it is too much: a loaded machine makes each test slow.
    testTimeout: 0,
    hookTimeout: 0,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
  },
});
