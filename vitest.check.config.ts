import { defineConfig } from 'vitest/config';

/** The architecture alone: it needs neither Postgres nor Temporal. */
export default defineConfig({
  test: { include: ['test/architecture.test.ts'], reporters: ['default'] },
});
