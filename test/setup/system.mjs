/**
 * What the end-to-end tests need from the system itself: a browser, and on Linux a display and the libraries of a window. Only
 * what is missing is installed, and only where that can be done without asking: as root, by apt. Elsewhere it is named.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findChromium, findPostgres } from './find.mjs';
import { run, SetupError } from './project.mjs';

/** @typedef {{ chromium?: boolean, display?: boolean, postgres?: boolean }} Needs */
/** @typedef {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv, exists?: (file: string) => boolean }} Place */

/**
 * Packages, by their Debian names, whose files are not here.
 * @param {Needs} needs @param {Place} place @returns {string[]}
 */
export function missingPackages(needs, { platform, env, exists = (file) => fs.existsSync(file) }) {
  const missing = needs.chromium && !findChromium({ platform, env, exists }) ? ['chromium'] : [];
  if (!needs.display || platform !== 'linux') return missing;
  const folders = (env['PATH'] ?? '').split(':');
  const isProgram = (/** @type {string} */ name) => folders.some((folder) => exists(path.posix.join(folder, name)));
  const libraries = ['/usr/lib', '/usr/lib64', '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'];
  if (!isProgram('Xvfb') || !isProgram('xvfb-run')) missing.push('xvfb');
  if (!isProgram('xauth')) missing.push('xauth');
  if (!libraries.some((folder) => exists(path.posix.join(folder, 'libgtk-3.so.0')))) missing.push('libgtk-3-0');
  return missing;
}

/** Where Debian's scripts read whether a server is to be set up and started as soon as its programs are there. */
const CLUSTERS = '/etc/postgresql-common/createcluster.conf';

/**
 * A PostgreSQL for the tests of the hub: its programs only, as the tests start a server of their own. It can be done without:
 * where it cannot be had, those tests say why and are left out.
 * @param {Place & { say: (text: string) => void }} machine
 */
async function ensurePostgres({ platform, env, say }) {
  if (platform !== 'linux' || findPostgres({ platform, env })) return;
  if (process.getuid?.() !== 0 || !hasApt()) return;
  say("Installing PostgreSQL from the system's packages, for the tests of the hub.");
  // The scripts come first, so that they can be told to set up no server of the machine's own.
  await installPackages(['postgresql-common', 'openssl'], env);
  if (fs.existsSync(CLUSTERS)) fs.appendFileSync(CLUSTERS, '\ncreate_main_cluster = false\n');
  await installPackages(['postgresql'], env, { update: false });
}

const hasApt = () => spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;

/** @param {Needs} needs @param {Place & { say: (text: string) => void }} machine */
export async function ensureSystem(needs, { platform, env, say }) {
  if (needs.postgres) await ensurePostgres({ platform, env, say });
  const place = { platform, env };
  let missing = missingPackages(needs, place);
  if (missing.length === 0) return;
  const isDebian = platform === 'linux' && hasApt();
  if (!isDebian)
    throw new SetupError(
      `The tests need ${missing.join(', ')} here: install it (or name a Chrome, Edge or Chromium by WORKBENCH_CHROMIUM).`,
    );
  if (process.getuid?.() !== 0)
    throw new SetupError(`The tests need more of the system: sudo apt-get install ${missing.join(' ')}`);
  say(`Installing from the system's packages: ${missing.join(', ')}.`);
  for (let attempt = 1; missing.length > 0 && attempt <= 3; attempt += 1) {
    if (attempt > 1) await pause(attempt * 5_000);
    await installPackages(missing, env);
    missing = missingPackages(needs, place);
  }
  if (missing.length > 0) throw new SetupError(`These system packages could not be installed: ${missing.join(', ')}.`);
}

/** @param {readonly string[]} packages @param {NodeJS.ProcessEnv} env @param {{ update: boolean }} [options] */
async function installPackages(packages, env, { update } = { update: true }) {
  const apt = ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
  /** @type {import('node:child_process').SpawnOptions} */
  const options = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 2] };
  if (update) await run('apt-get', [...apt, 'update'], options);
  await run('apt-get', [...apt, 'install', '-y', '--no-install-recommends', ...packages], options);
}
