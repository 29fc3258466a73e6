/** One field from the call until it is on the disk, in the engine's own thread, by its whole write path. */
import { openEngine } from '../../../electron/engine/engine.ts';
import { createEnv } from '../../../electron/engine/options.ts';
import { optionsFor } from '../../fakes/processes.ts';
import { createAppend, EDITS, editCall, pickIds } from '../edits.ts';
import { runJob } from '../job.ts';
import { inTurn } from '../measure.ts';
import { rowBeside, type Row } from '../rows.ts';

await runJob(async ({ file, path, copy, int, times }) => {
  const db = copy(file, 'edited.db');
  const engine = openEngine(createEnv(optionsFor(db)));
  const raw = createAppend(path('appended'));
  const count = times(600, 200);
  const rows: Row[] = [];
  for (const one of EDITS) {
    const ids = pickIds(db, one.table, count, int);
    const edit = (at: number) => engine.call('records.apply', editCall(one, ids[at] ?? '', at));
    const pair = await inTurn(count, edit, raw.append);
    rows.push(rowBeside(`edit to durable: ${one.name}`, pair, 'wall', { budget: { p99: 5, ratio: 3 } }));
  }
  raw.close();
  engine.close();
  return rows;
});
