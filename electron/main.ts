/**
 * The desktop host: one window, one engine, and what joins them. Main is thin on purpose: it starts, watches and
 * stops the engine and brokers ports; no row ever passes through it.
 */
import { app, session, type BrowserWindow } from 'electron';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chooseFiles } from './host/files.ts';
import { untilFree } from './host/holder.ts';
import { createHostServer } from './host/host-server.ts';
import { createOptions, writeLog } from './host/launch.ts';
import { rendererFolder } from './host/page.ts';
import { createSupervisor, type Supervisor } from './host/supervisor.ts';
import { createLockNotice, pick, reveal } from './shell/dialogs.ts';
import { isOwnRuntimeEnough, startEngine, type DesktopEngine } from './shell/engine.ts';
import { guardEveryPage, guardSession } from './shell/guard.ts';
import { setMenu } from './shell/menu.ts';
import { createSystemNotices } from './shell/notices.ts';
import { servePorts, type Ports } from './shell/ports.ts';
import { registerScheme, servePage } from './shell/protocol.ts';
import { focusWindow, openWindow, preloadPath } from './shell/window.ts';

const readFlags = (): { readonly db?: string } => {
  const { values } = parseArgs({
    args: process.argv.slice(1),
    options: { db: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  return typeof values.db === 'string' ? { db: values.db } : {};
};

/** Set by the build that packages the app to be tested in an old runtime, and by no other. */
const isBuiltForTests = (): boolean => {
  const text: unknown = JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8'));
  return typeof text === 'object' && text !== null && 'workbenchTestBuild' in text && text.workbenchTestBuild === true;
};

/**
 * A Node that can hold the store, where Electron's own cannot: the one named, else the project's. Naming none ('')
 * leaves it to Electron, which then says that it is too old.
 */
const findNode = (): string | undefined => {
  const own = join(app.getAppPath(), 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const path = process.env['WORKBENCH_NODE'] ?? own;
  return path !== '' && existsSync(path) ? path : undefined;
};

const describeRuntime = (): string => {
  const store = isOwnRuntimeEnough() ? 'its own process' : 'a Node beside it';
  return `the desktop app, with the store in ${store}`;
};

type Desk = { window?: BrowserWindow; ports?: Ports };

const superviseEngine = (own: string, desk: Readonly<Desk>): Supervisor<DesktopEngine> => {
  const node = findNode();
  const isForTests = isBuiltForTests();
  const noticeLock = createLockNotice();
  return createSupervisor<DesktopEngine>({
    file: own,
    spawn: (db) =>
      startEngine(
        createOptions({ db, mode: 'port', host: 'electron', url: null, locale: app.getLocale(), version: app.getVersion() }),
        node,
        isForTests,
      ),
    untilFree,
    onStatus: (status) => {
      desk.ports?.tell('host.status', status);
      noticeLock(status, desk.window);
    },
    onReady: (engine) => desk.ports?.connect(engine),
    onFocus: () => focusWindow(desk.window),
    clock: Date.now,
  });
};

const start = async (): Promise<void> => {
  await app.whenReady();
  const desk: Desk = {};
  const files = chooseFiles(readFlags().db, process.env, app.getPath('documents'));
  const supervisor = superviseEngine(files.own, desk);
  const system = createSystemNotices(process.platform, (key) => {
    focusWindow(desk.window);
    desk.ports?.tell('host.notice', { key });
  });
  const { electron, chrome, node } = process.versions;
  const host = createHostServer(
    { kind: 'electron', versions: { electron, chrome, node }, why: describeRuntime(), files },
    supervisor,
    {
      'host.pick': async (input) => ({ path: await pick(desk.window, input) }),
      'host.reveal': ({ path }) => {
        reveal(path);
        return { url: null };
      },
      'host.paste': () => {
        desk.window?.webContents.paste();
        return {};
      },
      'host.notify': async ({ badge, notices }) => {
        system.setBadge(badge, desk.window);
        return { shown: await system.show(notices) };
      },
      'host.focus': () => {
        focusWindow(desk.window);
        return {};
      },
    },
  );
  desk.ports = servePorts(host, supervisor.engine, supervisor.status);
  guardSession(session.defaultSession);
  servePage(rendererFolder());
  setMenu(process.platform === 'darwin' ? 'mac' : 'win', (id) => desk.ports?.tell('host.command', { id }));
  supervisor.start();
  desk.window = openWindow(preloadPath());

  app.on('second-instance', () => focusWindow(desk.window));
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    // The file is closed before the app is gone; the supervisor ends an engine that does not listen.
    event.preventDefault();
    void supervisor.stop().finally(() => app.exit(0));
  });
};

// Electron's own answer is a dialog that waits for ever; the engine, which holds the data, is not touched by this.
process.on('uncaughtException', (error) => writeLog('error', 'an error in the desktop host', { stack: error.stack }));
process.on('unhandledRejection', (error) => writeLog('error', 'an error in the desktop host', { error: String(error) }));

registerScheme();
guardEveryPage();
if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    writeLog('error', `the workbench could not start: ${error instanceof Error ? error.message : String(error)}`);
    app.exit(1);
  });
} else {
  process.stdout.write('The workbench is open already: its window comes to the front.\n');
  app.exit(0);
}
