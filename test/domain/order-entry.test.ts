import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeOffers, type MergeableLine } from '../../shared/domain/order/merge.ts';
import { orderPad, padRules, type Bought } from '../../shared/domain/order/pad.ts';
import { cellsOf, readPasted, type ProductCode } from '../../shared/domain/order/paste.ts';

describe('O2: pasted codes', () => {
  const codes: readonly ProductCode[] = [
    { kind: 'own', code: 'BOLT-8', product: 'bolt' },
    { kind: 'customer', code: '4711', product: 'bolt' },
    { kind: 'customer', code: 'NUT-8', product: 'washer' },
    { kind: 'own', code: 'NUT-8', product: 'nut' },
    { kind: 'barcode', code: '5012345678900', product: 'nut' },
    { kind: 'alias', code: 'hex', product: 'bolt' },
    { kind: 'alias', code: 'HEX', product: 'nut' },
    { kind: 'own', code: '007', product: 'washer' },
  ];
  test('O2: matched by own code, then the customer’s, then barcode, then alias', () => {
    const rows = readPasted('bolt-8\t10\r\n4711\t2\nNUT-8\t3\n5012345678900\t4', codes);
    expect(rows.map(({ product, foundBy, qty }) => [product, foundBy, qty])).toEqual([
      ['bolt', 'own', '10'],
      ['bolt', 'customer', '2'],
      ['nut', 'own', '3'],
      ['nut', 'barcode', '4'],
    ]);
  });
  test('O2: what is not found, or twice, stays as a row with its text', () => {
    const rows = readPasted('GONE-1\t5\nhex\t6\n\n7\t8\nBOLT-8', codes);
    expect(rows.map(cellsOf)).toEqual([
      { product_id: { '!': ['GONE-1', 'LINK_NONE'] }, qty: { '?': '5' } },
      { product_id: { '!': ['hex', 'LINK_MANY'] }, qty: { '?': '6' } },
      { product_id: { '!': ['7', 'LINK_NONE'] }, qty: { '?': '8' } },
      { product_id: 'bolt', qty: { '?': '' } },
    ]);
    expect(rows[1]?.rivals).toEqual(['bolt', 'nut']);
  });
  test('O2: no row that has text is dropped', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[A-Z0-9]{1,6}(\t[0-9]{1,3})?$/), { maxLength: 30 }), (rows) => {
        expect(readPasted(rows.join('\n'), codes).map(({ code, qty }) => (qty === '' ? code : `${code}\t${qty}`))).toEqual(rows);
      }),
    );
  });
});

describe('O2: the same product twice', () => {
  const line = (id: string, more: Partial<MergeableLine> = {}): MergeableLine => ({
    id,
    product: 'bolt',
    uom: 'EA',
    qty: 10n,
    price: 8_500_000,
    discount: 0,
    requested: '2026-03-20',
    site: null,
    ...more,
  });
  test('O2: a merge is offered where nothing differs', () => {
    expect(mergeOffers([line('a'), line('b', { product: 'nut' }), line('c'), line('d')])).toEqual([
      { into: 'a', from: ['c', 'd'], qty: 30n },
    ]);
  });
  test.each<Partial<MergeableLine>>([
    { requested: '2026-03-21' },
    { site: 'north' },
    { price: 8_000_000 },
    { discount: 1 },
    { uom: 'BOX' },
    { product: null },
  ])('O2: both are kept where %j differs', (change) => {
    expect(mergeOffers([line('a'), line('b', change)])).toEqual([]);
  });
});

describe('O2: the order pad', () => {
  const bought = (product: string, ...orders: readonly (readonly [string, bigint])[]): readonly Bought[] =>
    orders.map(([on, qty]) => ({ product, on, qty }));
  const history = [
    ...bought('bolt', ['2026-01-05', 10n], ['2026-02-02', 12n], ['2026-03-02', 40n]),
    ...bought('nut', ['2025-12-01', 5n], ['2026-01-05', 5n]),
    ...bought('tape', ['2025-11-03', 3n]),
    ...bought('glue', ['2026-03-20', 3n]),
  ];
  const pad = orderPad(history, new Map([['bolt', 5n]]), '2026-03-12');
  test('O2: the usual basket first; what has not been ordered lately is said', () => {
    expect(pad.map(({ product, isUsual, isNotLately, everyDays }) => [product, isUsual, isNotLately, everyDays])).toEqual([
      ['bolt', true, false, 28],
      ['nut', false, true, 35],
      ['tape', false, false, null],
    ]);
    expect(Object.keys(padRules)).toEqual(['usual', 'notLately', 'suggested']);
  });
  test('O2: the suggested quantity is the middle of the last ones, in full packs', () => {
    expect(pad.map(({ product, suggested, lastQty }) => [product, suggested, lastQty])).toEqual([
      ['bolt', 15n, 40n],
      ['nut', 5n, 5n],
      ['tape', 3n, 3n],
    ]);
  });
  test('O2: what comes after today is not history, and the order of rows says nothing', () => {
    expect(orderPad([], new Map(), '2026-03-12')).toEqual([]);
    expect(orderPad(history.toReversed(), new Map([['bolt', 5n]]), '2026-03-12')).toEqual(pad);
  });
});
