/** Two computers with one file, key and all, that give into a folder before either sees the other (SYNC.md 2.7, invariant 16). */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFork, settle } from './carrier.ts';
import { dice } from './program.ts';
import { insert, update } from './region.ts';
import type { Replica } from './replica.ts';
import { editOnce } from './simulate.ts';
import { expectWhole } from './whole.ts';

const namesOf = ({ look }: Replica): readonly string[] =>
  look((db) => db.prepare<[], string>('SELECT name FROM live_accounts ORDER BY name').pluck().all());

describe('both gave before either saw the other', () => {
  it.each([
    ['mine', 1],
    ['the copy', 1],
    ['mine', 3],
    ['the copy', 3],
  ])('who reads %s first, of %i pieces each, comes to the same as who reads the other first', async (whose, pieces) => {
    const { carrier, mine, copy, readers, account } = await openFork(2);
    const [early, late] = readers as [Replica, Replica];
    for (let piece = 0; piece < pieces; piece += 1)
      for (const [one, name] of [
        [mine, 'Mine'],
        [copy, 'Copy'],
      ] as const) {
        insert(one, 'accounts', { name: `${name} ${piece}` });
        update(one, 'accounts', account, { city: `${name} ${piece}` });
        await carrier.meet(one);
      }
    const [first, second] = whose === 'mine' ? [mine, copy] : [copy, mine];
    const wasOf = mine.store.sync.device;
    expect(copy.store.sync.device).toBe(wasOf);
    // One has read both, the other only the second, when they write on what they see.
    for (const [from, to] of [
      [first, early],
      [second, early],
      [second, late],
    ] as const) {
      carrier.carry(from, to);
      await carrier.meet(to);
    }
    for (const one of [early, late])
      update(one, 'accounts', account, { city: `Seen by ${one.number}`, industry: `${one.number}` });
    const unread = await carrier.meet(late);
    expect(unread.warnings).toEqual([]);
    carrier.carry(first, late);
    expect((await carrier.meet(late)).warnings.join()).toContain('two files write under this name');
    expect(namesOf(late)).toHaveLength(1 + 2 * pieces);
    const all = [mine, copy, early, late];
    await settle(carrier, all);
    for (const one of [mine, copy]) {
      expect(one.store.sync.device).not.toBe(wasOf);
      insert(one, 'accounts', { name: `After, of ${one.number}` });
    }
    await settle(carrier, all);
    for (const one of all) {
      expect(namesOf(one)).toHaveLength(3 + 2 * pieces);
      expect(one.hash()).toBe(mine.hash());
      expect(one.store.sync.state().unsent).toBe(0);
      await expectWhole(one);
    }
  });

  it('what was written on top of a branch that is still to come is known to have replaced it', async () => {
    const { carrier, mine, copy, readers, account } = await openFork(2);
    const [other, reader] = readers as [Replica, Replica];
    for (const one of [mine, copy]) {
      update(one, 'accounts', account, { city: `Of ${one.number}` });
      await carrier.meet(one);
    }
    carrier.carry(mine, other);
    await carrier.meet(other);
    update(other, 'accounts', account, { city: 'On top of mine' });
    await carrier.meet(other);
    // The clock of the copy is ahead of all: by how far its branch was read, what is named seems to have come.
    carrier.carry(copy, reader);
    await carrier.meet(reader);
    carrier.carry(other, reader, (file) => !file.includes(path.join('north', mine.store.sync.device)));
    await carrier.meet(reader);
    expect(reader.store.get('accounts', account)).toMatchObject({ city: 'Of 7' });
    expect(reader.store.sync.state().conflicts).toBe(1);
    carrier.carry(mine, reader);
    await carrier.meet(reader);
    expect(reader.store.sync.state().conflicts).toBe(1);
    await settle(carrier, [mine, copy, other, reader]);
    expect(reader.hash()).toBe(other.hash());
  });

  it.each([1, 2, 3])(
    'whatever both and others write, and in whatever pieces it comes (seed %i)',
    { timeout: 120_000 },
    async (seed) => {
      const roll = dice(seed);
      const { carrier, mine, copy, readers } = await openFork(3);
      const all = [mine, copy, ...readers];
      // The two meet each other only at the end.
      for (let turn = 0; turn < 30; turn += 1) {
        const from = all[roll(all.length)] ?? mine;
        for (let at = 0; at < 4; at += 1) editOnce(from, roll(2 ** 30));
        await carrier.meet(from);
        const to = readers[roll(readers.length)] ?? mine;
        carrier.carry(from, to, () => roll(10) < 6);
        await carrier.meet(to);
      }
      expect(mine.store.sync.device).toBe(copy.store.sync.device);
      await settle(carrier, all);
      for (const one of all) {
        expect(one.hash()).toBe(mine.hash());
        await expectWhole(one);
      }
    },
  );
});
