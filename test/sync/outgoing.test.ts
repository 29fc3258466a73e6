/** What a device gives to others: whole transactions, whole imports, pieces that can be sent (SYNC.md 6, 2.2). */
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { MAX_SEGMENT_BYTES } from '../../electron/engine/sync/segment-file.ts';
import { verifyLog } from '../../electron/engine/store/log/verify.ts';
import type { StorePatch } from '../../electron/engine/store/api.ts';
import { edit } from '../store/open.ts';
import type { Replica } from './replica.ts';
import { createTeam, SIGNED_TEAM } from './team.ts';

const MIB = 2 ** 20;
const long = (mib: number): string => randomBytes(mib * MIB).toString('base64');
const account = (id: string, name: string): StorePatch => ({ kind: 'insert', table: 'accounts', id, values: { name } });
/** A long text where no search reads it. */
const setting = (id: string, text: string): StorePatch => ({
  kind: 'insert',
  table: 'settings',
  id,
  values: { key: `t.${id}`, value: JSON.stringify(text) },
});
const one = (): Replica => {
  const [mine] = createTeam(1) as [Replica];
  mine.store.sync.join(SIGNED_TEAM);
  return mine;
};
const sizes = (mine: Replica): readonly number[] => {
  mine.store.sync.seal();
  return mine.store.sync.unsent(1000).map(({ from, to }) => to - from + 1);
};

it('half an import is not sent, nor what comes after it; then all of it, or what it was taken back to', () => {
  const mine = one();
  mine.store.apply([account(mine.ids(), 'Before')], edit);
  const batch = mine.store.batch('Import', { ...edit, source: 'import' });
  batch.apply([account(mine.ids(), 'One'), account(mine.ids(), 'Two')]);
  mine.store.apply([account(mine.ids(), 'Beside')], edit);
  expect(sizes(mine)).toEqual([1]);
  batch.apply([account(mine.ids(), 'Three')]);
  expect(sizes(mine)).toEqual([1]);
  batch.done();
  expect(sizes(mine)).toEqual([1, 2, 1, 1]);
  for (const { hash } of mine.store.sync.unsent(10)) mine.store.sync.sent(hash);
  const other = mine.store.batch('Import', { ...edit, source: 'import' });
  other.apply([account(mine.ids(), 'Four')]);
  expect(sizes(mine)).toEqual([]);
  other.undo();
  expect(sizes(mine)).toEqual([1, 1]);
});

it('what waits is sealed in pieces that can be sent, and no transaction is in two', { timeout: 120_000 }, () => {
  const mine = one();
  for (let at = 0; at < 3; at += 1) mine.store.apply([setting(mine.ids(), long(2)), setting(mine.ids(), 'B')], edit);
  const sent = mine.send();
  expect(sent).toHaveLength(3);
  for (const bytes of sent) {
    expect(bytes.length).toBeLessThan(MAX_SEGMENT_BYTES);
    expect(mine.read(bytes).payload.x.every(([ops]) => ops === 2)).toBe(true);
  }
  expect(mine.look(verifyLog)).toEqual([]);
});

it('a change that nobody could be sent is refused with words, and leaves nothing', { timeout: 120_000 }, () => {
  const mine = one();
  const before = mine.hash();
  const id = mine.ids();
  expect(() => mine.store.apply([setting(id, long(9))], edit)).toThrow('more than can be sent');
  expect(mine.hash()).toBe(before);
  mine.store.apply([setting(id, long(5))], edit);
  expect(sizes(mine)).toEqual([1]);
});

it('a baseline is cut by bytes too, and a large undo of an import by pages', { timeout: 120_000 }, () => {
  const [mine, other] = createTeam(2) as [Replica, Replica];
  const ids = Array.from({ length: 3 }, () => mine.ids());
  for (const id of ids) mine.store.apply([setting(id, long(2))], edit);
  mine.store.sync.join(SIGNED_TEAM);
  other.store.sync.join(SIGNED_TEAM);
  const sent = mine.send();
  expect(sent).toHaveLength(3);
  other.take(sent.map((bytes) => mine.read(bytes)));
  expect(other.hash()).toBe(mine.hash());
  const batch = mine.store.batch('Import', { ...edit, source: 'import' });
  batch.apply(ids.map((id) => ({ kind: 'update', table: 'settings', id, values: { value: '1' } })));
  batch.undo();
  expect(sizes(mine)).toEqual([3, 1, 1, 1]);
  expect(mine.look(verifyLog)).toEqual([]);
});
