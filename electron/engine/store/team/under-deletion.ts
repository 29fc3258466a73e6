/** Records that were deleted by who had not seen what was written of them, as they are listed for a person to decide. */
import { fieldOf, isTableName } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { EXISTENCE } from '../file/cells.ts';
import type { Db } from '../file/db.ts';
import { fieldOfRegister, layoutOf, quote } from '../file/layout.ts';
import { createUnseenReader, isLater } from '../merge/unseen.ts';
import type { Write } from '../merge/unseen.ts';
import { DELETED } from '../write/rows.ts';
import type { Stamp } from '../write/rows.ts';

/** `fields`: what was written of the record, or of what it owns, in words; `last`: the last of those writes. */
export type UnderDeletion = {
  readonly table: TableName;
  readonly row: string;
  readonly fields: readonly string[];
  readonly last: Write;
};

/** A statement for each table, prepared once. */
const perTable = <T>(prepare: (table: TableName) => T): ((table: TableName) => T) => {
  const made = new Map<TableName, T>();
  return (table) => {
    const one = made.get(table) ?? prepare(table);
    made.set(table, one);
    return one;
  };
};

/** The record that went with all it owns when it was deleted: an order for its lines. */
const createTop = (db: Db) => {
  const deadOf = perTable((table) =>
    db.prepare<[string], Record<string, unknown>>(`SELECT * FROM ${quote(table)} WHERE id = ? AND _st = ${DELETED}`),
  );
  const dead = (table: TableName, id: string): Readonly<Record<string, unknown>> | undefined => deadOf(table).get(id);
  const topOf = (table: TableName, id: string): { readonly table: TableName; readonly row: string } => {
    const { owner } = layoutOf(table);
    const above = owner === null ? null : dead(table, id)?.[owner.field];
    return owner !== null && typeof above === 'string' && dead(owner.owner, above) !== undefined
      ? topOf(owner.owner, above)
      : { table, row: id };
  };
  return topOf;
};

const labelOf = (table: TableName, register: string): string =>
  fieldOf(table, fieldOfRegister(register))?.label ?? 'a field of your own';

type Stored = { readonly st: number; readonly h: number; readonly d: number; readonly x: string | null };

const createUnseenOf = (db: Db) => {
  const read = createUnseenReader(db);
  const rowOf = perTable((table) =>
    db.prepare<[string], Stored>(`SELECT _st AS st, _h AS h, _d AS d, _x AS x FROM ${quote(table)} WHERE id = ?`),
  );
  return (table: TableName, id: string) => {
    const row = rowOf(table).get(id);
    if (row?.st !== DELETED) return null;
    const x = row.x === null ? {} : (JSON.parse(row.x) as Record<string, Stamp>);
    return read(table, id, { st: row.st, x, inserted: [row.h, row.d] });
  };
};

/** Those that nobody has left as they are, the latest first. */
export const readUnderDeletion = (db: Db): readonly UnderDeletion[] => {
  const [unseenOf, topOf] = [createUnseenOf(db), createTop(db)];
  const isLeft = db
    .prepare<[string, string, number, string], number>(
      `SELECT 1 FROM resolved WHERE tbl = ? AND "row" = ? AND col = '${EXISTENCE}' AND h = ?
         AND d = (SELECT idx FROM devices WHERE id = ?) AND st = 1`,
    )
    .pluck();
  const noted = db.prepare<[], { table: string; row: string }>('SELECT tbl AS "table", "row" FROM deletions WHERE unseen = 1');
  const found = new Map<string, UnderDeletion>();
  for (const { table, row } of noted.all()) {
    const unseen = isTableName(table) ? unseenOf(table, row) : null;
    if (unseen === null || !isTableName(table)) continue;
    const top = topOf(table, row);
    const key = `${top.table}/${top.row}`;
    const known = found.get(key);
    const fields = new Set([...(known?.fields ?? []), ...unseen.registers.map((register) => labelOf(table, register))]);
    const last = known === undefined || isLater(unseen.last, known.last) ? unseen.last : known.last;
    found.set(key, { ...top, fields: [...fields], last });
  }
  return [...found.values()]
    .filter(({ table, row, last }) => isLeft.get(table, row, last.h, last.device) === undefined)
    .toSorted((one, other) => (isLater(one.last, other.last) ? -1 : 1));
};
