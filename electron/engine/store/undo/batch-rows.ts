/**
 * The rows of a batch and what they were before it: enough to take the batch back, and the mark by which its rows are
 * read-only to everyone else while it runs.
 */
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { AppError } from '../../../../shared/contract/define.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import type { TableIndex } from '../file/local.ts';
import type { Row, Stamp } from '../write/rows.ts';
import { CUT_BYTES } from '../log/segments.ts';
import type { FieldUndo } from '../write/work.ts';

/** What a register is brought to by the next undo or redo, the stamp that value had, and that of what it replaces. */
export type OtherSide = readonly [value: CellValue, stamp: Stamp, replaces: Stamp | null];

/** The registers a batch changed in a row. `replaces` is null until the batch is undone: then it is of the batch. */
export type BeforeBatch = Readonly<Record<string, OtherSide>>;

/**
 * `before` is null for a row the batch inserted; `lived` is then the stamp by which it was live when the batch was
 * undone, null until it is.
 */
export type BatchRow = {
  readonly table: TableName;
  readonly n: number;
  readonly before: BeforeBatch | null;
  readonly lived: Stamp | null;
};

type Stored = { readonly tbl: number; readonly n: number; readonly old: string | null };

const PAGE = 5000;

const isStamp = (kept: BeforeBatch | Stamp): kept is Stamp => Array.isArray(kept);

/** As many as one segment takes: what was before is what the way back writes. */
const cutPage = (page: readonly Stored[]): readonly Stored[] => {
  let bytes = 0;
  const end = page.findIndex(({ old }, at) => (bytes += Buffer.byteLength(old ?? '')) > CUT_BYTES && at > 0);
  return end < 0 ? page : page.slice(0, end);
};

export type BatchRows = ReturnType<typeof createBatchRows>;

export const createBatchRows = (db: Db, tables: TableIndex) => {
  const applying = db.prepare<[], number>(`SELECT idx FROM batches WHERE state = 'applying'`).pluck();
  const find = db.prepare<[number, number, number], Stored>(
    'SELECT tbl, n, old FROM batch_rows WHERE batch = ? AND tbl = ? AND n = ?',
  );
  const put = db.prepare(
    'INSERT INTO batch_rows(batch, tbl, n, old) VALUES(?, ?, ?, ?) ON CONFLICT DO UPDATE SET old = excluded.old',
  );
  const newest = db.prepare<[number, number, number, number], Stored>(
    'SELECT tbl, n, old FROM batch_rows WHERE batch = ? AND tbl = ? AND n < ? ORDER BY n DESC LIMIT ?',
  );
  const oldest = db.prepare<[number, number, number, number], Stored>(
    'SELECT tbl, n, old FROM batch_rows WHERE batch = ? AND tbl = ? AND n > ? ORDER BY n LIMIT ?',
  );
  const removeOne = db.prepare('DELETE FROM batch_rows WHERE batch = ? AND tbl = ? AND n = ?');
  const remove = db.prepare('DELETE FROM batch_rows WHERE batch = ?');
  const read = ({ tbl, n, old }: Stored): BatchRow[] => {
    const table = tables.nameOf(tbl);
    if (table === undefined) return [];
    const kept = old === null ? null : (JSON.parse(old) as BeforeBatch | Stamp);
    return [kept !== null && isStamp(kept) ? { table, n, before: null, lived: kept } : { table, n, before: kept, lived: null }];
  };
  return {
    keepInsert(batch: number | null, row: Row): void {
      if (batch !== null) put.run(batch, tables.indexOf(row.layout.name), row.n, null);
    },
    /** Keeps what registers were; the first time counts, and an inserted row needs nothing more. */
    keep(batch: number, row: Row, fields: Readonly<Record<string, FieldUndo>>): void {
      const table = tables.indexOf(row.layout.name);
      const known = find.get(batch, table, row.n);
      if (known?.old === null) return;
      const before = Object.fromEntries(
        Object.entries(fields).map(([field, [was, , stamp]]) => [field, [was, stamp, null] as const]),
      );
      const kept = known === undefined ? {} : (JSON.parse(known.old) as BeforeBatch);
      put.run(batch, table, row.n, JSON.stringify({ ...before, ...kept }));
    },
    /** Refuses a change of a row that a running batch has written, unless it is that batch's own. */
    refuseImporting(row: Row, own: number | null): void {
      // One batch runs at a time, so inside it nobody else's can be in the way.
      const batch = own === null ? applying.get() : undefined;
      if (batch === undefined || find.get(batch, tables.indexOf(row.layout.name), row.n) === undefined) return;
      const about = { table: row.layout.name, id: row.id };
      throw new AppError('importing', 'This record is being imported. Nothing was changed.', about);
    },
    /** Whether a batch made a row, and has not left it where it is since. */
    hasMade(batch: number, row: Row): boolean {
      const known = find.get(batch, tables.indexOf(row.layout.name), row.n);
      return known !== undefined && read(known).some(({ before }) => before === null);
    },
    /** The next rows of a table in a batch after local number `n`, a page at a time. */
    page(batch: number, table: TableName, n: number, isNewestFirst: boolean): readonly BatchRow[] {
      const statement = isNewestFirst ? newest : oldest;
      return cutPage(statement.all(batch, tables.indexOf(table), n, PAGE)).flatMap(read);
    },
    /** Replaces what the next undo or redo brings a row back to; null forgets the row. */
    replace(batch: number, table: TableName, n: number, before: BeforeBatch | Stamp | null): void {
      if (before === null) removeOne.run(batch, tables.indexOf(table), n);
      else put.run(batch, tables.indexOf(table), n, JSON.stringify(before));
    },
    forget: (batch: number): void => void remove.run(batch),
  };
};
