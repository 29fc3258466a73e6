/**
 * The same specs in two hosts: the browser host in a Chromium, and a real Electron window. Screenshots are a project of their
 * own, run on request. Nothing is retried: a test that fails once is a failure.
 */
import { defineConfig } from '@playwright/test';
import type { LaunchOptions } from './app.ts';

const report = process.env['WORKBENCH_E2E_REPORT'];

export default defineConfig<LaunchOptions>({
  testDir: '.',
  outputDir: '../../out/e2e',
  // How fast it is, the bench says. These only end what will never come, also on a machine that stalls for some seconds.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  retries: 0,
  // Two at once take nearly twice as long each, and windows of Electron would share a display and its focus.
  workers: 1,
  reporter: [['list'], ...(report ? [['json', { outputFile: report }] as const] : [])],
  projects: [
    { name: 'chromium', testMatch: '*.spec.ts', use: { host: 'chromium' } },
    { name: 'electron', testMatch: '*.spec.ts', use: { host: 'electron' } },
    { name: 'screenshots', testMatch: '*.shots.ts', use: { host: 'chromium' } },
  ],
});
