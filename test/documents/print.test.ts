/** What stands on the paper is what the document says, on every page of it, whatever anyone typed. */
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { DocumentData, DocumentKind, DocumentOption, PageSize } from '../../electron/engine/files/document.ts';
import { printDocument } from '../../electron/engine/files/document-print.ts';
import { readTemplate, standardFolder, type Template } from '../../electron/engine/files/document-template.ts';
import { makeTemp } from '../setup/temp.ts';
import { lineOf, linesOf, noSums, paperOf } from './papers.ts';
import { countOf, readPdf } from './read.ts';

// Every document starts a library of a megabyte or two: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 });

const folder = standardFolder();
const standard = readTemplate('/nowhere', folder);

const print = (data: DocumentData, template: Template = standard, page: PageSize | null = null) =>
  printDocument(data, template, folder, page);
const readPaper = async (data: DocumentData, template?: Template, page?: PageSize) =>
  readPdf((await print(data, template, page)).bytes);

test('the figures, names and days of the paper are those of the document, and the currency is said once', async () => {
  const { text, info } = await readPaper(paperOf(8));
  for (const said of [
    'Order confirmation',
    'O26-K7M-0042',
    'Customer Harbour Foods Ltd',
    'Attn. Mara Lindqvist',
    'Deliver to',
    'PO 4711-B',
    '15 Jan 2026',
  ])
    expect(text).toContain(said);
  expect(text).toContain('1 CRT-6001 Crate 1, stackable, 600×400 mm 12 EA 8.50 5 96.90');
  expect(text).toContain('Subtotal 775.20 Freight 45.00 Total 820.20');
  expect(text).toContain('Page 1 of 1');
  expect(countOf(text, 'GBP')).toBe(1);
  expect(text).not.toContain('DRAFT');
  expect(info).toMatchObject({ Title: 'Order confirmation O26-K7M-0042', Author: 'Ann Alder', Language: 'en-GB' });
});

test('only the characters in use are embedded, of both fonts, and nothing is left to the reader', async () => {
  const { fonts, raw } = await readPaper(paperOf(2));
  expect(fonts.map((name) => name.replace(/^[A-Z]{6}\+/, '')).toSorted()).toEqual(['Roboto-Medium', 'Roboto-Regular']);
  expect(fonts.every((name) => /^[A-Z]{6}\+/.test(name))).toBe(true);
  expect(countOf(raw, '/FontFile2')).toBe(2);
  expect(raw).not.toMatch(/\/(?:Helvetica|JavaScript|URI|Launch|OpenAction)\b/);
});

test('the same document at the same time is the same file, byte for byte, whatever the time is now', async () => {
  const first = await print(paperOf(40));
  vi.useFakeTimers({ now: Date.UTC(2031, 5, 1), toFake: ['Date'] });
  try {
    expect(Buffer.compare(first.bytes, (await print(paperOf(40))).bytes)).toBe(0);
  } finally {
    vi.useRealTimers();
  }
  const later = await print(paperOf(40, { created: Date.UTC(2026, 0, 16) }));
  expect(Buffer.compare(first.bytes, later.bytes)).not.toBe(0);
});

const kinds: readonly (readonly [DocumentKind, title: string, number: string, party: string])[] = [
  ['quote', 'Quotation', 'Quotation no.', 'Customer'],
  ['order', 'Order confirmation', 'Order no.', 'Customer'],
  ['invoice', 'Invoice', 'Invoice no.', 'Bill to'],
  ['credit_note', 'Credit note', 'Credit note no.', 'Credit to'],
];

test.each(kinds)(
  'Q5: a document of the kind %s calls itself and the other side what they are',
  async (kind, title, number, party) => {
    const { text } = await readPaper(paperOf(1, { kind }));
    expect(text).toContain(title);
    expect(text).toContain(`${number} O26-K7M-0042`);
    expect(text).toContain(`${party} Harbour Foods Ltd`);
    expect(text).not.toMatch(/Supplier|Vendor/);
  },
);

