/** The checks of the simulation of territories are checked: each fault put in on purpose must be seen by it. */
import { expect, it } from 'vitest';
import type { Elsewhere } from '../../electron/engine/store/territory/elsewhere.ts';
import type { AdaptMerge } from '../../electron/engine/store/merge/parts.ts';
import { makeRegionProgram } from './region-program.ts';
import { simulateRegion } from './simulate-region.ts';

const withElsewhere =
  (faulty: (real: Elsewhere) => Partial<Elsewhere>): AdaptMerge =>
  (parts) => ({ ...parts, elsewhere: { ...parts.elsewhere, ...faulty(parts.elsewhere) } });

const mutants: readonly (readonly [name: string, adapt: AdaptMerge])[] = [
  ['what comes late is nobody’s', withElsewhere(() => ({ keepLate: () => undefined }))],
  ['what hangs on something here again stays away', withElsewhere(() => ({ returningBy: () => null }))],
  ['what is said of what went is merged as if it were here', withElsewhere(() => ({ goneFor: () => null }))],
  [
    'what is swept is let go of without being passed on',
    withElsewhere((real) => ({
      leave: (work, row, left, { stamps } = {}) => real.leave(work, row, left, { ...(stamps && { stamps }) }),
    })),
  ],
];

const SEEDS = [8, 10, 21, 22, 39, 71];
const STEPS = 80;

it.each(mutants)('the simulation sees that %s', { timeout: 300_000 }, async (_, adapt) => {
  for (const seed of SEEDS) if ((await simulateRegion(makeRegionProgram(seed, STEPS), adapt)).faults.length > 0) return;
  expect.fail('No seed shows it.');
});
