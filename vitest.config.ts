import { defineConfig } from 'vitest/config';

export default defineConfig({
  // esbuild reads the JSX settings from tsconfig.json.
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/ground/global.ts'],
    setupFiles: ['test/ground/setup.ts'],
    reporters: ['default', 'test/ground/reporter.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Servers end in order before their folder goes.
    teardownTimeout: 60_000,
    retry: 0,
  },
});
