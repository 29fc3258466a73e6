/**
 * The browser host, as a program: the engine as a child, the page on 127.0.0.1, the address on stdout.
 *
 *   loopback [--db FILE] [--port N] [--no-open] [--renderer DIR]
 *
 * It ends on Ctrl+C, on SIGTERM, and when the process that started it is gone.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { AppError } from '../../shared/contract/define.ts';
import type { EngineStatus } from '../../shared/rpc/host.ts';
import { createToken } from '../engine/address.ts';
import { openBrowser } from './browser.ts';
import { forkEngine, type ChildEngine } from './child.ts';
import { createDownloads } from './downloads.ts';
import { chooseFiles, type Files } from './files.ts';
import { reachHolder, untilFree } from './holder.ts';
import { createHostServer } from './host-server.ts';
import { createOptions } from './launch.ts';
import { createPageLines, type PageLines } from './page-lines.ts';
import { rendererFolder } from './page.ts';
import { raiseWindow } from './attach.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';
import { appVersion } from './version.ts';
import { openWeb, type Web } from './web.ts';

type Flags = { readonly db?: string; readonly port: number; readonly open: boolean; readonly renderer: string };

const readFlags = (args: readonly string[]): Flags => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      db: { type: 'string' },
      port: { type: 'string', default: '0' },
      renderer: { type: 'string', default: rendererFolder() },
      'no-open': { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new AppError('usage', `--port ${values.port} is not a port.`);
  return { ...(values.db === undefined ? {} : { db: values.db }), port, open: !values['no-open'], renderer: values.renderer };
};

const show = (url: string, isOpened: boolean): void => {
  process.stdout.write(`Account workbench: ${url}\n`);
  if (isOpened) openBrowser(url);
};

/** The file is open already: show that one instead. @returns false when nobody answers who could be shown */
const showHolder = async ({ own }: Files, isOpened: boolean): Promise<boolean> => {
  const holder = await reachHolder(own);
  if (!holder || holder.host === 'cli') return false;
  if (holder.url) show(holder.url, isOpened);
  else {
    process.stdout.write('The workbench has this file open in its own window.\n');
    await raiseWindow(holder).catch(() => {});
  }
  return true;
};

/** How long a holder is looked for that does not answer yet, and how often. */
const HOLDER_MS = 15_000;
const LOOK_MS = 250;

/** As `showHolder`, for as long as the file is held: an engine has its file a moment before anybody can reach it. */
const showHolderSoon = async (files: Files, isOpened: boolean, isHeld: () => boolean): Promise<boolean> => {
  const end = performance.now() + HOLDER_MS;
  while (isHeld()) {
    if (await showHolder(files, isOpened)) return true;
    if (performance.now() > end) return false;
    await wait(LOOK_MS);
  }
  return false;
};

/** What the parts need of each other: the engine knows the address, the address serves the pages, the pages reach the engine. */
type Desk = { url: string; pages?: PageLines; onStatus: (status: EngineStatus) => void };

const superviseEngine = (files: Files, desk: Readonly<Desk>): Supervisor<ChildEngine> =>
  createSupervisor<ChildEngine>({
    file: files.own,
    spawn: (db) => forkEngine(createOptions({ db, mode: 'child', host: 'browser', url: desk.url, version: appVersion() })),
    untilFree,
    onStatus: (status) => {
      desk.pages?.tell(status);
      desk.onStatus(status);
    },
    onReady: (engine) => desk.pages?.connect(engine),
    clock: Date.now,
  });

const warn = ({ state, error, reason }: EngineStatus): void => {
  if (state === 'crashed' || state === 'repair' || state === 'locked')
    process.stderr.write(`Account workbench: ${error?.message ?? `the engine stopped: ${reason ?? ''}`}\n`);
};

/** Shows the address once it is known what is behind it; a start that was second by a moment shows that of the first, and ends. */
const createFirstShow = (
  files: Files,
  { url }: Desk,
  isOpened: boolean,
  end: () => void,
): ((status: EngineStatus) => Promise<void>) => {
  let isShown = false;
  let now: EngineStatus['state'] = 'starting';
  const isHeld = (): boolean => now === 'locked' || now === 'starting';
  return async ({ state }) => {
    now = state;
    if (isShown || state === 'starting' || state === 'stopped') return;
    isShown = true;
    if (state === 'locked' && (await showHolderSoon(files, isOpened, isHeld))) end();
    else show(url, isOpened);
  };
};

const createEnd = (supervisor: Supervisor<ChildEngine>, web: Web): (() => void) => {
  let isEnding = false;
  return () => {
    if (isEnding) return;
    isEnding = true;
    web.close();
    void supervisor.stop().finally(() => process.exit(0));
  };
};

const main = async (): Promise<void> => {
  const flags = readFlags(process.argv.slice(2));
  const files = chooseFiles(flags.db, process.env);
  if (await showHolder(files, flags.open)) return;
  const token = createToken();
  const desk: Desk = { url: '', onStatus: warn };
  const supervisor = superviseEngine(files, desk);
  const facts = {
    kind: 'browser',
    versions: { node: process.versions.node },
    why: process.env['WORKBENCH_WHY'] ?? 'as asked',
    files,
  } as const;
  const downloads = createDownloads(() => supervisor.status().file, Date.now);
  const host = createHostServer(facts, supervisor, {
    'host.pick': () => {
      throw new AppError('denied', 'A browser cannot show this dialog: type the path.');
    },
    'host.reveal': ({ path }) => ({ url: downloads.offer(path) }),
    'host.paste': () => {
      throw new AppError('denied', 'A browser lets its own keys alone paste.');
    },
    // The page has the browser's own, where it was allowed.
    'host.notify': () => ({ shown: false }),
    'host.focus': () => ({}),
  });
  desk.pages = createPageLines(host, supervisor.engine, supervisor.status);
  const web = await openWeb({
    folder: flags.renderer,
    token,
    port: flags.port,
    downloads,
    admit: desk.pages.admit,
    clock: Date.now,
  });
  desk.url = `${web.origin}/#token=${token}`;
  const end = createEnd(supervisor, web);
  const showFirst = createFirstShow(files, desk, flags.open, end);
  desk.onStatus = (status) => {
    warn(status);
    void showFirst(status);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  process.on('disconnect', end);
  supervisor.start();
};

main().catch((error: unknown) => {
  process.stderr.write(`Account workbench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
