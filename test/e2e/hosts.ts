/** Starts and ends the two hosts, each with a user folder of its own, so that tests neither see nor leave anything. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { _electron, chromium, type Browser, type BrowserContext, type ElectronApplication, type Page } from '@playwright/test';

/** The project's folder. */
export const root = path.resolve(import.meta.dirname, '../..');

/** The Node that runs the engine: the project's own, which also runs the tests. */
export const node = process.env['WORKBENCH_NODE'] ?? process.execPath;

const viewport = { width: 1280, height: 800 };

/** How long a host may take to appear, and to end by itself when asked. Machines that run tests are busy. */
const startMs = 30_000;
const endMs = 10_000;

/** A host with one window. */
export type Opened = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Electron's main process; null in the browser host. */
  readonly electron: ElectronApplication | null;
  /** The address of the browser host, with its token; null in Electron. */
  readonly url: string | null;
  /** The process to kill in order to kill the host. */
  readonly pid: number;
  /** What the host wrote to stdout and stderr, for reports. */
  readonly output: () => string;
  readonly close: () => Promise<void>;
};

export type OpenOptions = {
  readonly db: string;
  /** The user folder of this start. */
  readonly home: string;
  /** The program of a packed app, instead of the project's build in a runtime. Electron only. */
  readonly program?: string;
  /** Called with the page before its first script runs. */
  readonly watch: (page: Page) => void;
};

/** What a host sees of this machine: its own folders, and no word of the test runner. */
const environment = (home: string): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
  XDG_CONFIG_HOME: path.join(home, 'config'),
  XDG_DATA_HOME: path.join(home, 'data'),
  XDG_CACHE_HOME: path.join(home, 'cache'),
  WORKBENCH_NODE: node,
});

/** Collects what a process writes, the last 20,000 characters of it. */
const collect = (child: ChildProcess): (() => string) => {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text = (text + part).slice(-20_000);
    });
  return () => text;
};

/** Resolves true when the promise does, false after the limit. */
const within = async (promise: Promise<unknown>, ms: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([promise.then(() => true), limit]);
  } finally {
    clearTimeout(timer);
  }
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  if (await within(ended, endMs)) return;
  child.kill('SIGKILL');
  await ended;
};

/** Waits for the line of the browser host that holds its address. */
const addressOf = async (child: ChildProcess, output: () => string): Promise<string> => {
  const address = (): string | undefined => /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(output())?.[0];
  const found = new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => {
      if (address()) resolve();
    });
    child.once('exit', (code) => reject(new Error(`The browser host ended with ${code}:\n${output()}`)));
  });
  await within(found, startMs);
  const url = address();
  if (!url) throw new Error(`The browser host printed no address:\n${output()}`);
  return url;
};

const chromiumArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Parts of the browser's own window that are web pages: each costs a process that no test looks at. (The last such list
  // that is given counts: it holds what the test runner leaves out for its own sake, too.)
  `--disable-features=${[
    'InitialWebUI',
    'PreloadTopChromeWebUI',
    'WebUIReloadButton',
    'WebUIToolbar',
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'DestroyProfileOnBrowserClose',
    'HttpsUpgrades',
    'MediaRouter',
    'OptimizationHints',
    'PaintHolding',
  ].join(',')}`,
];

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['WORKBENCH_CHROMIUM'] ?? '/usr/bin/chromium',
    args: chromiumArguments,
    // Scroll bars take room, as they do for a person.
    ignoreDefaultArgs: ['--hide-scrollbars'],
  });

/** Opens the workbench in a page of its own context. */
export const openInBrowser = async (browser: Browser, { db, home, watch }: OpenOptions): Promise<Opened> => {
  const child = spawn(node, [path.join(root, 'dist/host/loopback.cjs'), '--db', db, '--no-open'], {
    cwd: home,
    env: environment(home),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output = collect(child);
  try {
    const url = await addressOf(child, output);
    const context = await browser.newContext({ viewport, locale: 'en-GB', timezoneId: 'UTC' });
    const page = await context.newPage();
    watch(page);
    await page.goto(url);
    const close = async (): Promise<void> => {
      await context.close();
      await end(child);
    };
    return { page, context, electron: null, url, pid: child.pid ?? 0, output, close };
  } catch (error) {
    await end(child);
    throw error;
  }
};

type ElectronOptions = Parameters<typeof _electron.launch>[0];

/** The debugger of an old Electron now and then never answers the test runner, before any page is there: said, and once more. */
const startElectron = async (options: ElectronOptions & { readonly timeout: number }) => {
  try {
    return await _electron.launch({ ...options, timeout: options.timeout / 2 });
  } catch (error) {
    console.warn(`Electron did not answer the test runner and is started again: ${String(error).split('\n')[0]}`);
    return _electron.launch(options);
  }
};

/** Opens the workbench in a window of its own Electron. */
export const openInElectron = async ({ db, home, watch, program }: OpenOptions): Promise<Opened> => {
  const executablePath = program ?? process.env['WORKBENCH_ELECTRON'];
  if (!executablePath) throw new Error('WORKBENCH_ELECTRON names no Electron; `npm test -- --only e2e:electron` sets it.');
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const electron = await startElectron({
    executablePath,
    // As in Chromium: a test display has no graphics card, and a graphics process that fails late leaves a page unpainted.
    args: [
      ...sandbox,
      '--disable-gpu',
      `--user-data-dir=${path.join(home, 'electron')}`,
      '--lang=en-GB',
      ...(program ? [] : [root]),
      '--db',
      db,
    ],
    cwd: home,
    env: { ...environment(home), TZ: 'UTC', WORKBENCH_SECRETS: 'files' },
    timeout: startMs,
  });
  const child = electron.process();
  const output = collect(child);
  const close = async (): Promise<void> => {
    if (!(await within(electron.close(), endMs))) child.kill('SIGKILL');
  };
  try {
    const page = await electron.firstWindow({ timeout: startMs });
    watch(page);
    return { page, context: electron.context(), electron, url: null, pid: child.pid ?? 0, output, close };
  } catch (error) {
    await close();
    throw new Error(`Electron opened no window:\n${output()}`, { cause: error });
  }
};

/** A folder that is gone after the test. */
export const makeFolder = (under: string, name: string): string => {
  const folder = path.join(under, name);
  fs.mkdirSync(folder, { recursive: true });
  return folder;
};
