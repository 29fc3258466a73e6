/** Finding in a register's view: by what cells say, by what editors open with, in pieces, until nobody wants it. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { searchView } from '../../electron/engine/services/records/find.ts';
import { finish, idAt, insertRows } from '../store-read/fill.ts';
import { context, newFile, pause, type TestFile } from '../store-read/file.ts';

let file: TestFile;
beforeEach(() => {
  file = newFile();
  const { db } = file;
  insertRows(db, 'accounts', [
    { id: idAt(1), code: 'H1', name: 'Harbour Foods', currency: 'EUR' },
    { id: idAt(2), code: 'K1', name: 'Kestrel Parts', currency: 'EUR' },
  ]);
  insertRows(
    db,
    'orders',
    Array.from({ length: 2500 }, (_, at) => ({
      id: idAt(100 + at),
      number: `O-${at}`,
      po_ref: at === 2400 ? 'Überholt' : `PO ${at}`,
      account_id: idAt(1 + (at % 2)),
      status: at === 3 ? 'draft' : 'confirmed',
      ordered_on: '2026-06-01',
      currency: 'EUR',
      freight: 125_000,
    })),
  );
  db.prepare(`INSERT INTO cell_issues VALUES ('orders', ?, 'ordered_on', 'someday', 'DATE_PARSE', 'error', 'parse')`).run(
    idAt(105),
  );
  db.prepare('UPDATE orders SET ordered_on = NULL WHERE id = ?').run(idAt(105));
  finish(db);
});
afterEach(() => file.close());

type Asked = Parameters<typeof searchView>[2];

const search = async (text: string, fields: readonly string[], more: Partial<Asked> = {}, wait = pause) => {
  const { views } = file.read;
  const sort = [{ field: 'number', dir: 'asc' }] as const;
  const { view } = await views.open('c1', { table: 'orders', filter: null, sort }, context, pause);
  const words = { text, isCaseSensitive: false, isWholeCell: false };
  const asked: Asked = { view, words, look: 'shown', fields: [...fields], locale: 'de-DE', from: 0, to: 1_000_000, ...more };
  return searchView(file.read, 'c1', asked, context, wait);
};

it('finds names of links, formatted amounts and days, states in words, and text that could not be read', async () => {
  const first = async (text: string, field: string) => (await search(text, [field])).hits[0];
  expect(await first('kestrel', 'account_id')).toMatchObject({ row: 1, id: idAt(101), field: 'account_id' });
  expect(await first('1.250,00', 'freight')).toMatchObject({ row: 0 });
  expect(await first('1. juni', 'ordered_on')).toMatchObject({ row: 0 });
  expect(await first('entwurf', 'status')).toBeUndefined();
  expect(await first('draft', 'status')).toMatchObject({ row: 3 });
  expect(await first('SOMEDAY', 'ordered_on')).toMatchObject({ row: 5 });
  expect(await first('uberholt', 'po_ref')).toMatchObject({ row: 2400 });
});

it('gives the cells of a row in the order asked, and looks at what editors open with when asked', async () => {
  const { hits } = await search('1', ['po_ref', 'number'], { from: 1, to: 2 });
  expect(hits.map(({ field }) => field)).toEqual(['po_ref', 'number']);
  const typed = await search('01.06.2026', ['ordered_on'], { look: 'typed', to: 1 });
  expect(typed.hits).toEqual([{ row: 0, id: idAt(100), field: 'ordered_on', text: '01.06.2026' }]);
});

it('stops after a thousand hits at a row and goes on from there to the same end', async () => {
  const one = await search('PO', ['po_ref']);
  expect(one.hits).toHaveLength(1000);
  expect(one.next).toBe(1000);
  const two = await search('PO', ['po_ref'], { from: one.next ?? 0 });
  const three = await search('PO', ['po_ref'], { from: two.next ?? 0 });
  expect(three.next).toBeNull();
  expect([...one.hits, ...two.hits, ...three.hits].map(({ row }) => row)).toEqual(
    Array.from({ length: 2500 }, (_, at) => at).filter((at) => at !== 2400),
  );
});

it('ends between rows when the caller has gone, and refuses fields there are none of', async () => {
  let turns = 0;
  const leave = (): Promise<void> => {
    turns += 1;
    return turns > 2 ? Promise.reject(new Error('gone')) : Promise.resolve();
  };
  await expect(search('nowhere', ['po_ref'], {}, leave)).rejects.toThrow('gone');
  await expect(search('x', ['nothing'])).rejects.toMatchObject({ code: 'invalid' });
});
