import { copyFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { composeWriter } from '../../electron/engine/compose.ts';
import { createEnv } from '../../electron/engine/options.ts';
import { createPast } from '../../electron/engine/store/log/past.ts';
import { verifyLog } from '../../electron/engine/store/log/verify.ts';
import { optionsFor } from '../fakes/processes.ts';
import { makeTemp } from '../setup/temp.ts';
import { edit, openTemp } from './open.ts';
import type { Opened } from './open.ts';
import { payloadsOf, replayed, stored } from './replay.ts';

const counts = ({ look }: Opened) =>
  look((db) => db.prepare('SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM segments)').raw().get());

const account = (opened: Opened, values: Record<string, string | null> = {}) => {
  const id = opened.env.ids();
  opened.store.apply([{ kind: 'insert', table: 'accounts', id, values: { code: 'A', name: 'First', ...values } }], edit);
  return id;
};

test('payload v1, to the letter', () => {
  const opened = openTemp();
  const id = account(opened);
  opened.env.tick(5);
  opened.store.apply(
    [
      { kind: 'update', table: 'accounts', id, values: { name: 'Second', credit_limit: { '?': 'lots' } } },
      { kind: 'delete', table: 'accounts', id },
    ],
    { ...edit, source: 'paste', label: 'Paste', reason: 'why', occurredAt: 77 },
  );
  const h = (Date.UTC(2026, 0, 15, 9) - Date.UTC(2020, 0, 1)) * 4096;
  const later = h + 5 * 4096;
  expect(opened.look(payloadsOf)).toEqual([
    {
      v: 1,
      t: ['accounts'],
      c: [['code', 'name', 'status']],
      x: [[1, 'person-1', 'edit', null, 'Edit', null, null, null]],
      o: [[h, 'i', 0, id, null, 0, ['A', 'First', 'active']]],
    },
    {
      v: 1,
      t: ['accounts'],
      c: [['name', 'credit_limit'], ['_st']],
      x: [[2, 'person-1', 'paste', null, 'Paste', 77, 'why', null]],
      o: [
        [later, 'u', 0, id, h, 0, ['Second', { '!': ['lots', 'NUM_PARSE'] }]],
        // A deletion says which writes it saw.
        [later + 1, 'u', 0, id, h, 1, [2, JSON.stringify({ name: later, credit_limit: later })]],
      ],
    },
  ]);
});

test('a transition is an op of its own, and an update names the stamp of each field it saw', () => {
  const { store, env, look } = openTemp();
  const id = env.ids();
  store.apply([{ kind: 'insert', table: 'orders', id, values: {} }], edit);
  store.apply([{ kind: 'update', table: 'orders', id, values: { notes: 'a' } }], edit);
  store.apply([{ kind: 'update', table: 'orders', id, values: { notes: 'b', terms: 'c' } }], edit);
  store.apply([{ kind: 'transition', table: 'orders', id, field: 'status', to: 'submitted', why: 'asked' }], edit);
  const [insert, first, second, moved] = look(payloadsOf).map(({ c, o }) => ({ c, o: o[0] }));
  expect(second?.o?.[4]).toEqual([first?.o?.[0], insert?.o?.[0]]);
  expect(moved).toMatchObject({
    c: [['status']],
    o: [expect.any(Number), 't', 0, id, insert?.o?.[0], 0, ['draft', 'submitted', 'asked']],
  });
});

test('stamps only rise, whatever the clock does, across restarts too', () => {
  let opened = openTemp();
  for (const step of [0, 1000, -86_400_000, 5, -1, 0]) {
    opened.env.tick(step);
    account(opened);
    opened = opened.reopen();
  }
  const stamps = opened.look(payloadsOf).flatMap(({ o }) => o.map(([h]) => h));
  expect(stamps).toHaveLength(6);
  expect(stamps).toEqual([...new Set(stamps)].toSorted((a, b) => a - b));
});

test('what waits is bounded without any pause; sealing changes nothing that can be seen', { timeout: 120_000 }, () => {
  const opened = openTemp();
  const id = account(opened);
  for (let at = 0; at < 998; at += 1)
    opened.store.apply([{ kind: 'update', table: 'accounts', id, values: { name: `n${at}` } }], edit);
  expect(counts(opened)).toEqual([999, 0]);
  const before = opened.store.past.history('accounts', id, 2000, null);
  opened.store.apply([{ kind: 'update', table: 'accounts', id, values: { name: 'last' } }], edit);
  expect(counts(opened)).toEqual([0, 1]);
  opened.store.apply([{ kind: 'update', table: 'accounts', id, values: { name: 'after' } }], edit);
  opened.store.seal();
  opened.store.seal();
  expect(counts(opened)).toEqual([0, 2]);
  const after = opened.store.past.history('accounts', id, 2000, null);
  expect(after.entries.slice(2)).toEqual(before.entries);
  expect(opened.look(verifyLog)).toEqual([]);
  expect(opened.look(replayed)).toEqual(opened.look(stored));
});

test('what waits to be sealed survives a crash, and the next quiet moment seals it', () => {
  const opened = openTemp();
  const id = account(opened);
  for (let at = 0; at < 149; at += 1)
    opened.store.apply([{ kind: 'update', table: 'accounts', id, values: { name: `n${at}` } }], edit);
  expect(counts(opened)).toEqual([150, 0]);
  // The file as the disk has it while the store is open: nothing was closed, sealed or checkpointed.
  const crashed = path.join(makeTemp(), 'crashed.db');
  for (const suffix of ['', '-wal']) copyFileSync(`${opened.file}${suffix}`, `${crashed}${suffix}`);
  const writer = composeWriter(createEnv(optionsFor(crashed)), () => undefined);
  const look = <T>(read: (db: Database.Database) => T): T => {
    const db = new Database(crashed, { readonly: true });
    try {
      return read(db);
    } finally {
      db.close();
    }
  };
  const told = look((db) => createPast(db).history('accounts', id, 1000, null));
  expect(told.entries).toHaveLength(150);
  expect(look(verifyLog)).toEqual([]);
  writer.idle?.();
  expect(counts({ ...opened, look })).toEqual([0, 1]);
  expect(look((db) => createPast(db).history('accounts', id, 1000, null))).toEqual(told);
  expect(look(verifyLog)).toEqual([]);
  writer.close();
});

test('a large change is sealed at once, after what waited', () => {
  const opened = openTemp();
  account(opened);
  const many = Array.from({ length: 100 }, () => opened.env.ids());
  opened.store.apply(
    many.map((id) => ({ kind: 'insert' as const, table: 'accounts', id, values: { name: 'x' } })),
    edit,
  );
  expect(counts(opened)).toEqual([0, 2]);
  expect(opened.look(verifyLog)).toEqual([]);
});

test('history tells every step with what each field was before, wherever its op stands', () => {
  const opened = openTemp();
  const { store, env } = opened;
  const id = account(opened, { terms: '30' });
  const person = env.ids();
  store.apply([{ kind: 'insert', table: 'people', id: person, values: { name: 'Ada' } }], edit);
  const ada = { ...edit, actor: person };
  store.apply([{ kind: 'update', table: 'accounts', id, values: { name: 'Second', owner_id: person } }], ada);
  store.seal();
  store.apply([{ kind: 'update', table: 'accounts', id, values: { name: { '!': ['?!', 'ODD'] }, terms: null } }], ada);
  store.apply([{ kind: 'update', table: 'accounts', id, values: { name: 'Third' } }], { ...ada, reason: 'checked' });
  store.undo(ada);
  store.apply([{ kind: 'delete', table: 'accounts', id }], edit);
  const told = store.past
    .history('accounts', id, 100, null)
    .entries.map(({ kind, source, who, reason, changes }) => [
      kind,
      source,
      who,
      reason,
      ...changes.map(({ field, from, to }) => `${field}: ${String(from)} -> ${String(to)}`),
    ]);
  expect(told).toEqual([
    ['delete', 'edit', 'person-1', null],
    ['update', 'undo', 'Ada', 'checked', 'name: Third -> ?!'],
    ['update', 'edit', 'Ada', 'checked', 'name: ?! -> Third'],
    ['update', 'edit', 'Ada', null, 'name: Second -> ?!', 'terms: 30 -> null'],
    ['update', 'edit', 'Ada', null, 'name: First -> Second', `owner_id: null -> ${person}`],
    ['insert', 'edit', 'person-1', null, 'code: null -> A', 'name: null -> First', 'terms: null -> 30', 'status: null -> active'],
  ]);
  const owner = store.past.history('accounts', id, 100, null).entries[4]?.changes[1];
  expect(owner).toMatchObject({ fromLabel: null, toLabel: 'Ada' });
  const reader = opened.look((db) => createPast(db).history('accounts', id, 100, null));
  expect(reader).toEqual(store.past.history('accounts', id, 100, null));
});

test('history comes in pages, and is empty for what never was', () => {
  const opened = openTemp();
  const id = account(opened);
  for (const name of ['b', 'c', 'd', 'e'])
    opened.store.apply([{ kind: 'update', table: 'accounts', id, values: { name } }], edit);
  const all = opened.store.past.history('accounts', id, 100, null);
  expect(all.more).toBeNull();
  const first = opened.store.past.history('accounts', id, 2, null);
  const second = opened.store.past.history('accounts', id, 3, first.more);
  expect([...first.entries, ...second.entries]).toEqual(all.entries);
  expect(second.more).toBeNull();
  expect(opened.store.past.history('accounts', opened.env.ids(), 5, null)).toEqual({ entries: [], more: null });
});

test('what a field held at a moment can be had back', () => {
  const opened = openTemp();
  const { store } = opened;
  const id = account(opened);
  store.apply([{ kind: 'update', table: 'accounts', id, values: { name: 'Second' } }], edit);
  store.apply([{ kind: 'update', table: 'accounts', id, values: { terms: '30' } }], edit);
  const stamps = store.past.history('accounts', id, 10, null).entries.map(({ stamp }) => stamp);
  expect(stamps.map((stamp) => store.past.valueAt('accounts', id, 'name', stamp))).toEqual(['Second', 'Second', 'First']);
  expect(store.past.valueAt('accounts', id, 'name', (stamps[2] ?? 0) - 1)).toBeUndefined();
});

test.each([
  ['an altered byte', `UPDATE segments SET body = zeroblob(length(body)) WHERE idx = 1`, 'altered bytes'],
  ['a missing segment', 'DELETE FROM segments WHERE idx = 1', 'chain is broken'],
  ['a lost history row', 'DELETE FROM history WHERE txn = 1', 'history:'],
  ['a changed op', `UPDATE outbox SET ops = ops + 1`, 'counts do not match'],
])('%s of the log is found', (_, sql, fault) => {
  const opened = openTemp();
  account(opened);
  opened.store.seal();
  account(opened);
  opened.store.seal();
  account(opened);
  const db = new Database(opened.file);
  expect(verifyLog(db)).toEqual([]);
  db.exec(sql);
  expect(verifyLog(db).join('\n')).toContain(fault);
  db.close();
});

test('a store that is closed leaves everything in the file itself, also while somebody still reads', () => {
  const opened = openTemp();
  const id = account(opened);
  opened.look(() => {
    opened.store.apply([{ kind: 'update', table: 'accounts', id, values: { name: 'last' } }], edit);
    opened.reopen();
  });
  const copied = path.join(makeTemp(), 'copied.db');
  copyFileSync(opened.file, copied);
  const db = new Database(copied, { readonly: true });
  onTestFinished(() => void db.close());
  expect(db.prepare('SELECT name FROM accounts WHERE id = ?').pluck().get(id)).toBe('last');
});
