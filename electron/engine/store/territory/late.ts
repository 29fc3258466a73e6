/**
 * What came late of rows that had gone to another territory: written by who had not heard of it. A device that works in both
 * passes it on, as a change of the record over there based on what that was when it came; so nothing of it is lost, and where
 * somebody has written over there since, both stand in plain sight.
 */
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { isTableName } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { EXISTENCE } from '../file/cells.ts';
import type { Db } from '../file/db.ts';
import { isStateText, layoutOf } from '../file/layout.ts';
import { admit } from '../merge/op.ts';
import type { Placed } from '../merge/op.ts';
import { isSealed } from '../subjects/sealed.ts';
import { DELETED, isAwaited, isElsewhere, LIVE, stampOf } from '../write/rows.ts';
import type { Row } from '../write/rows.ts';
import type { Transact } from '../write/transact.ts';
import type { Work } from '../write/work.ts';
import type { WriteParts } from '../write/write-parts.ts';
import { createLateList } from './late-list.ts';
import type { Late } from './late-list.ts';
import { movedCell, movedId } from './names.ts';

type Passing = { readonly parts: WriteParts; readonly work: Work; readonly late: Late; readonly to: string };

/** What the op says, with the names of over there; null while it cannot be read. */
const cellsOf = ({ parts, late, to }: Passing, table: TableName): ReadonlyMap<string, CellValue> | null => {
  const { op, stamp, scope } = late;
  const layout = layoutOf(table);
  const cells = new Map<string, CellValue>();
  const goesAlong = (of: TableName, id: string): boolean => {
    const row = parts.rows.find(of, id);
    return row !== undefined && isElsewhere(row) && row.scope === late.to;
  };
  const named = op.vals[op.cols.indexOf('table')];
  for (const [at, register] of op.cols.entries()) {
    if (!parts.merge.parts.knowsRegister(layout, register)) continue;
    const value = admit(parts.merge.parts, table, op, at, { stamp, scope } satisfies Pick<Placed, 'stamp' | 'scope'>, undefined);
    if (isSealed(value)) return null;
    cells.set(register, movedCell(layout, register, value, { to, table: named, goesAlong }));
  }
  return cells;
};

const passInsert = (passing: Passing, table: TableName, id: string): boolean => {
  const { parts, work, late } = passing;
  const cells = cellsOf(passing, table);
  if (cells === null) return false;
  const filled = new Map([...cells].filter(([, value]) => value !== null));
  if (parts.rows.find(table, id) === undefined) parts.undo.writes.insertIn(work, table, id, filled, late.to);
  return true;
};

const passUpdate = (passing: Passing, row: Row): boolean => {
  const { parts, work } = passing;
  const { writes } = parts.undo;
  const cells = cellsOf(passing, row.layout.name);
  if (cells === null) return false;
  const existence = cells.get(EXISTENCE);
  if (existence === LIVE || existence === DELETED) writes.setExistence(work, row, existence);
  const plain = [...cells].filter(([register]) => register !== EXISTENCE && !row.layout.states.includes(register));
  const isUntouched = ([register]: readonly [string, CellValue]): boolean => stampOf(row, register) === row.inserted;
  writes.update(work, row, new Map(plain.filter(isUntouched)));
  writes.updateBeside(work, row, new Map(plain.filter((one) => !isUntouched(one))));
  return true;
};

const passMove = ({ parts, work, late: { op } }: Passing, row: Row): void => {
  const [field = ''] = op.cols;
  const [, to, why] = op.vals;
  if (isStateText(field) || !row.layout.states.includes(field) || typeof to !== 'string' || row.v[field] === to) return;
  parts.undo.writes.move(work, row, field, to, typeof why === 'string' ? why : null);
};

/** @returns false while the record over there is not here, or what is said of it cannot be read */
const pass = (passing: Passing): boolean => {
  const { parts, late, to } = passing;
  const { op } = late;
  if (!isTableName(op.table)) return false;
  const id = movedId(to, op.row);
  if (op.kind === 'i') return passInsert(passing, op.table, id);
  const row = parts.rows.find(op.table, id);
  if (row === undefined || isAwaited(row)) return false;
  if (op.kind === 'u') return passUpdate(passing, row);
  if (op.kind === 't') passMove(passing, row);
  return true;
};

const LABEL = 'Came late from another territory';

/**
 * Passes on what can be passed on by now. @returns how many ops were
 */
export const passOn = (db: Db, parts: WriteParts, transact: Transact): number => {
  const list = createLateList(db);
  const scopeId = db.prepare<[number], string>('SELECT id FROM scopes WHERE idx = ?').pluck();
  let passed = 0;
  for (const { idx, late } of list.all()) {
    const to = scopeId.get(late.to);
    if (to === undefined) continue;
    const change = {
      actor: late.actor,
      source: 'merge',
      label: LABEL,
      reason: null,
      window: '',
      screen: null,
      silent: true,
    } as const;
    transact.change(
      change,
      {},
      (work) => {
        if (!pass({ parts, work, late, to })) return;
        list.remove(idx);
        passed += 1;
      },
      () => undefined,
    );
  }
  return passed;
};
