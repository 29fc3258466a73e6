/** Kills an engine at a random moment, opens its file, and says what was lost or half done. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { openReader } from '../../electron/engine/store/file/db.ts';
import type { Db } from '../../electron/engine/store/file/db.ts';
import { openWriteStore } from '../../electron/engine/store/write/write-store.ts';
import { verifyLog } from '../../electron/engine/store/log/verify.ts';
import { fakeEnv } from '../fakes/env.ts';
import { fakeRules } from '../fakes/rules.ts';
import { CHUNKS, PER_CHUNK } from './kill-child.ts';
import { replayed, stored } from './replay.ts';

/** Runs the child until it has said so many lines, then kills it; returns all that it said. */
const runAndKill = async (file: string, lines: number): Promise<readonly string[]> => {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'kill-child.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const died = once(child, 'close');
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (said.length === lines) child.kill('SIGKILL');
  }
  await died;
  return said;
};

const isWhole = CHUNKS * PER_CHUNK;

const checkOrders = (db: Db, said: readonly string[]): readonly string[] => {
  const order = db.prepare<[string], { number: string; notes: string | null }>(
    'SELECT number, notes FROM live_orders WHERE id = ?',
  );
  return said.flatMap((line) => {
    const [word, id = '', number = ''] = line.split(' ');
    const found = word === 'order' || word === 'noted' ? order.get(id) : undefined;
    if (word === 'order' && found?.number !== number) return [`order ${number} was acknowledged and is not there`];
    if (word === 'noted' && found?.notes !== number) return [`the note of ${number} was acknowledged and is not there`];
    return [];
  });
};

const checkBatches = (db: Db, said: readonly string[]): readonly string[] => {
  const count = db.prepare<[string], number>('SELECT count(*) FROM live_orders WHERE terms = ?').pluck();
  const last = new Map(
    said
      .map((line) => line.split(' '))
      .filter(([word]) => word !== 'order' && word !== 'noted' && word !== 'open')
      .map(([word = '', batch = '']) => [batch, word]),
  );
  const problems = [...last].flatMap(([batch, word]) => {
    const rows = count.get(batch) ?? 0;
    if (rows !== 0 && rows !== isWhole) return [`batch after ${word}: ${rows} of ${isWhole} rows`];
    if ((word === 'redone' || word === 'done') && rows === 0) return [`batch was acknowledged as ${word} and is gone`];
    return [];
  });
  const groups = db
    .prepare<[], number>('SELECT count(*) AS rows FROM live_orders WHERE terms IS NOT NULL GROUP BY terms')
    .pluck()
    .all();
  return [...problems, ...groups.filter((rows) => rows !== isWhole).map((rows) => `a batch of ${rows} rows`)];
};

const byKey = (rows: ReadonlyMap<string, unknown>): string => JSON.stringify([...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)));

const checkFile = (db: Db): readonly string[] => {
  const integrity = db.pragma('integrity_check', { simple: true });
  const twice = db
    .prepare<[], string>('SELECT number FROM orders WHERE number IS NOT NULL GROUP BY number HAVING count(*) > 1')
    .pluck()
    .all();
  const waiting = db.prepare<[], number>(`SELECT count(*) FROM batches WHERE state = 'applying'`).pluck().get();
  const [log, rows] = [replayed(db), stored(db)];
  return [
    ...(integrity === 'ok' ? [] : [`integrity: ${String(integrity)}`]),
    ...twice.map((number) => `number ${number} was given twice`),
    ...(waiting === 0 ? [] : ['a batch is still running']),
    ...verifyLog(db),
    ...(byKey(log) === byKey(rows) ? [] : ['the log is not the rows']),
  ];
};

/**
 * One life of an engine, ended by SIGKILL after so many acknowledgements.
 * @returns what is wrong with the file afterwards, and what the next start told
 */
export const killOnce = async (
  file: string,
  lines: number,
): Promise<{ problems: readonly string[]; notices: readonly string[] }> => {
  const said = await runAndKill(file, lines);
  const store = openWriteStore({ db: file, ...fakeEnv(7), rules: fakeRules(), log: () => undefined, emit: () => undefined });
  const { notices } = store;
  store.close();
  const db = openReader(file);
  try {
    return { problems: [...checkOrders(db, said), ...checkBatches(db, said), ...checkFile(db)], notices };
  } finally {
    db.close();
  }
};
