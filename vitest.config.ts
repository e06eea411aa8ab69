import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take graphql's ES modules for our files and Node its CommonJS for everybody else's: two graphqls, whose
  // types do not know each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Nothing in src/ is global, so files may share its modules; loading them anew for each is most of the time.
    isolate: false,
    // A good part of the tests waits: on two cores one worker would leave one of them idle.
    maxWorkers: '100%',
  },
});
