/**
 * Fetches the official Electron runtime, within limits, and remembers a failure.
 *
 * The package has no install script; its `install.js` downloads about 110 MB and, with a server that accepts and never answers,
 * waits for ever. So it is ended when nothing has arrived for a while, and after a failure the next starts do not try again for
 * a day: without a network the workbench still opens in seconds.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findElectron, versionOf } from './find.mjs';
import { endTree, readJson } from './project.mjs';

const day = 24 * 60 * 60 * 1000;

/** @typedef {{ version: string, at: number, why: string }} Failure */

/** @param {string} root */
const failureFile = (root) => path.join(root, 'node_modules', '.cache', 'workbench', 'electron.json');

/**
 * The failed download that still counts: same version, less than a day ago, and not in the future of a clock since put right.
 * @param {Failure} failure @param {string} version @param {number} now
 */
export function countsStill(failure, version, now) {
  return failure.version === version && failure.at <= now && now - failure.at < day;
}

/**
 * The runtime, fetched if need be.
 * @param {{ root: string, env: NodeJS.ProcessEnv, node: string, say: (text: string) => void, now?: number, retry?: boolean,
 *   limits?: { stallMs: number, totalMs: number } }} machine `retry` disregards a remembered failure
 * @returns {Promise<{ found: { path: string, version: string } | null, why: string }>} `why` says why there is none
 */
export async function ensureElectron({ root, env, node, say, now = Date.now(), retry = false, limits }) {
  const found = findElectron({ root, env });
  if (found) return { found, why: '' };
  if (env['WORKBENCH_ELECTRON']) return { found: null, why: 'the runtime named by WORKBENCH_ELECTRON is not there' };
  const folder = path.join(root, 'node_modules', 'electron');
  const version = versionOf(folder);
  if (!version) return { found: null, why: 'Electron is not among the installed packages' };
  const last = /** @type {Failure | null} */ (readJson(failureFile(root)));
  if (!retry && last && countsStill(last, version, now)) return { found: null, why: `${last.why}; it is tried again in a day` };

  say(`Fetching the Electron ${version} runtime. This is done once.`);
  const failure = await download(path.join(folder, 'install.js'), { env, node, dist: path.join(folder, 'dist'), limits });
  const fetched = failure ? null : findElectron({ root, env });
  if (fetched) {
    fs.rmSync(failureFile(root), { force: true });
    return { found: fetched, why: '' };
  }
  const why = `the Electron runtime could not be fetched (${failure ?? 'it is incomplete'})`;
  fs.mkdirSync(path.dirname(failureFile(root)), { recursive: true });
  fs.writeFileSync(failureFile(root), JSON.stringify({ version, at: now, why }));
  return { found: null, why };
}

/**
 * Runs install.js with its own folder for the half-finished file, and watches that and `dist` grow.
 * @param {string} script
 * @param {{ env: NodeJS.ProcessEnv, node: string, dist: string, limits?: { stallMs: number, totalMs: number } }} options
 * @returns {Promise<string | null>} the reason of a failure
 */
async function download(script, { env, node, dist, limits = { stallMs: 30_000, totalMs: 15 * 60_000 } }) {
  const temp = fs.mkdtempSync(path.join(os.tmpdir(), 'workbench-electron-'));
  const child = spawn(node, [script], {
    env: { ...env, TMPDIR: temp, TMP: temp, TEMP: temp },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(0, 4_000)));
  let stopped = '';
  const started = Date.now();
  let grown = { size: 0, at: started };
  const watch = setInterval(
    () => {
      const size = sizeOf(temp) + sizeOf(dist);
      if (size > grown.size) grown = { size, at: Date.now() };
      if (Date.now() - grown.at > limits.stallMs) stopped = 'the server does not answer';
      else if (Date.now() - started > limits.totalMs) stopped = 'the connection is too slow';
      if (stopped) endTree(child.pid);
    },
    Math.min(1_000, limits.stallMs),
  );
  const code = /** @type {number | null} */ (
    await new Promise((resolve) => child.once('error', () => resolve(1)).once('close', resolve))
  );
  clearInterval(watch);
  fs.rmSync(temp, { recursive: true, force: true });
  return stopped || (code === 0 ? null : reasonIn(errors));
}

/** In plain words, or the first line that names an error, without its stack. @param {string} errors */
function reasonIn(errors) {
  if (/fetch failed|ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH/.test(errors)) return 'its server cannot be reached';
  const lines = errors.split('\n');
  const line = lines.find((text) => /error|failed/i.test(text)) ?? lines[0] ?? '';
  return (
    line
      .trim()
      .replace(/^\w*Error: /, '')
      .slice(0, 160) || 'no reason given'
  );
}

/** Bytes under a folder. @param {string} folder */
function sizeOf(folder) {
  let bytes = 0;
  for (const entry of list(folder)) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) bytes += sizeOf(file);
    else bytes += fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}

/** @param {string} folder */
function list(folder) {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
