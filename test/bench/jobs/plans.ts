/** The plan guard at full size: no statement that a person waits for may scan or sort a large table. */
import { runJob } from '../job.ts';
import { timed } from '../measure.ts';
import { gridStatements, planFaults } from '../plans.ts';
import { openStore } from '../register.ts';
import { rowOf } from '../rows.ts';

await runJob(async ({ file }) => {
  const { db } = openStore(file);
  const faults: string[] = [];
  const statements = gridStatements(db);
  const times = await timed(statements.length, (at) => {
    const one = statements[at];
    if (one) faults.push(...planFaults(db, one).map((fault) => `plan of ${one.name}: ${fault}`));
  });
  return { rows: [rowOf('plan guard: explain a statement', times, { note: `${faults.length} at fault` })], faults };
});
