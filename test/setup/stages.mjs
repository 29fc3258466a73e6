/** The stages of `npm test`, in order. Each is one command of a tool, run by the project's Node; nothing here knows how to count. */
import fs from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { packForTests, programOf } from './dist.mjs';
import { findChromium } from './find.mjs';
import { root, run, say } from './project.mjs';
import { forget, readPlaywright, readUnit } from './results.mjs';

/** @typedef {import('./results.mjs').Count} Count */
/** @typedef {{ node: string, electron: { path: string, version: string } | null, args: readonly string[] }} Machine */
/** @typedef {{ ok: boolean, tests?: Count | null, note?: string }} Outcome */
/** @typedef {{ name: string, after?: string, optional?: boolean, run: (machine: Machine) => Promise<Outcome> }} Stage
 * `after` names the stage that must have gone well; an `optional` stage runs only when it is asked for */

const minute = 60_000;

/** The program of a package. @param {string} file */
const inPackage = (file) => path.join(root, 'node_modules', file);

/** A tool, run by the project's Node, on stdout. @param {Machine} machine @param {string} script @param {readonly string[]} args
 * @param {{ limit?: number, env?: NodeJS.ProcessEnv, before?: readonly string[] }} [options] @returns {Promise<Outcome>} */
async function tool({ node }, script, args, { limit = 10 * minute, env = {}, before = [] } = {}) {
  const command = [...before, node, script, ...args];
  // Some tools start others by name: they must find this project's and its Node first.
  const PATH = [inPackage('.bin'), path.dirname(node), process.env['PATH']].join(path.delimiter);
  const ended = await run(command[0] ?? node, command.slice(1), {
    stdio: ['ignore', 'inherit', 'inherit'],
    limitMs: limit,
    env: { ...process.env, ...env, PATH },
  });
  const note = ended.timedOut ? `ended after ${limit / minute} minutes` : '';
  return { ok: ended.code === 0 && !ended.timedOut, note };
}

/** @param {Machine} machine @returns {Promise<Outcome>} */
async function unit(machine) {
  const file = path.join(root, 'out', 'test', 'unit.json');
  forget(file);
  const args = ['run', '-c', 'test/vitest.config.ts', ...machine.args];
  const options = { limit: 35 * minute, env: { WORKBENCH_UNIT_REPORT: file } };
  return counted(await tool(machine, inPackage('vitest/vitest.mjs'), args, options), readUnit(file));
}

/** @param {string} project @param {(machine: Machine) => { before?: string[], env?: NodeJS.ProcessEnv }} [setting] */
function playwright(project, setting = () => ({})) {
  return async (/** @type {Machine} */ machine) => {
    const file = path.join(root, 'out', 'test', `${project}.json`);
    forget(file);
    // Run alone, the specs must not meet the build of yesterday's sources.
    await ensureBuilt({ root, node: machine.node, say });
    const { before, env } = setting(machine);
    const args = ['test', '-c', 'test/e2e/playwright.config.ts', ...machine.args, `--project=${project}`];
    const browser = findChromium(process);
    const outcome = await tool(machine, inPackage('@playwright/test/cli.js'), args, {
      limit: 45 * minute,
      before,
      env: { ...env, WORKBENCH_E2E_REPORT: file, ...(browser && { WORKBENCH_CHROMIUM: browser }), WORKBENCH_NODE: machine.node },
    });
    return counted(outcome, readPlaywright(file));
  };
}

/** A runner that found nothing to run has not passed. @param {Outcome} outcome @param {Count | null} tests @returns {Outcome} */
function counted(outcome, tests) {
  if (!tests) return { ok: false, note: outcome.note || 'it wrote no report' };
  const isEmpty = tests.passed + tests.failed === 0;
  return { ok: outcome.ok && !isEmpty, tests, note: outcome.note || (isEmpty ? 'it ran no test' : '') };
}

const packedApp = path.join(root, 'out', 'packaged');

/** The configuration is accepted, and where there is a runtime the app is packed for the specs to open. @param {Machine} machine
 * @returns {Promise<Outcome>} */
async function packaged(machine) {
  const checked = await tool(machine, path.join(root, 'test/setup/packaging.mjs'), ['electron-builder.yml']);
  if (!checked.ok || process.platform !== 'linux' || !machine.electron) return checked;
  fs.rmSync(packedApp, { recursive: true, force: true });
  const ok = await packForTests({ node: machine.node, runtime: machine.electron, output: packedApp });
  return { ok, note: ok ? `unpacked around Electron ${machine.electron.version}` : 'the app could not be packed' };
}

const inElectron = playwright('electron', ({ electron }) => ({
  before: process.platform === 'linux' ? ['xvfb-run', '-a', '-s', '-screen 0 1400x900x24'] : [],
  env: { WORKBENCH_ELECTRON: electron?.path, WORKBENCH_PACKAGED: programOf(packedApp) },
}));

/** @type {readonly Stage[]} */
export const stages = [
  { name: 'types', run: (machine) => tool(machine, inPackage('typescript/bin/tsc'), ['-b']) },
  { name: 'lint', run: (machine) => tool(machine, inPackage('oxlint/bin/oxlint'), ['--deny-warnings']) },
  { name: 'format', run: (machine) => tool(machine, inPackage('oxfmt/bin/oxfmt'), ['--check']) },
  { name: 'knip', run: (machine) => tool(machine, inPackage('knip/bin/knip.js'), []) },
  { name: 'unit', run: unit },
  { name: 'build', run: async ({ node }) => ({ ok: await ensureBuilt({ root, node, say, force: true }) }) },
  { name: 'package', after: 'build', run: packaged },
  { name: 'e2e:browser', after: 'build', run: playwright('chromium') },
  {
    name: 'e2e:electron',
    after: 'build',
    run: async (machine) =>
      machine.electron
        ? { ...(await inElectron(machine)), note: `Electron ${machine.electron.version}` }
        : { ok: true, note: 'not run: no Electron runtime was found for this system' },
  },
  { name: 'screenshots', after: 'build', optional: true, run: playwright('screenshots') },
];
