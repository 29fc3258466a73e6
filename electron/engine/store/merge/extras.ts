/** Values of columns this build does not know, in `_extra` beside the ones it does (SYNC.md 2.9). */
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import type { Db } from '../file/db.ts';
import type { Row } from '../write/rows.ts';

type Values = Map<string, CellValue>;

export type Extras = ReturnType<typeof createExtras>;

export const parseExtras = (text: string | null | undefined): Values =>
  new Map(text ? Object.entries(JSON.parse(text) as Record<string, CellValue>) : []);

export const createExtras = (db: Db) => {
  const cache = new Map<Row, Values>();
  const load = (row: Row): Values => {
    const read = () =>
      db.prepare<[number], string | null>(`SELECT _extra FROM ${row.layout.name} WHERE _n = ?`).pluck().get(row.n);
    const known = cache.get(row) ?? parseExtras(read());
    cache.set(row, known);
    return known;
  };
  return {
    get: (row: Row, column: string): CellValue => load(row).get(column) ?? null,
    names: (row: Row): Iterable<string> => load(row).keys(),
    set(row: Row, column: string, value: CellValue): void {
      const values = load(row);
      if (value === null) values.delete(column);
      else values.set(column, value);
      const sorted = [...values].toSorted(([a], [b]) => (a < b ? -1 : 1));
      const text = sorted.length === 0 ? null : JSON.stringify(Object.fromEntries(sorted));
      db.prepare(`UPDATE ${row.layout.name} SET _extra = ? WHERE _n = ?`).run(text, row.n);
    },
    forget: (): void => cache.clear(),
  };
};
