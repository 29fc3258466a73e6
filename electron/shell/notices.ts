/** Notices of the system and the badge of the app: on the dock of macOS, the launcher of Linux, the taskbar of Windows. */
import { app, nativeImage, Notification, type BrowserWindow } from 'electron';
import { writeLog } from '../host/launch.ts';
import { badgeBitmap, badgeWords } from './badge.ts';

type Notice = { readonly key: string; readonly title: string; readonly body: string };

type SystemNotices = {
  readonly setBadge: (count: number, window: BrowserWindow | undefined) => void;
  /** @returns whether the system took them: one that has nobody to show them says so */
  readonly show: (notices: readonly Notice[]) => Promise<boolean>;
};

/** As the package is named (electron-builder.yml). */
const APP_ID = 'app.account-workbench.desktop';
/** A system that says nothing for so long has taken it. */
const ANSWER_MS = 2_000;

const setOverlay = (count: number, window: BrowserWindow | undefined): void => {
  if (window === undefined || window.isDestroyed()) return;
  const { bytes, size } = badgeBitmap();
  const dot = nativeImage.createFromBitmap(Buffer.from(bytes), { width: size, height: size });
  window.setOverlayIcon(count === 0 ? null : dot, count === 0 ? '' : badgeWords(count));
};

/** @param onClick hears the key of the notice that was clicked */
export const createSystemNotices = (platform: NodeJS.Platform, onClick: (key: string) => void): SystemNotices => {
  // Windows shows no notice of a program it has no name for.
  if (platform === 'win32') app.setAppUserModelId(APP_ID);
  /** A notice that nobody holds is collected, and its click with it. */
  const shown = new Map<string, Notification>();
  const showOne = ({ key, title, body }: Notice): Promise<boolean> =>
    new Promise((resolve) => {
      shown.get(key)?.close();
      const notice = new Notification({ title, body });
      const forget = (): void => {
        if (shown.get(key) === notice) shown.delete(key);
      };
      notice.on('click', () => {
        forget();
        onClick(key);
      });
      notice.on('close', forget);
      notice.on('show', () => resolve(true));
      notice.on('failed', (_, error) => {
        forget();
        writeLog('warn', 'the system shows no notices', { error });
        resolve(false);
      });
      setTimeout(() => resolve(true), ANSWER_MS).unref();
      shown.set(key, notice);
      notice.show();
    });
  return {
    setBadge: (count, window) => {
      if (platform === 'win32') setOverlay(count, window);
      else app.setBadgeCount(count);
    },
    show: async (notices) => {
      if (!Notification.isSupported()) return false;
      const taken = await Promise.all(notices.map(showOne));
      return taken.every(Boolean);
    },
  };
};