test('a draft says so across every page, and is not called a confirmation', async () => {
  const { pages, text } = await readPaper(paperOf(60, { mark: 'draft', number: null }));
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.every((page) => page.includes('DRAFT'))).toBe(true);
  expect(text).toContain('Order no. Draft');
  expect(text).not.toContain('confirmation');
  expect((await readPaper(paperOf(1, { mark: 'cancelled' }))).text).toContain('CANCELLED');
});

test('three hundred lines: every one once, heads on every page, pages counted, the total on the last', async () => {
  const { pages, text } = await readPaper(paperOf(300));
  const found = [...text.matchAll(/\bCRT-(\d+)\b/g)].map(([, code]) => Number(code));
  expect(found).toEqual(Array.from({ length: 300 }, (_, at) => 6001 + at));
  expect(pages.map((page, at) => page.includes(`Page ${at + 1} of ${pages.length}`) && page.includes('SKU Description'))).toEqual(
    pages.map(() => true),
  );
  expect(pages.slice(1).every((page) => page.includes('Order confirmation O26-K7M-0042 Our company'))).toBe(true);
  expect(pages.at(-1)).toContain('Total 29,115.00');
});

test('the total never stands on a page without a line, wherever the lines end', async () => {
  for (let count = 20; count <= 34; count += 1) {
    const { pages } = await readPaper(paperOf(count), standard, count % 2 === 0 ? 'a4' : 'letter');
    const last = pages.find((page) => page.includes('Total')) ?? '';
    expect([count, /CRT-\d+/.test(last), last.includes('Subtotal'), last.includes('SKU')]).toEqual([count, true, true, true]);
  }
});

