/** Documents to print in tests, with figures that anyone can add up. */
import type { DocumentData, DocumentLine, DocumentSums } from '../../electron/engine/files/document.ts';

export const noSums: DocumentSums = {
  net: 0n,
  rounding: 0n,
  discount: 0n,
  charges: [],
  taxes: [],
  isTaxIncluded: false,
  total: 0n,
};

export const lineOf = (position: number, more: Partial<DocumentLine> = {}): DocumentLine => ({
  position,
  sku: `CRT-${6000 + position}`,
  description: `Crate ${position}, stackable, 600×400 mm`,
  note: null,
  qty: 12_000_000,
  uom: 'EA',
  list: null,
  price: 8_500_000,
  discount: 50_000,
  net: 9_690n,
  offer: null,
  ...more,
});

export const linesOf = (count: number, more: Partial<DocumentLine> = {}): readonly DocumentLine[] =>
  Array.from({ length: count }, (_, at) => lineOf(at + 1, more));

/** A confirmed order of so many lines of 96.90, with 45.00 of freight. */
export const paperOf = (count: number, more: Partial<DocumentData> = {}): DocumentData => {
  const net = 9_690n * BigInt(count);
  return {
    kind: 'order',
    number: 'O26-K7M-0042',
    mark: null,
    locale: 'en-GB',
    currency: 'GBP',
    party: ['Harbour Foods Ltd', '12 Quay Street', 'EH6 7DX Leith', 'United Kingdom'],
    attention: 'Mara Lindqvist',
    deliverTo: ['Harbour Foods, cold store', 'Dock 4', 'EH6 7DX Leith'],
    facts: [
      { word: 'reference', text: 'PO 4711-B' },
      { word: 'date', day: '2026-01-15' },
      { word: 'requested', day: '2026-02-02' },
      { word: 'terms', text: '30 days net' },
      { word: 'contact', text: 'Ann Alder, ann@example.com' },
    ],
    wording: null,
    options: [
      {
        title: null,
        lines: linesOf(count),
        sums: { ...noSums, net, charges: [{ label: 'Freight', amount: 4_500n }], total: net + 4_500n },
      },
    ],
    instructions: null,
    notes: null,
    company: 'Our company',
    author: 'Ann Alder',
    created: Date.UTC(2026, 0, 15, 9),
    ...more,
  };
};
