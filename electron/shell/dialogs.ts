/** The system's dialogs, as the host contract asks for them. */
import { dialog, shell, type BrowserWindow } from 'electron';
import type { HostHandlers } from '../../shared/rpc/host.ts';

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

const isLoopback = (url: string): boolean => /^http:\/\/127\.0\.0\.1:\d{1,5}\//.test(url);

/** Another engine holds the file: says who, and offers the browser where that one is shown. */
export const offerHolder = async (window: BrowserWindow, message: string, url: string | null): Promise<void> => {
  const canOpen = url !== null && isLoopback(url);
  const { response } = await dialog.showMessageBox(window, {
    type: 'info',
    message,
    detail: 'This window takes the file over as soon as that one is closed. Nothing is lost by waiting.',
    buttons: canOpen ? ['Open it in the browser', 'Wait'] : ['Wait'],
    cancelId: canOpen ? 1 : 0,
    noLink: true,
  });
  if (canOpen && response === 0) await shell.openExternal(url);
};
