import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../shared/domain/canonical.ts';
import { documentTotals, type DocumentInput, type DocumentLine, type DocumentPolicy } from '../../shared/domain/totals.ts';
import { createBook, createChance, createDocument, settle, turned } from './randomDocuments.ts';

const policy: DocumentPolicy = {
  digits: 2,
  mode: 'half_up',
  work: 'line',
  rounding: 'line',
  tax: 'document',
  taxMode: 'half_up',
  isTaxIncluded: false,
  taxTable: '2026-1',
  fx: null,
};
const line = (id: string, price: number, more: Partial<DocumentLine> = {}): DocumentLine => ({
  id,
  qty: 1_000_000,
  price,
  discount: 0,
  taxCode: 'S',
  ...more,
});
const input = (lines: readonly DocumentLine[], more: Partial<DocumentInput> = {}): DocumentInput => ({
  lines,
  discount: 0n,
  charges: [],
  rates: new Map([['S', 200_000]]),
  ...more,
});

describe('M2, M3, M5, M6: what a document comes to', () => {
  test('M2: the order of work is the document’s: (a) 34.00, (b) 33.96', () => {
    const lines = [line('a', 3_333_000, { qty: 12_000_000, discount: 150_000 })];
    expect((['line', 'unit'] as const).map((work) => documentTotals(input(lines), { ...policy, work }).net)).toEqual([
      3400n,
      3396n,
    ]);
  });
  test('M3: three lines of 1.05 at 10 %', () => {
    const three = input(
      ['a', 'b', 'c'].map((id) => line(id, 1_050_000)),
      { rates: new Map([['S', 100_000]]) },
    );
    expect((['line', 'document'] as const).map((tax) => documentTotals(three, { ...policy, tax }).tax)).toEqual([33n, 32n]);
  });
  test('M4: a document of prices with tax inside', () => {
    const { taxes, total } = documentTotals(input([line('a', 24_990_000)]), { ...policy, isTaxIncluded: true });
    expect([total, taxes]).toEqual([2499n, [{ code: 'S', rate: 200_000, base: 2082n, tax: 417n }]]);
  });
  test('M5: discount, freight and rounding are shared out; freight has a tax code of its own', () => {
    const lines = ['a', 'b', 'c'].map((id) => line(id, 105_000));
    const totals = documentTotals(
      input(lines, {
        discount: 10n,
        charges: [{ id: 'f', amount: 100n, taxCode: 'F' }],
        rates: new Map([
          ['S', 200_000],
          ['F', 0],
        ]),
      }),
      { ...policy, rounding: 'document' },
    );
    expect(totals.lines).toEqual([
      { id: 'a', net: 11n, rounding: -1n, discount: 4n, charges: 34n, total: 40n },
      { id: 'b', net: 11n, rounding: 0n, discount: 3n, charges: 33n, total: 41n },
      { id: 'c', net: 11n, rounding: 0n, discount: 3n, charges: 33n, total: 41n },
    ]);
    expect([totals.net, totals.total, totals.taxes.map(({ code, base, tax }) => [code, base, tax])]).toEqual([
      32n,
      126n,
      [
        ['F', 100n, 0n],
        ['S', 22n, 4n],
      ],
    ]);
  });
  test('a code without a rate is named, never taken for no tax', () => {
    expect(documentTotals(input([line('a', 1_000_000, { taxCode: '?' })]), policy).missing).toEqual(['?']);
  });
});

/** Of everything a run of documents came to, in whatever order they were worked out. */
const hashOf = (texts: ReadonlyMap<number, string>): string => {
  const hash = createHash('sha256');
  for (const [at, text] of [...texts].toSorted(([one], [other]) => one - other)) hash.update(`${at}\n${text}\n`);
  return hash.digest('hex');
};

test('M6: ten thousand random documents twice in different order, by two books of prices: equal totals and hashes', () => {
  const prices = createBook(7);
  const backwards = { rules: prices.rules.toReversed(), promotions: prices.promotions.toReversed() };
  const chance = createChance(2026);
  const all = Array.from({ length: 10_000 }, () => createDocument(chance));
  const outcomes = new Set<string>();
  const there = new Map(
    [...all.entries()].toReversed().map(([at, document]) => [at, settle(turned(document), backwards).text] as const),
  );
  const here = new Map([...all.entries()].map(([at, document]) => [at, settle(document, prices).text] as const));
  for (const [at, text] of here) {
    if (there.get(at) !== text) expect(there.get(at)).toBe(text);
    for (const outcome of text.matchAll(/"outcome":"(\w+)"/g)) outcomes.add(outcome[1] ?? '');
  }
  expect(hashOf(there)).toBe(hashOf(here));
  expect(here.size).toBe(10_000);
  expect([...outcomes].toSorted()).toContain('unpriced');
  expect([...outcomes].toSorted()).toContain('priced');
}, 600_000);

describe('canonical text', () => {
  test('keys in order, nothing left out but what is nothing', () => {
    expect(canonicalJson({ b: [1, 'x', null, true], a: { z: 0, y: undefined } })).toBe('{"a":{"z":0},"b":[1,"x",null,true]}');
  });
  test.each([0.5, Number.NaN, 2 ** 53])('%d is no exact integer', (value) => {
    expect(() => canonicalJson({ value })).toThrow(RangeError);
  });
});
