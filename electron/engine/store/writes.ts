/**
 * The primitive writes of the one write path: insert a row, set registers, set existence, move a state. Each writes the
 * row and its stamps, logs one op, and keeps what would take it back. No rule is asked here.
 */
import type { CellValue, Bad } from '../../../shared/domain/kinds.ts';
import { isBad } from '../../../shared/domain/kinds.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { minorDigits } from '../../../shared/domain/currency.ts';
import type { BatchRows } from './batch-rows.ts';
import type { Db } from './db.ts';
import { staleChildren } from './derived.ts';
import type { Issues } from './issues.ts';
import { childrenOf, isStateText, layoutOf, quote, stateText } from './layout.ts';
import { wireStamp } from './payload.ts';
import type { WireStamp } from './payload.ts';
import { DELETED, LIVE, stampOf } from './rows.ts';
import type { Row, Rows, Stamp } from './rows.ts';
import type { States } from './states.ts';
import { columnValue, sameCell } from './values.ts';
import type { FieldUndo, Work } from './work.ts';

/** The register of a row's existence. */
export const EXISTENCE = '_st';

export type WriteParts = {
  readonly db: Db;
  readonly rows: Rows;
  readonly issues: Issues;
  readonly states: States;
  readonly batchRows: BatchRows;
  readonly scope: number;
  readonly device: { readonly idx: number; readonly id: string };
};

export type Writes = ReturnType<typeof createWrites>;

const prepareChildren = (db: Db) => {
  const statements = new Map<string, ReturnType<typeof make>>();
  const make = (child: string, field: string) =>
    db.prepare<[string], string>(`SELECT id FROM ${child} WHERE ${quote(field)} = ? ORDER BY _n`).pluck();
  return (child: TableName, field: string, owner: string): readonly string[] => {
    const key = `${child} ${field}`;
    const statement = statements.get(key) ?? make(child, field);
    statements.set(key, statement);
    return statement.all(owner);
  };
};

const prepareDeviceIds = (db: Db, own: WriteParts['device']) => {
  const byIndex = db.prepare<[number], string>('SELECT id FROM devices WHERE idx = ?').pluck();
  return ([h, d]: Stamp): WireStamp => (d === own.idx ? h : wireStamp(h, byIndex.get(d) ?? '', own.id));
};

