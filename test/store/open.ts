/** A write store over a file of its own, with what tests look at: its data, its issues, its log. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openReader } from '../../electron/engine/store/file/db.ts';
import type { Db } from '../../electron/engine/store/file/db.ts';
import type { Change, Rules, WriteStore } from '../../electron/engine/store/api.ts';
import { openWriteStore } from '../../electron/engine/store/write/write-store.ts';
import { storedFields, tableNames } from '../../shared/model/index.ts';
import { emptyFile } from '../fakes/empty-file.ts';
import { fakeEnv } from '../fakes/env.ts';
import type { FakeEnv } from '../fakes/env.ts';
import { fakeRules } from '../fakes/rules.ts';
import { makeTemp } from '../setup/temp.ts';

export const edit: Change = {
  actor: 'person-1',
  source: 'edit',
  label: 'Edit',
  reason: null,
  screen: 'accounts',
  window: 'window-1',
};

export type Opened = {
  readonly store: WriteStore;
  readonly file: string;
  readonly env: FakeEnv;
  readonly events: { readonly name: string; readonly payload: unknown }[];
  /** Closes the store and opens the file again. */
  readonly reopen: () => Opened;
  /** Runs a look at the file by a connection of its own. */
  readonly look: <T>(read: (db: Db) => T) => T;
};

/** @param onEvent hears what the store tells, when it tells it */
export const openAt = (file: string, env: FakeEnv, rules: Rules, onEvent: () => void = () => undefined): Opened => {
  const events: { name: string; payload: unknown }[] = [];
  const store = openWriteStore({
    db: file,
    ...env,
    rules,
    log: () => undefined,
    emit: (name, payload) => {
      events.push({ name, payload });
      onEvent();
    },
  });
  let isOpen = true;
  const close = (): void => {
    if (isOpen) store.close();
    isOpen = false;
  };
  onTestFinished(close);
  return {
    store,
    file,
    env,
    events,
    reopen() {
      close();
      return openAt(file, env, rules, onEvent);
    },
    look(read) {
      const db = openReader(file);
      try {
        return read(db);
      } finally {
        db.close();
      }
    },
  };
};

export const openTemp = (rules: Rules = fakeRules(), onEvent?: () => void): Opened =>
  openAt(emptyFile(path.join(makeTemp(), 'test.db')), fakeEnv(), rules, onEvent);

/** Everything that is data: live rows, custom fields, derived columns, the texts of bad cells; no stamps. */
export const dataHash = (db: Db): string => {
  const hash = createHash('sha256');
  for (const name of tableNames) {
    const columns = storedFields(name).map(([field]) => `"${field}"`);
    const derived = name === 'order_lines' ? ['net', 'CAST(net_micros AS TEXT)'] : [];
    const rows = db.prepare(`SELECT id, ${[...columns, ...derived, '_c'].join(', ')} FROM live_${name} ORDER BY id`).raw();
    for (const row of rows.iterate()) hash.update(JSON.stringify([name, row]));
  }
  const issues = db
    .prepare(
      `SELECT i.tbl, i."row", i.field, i.raw, i.code, i.level, i.origin FROM cell_issues i
       WHERE EXISTS (${tableNames.map((name) => `SELECT 1 FROM live_${name} r WHERE i.tbl = '${name}' AND r.id = i."row"`).join(' UNION ALL ')})
       ORDER BY i.tbl, i."row", i.field, i.origin`,
    )
    .raw();
  for (const issue of issues.iterate()) hash.update(JSON.stringify(issue));
  return hash.digest('hex');
};
