/**
 * What of a batch stays when it is taken back, though nobody changed it: all of a document of which something was changed or
 * added since, and what is named by records that stay.
 */
import type { BatchRow, BatchRows } from './batch-rows.ts';
import type { Needed } from './needed.ts';
import type { RefusedWhy } from './undo.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { LIVE } from '../write/rows.ts';
import type { Row, Rows } from '../write/rows.ts';
import type { Writes } from '../write/writes.ts';

type Deps = { readonly rows: Rows; readonly writes: Writes; readonly batchRows: BatchRows; readonly needed: Needed };

const keyOf = ({ layout, n }: Row): string => `${layout.name}/${n}`;

/** The topmost row of those a row belongs to that the batch made. */
const rootOf = (deps: Deps, batch: number, row: Row): Row => {
  const { owner } = row.layout;
  const id = owner === null ? null : row.v[owner.field];
  const above = owner === null || typeof id !== 'string' ? undefined : deps.rows.find(owner.owner, id);
  return above !== undefined && deps.batchRows.hasMade(batch, above) ? rootOf(deps, batch, above) : row;
};

/**
 * @param found the rows of one page of the way back
 * @param isOfBatch whether a register still holds what the batch wrote there
 */
export const createStays = (
  deps: Deps,
  batch: number,
  found: readonly BatchRow[],
  isOfBatch: (row: Row, register: string) => boolean,
): ((row: Row) => RefusedWhy | null) => {
  const { rows, writes, batchRows, needed } = deps;
  const isTouched = (row: Row): boolean =>
    row.st === LIVE &&
    (!batchRows.hasMade(batch, row) ||
      Object.keys(row.x).some((register) => !isOfBatch(row, register)) ||
      writes.children(row).some(isTouched));
  const touched = new Map<string, boolean>();
  const roots = new Map<string, Row>();
  const ids = new Map<TableName, Set<string>>();
  const note = (row: Row): void => {
    const known = ids.get(row.layout.name) ?? new Set();
    ids.set(row.layout.name, known.add(row.id));
  };
  for (const { table, n, before } of found) {
    const row = before === null ? rows.findByN(table, n) : undefined;
    if (row === undefined) continue;
    const root = rootOf(deps, batch, row);
    roots.set(keyOf(row), root);
    note(row);
    note(root);
  }
  const used = new Map([...ids].map(([table, own]) => [table, needed.besideBatch(table, [...own], batch)]));
  const isUsed = ({ layout, id }: Row): boolean => used.get(layout.name)?.has(id) === true;
  return (row) => {
    const root = roots.get(keyOf(row)) ?? row;
    const known = touched.get(keyOf(root)) ?? isTouched(root);
    touched.set(keyOf(root), known);
    if (known) return 'changed';
    return isUsed(row) || isUsed(root) ? 'fixed' : null;
  };
};
