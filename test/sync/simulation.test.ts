/**
 * The simulation of a team (SYNC.md part 4): random work on several devices, random delivery, crashes, wrong clocks. The
 * seed of a failing case is in its message, with how few steps still show it.
 */
import { expect, it } from 'vitest';
import { makeProgram, shrink } from './program.ts';
import type { Clocks } from './program.ts';
import { simulate } from './simulate.ts';

const EDITS = 120;
const cases: readonly (readonly [Clocks, number])[] = [
  ['skewed', 1],
  ['skewed', 2],
  ['skewed', 3],
  ['tied', 4],
  ['tied', 5],
  ['poisoned', 6],
  ['poisoned', 7],
  ['refused', 8],
  ['refused', 9],
];

it.each(cases)(
  'a team with %s clocks comes to the same, and nothing is lost (seed %i)',
  { timeout: 300_000 },
  async (clocks, seed) => {
    const program = makeProgram(seed, EDITS, clocks);
    const { faults, ops, crashes, restamped } = simulate(program);
    if (faults.length > 0) {
      const { steps } = await shrink(program, (fewer) => simulate(fewer).faults.length > 0);
      expect.fail(`seed ${seed}, ${clocks}, ${steps.length} steps: ${faults.slice(0, 5).join('; ')}`);
    }
    expect(ops).toBeGreaterThan(EDITS / 2);
    expect(crashes).toBeGreaterThan(0);
    expect(restamped > 0).toBe(clocks === 'refused');
  },
);

it.each([
  ['skewed', 39],
  ['tied', 34],
  ['refused', 32],
] as const)('a team of six to eight with %s clocks comes to the same (seed %i)', { timeout: 300_000 }, async (clocks, seed) => {
  const program = makeProgram(seed, 200, clocks, { isLarge: true });
  const { faults, words } = simulate(program);
  if (faults.length > 0) {
    const { steps } = await shrink(program, (fewer) => simulate(fewer).faults.length > 0);
    expect.fail(`seed ${seed}, ${clocks}, ${steps.length} steps: ${faults.slice(0, 5).join('; ')}`);
  }
  expect(program.devices).toBeGreaterThan(5);
  expect(words).toBeGreaterThan(0);
});

it.each([
  ['skewed', 25],
  ['skewed', 22],
  ['tied', 23],
  ['poisoned', 24],
  ['refused', 43],
  ['refused', 44],
  ['refused', 45],
  ['refused', 60],
] as const)('files brought back and copied lose nothing (%s clocks, seed %i)', { timeout: 300_000 }, async (clocks, seed) => {
  const program = makeProgram(seed, EDITS, clocks, { hasCopies: true });
  const { faults, rekeyed } = simulate(program);
  if (faults.length > 0) {
    const { steps } = await shrink(program, (fewer) => simulate(fewer).faults.length > 0);
    expect.fail(`seed ${seed}, ${clocks}, ${steps.length} steps: ${faults.slice(0, 5).join('; ')}`);
  }
  expect(rekeyed).toBeGreaterThan(0);
});

it.each([
  ['skewed', 105, false],
  ['skewed', 120, false],
  ['tied', 112, true],
  ['poisoned', 119, false],
  ['poisoned', 104, true],
  ['refused', 42, false],
] as const)(
  'snapshots at any moment and what follows are a replay (%s clocks, seed %i)',
  { timeout: 300_000 },
  async (clocks, seed, hasCopies) => {
    const program = makeProgram(seed, EDITS, clocks, { hasSnapshots: true, hasCopies });
    const { faults, loaded } = simulate(program);
    if (faults.length > 0) {
      const { steps } = await shrink(program, (fewer) => simulate(fewer).faults.length > 0);
      expect.fail(`seed ${seed}, ${clocks}, ${steps.length} steps: ${faults.slice(0, 5).join('; ')}`);
    }
    expect(loaded).toBeGreaterThan(2);
  },
);

it.each([
  ['tied', 1000, {}],
  ['skewed', 1005, { hasCopies: true }],
  ['poisoned', 1007, {}],
  ['tied', 1012, { hasCopies: true }],
  ['skewed', 1014, { hasSnapshots: true }],
  ['poisoned', 1022, { hasSnapshots: true }],
] as const)(
  'people are erased for all, and nobody else is (%s clocks, seed %i)',
  { timeout: 300_000 },
  async (clocks, seed, kinds) => {
    const program = makeProgram(seed, EDITS / 2, clocks, { isOfPeople: true, ...kinds });
    const { faults, erased } = simulate(program);
    if (faults.length > 0) {
      const { steps } = await shrink(program, (fewer) => simulate(fewer).faults.length > 0);
      expect.fail(`seed ${seed}, ${clocks}, ${steps.length} steps: ${faults.slice(0, 5).join('; ')}`);
    }
    expect(erased).toBeGreaterThan(0);
  },
);
