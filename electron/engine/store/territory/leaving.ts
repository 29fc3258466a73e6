/** How a row goes from here, and comes back where it turns out that it should not have gone. */
import { EXISTENCE, refreshAlive } from '../file/cells.ts';
import type { CellParts } from '../file/cells.ts';
import type { Db } from '../file/db.ts';
import type { TableIndex } from '../file/local.ts';
import type { Streams } from '../log/streams.ts';
import type { IsNewer } from '../merge/devices.ts';
import type { Extras } from '../merge/extras.ts';
import type { SubjectKeys } from '../subjects/keys.ts';
import { isOfPeople } from '../subjects/personal.ts';
import { anchorOf } from '../write/anchor.ts';
import type { Anchor } from '../write/anchor.ts';
import type { IssuedDocuments } from '../write/issued.ts';
import { DELETED, LIVE, writtenIn } from '../write/rows.ts';
import type { Left, Row, Stamp } from '../write/rows.ts';
import type { Work } from '../write/work.ts';
import { createCarried, stampsOf } from './carried.ts';
import type { Stamps } from './carried.ts';
import { heldBy } from './held.ts';
import { createLateList } from './late-list.ts';
import { movedId } from './names.ts';
import { createReturned, createSwept } from './swept.ts';

const BESIDE = ['cell_issues', 'conflict', 'superseded', 'resolved', 'elem', 'issued', 'trans', 'deletions'] as const;

const prepareForget = (db: Db, tables: TableIndex) => {
  const beside = BESIDE.map((name) => db.prepare<[string, string]>(`DELETE FROM ${name} WHERE tbl = ? AND "row" = ?`));
  const counted = ['batch_rows', 'undo_stamps'].map((name) =>
    db.prepare<[number, number]>(`DELETE FROM ${name} WHERE tbl = ? AND n = ?`),
  );
  return ({ layout: { name }, id, n }: Row): void => {
    for (const one of beside) one.run(name, id);
    for (const one of counted) one.run(tables.indexOf(name), n);
  };
};

export type LeavingDeps = {
  readonly tables: TableIndex;
  readonly streams: Streams;
  readonly subjects: SubjectKeys;
  readonly isNewer: IsNewer;
};

/**
 * `isSwept`: nobody has written it over there, who works there keeps what it holds; `on`: because of what it hangs on it goes; `stamps`:
 * of its registers as it was written there. Where they are not given, it is by what the row says.
 */
export type Leaving = { readonly isSwept?: boolean; readonly on?: Anchor | null; readonly stamps?: Stamps };

export const createLeaving = (
  db: Db,
  parts: CellParts & { readonly extras: Extras; readonly issued: IssuedDocuments },
  { tables, streams, subjects, isNewer }: LeavingDeps,
) => {
  const scopeName = db.prepare<[number], string>('SELECT id FROM scopes WHERE idx = ?').pluck();
  const forget = prepareForget(db, tables);
  const late = createLateList(db);
  const carried = createCarried(db, isNewer);
  const returned = createReturned(db);
  const swept = createSwept(db, parts.rows, { tables, isNewer });
  /** Lets go of all that a row holds. Call inside the transaction that `work` belongs to. */
  const leave = (work: Work, row: Row, left: Left, leaving: Leaving = {}): void => {
    const { isSwept = false, on = isSwept ? anchorOf(row) : null, stamps = stampsOf(row) } = leaving;
    work.touch(row);
    swept.note(row, on);
    const isThere = streams.isWorkedOn(left.to);
    if (isSwept && isThere)
      for (const op of heldBy(parts, row))
        late.keep({ to: left.to, scope: left.from, stamp: [op.h, row.inserted[1]], op, ...work.by() });
    if (isThere) carried.begin(row, stamps);
    forget(row);
    row.bad = new Map();
    for (const register of [...parts.extras.names(row)]) parts.extras.set(row, register, null);
    const subject = { table: row.layout.name, row: row.id };
    // What was swept is read by the keys that it is sealed under, by everybody who works over there.
    if (isOfPeople(subject.table) && !isSwept)
      subjects.leave(subject, isThere ? movedId(scopeName.get(left.to) ?? '', row.id) : null);
    parts.rows.leave(row, left);
    work.left.set(row, left);
    refreshAlive(parts, work, row);
  };
  /** A row is here after all, as nothing but a name; where it was passed on by now, it is taken back over there. */
  const comeBack = (work: Work, row: Row, stamp: Stamp): void => {
    const [to, scope] = [row.scope, writtenIn(row)];
    const { name: table } = row.layout;
    late.forget(table, row.id);
    if (streams.isWorkedOn(to) && parts.rows.find(table, movedId(scopeName.get(to) ?? '', row.id))?.st === LIVE) {
      const op = { h: stamp[0], kind: 'u', table, row: row.id, base: null, cols: [EXISTENCE], vals: [DELETED] } as const;
      late.keep({ to, scope, stamp, op, ...work.by() });
    }
    swept.note(row, null);
    returned.note(row);
    carried.forget(row);
    work.left.delete(row);
    work.touch(row);
    parts.rows.comeBack(row, scope);
  };
  return { leave, comeBack, late, carried, swept, returned };
};
