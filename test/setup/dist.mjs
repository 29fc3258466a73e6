/**
 * `npm run dist`: the installers this machine can build, in `out/installers`. An installer is built around the official Electron
 * runtime alone. Where that cannot be fetched the app is packed, unpacked, around the runtime of the desktop tests, marked as
 * a test build, and nothing is called an installer.
 */
import path from 'node:path';
import { prepareElectron } from '../electron-runtime/prepare.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureElectron } from './electron.mjs';
import { checkPackaging } from './packaging.mjs';
import { isMain, root, run, runMain, say, SetupError } from './project.mjs';
import { ensureReady } from './ready.mjs';

const minute = 60_000;

/** @typedef {{ path: string, version: string }} Runtime */

/** What one system builds of the configuration's targets. @type {Readonly<Record<string, readonly string[]>>} */
const targets = { linux: ['--linux', 'AppImage'], win32: ['--win', 'nsis'], darwin: ['--mac', 'dmg', 'zip'] };
/** @type {Readonly<Record<string, string>>} */
const systems = { linux: '--linux', win32: '--win', darwin: '--mac' };

/**
 * The packager's arguments.
 * @param {{ platform: string, kind: 'installers' | 'unpacked' | 'test', runtime?: Runtime, output?: string }} wanted `test` packs
 *   `runtime` and marks the app: it takes a Node from its environment, which no shipped app does
 */
export function packagerArguments({ platform, kind, runtime, output }) {
  const system = systems[platform];
  if (!system) throw new SetupError(`There is no installer for ${platform}.`);
  const what = kind === 'installers' ? (targets[platform] ?? []) : [system, 'dir'];
  const test = ['-c.extraMetadata.workbenchTestBuild=true', `-c.electronVersion=${runtime?.version}`];
  return [
    ...what,
    '--publish',
    'never',
    ...(output ? [`-c.directories.output=${output}`] : []),
    ...(runtime ? [`-c.electronDist=${path.dirname(runtime.path)}`] : []),
    ...(kind === 'test' ? test : []),
  ];
}

/** The program of an unpacked build on Linux. @param {string} output */
export const programOf = (output) => path.join(output, 'linux-unpacked', 'account-workbench');

/** @param {string} node @param {readonly string[]} args @param {number} limitMs */
async function pack(node, args, limitMs) {
  const cli = path.join(root, 'node_modules/electron-builder/cli.js');
  const ended = await run(node, [cli, ...args], { limitMs });
  return ended.code === 0 && !ended.timedOut;
}

/**
 * Packs the app around the runtime of the desktop tests.
 * @param {{ node: string, runtime: Runtime, output: string }} wanted @returns {Promise<boolean>}
 */
export const packForTests = ({ node, runtime, output }) =>
  pack(node, packagerArguments({ platform: process.platform, kind: 'test', runtime, output }), 5 * minute);

async function main() {
  const { platform, arch, env } = process;
  const { node } = await ensureReady({ build: false });
  await checkPackaging('electron-builder.yml');
  await ensureBuilt({ root, node, say });
  const official = await ensureElectron({ root, env, node, say });
  if (official.found) {
    const of = { platform, runtime: official.found };
    if (await pack(node, packagerArguments({ ...of, kind: 'installers' }), 20 * minute)) {
      say('The installers are in out/installers.');
      return 0;
    }
    say('The packager could not build the installers; the lines above say why. The unpacked app is built instead.');
    if (!(await pack(node, packagerArguments({ ...of, kind: 'unpacked' }), 5 * minute))) return 1;
    say('The unpacked app is in out/installers.');
    return 0;
  }
  say(`No installer can be built here: ${official.why}.`);
  const runtime = await prepareElectron({ platform, arch, env, node, say });
  if (!runtime) return 1;
  const output = path.join(root, 'out', 'packaged');
  if (!(await packForTests({ node, runtime, output }))) return 1;
  say(`A test build around Electron ${runtime.version}, not to be shipped, is in out/packaged.`);
  return 0;
}

if (isMain(import.meta.url)) await runMain(main);
