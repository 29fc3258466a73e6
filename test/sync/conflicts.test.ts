/** What two people wrote without knowing of each other, as it is listed for a person to decide (SYNC.md 2.4). */
import { expect, it } from 'vitest';
import type { Payload } from '../../electron/engine/store/log/payload.ts';
import { countConflicts, listConflicts } from '../../electron/engine/store/team/conflicts.ts';
import { edit } from '../store/open.ts';
import { layoutOf } from '../../electron/engine/store/file/layout.ts';
import { readReview } from '../../electron/engine/store/team/review.ts';
import { tableNames } from '../../shared/model/index.ts';
import { insert, update } from './region.ts';
import { TEAM } from './replica.ts';
import type { Replica } from './replica.ts';
import { createTeam } from './team.ts';

const YEAR = 365 * 86_400_000;

const exchange = (one: Replica, other: Replica): void => {
  const [given, back] = [one.send(), other.send()];
  other.take(given.map((bytes) => one.read(bytes)));
  one.take(back.map((bytes) => other.read(bytes)));
};

it('the one that is to be decided is listed, however many wrote the same since', () => {
  const [ann, bob] = createTeam(2) as [Replica, Replica];
  for (const one of [ann, bob]) one.store.sync.join(TEAM);
  const accounts = Array.from({ length: 12 }, (_, at) => insert(ann, 'accounts', { name: `Firm ${at}` }));
  exchange(ann, bob);
  const [first = '', ...others] = accounts;
  update(ann, 'accounts', first, { city: 'Hull' });
  update(bob, 'accounts', first, { city: 'Leith' });
  for (const one of [ann, bob]) for (const id of others) update(one, 'accounts', id, { city: 'Crail' });
  exchange(ann, bob);
  for (const one of [ann, bob]) {
    const { count, conflicts } = one.look((db) => listConflicts(db, 5));
    expect(count).toBe(1);
    expect(conflicts.map(({ row, field }) => [row, field])).toEqual([[first, 'city']]);
  }
});

/** Two who met once with an order and a line in it, and one who has nothing yet. */
const openThree = () => {
  const [ann, bob, cid] = createTeam(3) as [Replica, Replica, Replica];
  for (const one of [ann, bob, cid]) one.store.sync.join(TEAM);
  const order = insert(ann, 'orders', { notes: 'First' });
  const line = insert(ann, 'order_lines', { order_id: order, description: 'Crates' });
  exchange(ann, bob);
  return { ann, bob, cid, order, line };
};
const remove = ({ store }: Replica, id: string): void => void store.apply([{ kind: 'delete', table: 'orders', id }], edit);
const listed = ({ look }: Replica) =>
  look((db) => listConflicts(db, 10)).conflicts.map(({ table, row, field, under }) => ({ table, row, field, under }));

it('what was added to a record that was deleted by who had not seen it is listed with it, until it is left or brought back', () => {
  const { ann, bob, order, line } = openThree();
  remove(ann, order);
  const added = insert(bob, 'order_lines', { order_id: order, description: 'Three pallets, rush' });
  insert(bob, 'schedule_lines', { line_id: added, qty: 1_000_000 });
  const below = insert(bob, 'schedule_lines', { line_id: line, qty: 2_000_000 });
  exchange(ann, bob);
  const places = { table: 'orders', row: order, field: '_st', under: [] };
  for (const one of [ann, bob]) {
    expect(one.look((db) => listConflicts(db, 10)).conflicts).toMatchObject([
      { ...places, added: [{ row: added }, { row: below }], wrote: { row: below } },
    ]);
    expect(one.look(countConflicts)).toBe(1);
  }
  const [told] = ann.look((db) => readReview(db, 10)).fields;
  expect(told?.heads).toMatchObject([{ label: 'Added: Order line “Three pallets, rush”, Schedule line' }]);

  const [asked] = bob.look((db) => listConflicts(db, 1)).conflicts;
  const heads = [[asked?.stamp ?? 0, asked?.device ?? ''] as const];
  bob.store.apply([{ kind: 'resolve', table: 'orders', id: order, field: '_st', heads }], edit);
  exchange(ann, bob);
  for (const one of [ann, bob]) expect(one.look(countConflicts)).toBe(0);
  bob.store.undo(edit);
  exchange(ann, bob);
  for (const one of [ann, bob]) expect(one.look(countConflicts)).toBe(1);

  ann.store.apply([{ kind: 'undelete', table: 'orders', id: order }], edit);
  exchange(ann, bob);
  for (const one of [ann, bob]) {
    expect(one.look(countConflicts)).toBe(0);
    expect(one.store.get('order_lines', added)).toMatchObject({ description: 'Three pallets, rush' });
    expect(one.store.get('schedule_lines', below)).toBeDefined();
  }
  // Whoever deletes it now knows of all that it owns.
  remove(bob, order);
  exchange(ann, bob);
  for (const one of [ann, bob]) expect(one.look(countConflicts)).toBe(0);
});

