/** What the window says and finds: undo in words, matches of the palette, a recipe drafted from headers. */
import { describe, expect, it } from 'vitest';
import { describeUndo } from '../../renderer/client/undo.ts';
import { bestOf, scoreOf, splitAtHits } from '../../renderer/ui/matches.ts';

const step = { step: 1, label: 'Paste 200 rows', at: 0, window: 'w', screen: null, batch: null };

describe('undo in words', () => {
  const refused = { table: 'orders', id: 'a', field: 'po_ref', now: 'x', why: 'changed' } as const;
  const fixed = { ...refused, why: 'fixed' } as const;
  const rows = [{ table: 'orders', id: 'a', fields: ['note'] }];
  it.each([
    ['undo', { step: null, rows: [], refused: [], elsewhere: false }, 'Nothing to undo.'],
    ['undo', { step, rows: [], refused: [], elsewhere: false }, 'Undid: Paste 200 rows'],
    ['redo', { step, rows: [], refused: [], elsewhere: true }, 'Did again: Paste 200 rows (made in another window)'],
    [
      'undo',
      { step, rows, refused: [refused, refused], elsewhere: false },
      'Undid: Paste 200 rows. 2 values were left as they are: changed since',
    ],
    [
      'undo',
      { step, rows: [], refused: [fixed], elsewhere: false },
      'Not undone: Paste 200 rows. What went out to a customer stays as it is',
    ],
    [
      'redo',
      { step, rows: [], refused: [refused, fixed], elsewhere: false },
      'Not done again: Paste 200 rows. One value was left as it is: changed since. What went out to a customer stays as it is',
    ],
  ] as const)('%s %#', (way, undone, words) => {
    const told = undone.rows.map((row) => ({ ...row, fields: [...row.fields] }));
    expect(describeUndo(way, { ...undone, rows: told, refused: [...undone.refused] })).toBe(words);
  });
});

describe('matches', () => {
  it('puts a beginning before a word before the middle, and asks for every word', () => {
    const titles = ['Reorder', 'New order', 'Orders'].map((title) => ({ title }));
    expect(bestOf(titles, 'order').map(({ title }) => title)).toEqual(['Orders', 'New order', 'Reorder']);
    expect(scoreOf('New order', 'new acc')).toBe(0);
    expect(scoreOf('Café', 'cafe')).toBeGreaterThan(0);
  });

  it('marks what was typed, whatever it holds', () => {
    expect(splitAtHits('a.b (c)', '(c').filter(({ isHit }) => isHit)).toEqual([{ at: 4, text: '(c', isHit: true }]);
    expect(splitAtHits('Harbour', '')).toEqual([{ at: 0, text: 'Harbour', isHit: false }]);
  });
});
