/**
 * Opens the workbench in a browser window of its own. Chromium, Chrome and Edge can show an address without tabs
 * (`--app`), so that no key is reserved by a tab; a profile of our own keeps extensions away. Else the system's
 * default browser. Never waits, never fails: the address is printed in any case.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

type Machine = {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly exists: (path: string) => boolean;
};

const onPath = (names: readonly string[], { env, exists }: Machine): string | undefined =>
  (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(exists);

const inFolders = (folders: readonly (string | undefined)[], names: readonly string[], { exists }: Machine): string | undefined =>
  folders.flatMap((folder) => (folder ? names.map((name) => join(folder, name)) : [])).find(exists);

/** A browser that can show a page as an app window; the one named by the environment first. */
export const findAppBrowser = (machine: Machine): string | undefined => {
  const { platform, env, exists } = machine;
  const named = env['WORKBENCH_CHROMIUM'];
  if (named && exists(named)) return named;
  if (platform === 'win32')
    return inFolders(
      [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']],
      [
        'Microsoft\\Edge\\Application\\msedge.exe',
        'Google\\Chrome\\Application\\chrome.exe',
        'Chromium\\Application\\chrome.exe',
      ],
      machine,
    );
  if (platform === 'darwin')
    return inFolders(
      ['/Applications', join(homedir(), 'Applications')],
      ['Google Chrome', 'Microsoft Edge', 'Chromium'].map((name) => `${name}.app/Contents/MacOS/${name}`),
      machine,
    );
  return onPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'], machine);
};

const profileFolder = ({ platform, env }: Machine): string => {
  const base =
    platform === 'win32'
      ? (env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'))
      : platform === 'darwin'
        ? join(homedir(), 'Library', 'Application Support')
        : (env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'));
  return join(base, 'account-workbench', 'browser');
};

/** What to run to show the address; undefined when there is nothing to run it on. */
export const chooseBrowser = (url: string, machine: Machine): readonly [file: string, ...args: string[]] | undefined => {
  const { platform, env } = machine;
  if (platform !== 'win32' && platform !== 'darwin' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return undefined;
  const app = findAppBrowser(machine);
  if (app) {
    // Chromium refuses its sandbox to root, and ends.
    const sandbox = platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return [
      app,
      `--app=${url}`,
      `--user-data-dir=${profileFolder(machine)}`,
      '--no-first-run',
      '--no-default-browser-check',
      ...sandbox,
    ];
  }
  if (platform === 'win32') return ['explorer.exe', url];
  const opener = platform === 'darwin' ? '/usr/bin/open' : onPath(['xdg-open'], machine);
  return opener ? [opener, url] : undefined;
};

export const openBrowser = (url: string): void => {
  const machine: Machine = { platform: process.platform, env: process.env, exists: existsSync };
  const chosen = chooseBrowser(url, machine);
  if (!chosen) return;
  const [file, ...args] = chosen;
  mkdirSync(profileFolder(machine), { recursive: true, mode: 0o700 });
  spawn(file, args, { detached: true, stdio: 'ignore' })
    .on('error', () => {})
    .unref();
};