it('what is below deleted records is found without looking through a table', () => {
  const [ann] = createTeam(1) as [Replica];
  const plan = (table: string): string =>
    ann.look((db) =>
      db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN SELECT id FROM ${table} WHERE _st = 1 AND _alive = 0`).all(),
    )[0]?.detail ?? '';
  const unlisted = tableNames.filter((name) => layoutOf(name).owner !== null && !plan(name).includes(`${name}_below`));
  expect(unlisted).toEqual([]);
});

it.each([
  ['before', true],
  ['after', false],
])('what was written %s it was deleted by who had not seen it is listed, and can be brought back', (_, isBefore) => {
  const { ann, bob, order, line } = openThree();
  const write = (): void => {
    update(bob, 'orders', order, { po_ref: 'PO 7' });
    update(bob, 'order_lines', line, { qty: 3_000_000 });
  };
  if (isBefore) write();
  remove(ann, order);
  if (!isBefore) write();
  exchange(ann, bob);
  for (const one of [ann, bob]) {
    expect(one.store.get('orders', order)).toBeUndefined();
    expect(listed(one)).toEqual([{ table: 'orders', row: order, field: '_st', under: ['Qty', 'PO ref'] }]);
    expect(one.look(countConflicts)).toBe(1);
  }
  const [head] = ann.look((db) => listConflicts(db, 10)).conflicts;
  const heads = [[head?.stamp ?? 0, head?.device ?? ''] as const];
  // Left as it is by one: then nobody is asked any more. Brought back by the other, after all.
  ann.store.apply([{ kind: 'resolve', table: 'orders', id: order, field: '_st', heads }], edit);
  exchange(ann, bob);
  for (const one of [ann, bob]) expect(listed(one)).toEqual([]);
  ann.store.undo(edit);
  exchange(ann, bob);
  bob.store.apply(
    [
      { kind: 'undelete', table: 'orders', id: order },
      { kind: 'resolve', table: 'orders', id: order, field: '_st', heads },
    ],
    edit,
  );
  exchange(bob, ann);
  for (const one of [ann, bob]) {
    expect(listed(one)).toEqual([]);
    expect(one.store.get('orders', order)).toMatchObject({ po_ref: 'PO 7' });
    expect(one.store.get('order_lines', line)).toMatchObject({ qty: 3_000_000 });
  }
  expect(ann.hash()).toBe(bob.hash());
});

it('what whoever deleted it had seen is nothing to decide', () => {
  const { ann, bob, order } = openThree();
  update(bob, 'orders', order, { po_ref: 'PO 7' });
  const written = bob.send().map((bytes) => bob.read(bytes));
  ann.take(written);
  remove(ann, order);
  bob.take(ann.send().map((bytes) => ann.read(bytes)));
  for (const one of [ann, bob]) expect(listed(one)).toEqual([]);
});

it('who begins with a snapshot is asked as everybody is', () => {
  const { ann, bob, cid, order } = openThree();
  update(bob, 'orders', order, { po_ref: 'PO 7' });
  remove(ann, order);
  exchange(ann, bob);
  for (const snapshot of ann.snapshot()) expect(cid.load(snapshot)).toBe(true);
  expect(listed(cid)).toEqual(listed(ann));
  expect(listed(cid)).toHaveLength(1);
});

/** What the deletion that waits to be sent says that it saw, as somebody else would have written it. */
const forge = (one: Replica, said: string): void =>
  one.meddle((db) => {
    const waiting = db.prepare<[], { n: number; payload: string }>('SELECT n, payload FROM outbox').all();
    for (const { n, payload } of waiting) {
      const { o, ...rest } = JSON.parse(payload) as Payload;
      const forged = o.map(([h, kind, table, row, base, cols, [st = null]]) => [h, kind, table, row, base, cols, [st, said]]);
      db.prepare('UPDATE outbox SET payload = ? WHERE n = ?').run(JSON.stringify({ ...rest, o: forged }), n);
    }
  });

it.each(['{"po_ref":null}', '{"po_ref":[1]}', '{"po_ref":"7@"}', '{"po_ref":{"a":1}}', '[true]', 'null', '{', '{"__proto__":5}'])(
  'a deletion that says that it saw %s saw nothing, and harms nobody',
  (said) => {
    const { ann, bob, order } = openThree();
    update(bob, 'orders', order, { po_ref: 'PO 7' });
    ann.take(bob.send().map((bytes) => bob.read(bytes)));
    remove(ann, order);
    forge(ann, said);
    bob.take(ann.send().map((bytes) => ann.read(bytes)));
    expect(listed(bob)).toEqual([{ table: 'orders', row: order, field: '_st', under: ['PO ref'] }]);
  },
);

it('who goes on as another device has still seen what it deleted', () => {
  const { ann, bob, order } = openThree();
  update(ann, 'orders', order, { po_ref: 'PO 7' });
  bob.take(ann.send().map((bytes) => ann.read(bytes)));
  update(ann, 'orders', order, { notes: 'Not sent yet' });
  remove(ann, order);
  ann.rekey();
  bob.take(ann.send().map((bytes) => ann.read(bytes)));
  for (const one of [ann, bob]) expect(listed(one)).toEqual([]);
  expect(ann.hash()).toBe(bob.hash());
});

it.each([
  ['of who had not seen it is listed by all', true, ['PO ref']],
  ['that it had seen is nothing to decide', false, null],
])('of a deletion that is dated anew, what was written %s', (_, isUnseen, under) => {
  const { ann, bob, cid, order } = openThree();
  if (isUnseen) update(bob, 'orders', order, { po_ref: 'PO 7' });
  ann.store.sync.correctClock(-YEAR);
  update(ann, 'orders', order, { notes: 'Not sent yet' });
  remove(ann, order);
  ann.store.sync.correctClock(0);
  expect(ann.store.sync.restamp(Date.UTC(2026, 0, 16))).toBeGreaterThan(0);
  exchange(ann, bob);
  const seen = under === null ? [] : [{ table: 'orders', row: order, field: '_st', under }];
  for (const one of [ann, bob]) expect(listed(one)).toEqual(seen);
  const deletions = ({ look }: Replica) =>
    look((db) =>
      db
        .prepare(
          'SELECT e.tbl, e."row", e.h, v.id, e.seen, e.unseen FROM deletions e JOIN devices v ON v.idx = e.d ORDER BY 1, 2',
        )
        .all(),
    );
  expect(deletions(ann)).toEqual(deletions(bob));
  for (const snapshot of ann.snapshot()) expect(cid.load(snapshot)).toBe(true);
  expect(listed(cid)).toEqual(seen);
  expect(new Set([ann, bob, cid].map((one) => one.hash())).size).toBe(1);
});
