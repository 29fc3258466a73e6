/**
 * After the schema has grown: values that waited in `_extra` for their column move into it, with their stamps as they are,
 * and ops that waited for their table are merged (SYNC.md 2.9).
 */
import { tableNames } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import { layoutOf } from '../file/layout.ts';
import type { Rows } from '../write/rows.ts';
import type { Work } from '../write/work.ts';
import { setRegister } from '../file/cells.ts';
import { stampOf } from '../write/rows.ts';
import { admitCell } from './admit.ts';
import { parseExtras } from './extras.ts';
import { isKnownRegister, writeRegisters } from './registers.ts';
import type { RegisterParts } from './registers.ts';

type Waiting = { readonly n: number; readonly extra: string };

/** Moves what this build has a column for. Call inside the transaction that `work` belongs to. */
export const settleExtras = (db: Db, parts: RegisterParts & { readonly rows: Rows }, work: Work): void => {
  for (const table of tableNames) {
    const layout = layoutOf(table);
    const waiting = db.prepare<[], Waiting>(`SELECT _n AS n, _extra AS extra FROM ${table} WHERE _extra IS NOT NULL`).all();
    for (const { n, extra } of waiting) {
      const row = parts.rows.findByN(table, n);
      const known = [...parseExtras(extra)].filter(([column]) => isKnownRegister(layout, column));
      if (row === undefined || known.length === 0) continue;
      work.touch(row);
      for (const [column, value] of known) {
        parts.extras.set(row, column, null);
        const stamp = stampOf(row, column);
        const isOfInsert = !Object.hasOwn(row.x, column);
        work.wrote(row, column, null, value);
        setRegister(parts, row, column, admitCell(table, column, value), stamp);
        if (isOfInsert) delete row.x[column];
      }
      writeRegisters(parts, work, row, new Set(known.map(([column]) => column)));
    }
  }
};