export const createWrites = ({ db, rows, issues, states, batchRows, scope, device }: WriteParts) => {
  const idsOfChildren = prepareChildren(db);
  const toWire = prepareDeviceIds(db, device);

  /** A cell as a patch or op would write it: the value, or the bad text that stands in its place. */
  const cellOf = (row: Row, register: string): CellValue => {
    if (register === EXISTENCE) return row.st;
    const value = isStateText(register) ? null : (row.v[register] ?? null);
    return value === null ? (issues.loadBad(row).get(register) ?? null) : value;
  };

  const ownerAlive = (row: Pick<Row, 'layout' | 'v'>): number => {
    const { owner } = row.layout;
    const id = owner === null ? null : row.v[owner.field];
    if (owner === null || typeof id !== 'string') return 1;
    return rows.find(owner.owner, id)?.alive ?? 1;
  };

  const children = (row: Row): readonly Row[] =>
    childrenOf(row.layout.name).flatMap(({ child, field }) =>
      idsOfChildren(child, field, row.id).flatMap((id) => rows.find(child, id) ?? []),
    );

  /** `_alive` follows the row's own existence and its owner's, and its children follow it. */
  const refreshAlive = (work: Work, row: Row): void => {
    const alive = row.st === LIVE ? ownerAlive(row) : 0;
    if (alive === row.alive) return;
    work.touch(row);
    row.alive = alive;
    rows.updateExistence(row);
    for (const child of children(row)) refreshAlive(work, child);
  };

  const refreshStale = (work: Work, row: Row, isChanged: (field: string) => boolean): void => {
    for (const { owner, field, child, link } of staleChildren) {
      if (owner !== row.layout.name || !isChanged(field)) continue;
      for (const id of idsOfChildren(child, link, row.id)) {
        const stale = rows.find(child, id);
        if (stale === undefined) continue;
        work.touch(stale);
        issues.loadBad(stale);
        rows.rederive(stale, new Set([link]));
      }
    }
  };

  const keepBefore = (work: Work, row: Row, before: Readonly<Record<string, FieldUndo>>): void => {
    if (work.batch !== null && !work.isSwap) batchRows.keep(work.batch.idx, row, before);
  };

  /** Puts a register's value on the row, with its stamp; the caller writes the row. */
  const setRegister = (row: Row, register: string, value: CellValue, stamp: Stamp): void => {
    issues.setBad(row, register, isBad(value) ? value : null);
    if (!isStateText(register)) row.v[register] = columnValue(value);
    row.x[register] = stamp;
  };

  return {
    cellOf,
    children,

    /** Inserts a row. `cells` holds its non-null registers, with a state for every state field. */
    insert(work: Work, table: TableName, id: string, cells: ReadonlyMap<string, CellValue>): Row {
      const layout = layoutOf(table);
      const v: Row['v'] = { id };
      for (const { name } of layout.columns) v[name] = null;
      const bad = new Map<string, Bad>();
      for (const [register, value] of cells) {
        if (isBad(value)) bad.set(register, value);
        if (!isStateText(register)) v[register] = columnValue(value);
      }
      const stamp = work.stamp();
      const [h] = stamp;
      const row = rows.insert(table, v, bad, scope, stamp, ownerAlive({ layout, v }));
      work.touch(row, true);
      issues.putBad(row);
      const first = work.log(row, { h, kind: 'i', base: null, cols: [...cells.keys()], vals: [...cells.values()] });
      const { actor, source } = work.change;
      const batch = work.batch?.id ?? null;
      for (const field of layout.states)
        states.add(row, field, { from: null, to: String(v[field]), why: null, stamp, actor, source, first, batch, undoOf: null });
      batchRows.keepInsert(work.batch?.idx ?? null, row);
      work.entries.push({ k: 'i', t: table, n: row.n, r: id, h });
      work.inverse.push({ kind: 'delete', table, id });
      const currency = v['currency'];
      refreshStale(
        work,
        row,
        (field) => field === 'currency' && typeof currency === 'string' && minorDigits(currency) !== minorDigits(null),
      );
      return row;
    },

    /** Sets registers to new values; those that stand already are left out. Returns whether anything was written. */
    update(work: Work, row: Row, cells: ReadonlyMap<string, CellValue>): boolean {
      issues.loadBad(row);
      const changed = [...cells].filter(([register, value]) => !sameCell(cellOf(row, register), value));
      if (changed.length === 0) return false;
      work.touch(row);
      const stamp = work.stamp();
      const cols = changed.map(([register]) => register);
      const base = cols.map((register) => toWire(stampOf(row, register)));
      const undo: Record<string, FieldUndo> = {};
      const inverse: Record<string, CellValue> = {};
      for (const [register, value] of changed) {
        const was = cellOf(row, register);
        undo[register] = [was, value, stampOf(row, register)];
        if (!isStateText(register)) inverse[register] = was;
        setRegister(row, register, value, stamp);
      }
      rows.update(row, new Set(cols));
      work.log(row, { h: stamp[0], kind: 'u', base, cols, vals: changed.map(([, value]) => value) });
      work.entries.push({ k: 'u', t: row.layout.name, n: row.n, r: row.id, h: stamp[0], f: undo });
      if (Object.keys(inverse).length > 0)
        work.inverse.push({ kind: 'update', table: row.layout.name, id: row.id, values: inverse });
      keepBefore(work, row, undo);
      if (row.layout.owner !== null && cols.includes(row.layout.owner.field)) refreshAlive(work, row);
      refreshStale(work, row, (field) => cols.includes(field));
      return true;
    },

    /** Makes a row live or deleted. Its children are the caller's to write. */
    setExistence(work: Work, row: Row, st: typeof LIVE | typeof DELETED): void {
      if (row.st === st) return;
      work.touch(row);
      const stamp = work.stamp();
      const undo = { [EXISTENCE]: [row.st, st, stampOf(row, EXISTENCE)] as const };
      work.log(row, { h: stamp[0], kind: 'u', base: toWire(stampOf(row, EXISTENCE)), cols: [EXISTENCE], vals: [st] });
      row.st = st;
      row.x[EXISTENCE] = stamp;
      rows.updateExistence(row);
      refreshAlive(work, row);
      work.entries.push({ k: 'u', t: row.layout.name, n: row.n, r: row.id, h: stamp[0], f: undo });
      work.inverse.push({ kind: st === LIVE ? 'delete' : 'undelete', table: row.layout.name, id: row.id });
      keepBefore(work, row, undo);
    },

    /** Adds a transition and folds; text that was no legal transition goes with it. */
    move(work: Work, row: Row, field: string, to: string, why: string | null): void {
      work.touch(row);
      issues.loadBad(row);
      const stamp = work.stamp();
      const from = String(row.v[field]);
      const was = stampOf(row, field);
      const text = stateText(field);
      const oldText = cellOf(row, text);
      const textUndo = { [text]: [oldText, null, stampOf(row, text)] as const };
      const first = work.log(row, { h: stamp[0], kind: 't', base: toWire(was), cols: [field], vals: [from, to, why] });
      const { actor, source } = work.change;
      const batch = work.batch?.id ?? null;
      states.add(row, field, { from, to, why, stamp, actor, source, first, batch, undoOf: work.undoneBy(row) });
      if (oldText !== null) setRegister(row, text, null, stamp);
      row.v[field] = states.fold(row, field);
      row.x[field] = stamp;
      rows.update(row, new Set([field]));
      const entry = { t: row.layout.name, n: row.n, r: row.id, h: stamp[0] };
      // Text first: taken back last, after the move that would clear it again.
      if (oldText !== null) work.entries.push({ k: 'u', ...entry, f: textUndo });
      work.entries.push({ k: 't', ...entry, field, from, to, why, was });
      work.inverse.push({ kind: 'transition', table: row.layout.name, id: row.id, field, to: from, why: null });
      keepBefore(work, row, { [field]: [from, to, was], ...(oldText === null ? {} : textUndo) });
    },
  };
};
