/**
 * Edits a file without end: single orders with numbers, and batches that are done, undone and done again. Says on stdout
 * what it begins and what was acknowledged. Run as a child and killed.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import type { Change, StorePatch } from '../../electron/engine/store/api.ts';
import { openWriteStore } from '../../electron/engine/store/write/write-store.ts';
import { fakeRules } from '../fakes/rules.ts';

export const CHUNKS = 4;
export const PER_CHUNK = 40;

const change: Change = { actor: 'me', source: 'edit', label: 'Edit', reason: null, screen: null, window: 'w' };

const order = (values: Record<string, string>): StorePatch => ({ kind: 'insert', table: 'orders', id: randomUUID(), values });

const work = (file: string): void => {
  const store = openWriteStore({
    db: file,
    clock: () => Date.now(),
    ids: () => randomUUID(),
    random: (n) => randomBytes(n),
    zone: 'UTC',
    rules: fakeRules(),
    log: () => undefined,
    emit: () => undefined,
  });
  const say = (...words: string[]): void => void writeSync(1, `${words.join(' ')}\n`);
  const edit = (): void => {
    const number = store.nextNumber('orders');
    const [{ id } = { id: '' }] = store.apply([order({ number })], change).rows;
    say('order', id, number);
    store.apply([{ kind: 'update', table: 'orders', id, values: { notes: number } }], change);
    say('noted', id, number);
  };
  say('open', ...store.notices);
  for (;;) {
    for (let at = 0; at < 4; at += 1) edit();
    const batch = store.batch('Import', { ...change, source: 'import' });
    for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
      batch.apply(Array.from({ length: PER_CHUNK }, () => order({ terms: batch.id })));
      say('chunk', batch.id);
    }
    batch.done();
    say('done', batch.id);
    say('undoing', batch.id);
    store.undo(change);
    say('undone', batch.id);
    say('redoing', batch.id);
    store.redo(change);
    say('redone', batch.id);
  }
};

const [, script = '', file = ''] = process.argv;
if (import.meta.filename === script) work(file);
