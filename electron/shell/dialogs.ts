/** The system's dialogs, as the host contract asks for them. */
import { dialog, shell, type BrowserWindow } from 'electron';
import type { EngineStatus, HostHandlers } from '../../shared/rpc/host.ts';

type Pick = Parameters<HostHandlers['host.pick']>[0];

/** @returns the chosen path; null when the person cancelled */
export const pick = async (
  window: BrowserWindow | undefined,
  { kind, title, suggest, filters }: Pick,
): Promise<string | null> => {
  const common = { ...(title ? { title } : {}), ...(suggest ? { defaultPath: suggest } : {}), filters };
  if (kind === 'save') {
    const { canceled, filePath } = await (window ? dialog.showSaveDialog(window, common) : dialog.showSaveDialog(common));
    return canceled || !filePath ? null : filePath;
  }
  const options: Electron.OpenDialogOptions = { ...common, properties: [kind === 'folder' ? 'openDirectory' : 'openFile'] };
  const { canceled, filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
};

/** Shows a file in its folder; opens nothing. */
export const reveal = (path: string): void => shell.showItemInFolder(path);

const isLoopback = (url: string): boolean => /^http:\/\/127\.0\.0\.1:\d{1,5}\//.test(url);

const offerHolder = async (window: BrowserWindow, message: string, url: string | null, signal: AbortSignal): Promise<void> => {
  const canOpen = url !== null && isLoopback(url);
  const { response } = await dialog.showMessageBox(window, {
    type: 'info',
    message,
    detail: 'This window takes the file over as soon as that one is closed. Nothing is lost by waiting.',
    buttons: canOpen ? ['Open it in the browser', 'Wait'] : ['Wait'],
    cancelId: canOpen ? 1 : 0,
    noLink: true,
    signal,
  });
  if (canOpen && response === 0 && !signal.aborted) await shell.openExternal(url);
};

/** The address of whoever holds the file, out of the details of a `locked` error. */
const holderUrl = (details: unknown): string | null => {
  if (typeof details !== 'object' || details === null || !('holder' in details)) return null;
  const { holder } = details;
  return typeof holder === 'object' && holder !== null && 'url' in holder && typeof holder.url === 'string' ? holder.url : null;
};

/** While another engine holds the file: says who, once, and offers the browser where that one is shown. */
export const createLockNotice = (): ((status: EngineStatus, window: BrowserWindow | undefined) => void) => {
  let shown: AbortController | undefined;
  return ({ state, error }, window) => {
    if (state === 'starting') return;
    if (state !== 'locked' || !error || !window) {
      shown?.abort();
      shown = undefined;
    } else if (!shown) {
      shown = new AbortController();
      void offerHolder(window, error.message, holderUrl(error.details), shown.signal);
    }
  };
};
