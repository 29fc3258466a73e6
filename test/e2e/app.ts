/**
 * The driver of every end-to-end test. A spec imports `test` and `expect` from here and gets `workbench`: the workbench open on a
 * new file, in the host of the Playwright project (`chromium` or `electron`). The same specs run in both.
 *
 * Tests wait for what the workbench shows, never for time.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { test as base, expect, type Browser, type Page, type TestInfo } from '@playwright/test';
import { attach } from '../../electron/host/attach.ts';
import { commandOf, type CommandId } from '../../shared/commands.ts';
import type { MethodName } from '../../shared/contract/index.ts';
import { launchChromium, makeFolder, node, openInBrowser, openInElectron, root, type Opened } from './hosts.ts';
import { createProblems, type Problems } from './problems.ts';

export { expect };

export type Host = 'chromium' | 'electron';
export type LaunchOptions = { readonly host: Host };

/** What to open: by default a new file in the test's own folder. */
export type LaunchRequest = { readonly db?: string; readonly program?: string };

export type Workbench = Opened & {
  readonly host: Host;
  readonly db: string;
  readonly problems: Problems;
  /** Runs the command line on the open file. @returns stdout; rejects with stderr when it ends with an error */
  readonly cli: (...args: readonly string[]) => Promise<string>;
  /** Calls a method of the engine that has the file open, as the command line does, without a process for each. @returns its answer */
  readonly call: (method: MethodName, args: unknown) => Promise<unknown>;
};

type Launch = (request?: LaunchRequest) => Promise<Workbench>;
type WorkerFixtures = { readonly openChromium: () => Promise<Browser> };
type TestFixtures = { readonly launch: Launch; readonly workbench: Workbench };

/** Runs the command line on a file, in a process of its own. @returns stdout; rejects with stderr */
export const runCli = async (
  db: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const { stdout } = await promisify(execFile)(node, [path.join(root, 'dist/host/cli.cjs'), ...args, '--db', db], {
    maxBuffer: 64 << 20,
    env: { ...process.env, ...env },
  });
  return stdout;
};

const callEngine = async (db: string, method: MethodName, args: unknown): Promise<unknown> => {
  const { client, close } = await attach(db);
  try {
    // The engine checks the argument against the contract, as it does for a command line.
    return await (client[method] as (input: unknown) => Promise<unknown>)(args);
  } finally {
    await close();
  }
};

/** What the tests ran in, said once: the first test of a run is the first of worker 0. */
let isAnnounced = false;
const announce = async (opened: Opened, testInfo: TestInfo): Promise<void> => {
  if (isAnnounced || testInfo.workerIndex !== 0) return;
  isAnnounced = true;
  const versions = await opened.electron?.evaluate(({ app: _app }) => ({ ...process.versions }));
  const browser = opened.context.browser()?.version();
  console.log(
    versions
      ? `In Electron ${versions.electron}, Chromium ${versions['chrome']}, Node ${versions.node}.`
      : `In Chromium ${browser}.`,
  );
};

export const test = base.extend<LaunchOptions & TestFixtures, WorkerFixtures>({
  host: ['chromium', { option: true }],

  openChromium: [
    async ({}, use) => {
      let browser: Promise<Browser> | undefined;
      await use(() => {
        browser ??= launchChromium();
        return browser;
      });
      await (await browser)?.close();
    },
    { scope: 'worker' },
  ],

  launch: async ({ host, openChromium }, use, testInfo) => {
    const problems = createProblems();
    const opened: Opened[] = [];
    const launch: Launch = async ({ db = testInfo.outputPath('workbench.db'), program } = {}) => {
      const home = makeFolder(testInfo.outputDir, `home-${opened.length}`);
      const options = { db, home, watch: problems.watch, program };
      const one = host === 'electron' ? await openInElectron(options) : await openInBrowser(await openChromium(), options);
      opened.push(one);
      await announce(one, testInfo);
      return {
        ...one,
        host,
        db,
        problems,
        cli: (...args) => runCli(db, args),
        call: (method, args) => callEngine(db, method, args),
      };
    };
    await use(launch);
    await finish(opened, testInfo);
    expect(problems.found(), 'The page reported problems.').toEqual([]);
  },

  workbench: async ({ launch }, use) => {
    const workbench = await launch();
    await waitUntilOpen(workbench.page);
    // Notices come by the clock of this machine, over whatever a test waits for to be said.
    await workbench.call('local.set', { values: { 'notices.mode': 'badge' } });
    await use(workbench);
  },

  page: async ({ workbench }, use) => {
    await use(workbench.page);
  },
});

/** Ends what the test opened; of a failed test it keeps a picture and what the host wrote. */
const finish = async (opened: readonly Opened[], testInfo: TestInfo): Promise<void> => {
  const hasFailed = testInfo.status !== testInfo.expectedStatus;
  for (const [index, one] of opened.entries()) {
    if (hasFailed) {
      const body = await one.page.screenshot({ timeout: 5_000 }).catch(() => null);
      if (body) await testInfo.attach(`window-${index}`, { body, contentType: 'image/png' });
      await testInfo.attach(`host-${index}`, { body: one.output(), contentType: 'text/plain' });
    }
    await one.close();
  }
};

/** The engine has answered: the desk is there and says that all is saved, or the first-run page asks its questions. */
export const waitUntilOpen = async (page: Page): Promise<void> => {
  const desk = page.locator('[data-region="status"]').getByText('Saved on this computer');
  const start = page.locator('[data-where="start"]');
  await expect(desk.or(start).first()).toBeVisible({ timeout: 30_000 });
};

/** The keys of a command in this host, as Playwright names them: a browser tab has its own for some. */
export const keysOf = (host: Host, id: CommandId): string => {
  const { keys, twin } = commandOf(id);
  const [chord = ''] = (host === 'chromium' ? twin : undefined)?.win ?? keys.win;
  return chord.replace('Ctrl+', 'Control+');
};

/** Does something that changes data, and waits until the engine has acknowledged it: from then on it survives anything. */
export const untilSaved = async (page: Page, act: () => Promise<void>): Promise<void> => {
  const saved = page.locator('[data-region="status"] [data-saved-at]');
  const at = async (): Promise<number> => Number((await saved.count()) > 0 ? await saved.getAttribute('data-saved-at') : 0);
  const before = await at();
  await act();
  await expect.poll(at, { message: 'The change was not acknowledged.' }).toBeGreaterThan(before);
};
