import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { relayTags } from './test/support/relay-tags.ts';

export default defineConfig({
  plugins: [relayTags()],
  // Without this, Vite resolves graphql to ES modules for our files, and Node resolves it to CommonJS for all packages. The types
  // of two copies of graphql do not work together.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    // Far from UTC: a time without a zone that is read as local time then shows as a wrong time.
    env: { TZ: process.env['TZ'] ?? 'America/Los_Angeles' },
    // Wide enough for a machine that runs much else.
    globalSetup: 'test/support/build.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Nothing in src/ is global, so test files can share its modules. To load them for each file takes longer than the tests.
    isolate: false,
    // Many tests wait for a timeout. One worker more than cores keeps the cores busy.
    maxWorkers: availableParallelism() + 1,
  },
});
