/**
 * `npm test`: sets up what is missing, runs every stage, goes on after a failure as far as that makes sense, and ends with one
 * line, `N passed, N failed`. `npm test -- --only unit,lint` runs some stages; what follows `--` goes to the test runner.
 */
import { parseArgs } from 'node:util';
import { prepareElectron } from '../electron-runtime/prepare.mjs';
import { runMain, say, SetupError } from './project.mjs';
import { ensureReady } from './ready.mjs';
import { describeResults } from './results.mjs';
import { stages } from './stages.mjs';
import { ensureSystem } from './system.mjs';

/** @typedef {import('./results.mjs').StageResult} StageResult */

/** @param {readonly string[]} args */
function readArguments(args) {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { only: { type: 'string' } } });
  const names = values.only?.split(',') ?? stages.filter(({ optional }) => !optional).map(({ name }) => name);
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0)
    throw new SetupError(`There is no stage ${unknown.join(', ')}. The stages: ${stages.map(({ name }) => name).join(', ')}.`);
  return { chosen: stages.filter(({ name }) => names.includes(name)), rest: positionals };
}

/** @param {readonly import('./stages.mjs').Stage[]} chosen */
async function setUp(chosen) {
  const { platform, arch, env } = process;
  const isChosen = (/** @type {string} */ name) => chosen.some((stage) => stage.name === name);
  const needs = {
    chromium: isChosen('e2e:browser') || isChosen('screenshots'),
    display: isChosen('e2e:electron'),
    postgres: isChosen('unit'),
    runtime: isChosen('e2e:electron') || isChosen('package'),
  };
  await ensureSystem(needs, { platform, env, say });
  const { node } = await ensureReady({ build: false });
  const electron = needs.runtime ? await prepareElectron({ platform, arch, env, node, say }) : null;
  return { node, electron };
}

/**
 * Runs one piece of work and times it. An error it throws is a failure with a reason, never the end of the run.
 * @param {string} name @param {() => Promise<import('./stages.mjs').Outcome>} work @returns {Promise<StageResult>}
 */
async function time(name, work) {
  console.log(`\n== ${name}`);
  const began = performance.now();
  /** @type {import('./stages.mjs').Outcome} */
  let outcome;
  try {
    outcome = await work();
  } catch (error) {
    console.log(error instanceof SetupError ? error.message : error);
    outcome = { ok: false };
  }
  const seconds = (performance.now() - began) / 1_000;
  console.log(`== ${name} ${outcome.ok ? 'ok' : 'FAILED'} (${seconds.toFixed(1)} s)`);
  return { name, ok: outcome.ok, seconds, tests: outcome.tests ?? null, note: outcome.note ?? '' };
}

/** @param {readonly import('./stages.mjs').Stage[]} chosen @param {import('./stages.mjs').Machine} machine @returns {Promise<StageResult[]>} */
async function runStages(chosen, machine) {
  /** @type {StageResult[]} */
  const results = [];
  for (const stage of chosen) {
    const before = results.find(({ name }) => name === stage.after);
    if (before && !before.ok)
      results.push({ name: stage.name, ok: false, seconds: 0, tests: null, note: `not run: ${before.name} failed` });
    else results.push(await time(stage.name, () => stage.run(machine)));
  }
  return results;
}

await runMain(async () => {
  const { chosen, rest } = readArguments(process.argv.slice(2));
  /** @type {import('./stages.mjs').Machine[]} */
  const machines = [];
  const setup = await time('set-up', async () => {
    machines.push({ ...(await setUp(chosen)), args: rest });
    return { ok: true };
  });
  const results = [setup];
  for (const machine of machines) results.push(...(await runStages(chosen, machine)));
  console.log('');
  for (const line of describeResults(results)) console.log(line);
  return results.every(({ ok }) => ok) ? 0 : 1;
});
