/**
 * Kills an engine process as often as it is told and prints what each next start found. Ends with 1 when anything was
 * wrong. Usage: node test/setup/with-node.mjs test/store/kill-many.ts [KILLS] [SEED]
 */
import { createBench } from '../fakes/processes.ts';
import { createKiller, type Found, type Moment } from './kill-engine.ts';

const [, , kills = '50', given = String(Date.now() % 1_000_000)] = process.argv;
const MOMENTS: readonly Moment[] = ['import', 'edits', 'import', 'mending', 'import'];
const ORDERS = 600;

const describeImport = ({ orders }: Found): string => {
  if (orders === null) return '-';
  const { atKill, after, isAcknowledged } = orders;
  const end = after === 0 ? 'absent' : after === ORDERS ? 'whole' : `${after} ORDERS`;
  return `${atKill} -> ${end}${isAcknowledged ? ', acknowledged' : ''}`;
};

const line = (cells: readonly (string | number)[]): string =>
  cells.map((cell, at) => String(cell).padEnd([4, 9, 9, 7, 32, 11, 9][at] ?? 0)).join('');

const bench = createBench();
console.log(`seed ${given}; ${kills} kills of an engine process; an import has ${ORDERS} orders and ${ORDERS * 3} lines`);
console.log(line(['#', 'moment', 'killed ms', 'edits', 'orders of the import in the file', 'told', 'ready ms', 'found']));
const all: Found[] = [];
try {
  const killer = await createKiller(bench, Number(given), ORDERS);
  for (let at = 0; at < Number(kills); at += 1) {
    const found = await killer.killOnce(MOMENTS[at % MOMENTS.length] ?? 'import');
    const { moment, afterMs, edits, notices, readyMs, problems } = found;
    all.push(found);
    const told = notices.length > 0 ? 'taken back' : '-';
    console.log(
      line([
        at + 1,
        moment,
        afterMs,
        edits,
        describeImport(found),
        told,
        readyMs.toFixed(0),
        problems.length > 0 ? 'WRONG' : 'good',
      ]),
    );
    for (const problem of problems) console.log(`     ${problem}`);
  }
  await killer.end();
} finally {
  await bench.clean();
}
const wrong = all.filter(({ problems }) => problems.length > 0).length;
const count = (is: (found: Found) => boolean): number => all.filter(is).length;
console.log(
  [
    `${all.length} kills`,
    `${all.reduce((sum, { edits }) => sum + edits, 0)} acknowledged edits`,
    `${count(({ notices }) => notices.length > 0)} imports taken back`,
    `${count(({ orders }) => orders?.after === ORDERS)} whole`,
    `${count(({ orders, notices }) => orders?.after === 0 && notices.length === 0)} not begun`,
    `${wrong} wrong`,
  ].join(', '),
);
process.exitCode = wrong === 0 ? 0 : 1;
