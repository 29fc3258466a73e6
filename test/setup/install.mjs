/**
 * The dependencies: are they here, are they the ones the lock file names, and if not, install them.
 *
 * npm writes `node_modules/.package-lock.json` as the last step of an install, so its absence also tells an install that was cut
 * off. Nothing needs an install script (the store's binary and Node come inside their packages), so none is run.
 */
import fs from 'node:fs';
import path from 'node:path';
import { readJson, run, SetupError } from './project.mjs';

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean, os?: string[] | string }} LockEntry */

/**
 * Why the dependencies must be installed, in words; null when they are as the lock file says.
 * @param {string} root @param {NodeJS.Platform} platform @returns {string | null}
 */
export function whyInstall(root, platform) {
  const wanted = packagesOf(path.join(root, 'package-lock.json'));
  const present = packagesOf(path.join(root, 'node_modules', '.package-lock.json'));
  if (!present) return 'they are not installed yet';
  if (!wanted) return null;
  for (const [name, entry] of Object.entries(present)) {
    if (wanted[name]?.version !== entry.version) return `${short(name)} is not the version of the lock file`;
    if (!runsOn(entry.os, platform)) return `${short(name)} is for another system`;
  }
  for (const [name, entry] of Object.entries(wanted))
    if (!present[name] && !entry.optional && !entry.devOptional) return `${short(name)} is missing`;
  return null;
}

/** @param {string} file @returns {Record<string, LockEntry> | null} without the project itself */
function packagesOf(file) {
  const lock = /** @type {{ packages: Record<string, LockEntry> } | null} */ (readJson(file));
  if (!lock) return null;
  const { '': _project, ...rest } = lock.packages;
  return rest;
}

/** @param {string} name */
const short = (name) => name.slice(name.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** npm's `os` field: names, or names with `!` before them. @param {string[] | string | undefined} os @param {string} platform */
function runsOn(os, platform) {
  const list = os === undefined ? [] : [os].flat();
  if (list.includes(`!${platform}`)) return false;
  const names = list.filter((name) => !name.startsWith('!'));
  return names.length === 0 || names.includes(platform);
}

/**
 * How to start npm: the one that started us, by the Node that runs it.
 * @param {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv, execPath: string }} machine
 * @returns {{ file: string, args: string[], shell: boolean }}
 */
export function npmCommand({ platform, env, execPath }) {
  const cli = env['npm_execpath'];
  if (cli && path.basename(cli) === 'npm-cli.js')
    return { file: env['npm_node_execpath'] || execPath, args: [cli], shell: false };
  // On Windows npm is a batch file, which only a shell can start.
  return { file: platform === 'win32' ? 'npm.cmd' : 'npm', args: [], shell: platform === 'win32' };
}

/**
 * The install to run. `npm ci` begins by deleting node_modules; on Windows a program cannot be deleted while it runs, so there an
 * existing folder is brought up to the lock file in place.
 * @param {NodeJS.Platform} platform @param {boolean} isPresent
 */
export function installArguments(platform, isPresent) {
  const command = platform === 'win32' && isPresent ? ['install', '--no-save'] : ['ci'];
  return [...command, '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
}

/**
 * @param {{ root: string, platform: NodeJS.Platform, env: NodeJS.ProcessEnv, execPath: string, say: (text: string) => void }} machine
 * @returns {Promise<boolean>} whether anything was installed
 */
export async function ensureInstalled({ root, platform, env, execPath, say }) {
  const why = whyInstall(root, platform);
  if (!why) return false;
  say(`Installing the dependencies (${why}). This is done once and takes about a minute.`);
  const { file, args, shell } = npmCommand({ platform, env, execPath });
  const isPresent = fs.existsSync(path.join(root, 'node_modules'));
  const install = [...args, ...installArguments(platform, isPresent)];
  for (let attempt = 1; whyInstall(root, platform) && attempt <= 2; attempt += 1)
    await run(file, install, { cwd: root, env, shell });
  const still = whyInstall(root, platform);
  if (still)
    throw new SetupError(
      `The dependencies could not be installed (${still}). Is the network reachable? The lines above say more.`,
    );
  return true;
}
