import { defineConfig } from 'vitest/config';
export default defineConfig({
  test: {
    include: ['test/{unit,model}/**/*.test.ts'],
    exclude: ['test/unit/local-*'],
    globalSetup: 'test/support/temporary-directory.ts',
    setupFiles: ['test/support/quiet.ts', 'test/support/seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubEnvs: true,
  },
});
