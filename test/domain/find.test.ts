/** Finding a text in a cell's text, and replacing it: by eye, by letter, as the whole cell. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFinder } from '../../shared/domain/find.ts';

const finder = (text: string, more: { readonly isCaseSensitive?: boolean; readonly isWholeCell?: boolean } = {}) =>
  createFinder({ text, isCaseSensitive: false, isWholeCell: false, ...more });

describe('finding', () => {
  it.each([
    ['harb', 'Harbour Foods', [[0, 4]]],
    [
      'O',
      'Harbour Foods',
      [
        [4, 5],
        [9, 10],
        [10, 11],
      ],
    ],
    ['creme', 'Crème brûlée', [[0, 5]]],
    ['creme', 'Cre\u0300me', [[0, 6]]],
    ['CRÈME', 'creme', [[0, 5]]],
    ['-12', '\u221212.50', [[0, 3]]],
    ['1 250', '1\u202f250,00', [[0, 5]]],
    ['strasse', 'Straße 4', [[0, 6]]],
    [
      'aa',
      'aaaa',
      [
        [0, 2],
        [2, 4],
      ],
    ],
    ['x', '', []],
    ['', 'anything', []],
  ] as const)('%s in %s', (sought, text, spans) => {
    expect(finder(sought).spans(text)).toEqual(spans);
    expect(finder(sought).has(text)).toBe(spans.length > 0);
  });

  it('heeds case and marks when asked, and the whole cell', () => {
    expect(finder('harb', { isCaseSensitive: true }).has('Harbour')).toBe(false);
    expect(finder('Crè', { isCaseSensitive: true }).spans('Crème')).toEqual([[0, 3]]);
    expect(finder('open', { isWholeCell: true }).has('Open')).toBe(true);
    expect(finder('open', { isWholeCell: true }).has('Opened')).toBe(false);
    expect(finder('open', { isWholeCell: true, isCaseSensitive: true }).has('Open')).toBe(false);
  });

  it('replaces every find and nothing else', () => {
    expect(finder('o').replace('Foo O', '0')).toBe('F00 0');
    expect(finder('creme').replace('La Crème!', 'cream')).toBe('La cream!');
    expect(finder('x').replace('y', 'z')).toBe('y');
    expect(finder('open', { isWholeCell: true }).replace('open door', 'shut')).toBe('open door');
  });

  it('finds a text in itself, and its spans never overlap or leave the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
        (text, sought) => {
          const spans = finder(sought).spans(text);
          let last = 0;
          for (const [from, to] of spans) {
            expect(from).toBeGreaterThanOrEqual(last);
            expect(to).toBeGreaterThan(from);
            expect(to).toBeLessThanOrEqual(text.length);
            last = to;
          }
          expect(finder(sought).has(text)).toBe(spans.length > 0);
        },
      ),
    );
  });
});
