/**
 * The simulation of accounts that go between territories: random work of five devices, some of which hear of things late. The
 * seed of a failing case is in its message, with the fewest steps that still show it.
 */
import { expect, it } from 'vitest';
import { shrink } from './program.ts';
import { makeRegionProgram } from './region-program.ts';
import { simulateRegion } from './simulate-region.ts';

const STEPS = 80;

it.each([8, 10, 21, 22, 39, 71])(
  'nothing of an account that goes is lost, and each sees its own (seed %i)',
  { timeout: 300_000 },
  async (seed) => {
    const program = makeRegionProgram(seed, STEPS);
    const { faults, given } = await simulateRegion(program);
    if (faults.length > 0) {
      const fewest = await shrink(program, async (fewer) => (await simulateRegion(fewer)).faults.length > 0);
      const { done } = await simulateRegion(fewest);
      expect.fail(`seed ${seed}: ${faults.slice(0, 5).join('; ')}\n${done.join('\n')}`);
    }
    expect(given).toBeGreaterThan(0);
  },
);