test('paper is what is usual where the locale is spoken, unless the template or the person says', async () => {
  const boxOf = async (locale: string, page: PageSize | null = null, template = standard) =>
    /MediaBox \[0 0 ([\d.]+) /.exec(
      Buffer.from((await print(paperOf(1, { locale }), template, page)).bytes).toString('latin1'),
    )?.[1];
  expect(await boxOf('en-US')).toBe('612');
  expect(await boxOf('es-MX')).toBe('612');
  expect(await boxOf('de-DE')).toBe('595.28');
  expect(await boxOf('en-US', 'a4')).toBe('595.28');
  expect(await boxOf('en-US', null, { ...standard, page: 'a4' })).toBe('595.28');
});

test('figures and days are written as the locale writes them', async () => {
  const { text } = await readPaper(paperOf(20, { locale: 'de-DE', currency: 'EUR' }));
  expect(text).toContain('Subtotal 1.938,00');
  expect(text).toContain('15. Jan. 2026');
  expect((await readPaper(paperOf(20, { locale: 'fr-FR' }))).text).toContain('1 938,00');
  expect((await readPaper(paperOf(1, { locale: 'ar-EG' }))).text).toContain('Date 2026-01-15');
  const yen = { ...noSums, net: 12_345n, total: 12_345n };
  expect(
    (
      await readPaper(
        paperOf(1, {
          currency: 'JPY',
          options: [{ title: null, lines: linesOf(1, { net: 12_345n, price: 1_028_750_000 }), sums: yen }],
        }),
      )
    ).text,
  ).toContain('1,028.75 5 12,345 Total 12,345');
});

const sumsOf = (option: Partial<DocumentOption['sums']>, lines = linesOf(2)): Partial<DocumentData> => ({
  options: [{ title: null, lines, sums: { ...noSums, ...option } }],
});

test('negative figures, discounts and rounding are rows of their own', async () => {
  const { text } = await readPaper(
    paperOf(2, {
      kind: 'credit_note',
      ...sumsOf({ net: -19_379n, rounding: 1n, discount: 500n, total: -19_879n }, linesOf(2, { qty: -12_000_000, net: -9_690n })),
    }),
  );
  expect(text).toContain('−12 EA 8.50 5 −96.90');
  expect(text).toContain('Subtotal −193.80 Rounding 0.01 Discount −5.00 Total −198.79');
});

test('M3: tax is a row for each code, before the total or within it', async () => {
  const taxes = [
    { code: 'VAT', rate: 200_000, base: 19_380n, tax: 3_876n },
    { code: 'Reduced', rate: 55_000, base: 4_500n, tax: 248n },
  ];
  const added = await readPaper(paperOf(2, sumsOf({ net: 19_380n, taxes, total: 23_504n })));
  expect(added.text).toContain('Subtotal 193.80 VAT 20 % on 193.80 38.76 Reduced 5.5 % on 45.00 2.48 Total 235.04');
  const within = await readPaper(
    paperOf(2, sumsOf({ net: 19_380n, taxes: taxes.slice(0, 1), isTaxIncluded: true, total: 19_380n })),
  );
  expect(within.text).toContain('Total 193.80 of which VAT 20 % on 193.80: 38.76');
});

test('a quote with options has a total for each, and alternatives are shown in no sum', async () => {
  const option = (title: string, more: Partial<DocumentOption>): DocumentOption => ({
    title,
    lines: [lineOf(1), lineOf(2, { offer: { group: 'A', isCounted: false }, list: 9_000_000 })],
    sums: { ...noSums, net: 9_690n, total: 9_690n },
    ...more,
  });
  const { text } = await readPaper(
    paperOf(1, {
      kind: 'quote',
      facts: [
        { word: 'revision', text: '3' },
        { word: 'validTo', day: '2026-02-14' },
      ],
      options: [option('Standard crates', {}), option('Folding crates', { sums: { ...noSums, net: 8_000n, total: 8_000n } })],
    }),
  );
  expect(text).toContain('Revision 3');
  expect(text).toContain('Valid to 14 Feb 2026');
  expect(text).toMatch(/Standard crates .* List price .* Total 96\.90 Folding crates .* Total 80\.00/);
  expect(countOf(text, 'Choice A: alternative, not in the total')).toBe(2);
});

test('columns are those of the template, and an empty one is left out', async () => {
  const without = await readPaper(paperOf(1, sumsOf({ net: 9_690n, total: 9_690n }, linesOf(1, { discount: 0 }))));
  expect(without.text).not.toContain('Disc %');
  const few = await readPaper(paperOf(1), { ...standard, columns: ['description', 'net'] });
  expect(few.text).toContain('Description Net Crate 1, stackable, 600×400 mm 96.90');
  expect(few.text).not.toContain('CRT-6001');
});

test('notes are not for the customer until the template says that they are', async () => {
  const data = paperOf(1, {
    notes: 'pays late',
    instructions: 'Ring at dock 4',
    ...sumsOf({}, linesOf(1, { note: 'our last crate' })),
  });
  const { text } = await readPaper(data);
  expect(text).toContain('Delivery instructions Ring at dock 4');
  expect(text).not.toMatch(/pays late|our last crate/);
  const shown = await readPaper(data, { ...standard, show: { notes: true, lineNotes: true } });
  expect(shown.text).toContain('our last crate');
  expect(shown.text).toContain('Notes pays late');
});

test('Latin, Greek and Cyrillic stand as they are; what the font has no shape for is marked and told', async () => {
  const names = 'Łódź Şişli Őrség Ελλάδα Київ Ђорђе Åse Ñandú ȘȚ € £ ™';
  const { bytes, unshown } = await print(paperOf(1, { party: [names] }));
  expect(unshown).toBe('');
  expect((await readPdf(bytes)).text).toContain(names);
  const foreign = await print(paperOf(1, { party: ['株式会社 Harbour'] }));
  expect(foreign.unshown).toBe('株式会社');
  expect((await readPdf(foreign.bytes)).text).toContain('���� Harbour');
});

test('a word without end is broken, and no figure leaves the page', async () => {
  const word = 'Жistenstapelbar'.repeat(60);
  const { text } = await readPaper(
    paperOf(1, { party: [word], ...sumsOf({ net: 9_690n, total: 9_690n }, [lineOf(1, { description: word, sku: word })]) }),
  );
  expect(countOf(text, 'Ж')).toBe(180);
  expect(text).toContain('96.90');
});

test('a text longer than a page goes over it, and all of it is there', async () => {
  const long = Array.from({ length: 1500 }, (_, at) => `word${at}`).join(' ');
  const { text, pages } = await readPaper(
    paperOf(2, sumsOf({ net: 1n, total: 1n }, [lineOf(1, { description: long }), lineOf(2)])),
  );
  expect(pages.length).toBeGreaterThan(1);
  expect([...text.matchAll(/\bword(\d+)\b/g)].map(([, at]) => Number(at))).toEqual(Array.from({ length: 1500 }, (_, at) => at));
});

test('any text in any field stands as text: the file stays whole and does nothing', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom(
      ') Tj ET q 0 0 m',
      '\\) >> endobj',
      '%%EOF',
      '<</JS (app.alert(1))/S/JavaScript>>',
      '{page}',
      '\u202eevil',
      '\ud800',
      '\0',
      '__proto__',
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { minLength: 7, maxLength: 7 }),
      async ([a = '', b = '', c = '', d = '', e = '', f = '', g = '']) => {
        const { bytes } = await print(
          paperOf(1, {
            number: a,
            party: [b, c],
            attention: d,
            company: e,
            author: f,
            instructions: g,
            ...sumsOf({}, [lineOf(1, { sku: a, description: b, uom: c })]),
            facts: [{ word: 'terms', text: d }],
          }),
        );
        const { pages, acts, info } = await readPdf(bytes);
        expect(pages.length).toBeGreaterThan(0);
        expect(acts).toEqual([]);
        expect(info['Creator']).toBe('Account Workbench');
      },
    ),
    { numRuns: 25 },
  );
});

