/** The one window: where it was last time, shown when there is something to see, brought back when its page crashes. */
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { join } from 'node:path';
import { writeLog } from '../host/launch.ts';
import { clampBounds, MIN_SIZE } from './bounds.ts';
import { openPrefs } from './prefs.ts';
import { PAGE_ORIGIN } from './protocol.ts';

/** As the page's own backgrounds (renderer/ui/tokens.ts), so that nothing flashes before its first paint. */
const background = { light: '#ffffff', dark: '#16181d' } as const;
const SAVE_MS = 500;
const CRASHES_MAX = 3;
const CRASHES_MS = 60_000;

const rememberBounds = (window: BrowserWindow, write: ReturnType<typeof openPrefs>['write']): void => {
  let timer: NodeJS.Timeout | undefined;
  const save = (): void => {
    clearTimeout(timer);
    if (!window.isDestroyed() && !window.isMinimized()) write(window.getNormalBounds(), window.isMaximized());
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_MS);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('close', save);
};

/** A page that crashes is loaded again; one that keeps crashing is left alone, since its data is safe in the engine. */
const reviveOnCrash = (window: BrowserWindow): void => {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', (_, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = Date.now();
    crashes = [...crashes.filter((at) => now - at < CRASHES_MS), now];
    writeLog('error', `the page ended: ${reason}`, { exitCode });
    if (crashes.length <= CRASHES_MAX) window.webContents.reload();
  });
};

/** @param preload path of the built preload script */
export const openWindow = (preload: string): BrowserWindow => {
  const prefs = openPrefs();
  const saved = prefs.read();
  const primary = screen.getPrimaryDisplay();
  const areas = [primary, ...screen.getAllDisplays().filter(({ id }) => id !== primary.id)].map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    ...clampBounds(saved?.bounds, areas),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (saved?.isMaximized) window.maximize();
  rememberBounds(window, prefs.write);
  reviveOnCrash(window);
  // Where the graphics of a machine fail, the first paint is never told of; a loaded page is shown all the same.
  const show = (): void => void (window.isDestroyed() || window.isVisible() || window.show());
  window.once('ready-to-show', show);
  window.webContents.once('did-finish-load', show);
  void window
    .loadURL(`${PAGE_ORIGIN}/`)
    .catch((error: unknown) => writeLog('error', `the page could not be loaded: ${String(error)}`));
  return window;
};

/** Where the preload lies, seen from the built main program. */
export const preloadPath = (): string => join(import.meta.dirname, '../preload/preload.cjs');

export const focusWindow = (window: BrowserWindow | undefined): void => {
  if (!window || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
};
