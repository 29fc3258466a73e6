/**
 * What must hold of a team once everybody has everything, told from the ops alone: nothing that anybody wrote is lost,
 * every op is later than what its author saw, counters count once, numbers are given once (SYNC.md invariants 2, 3, 5, 19).
 */
import type { Incoming } from '../../electron/engine/store/merge/receive.ts';
import { baseOf, decodePayload, readWireStamp } from '../../electron/engine/store/log/payload.ts';
import type { Op } from '../../electron/engine/store/log/payload.ts';
import { createUnseal } from '../../electron/engine/store/subjects/opening.ts';
import { isPersonal } from '../../electron/engine/store/subjects/personal.ts';
import { isSealed } from '../../electron/engine/store/subjects/sealed.ts';
import type { Db } from '../../electron/engine/store/file/db.ts';
import { isTableName, tableOf } from '../../shared/model/index.ts';

type Write = { readonly place: string; readonly stamp: string; readonly value: unknown };

const writesOf = (op: Op, device: string): readonly Write[] =>
  op.kind === 'i' || op.kind === 'u'
    ? op.cols.map((register, at) => ({
        place: `${op.table}/${op.row}/${register}`,
        stamp: `${op.h}@${device}`,
        value: op.vals[at] ?? null,
      }))
    : [];

const isState = (table: string, register: string): boolean =>
  isTableName(table) && (tableOf(table).fields as Record<string, { kind: string }>)[register]?.kind === 'state';

/** What is written in a counter of the simulation counts for nothing. */
const isCounted = (table: string, register: string): boolean => table === 'products' && register === 'stock';

const readStamps = (
  db: Db,
  tables: ReadonlySet<string>,
): ReadonlyMap<string, (register: string) => readonly [string, unknown]> => {
  const devices = new Map(db.prepare<[], [number, string]>('SELECT idx, id FROM devices').raw().all());
  const found = new Map<string, (register: string) => readonly [string, unknown]>();
  for (const table of tables) {
    for (const row of db.prepare<[], Record<string, string | number | null>>(`SELECT * FROM ${table}`).iterate()) {
      const x = JSON.parse(String(row['_x'] ?? '{}')) as Record<string, [number, number]>;
      const extra = JSON.parse(String(row['_extra'] ?? '{}')) as Record<string, unknown>;
      found.set(`${table}/${row['id']}`, (register) => {
        const [h, d] = x[register] ?? [Number(row['_h']), Number(row['_d'])];
        return [`${h}@${devices.get(d) ?? ''}`, extra[register] ?? row[register]];
      });
    }
  }
  return found;
};

/** The last word about each value that stood beside another: who said it, when, and whether it closed the matter. */
const lastWords = (segments: readonly Incoming[]): ReadonlyMap<string, string> => {
  const last = new Map<string, { readonly h: number; readonly device: string; readonly closes: boolean }>();
  for (const { header, payload } of segments)
    for (const { ops } of decodePayload(payload))
      for (const op of ops.filter(({ kind, table }) => kind === 'r' && isTableName(table)))
        op.cols.forEach((register, at) => {
          const base = baseOf(op, at);
          if (base === null) return;
          const { h, device } = readWireStamp(base, header.dev);
          const head = `${op.table}/${op.row}/${register} ${h}@${device}`;
          const known = last.get(head);
          const word = { h: op.h, device: header.dev, closes: op.vals[at] !== 0 };
          if (known === undefined || known.h < word.h || (known.h === word.h && known.device < word.device)) last.set(head, word);
        });
  return new Map([...last].map(([head, { h, device, closes }]) => [head, `${closes ? 'closed' : 'opened'} at ${h}@${device}`]));
};

/** A value that lost is only out of sight where somebody said so, knowingly. */
const judgeWords = (db: Db, segments: readonly Incoming[]): readonly string[] => {
  const said = lastWords(segments);
  const here = new Map(
    db
      .prepare<[], [string, string]>(
        `SELECT tbl || '/' || "row" || '/' || col || ' ' || h || '@' || v.id,
           iif(st = 1, 'closed', 'opened') || ' at ' || at || '@' || w.id
         FROM resolved r JOIN devices v ON v.idx = r.d JOIN devices w ON w.idx = r.rd`,
      )
      .raw()
      .all(),
  );
  return [...new Set([...said.keys(), ...here.keys()])].flatMap((head) =>
    said.get(head) === here.get(head) ? [] : `${head} is ${here.get(head) ?? 'open'}, not ${said.get(head) ?? 'open'}`,
  );
};

/** What is wrong, in words. */
export const judge = (db: Db, segments: readonly Incoming[], counted: number, hasCopies: boolean): readonly string[] => {
  const faults: string[] = [];
  const seen = new Set<string>();
  const writes: Write[] = [];
  const tables = new Set<string>();
  for (const { header, payload } of segments) {
    for (const { ops } of decodePayload(payload))
      for (const op of ops) {
        if (!isTableName(op.table)) continue;
        tables.add(op.table);
        writes.push(...writesOf(op, header.dev));
        op.cols.forEach((register, at) => {
          const base = baseOf(op, at);
          if (base === null) return;
          const { h, device } = readWireStamp(base, header.dev);
          if (h >= op.h) faults.push(`${op.table}/${op.row}/${register} is not later than what it is based on`);
          if (op.kind !== 't' || at > 0) seen.add(`${op.table}/${op.row}/${register} ${h}@${device}`);
        });
      }
  }
  const kept = new Set(
    db
      .prepare<[], string>(
        `SELECT tbl || '/' || "row" || '/' || col || ' ' || h || '@' || v.id FROM conflict c JOIN devices v ON v.idx = c.d`,
      )
      .pluck()
      .all(),
  );
  const rows = readStamps(db, tables);
  const unseal = createUnseal(db);
  for (const { place, stamp, value } of writes) {
    const [table = '', row = '', register = ''] = place.split('/');
    if (isState(table, register) || isCounted(table, register)) continue;
    const [current, stands] = rows.get(`${table}/${row}`)?.(register) ?? ['', undefined];
    const said = isSealed(value) ? unseal({ table, row, register }, value) : value;
    const isErased = isPersonal(table, register) && typeof rows.get(`${table}/${row}`)?.('erased_on')[1] === 'string';
    if (isSealed(value) && said === undefined && !isErased) faults.push(`${place} is sealed, and its key is gone`);
    if (current === stamp) {
      if (isErased && stands === null) continue;
      if (isSealed(stands)) faults.push(`${place} waits for its key`);
      if (typeof said === 'string' && !register.startsWith('x_') && stands !== said)
        faults.push(`${place} is ${JSON.stringify(stands)}, not ${said}`);
    } else if (!seen.has(`${place} ${stamp}`) && !kept.has(`${place} ${stamp}`)) faults.push(`${place} ${stamp} is lost`);
  }
  const sum = db.prepare<[], number>('SELECT coalesce(sum(stock), 0) FROM products').pluck().get();
  if (sum !== counted) faults.push(`counters come to ${sum}, not ${counted}`);
  const twice = db
    .prepare<[], number>('SELECT count(*) - count(DISTINCT number) FROM orders WHERE number IS NOT NULL')
    .pluck()
    .get();
  // A copy gives the numbers of what it is a copy of, until they meet.
  if (twice !== 0 && !hasCopies) faults.push(`${twice} numbers were given twice`);
  faults.push(...judgeWords(db, segments));
  const waiting = db.prepare<[], number>('SELECT count(*) FROM superseded').pluck().get();
  if (waiting !== 0) faults.push(`${waiting} stamps are waited for that will not come`);
  return faults;
};
