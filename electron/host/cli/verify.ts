/** Comparing this file with another of its team, or with all that their hub has. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OutputOf } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { formatTable } from './output.ts';
import { placeOf, ROUND_PATIENCE_MS } from './sync.ts';
import { usage, type Work } from './work.ts';

type Tables = readonly { readonly table: string; readonly rows: number; readonly hash: string }[];

const readTables = (path: string): Tables => {
  try {
    const { tables } = JSON.parse(readFileSync(path, 'utf8')) as { tables: Tables };
    return tables.map(({ table, rows, hash }) => ({ table, rows, hash }));
  } catch {
    throw new AppError('bad-file', `${path} is not what verify --json prints.`, { path });
  }
};

type Verified = OutputOf<WorkbenchContract['sync.verify']>;

const places = { here: 'only here', there: 'only at the hub', both: 'not the same' } as const;

const say = (count: number, one: string, many: string): string => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** Where a person may only read, what they did stays in their file whatever they do. */
const sayUnsent = ({ unsent, unwritable }: Verified): string => {
  const what = `${say(unsent, 'change', 'changes')} of here the hub does not have yet`;
  return unwritable.length === 0
    ? `${what}: workbench sync gives them, or says why not`
    : `${what}: you may not write to ${unwritable.join(', ')} there, and what is of it stays in this file. Whoever keeps the hub gives the right (workbench hub member); or begin a new file and join with that`;
};

/** What would make a difference that is none, as it goes away with the next round. */
const notesOf = (found: Verified): readonly string[] => [
  ...(found.unsent > 0 ? [sayUnsent(found)] : []),
  ...(found.unread > 0
    ? [`${say(found.unread, 'change', 'changes')} of the hub were not taken here yet: workbench sync takes them`]
    : []),
  ...(found.lacking > 0
    ? [`${say(found.lacking, 'change', 'changes')} of others that are here the hub does not have any more`]
    : []),
];

const printDifferences = ({ tables, rows, more }: Verified, { output }: Work): void => {
  const differing = tables.filter(({ here, there }) => here.hash !== there.hash);
  output.print(
    formatTable(
      ['table', 'rows here', 'rows at the hub', 'hash here', 'hash at the hub'],
      differing.map(({ table, here, there }) => [table, here.rows, there.rows, here.hash.slice(0, 12), there.hash.slice(0, 12)]),
    ),
  );
  for (const { table, row, where } of rows) output.print(`${table} ${row}: ${places[where]}`);
  if (more > 0) output.print(`and ${say(more, 'more row', 'more rows')}`);
};

const verifyHub = async (work: Work): Promise<void> => {
  const { client, asked, output, options } = work;
  const found = await client['sync.verify'](placeOf(work), { ...options, timeoutMs: ROUND_PATIENCE_MS });
  if (asked.values.json) output.json(found);
  for (const note of [...found.warnings, ...notesOf(found)]) output.note(`workbench: ${note}`);
  const { tables, isSame } = found;
  if (!isSame) {
    if (!asked.values.json) printDifferences(found, work);
    const differing = tables.filter(({ here, there }) => here.hash !== there.hash).map(({ table }) => table);
    throw new AppError('conflict', `This file and the hub differ in ${differing.join(', ')}.`, { differing });
  }
  if (found.waiting.length > 0)
    throw new AppError(
      'blocked',
      'What could be read of the hub is the same as this file; something waits there. What was said beside it tells for whom.',
    );
  const rows = tables.reduce((sum, { here }) => sum + here.rows, 0);
  if (!asked.values.json)
    output.print(`This file and the hub are the same: ${say(rows, 'row', 'rows')} of ${tables.length} tables.`);
};

export const runVerify = async (work: Work): Promise<void> => {
  const { client, asked, output, options, folder } = work;
  const { against, hub } = asked.values;
  if (hub !== undefined && against !== undefined) throw usage('verify takes --hub or --against, not both.');
  if (hub !== undefined) return verifyHub(work);
  const { tables } = await client['sync.hashes']({}, options);
  if (against === undefined) {
    if (asked.values.json) return output.json({ tables });
    return output.print(
      formatTable(
        ['table', 'rows', 'hash'],
        tables.map(({ table, rows, hash }) => [table, rows, hash]),
      ),
    );
  }
  const other = new Map(readTables(resolve(folder, against)).map((one) => [one.table, one]));
  const differing = tables.filter(({ table, hash }) => other.get(table)?.hash !== hash).map(({ table }) => table);
  if (differing.length > 0) throw new AppError('conflict', `The replicas differ in ${differing.join(', ')}.`, { differing });
  output.print('The replicas are the same.');
};
