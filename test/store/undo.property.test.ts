import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edit, dataHash, openTemp } from './open.ts';
import { changes, perform } from './actions.ts';
import type { Known } from './actions.ts';
import { replayed, stored } from './replay.ts';
import { verifyLog } from '../../electron/engine/store/log/verify.ts';

/** What fails is made small for a while, not for ever: every try opens a file. */
const RUNS = { numRuns: 25, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false };

test('whatever was changed, undoing all of it gives the data and the issues there were', () => {
  fc.assert(
    fc.property(changes, changes, (before, after) => {
      const { store, env, look } = openTemp();
      const rows: Known[] = [];
      for (const actions of before) perform(store, actions, rows, env.ids, { ...edit, silent: true });
      const start = look(dataHash);
      const hashes = [start];
      for (const actions of after) {
        env.tick(1000);
        if (perform(store, actions, rows, env.ids)) hashes.push(look(dataHash));
      }
      const end = hashes.at(-1);
      const steps = look((db) => db.prepare('SELECT count(*) FROM undo_steps').pluck().get()) as number;
      for (let left = steps; left > 0; left -= 1) expect(store.undo(edit).refused).toEqual([]);
      expect(store.undo(edit).step).toBeNull();
      expect(look(dataHash)).toBe(start);
      for (let left = steps; left > 0; left -= 1) expect(store.redo(edit).refused).toEqual([]);
      expect(look(dataHash)).toBe(end);
      store.close();
    }),
    RUNS,
  );
});

test('changes, undo and redo in any order always stand at a state the file has been in', () => {
  const move = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('undo' as const, 'redo' as const) },
    { weight: 1, arbitrary: changes },
  );
  fc.assert(
    fc.property(fc.array(move, { minLength: 10, maxLength: 40 }), (moves) => {
      const { store, env, look } = openTemp();
      const rows: Known[] = [];
      const hashes = [look(dataHash)];
      let at = 0;
      const make = (actions: Parameters<typeof perform>[1]): void => {
        const steps = () => look((db) => db.prepare('SELECT max(n) FROM undo_steps').pluck().get());
        const before = steps();
        perform(store, actions, rows, env.ids);
        if (steps() === before) return;
        hashes.splice((at += 1), Number.POSITIVE_INFINITY, look(dataHash));
      };
      for (const one of moves) {
        if (typeof one !== 'string') {
          for (const actions of one.slice(0, 3)) make(actions);
          continue;
        }
        const done = store[one](edit);
        expect(done.refused).toEqual([]);
        if (done.step !== null) at += one === 'undo' ? -1 : 1;
        expect(look(dataHash)).toBe(hashes[at]);
      }
      store.close();
    }),
    RUNS,
  );
});

test('the log alone gives the same rows, stamps and bad cells', () => {
  fc.assert(
    fc.property(changes, fc.array(fc.constantFrom('undo', 'redo', 'seal'), { maxLength: 12 }), (made, moves) => {
      const { store, env, look } = openTemp();
      const rows: Known[] = [];
      made.forEach((actions, at) => {
        perform(store, actions, rows, env.ids);
        const move = moves[at];
        if (move === 'seal') store.seal();
        else if (move !== undefined) store[move](edit);
      });
      expect(look(replayed)).toEqual(look(stored));
      expect(look(verifyLog)).toEqual([]);
      store.close();
    }),
    RUNS,
  );
});

test('batches among other changes are taken back and done again like any step', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), changes), { minLength: 2, maxLength: 4 }), (groups) => {
      const { store, env, look } = openTemp();
      const rows: Known[] = [];
      const hashes = [look(dataHash)];
      for (const [isBatch, group] of groups) {
        const batch = isBatch ? store.batch('Import', { ...edit, source: 'import' }) : null;
        for (const actions of group) {
          const apply = (patches: Parameters<typeof store.apply>[0], change: typeof edit) =>
            batch === null ? store.apply(patches, change) : { ...batch.apply(patches), inverse: [] };
          perform({ apply, get: (table, id) => store.get(table, id) }, actions, rows, env.ids);
          const steps = look((db) => db.prepare('SELECT count(*) FROM undo_steps').pluck().get()) as number;
          if (batch === null) hashes[steps] = look(dataHash);
        }
        batch?.done();
        if (batch !== null) hashes.push(look(dataHash));
      }
      for (const hash of hashes.toReversed().slice(1)) {
        expect(store.undo(edit).refused).toEqual([]);
        expect(look(dataHash)).toBe(hash);
      }
      for (const hash of hashes.slice(1)) {
        expect(store.redo(edit).refused).toEqual([]);
        expect(look(dataHash)).toBe(hash);
      }
      expect(look(verifyLog)).toEqual([]);
      expect(look(replayed)).toEqual(look(stored));
      store.close();
    }),
    RUNS,
  );
});
