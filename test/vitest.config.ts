/** Unit and integration tests: everything under test/ but the specs that drive a window. */
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import './setup/compile-cache.ts';

const report = process.env['WORKBENCH_UNIT_REPORT'];

export default defineConfig({
  test: {
    root: path.resolve(import.meta.dirname, '..'),
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // The store is a native library: processes, not threads, so that one crash is one failed file.
    pool: 'forks',
    // Much of a test is waiting for another process: a file for each core, where the usual leaves one idle.
    maxWorkers: '100%',
    setupFiles: ['test/setup/properties.ts'],
    // It only ends what will never come: two files at once, on a machine that stalls, take their time.
    testTimeout: 60_000,
    reporters: [
      'default',
      ...(report ? [['./test/setup/reporter.mjs', { outputFile: report }] satisfies [string, Record<string, unknown>]] : []),
    ],
    // Whatever the machine is set to, a test sees the same day and the same numbers, and leaves its key store alone.
    env: { TZ: 'UTC', LC_ALL: 'C.UTF-8', WORKBENCH_SECRETS: 'files' },
  },
});
