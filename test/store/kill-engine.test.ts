import { expect, onTestFinished, test } from 'vitest';
import { createBench } from '../fakes/processes.ts';
import { createKiller, type Moment } from './kill-engine.ts';

const MOMENTS: readonly Moment[] = ['import', 'edits', 'import', 'mending', 'import', 'edits'];

test(
  'an engine process killed at any moment keeps what it acknowledged, and an import whole or not at all',
  {
    timeout: 180_000,
  },
  async () => {
    const bench = createBench();
    onTestFinished(bench.clean);
    const seed = Date.now() % 1_000_000;
    const killer = await createKiller(bench, seed, 300);
    for (const moment of MOMENTS) {
      const found = await killer.killOnce(moment);
      expect(found.problems, `seed ${seed}: ${JSON.stringify(found)}`).toEqual([]);
    }
    await killer.end();
  },
);
