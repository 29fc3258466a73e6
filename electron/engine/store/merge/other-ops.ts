/**
 * Ops that are no register: what is counted, what is in a set, and heads that somebody has looked at
 * (SYNC.md 2.4). Each comes to the same in any order; that a counter's delta counts once is the cursor's work.
 */
import type { Db } from '../file/db.ts';
import type { Row, Stamp } from '../write/rows.ts';
import type { Work } from '../write/work.ts';
import { isSameStamp } from './devices.ts';
import type { RegisterParts } from './registers.ts';

/** Adds to a counter. Beyond what a number holds exactly it stands still, on every device alike. */
export const addDelta = (parts: RegisterParts, work: Work, row: Row, field: string, delta: number): void => {
  const was = row.v[field] ?? null;
  const sum = (typeof was === 'number' ? was : 0) + delta;
  if (!row.layout.column.get(field)?.isInteger || !Number.isSafeInteger(sum)) return;
  work.touch(row);
  parts.issues.loadBad(row);
  work.wrote(row, field, was, sum);
  row.v[field] = sum;
  parts.rows.update(row, new Set([field]));
};

export const createOtherOps = (db: Db) => {
  const element = db.prepare<[string, string, string, string], { h: number; d: number }>(
    'SELECT h, d FROM elem WHERE tbl = ? AND "row" = ? AND field = ? AND el = ?',
  );
  const putElement = db.prepare(
    `INSERT INTO elem(tbl, "row", field, el, h, d, st) VALUES(?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET h = excluded.h, d = excluded.d, st = excluded.st`,
  );
  return {
    /** An element of a set comes or goes: the later word stands, and of two under one stamp that it comes. */
    setElement(
      { table, row, field, el }: Readonly<Record<'table' | 'row' | 'field' | 'el', string>>,
      isIn: boolean,
      stamp: Stamp,
      isNewer: RegisterParts['isNewer'],
    ): void {
      const known = element.get(table, row, field, el);
      if (known === undefined || isNewer(stamp, [known.h, known.d]) || (isIn && isSameStamp(stamp, [known.h, known.d])))
        putElement.run(table, row, field, el, ...stamp, isIn ? 1 : 0);
    },
  };
};