const withTemplate = (value: unknown): string => {
  const own = makeTemp();
  fs.writeFileSync(path.join(own, 'template.json'), typeof value === 'string' ? value : JSON.stringify(value));
  return own;
};

test('a template of the company’s own says only what is otherwise', async () => {
  const own = withTemplate({
    company: { name: 'Fernhill Ltd', lines: ['VAT GB 123'] },
    kinds: { order: { title: 'Auftragsbestätigung' } },
    words: { total: 'Summe' },
    footer: ['Registered in Leith'],
  });
  const { text } = await readPaper(paperOf(1), readTemplate(own, folder));
  for (const said of ['Fernhill Ltd', 'VAT GB 123', 'Auftragsbestätigung', 'Summe 141.90', 'Registered in Leith', 'Customer'])
    expect(text).toContain(said);
});

test('a logo stands at the top', async () => {
  const own = withTemplate({ logo: { file: 'logo.png', width: 100, height: 40 } });
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  fs.writeFileSync(path.join(own, 'logo.png'), Buffer.from(png, 'base64'));
  expect((await readPaper(paperOf(1), readTemplate(own, folder))).raw).toContain('/Subtype /Image');
});

test.each([
  ['no JSON', '{', 'template.json'],
  ['an unknown name', { colour: {} }, 'colour'],
  ['a wrong colour', { colours: { ink: 'red' } }, 'colours.ink must be a colour'],
  ['a picture elsewhere', { logo: { file: '../secret.png', width: 100, height: 40 } }, 'in the same folder'],
  ['a picture that is not there', { logo: { file: 'logo.png', width: 100, height: 40 } }, 'There is no file'],
])('a template with %s is refused in words', (_, value, words) => {
  expect(() => readTemplate(withTemplate(value), folder)).toThrow(
    expect.objectContaining({ code: 'bad-file', message: expect.stringContaining(words) as string }),
  );
});
