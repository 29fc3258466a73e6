/**
 * What a file that joins a team publishes of itself (DECISIONS.md 4): each row with its values of today, as the ops that
 * wrote them, by their own stamps. It is the log without what was replaced since, so stamps, undo and the order of
 * transitions stay what they were. Deleted rows are in it too: an undo may bring them back.
 */
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { tableNames } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { stateText } from '../../../../shared/model/registers.ts';
import type { Source } from '../api.ts';
import { cellOf } from '../file/cells.ts';
import type { CellParts } from '../file/cells.ts';
import type { Db } from '../file/db.ts';
import { isCustom } from '../file/layout.ts';
import type { Op, Transaction } from '../log/payload.ts';
import { issuedVals } from '../write/issued.ts';
import type { IssuedDocuments } from '../write/issued.ts';
import type { Row } from '../write/rows.ts';
import { CUT_BYTES } from '../log/segments.ts';
import { rankOf } from '../write/work.ts';

/** Ops of a baseline per segment. */
const BASELINE_OPS = 2000;
export const BASELINE_LABEL = 'What was here when the team was joined';

type Move = {
  readonly h: number;
  readonly field: string;
  readonly src: string | null;
  readonly dst: string;
  readonly why: string | null;
  readonly actor: string;
  readonly source: Source;
  readonly t0: number;
  readonly batch: string | null;
  readonly undo_of: string | null;
};
/** An op to be: its stamp and its row. */
type Planned = readonly [h: number, table: TableName, n: number];
type About = Omit<Transaction, 'ops'>;
type BaselineParts = CellParts & { readonly issued: IssuedDocuments };

const moveReader = (db: Db) =>
  db.prepare<[string], Move>('SELECT h, field, src, dst, why, actor, source, t0, batch, undo_of FROM trans WHERE "row" = ?');

/** What was issued of a row. */
const papersOf = ({ issued }: BaselineParts, row: Row) => issued.of({ table: row.layout.name, row: row.id });

/** The stamps a row was written at, as far as they still show. */
const stampsOf = (parts: BaselineParts, row: Row, moves: readonly Move[]): ReadonlySet<number> =>
  new Set([
    row.inserted[0],
    ...Object.values(row.x).map(([h]) => h),
    ...moves.map(({ h }) => h),
    ...papersOf(parts, row).map(({ h }) => h),
  ]);

const registersOf = (parts: CellParts, row: Row): readonly string[] => [
  ...row.layout.columns.map(({ name }) => name).filter((name) => !row.layout.states.includes(name)),
  ...Object.keys(row.v).filter(isCustom),
  ...[...parts.issues.loadBad(row).keys()].filter((register) => !Object.hasOwn(row.v, register)),
];

const insertOp = (parts: CellParts, row: Row, moves: readonly Move[]): Op => {
  const cells = new Map<string, CellValue>();
  for (const register of registersOf(parts, row)) {
    const value = Object.hasOwn(row.x, register) ? null : cellOf(parts, row, register);
    if (value !== null) cells.set(register, value);
  }
  for (const { field, src, dst } of moves) if (src === null) cells.set(field, dst);
  const { inserted, layout, id } = row;
  return {
    h: inserted[0],
    kind: 'i',
    table: layout.name,
    row: id,
    base: null,
    cols: [...cells.keys()],
    vals: [...cells.values()],
  };
};

const updateOp = (parts: CellParts, row: Row, h: number): Op => {
  const cols = Object.keys(row.x).filter((register) => row.x[register]?.[0] === h);
  const vals = cols.map((register) => cellOf(parts, row, register));
  return { h, kind: 'u', table: row.layout.name, row: row.id, base: row.inserted[0], cols, vals };
};

const moveOp = (row: Row, { h, field, src, dst, why }: Move): Op => {
  const text = stateText(field);
  const cols = row.x[text]?.[0] === h ? [field, text] : [field];
  return { h, kind: 't', table: row.layout.name, row: row.id, base: row.inserted[0], cols, vals: [src, dst, why] };
};

/** The op of a row at a stamp. */
const opAt = (parts: BaselineParts, row: Row, h: number, moves: readonly Move[]): Op => {
  if (h === row.inserted[0]) return insertOp(parts, row, moves);
  const move = moves.find((one) => one.h === h);
  if (move !== undefined) return moveOp(row, move);
  const paper = papersOf(parts, row).find((one) => one.h === h);
  if (paper === undefined) return updateOp(parts, row, h);
  const { name: table } = row.layout;
  return { h, kind: 'n', table, row: row.id, base: null, cols: [], vals: issuedVals({ table, row: row.id }, paper) };
};

const plan = (db: Db, parts: BaselineParts, rank: number): readonly Planned[] => {
  const moves = moveReader(db);
  const planned: Planned[] = [];
  for (const table of tableNames) {
    const numbers = db.prepare<[], number>(`SELECT _n FROM ${table} ORDER BY _n`).pluck().all();
    for (const n of numbers) {
      const row = parts.rows.findByN(table, n);
      if (row === undefined || rankOf(row) !== rank) continue;
      const own = row.layout.states.length === 0 ? [] : moves.all(row.id);
      for (const h of stampsOf(parts, row, own)) planned.push([h, table, n]);
    }
    parts.rows.forget();
  }
  return planned.sort(([a], [b]) => a - b);
};

/** Transitions keep who made them and in which transaction, which an undo of one names; the rest is one statement. */
const aboutOf = (move: Move | undefined, device: string): About => {
  const plain = { label: BASELINE_LABEL, occurredAt: null, reason: null };
  if (move === undefined) return { ...plain, actor: device, source: 'merge', batch: null, undoOf: null };
  const undone = move.undo_of === null ? null : (JSON.parse(move.undo_of) as readonly [number, number]);
  return { ...plain, actor: move.actor, source: move.source, batch: move.batch, undoOf: undone?.[0] ?? null, first: move.t0 };
};

/** Ops that follow each other and say the same about themselves are one transaction. */
const newPiece = () => {
  const groups: { about: About; key: string; ops: Op[] }[] = [];
  return {
    ops: 0,
    bytes: 0,
    add(about: About, op: Op, size: number): void {
      const key = JSON.stringify(about);
      const last = groups.at(-1);
      if (last?.key === key) last.ops.push(op);
      else groups.push({ about, key, ops: [op] });
      this.ops += 1;
      this.bytes += size;
    },
    transactions: (): readonly Transaction[] => groups.map(({ about, ops }) => ({ ...about, ops })),
  };
};

/**
 * The transactions of the baseline of one scope, in pieces of a segment each.
 * @param device the uuid of this device, which wrote all that is here
 */
export function* baselineOf(db: Db, parts: BaselineParts, rank: number, device: string): Generator<readonly Transaction[]> {
  const moves = moveReader(db);
  const planned = plan(db, parts, rank);
  let piece = newPiece();
  for (const [h, table, n] of planned) {
    const row = parts.rows.findByN(table, n);
    if (row === undefined) continue;
    const own = row.layout.states.length === 0 ? [] : moves.all(row.id);
    const move = own.find((one) => one.h === h);
    const op = opAt(parts, row, h, own);
    const size = Buffer.byteLength(JSON.stringify(op));
    if (piece.ops === BASELINE_OPS || (piece.ops > 0 && piece.bytes + size > CUT_BYTES)) {
      yield piece.transactions();
      parts.rows.forget();
      piece = newPiece();
    }
    piece.add(aboutOf(move, device), op, size);
  }
  if (piece.ops > 0) yield piece.transactions();
  parts.rows.forget();
}
