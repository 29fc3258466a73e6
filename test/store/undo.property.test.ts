import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edit, dataHash, openTemp } from './open.ts';
import { changes, perform } from './actions.ts';
import type { Known } from './actions.ts';
import { replayed, stored } from './replay.ts';
import { verifyLog } from '../../electron/engine/store/verify.ts';

const RUNS = { numRuns: 25 };

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

test('undo and redo in any order always stand at a state the file has been in', () => {
  fc.assert(
    fc.property(changes, fc.array(fc.boolean(), { maxLength: 40 }), (made, moves) => {
      const { store, env, look } = openTemp();
      const rows: Known[] = [];
      const hashes = [look(dataHash)];
      for (const actions of made) {
        if (perform(store, actions, rows, env.ids)) {
          const steps = look((db) => db.prepare('SELECT count(*) FROM undo_steps').pluck().get()) as number;
          hashes[steps] = look(dataHash);
        }
      }
      let at = hashes.length - 1;
      for (const isUndo of moves) {
        const done = isUndo ? store.undo(edit) : store.redo(edit);
        expect(done.refused).toEqual([]);
        if (done.step !== null) at += isUndo ? -1 : 1;
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
