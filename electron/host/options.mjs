/** What `npm start` may be told, and which host follows from it. Plain rules without side effects. */
import path from 'node:path';
import { parseArgs } from 'node:util';

export const help = `npm start [-- OPTIONS]

  --db FILE     the file to open; made when it does not exist (default: the workbench's own file in your user folder)
  --browser     open in the browser, even where Electron could be used
  --electron    open in Electron; tries again at once to fetch its runtime
  --no-open     start, print the address, open no window (implies --browser)
  --help        this text`;

/** @typedef {{ db: string | null, browser: boolean, electron: boolean, open: boolean, help: boolean }} StartOptions */

/**
 * @param {readonly string[]} args
 * @param {string} folder what a relative file name is relative to: where the person typed the command
 * @returns {StartOptions} throws a TypeError with a plain message for an unknown option
 */
export function readOptions(args, folder) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      db: { type: 'string' },
      browser: { type: 'boolean', default: false },
      electron: { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.electron && (values.browser || values['no-open']))
    throw new TypeError('--electron cannot be used with --browser or --no-open');
  if (values.db === '') throw new TypeError('--db is empty: name a file');
  return {
    db: values.db === undefined ? null : path.resolve(folder, values.db),
    browser: values.browser,
    electron: values.electron,
    open: !values['no-open'],
    help: values.help,
  };
}

/**
 * Why the browser is the host before Electron has even been looked for; null when Electron should be tried.
 * @param {StartOptions} options
 * @param {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv }} machine
 * @returns {string | null}
 */
export function whyBrowser(options, { platform, env }) {
  if (options.browser) return 'as asked';
  if (!options.open) return 'no window was asked for';
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'])
    return 'this session has no display for a window of its own';
  return null;
}
