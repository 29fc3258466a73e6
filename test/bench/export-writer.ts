/**
 * One workbook of 20 columns by one writer, in a process of its own, so that its processor time and the most memory it
 * ever held are its alone: only what it needs is loaded. Rows are made as they are asked for, by every
 * writer alike, so that one that streams shows what it holds itself: five texts that need escaping, five days, ten
 * numbers with formats; the head is styled and frozen, with a filter.
 */
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { SheetColumn, SheetRow } from '../../electron/engine/files/sheet.ts';
import { random } from '../fakes/random.ts';
import { sample } from './measure.ts';

const shape = z.object({ writer: z.enum(['own', 'hucre', 'excelts']), rows: z.number().int(), path: z.string() });
export type WriterAsked = z.output<typeof shape>;
export type WriterDone = {
  /** Milliseconds. */
  readonly wall: number;
  readonly cpu: number;
  /** The most memory the process ever held, in MB. */
  readonly peak: number;
};

const DAY = 86_400_000;
const PAGE = 500;
const TEXTS = ['Crate <600×400> & lid', '=SUM(A1)', 'Müller "Süd" GmbH', '0012345', 'Late 😀'] as const;
const FORMATS = ['#,##0.00', '#,##0', '0.0%', '#,##0.00 "€"'] as const;

type Data = { readonly texts: readonly string[]; readonly days: readonly number[]; readonly numbers: readonly number[] };

function* makeRows(count: number): Generator<Data> {
  const next = random(11);
  for (let row = 0; row < count; row += 1) {
    yield {
      texts: TEXTS.map((text) => `${text} ${row}`),
      days: TEXTS.map((_text, at) => Date.UTC(2020, 0, 1) + Math.floor(next() * 2000 + at) * DAY),
      numbers: Array.from({ length: 10 }, () => Math.round(next() * 1_000_000) / 100),
    };
  }
}

const HEADERS = Array.from({ length: 20 }, (_, at) => `Column ${at + 1}`);

const writeOwn = async (path: string, rows: number): Promise<void> => {
  const { createXlsx } = await import('../../electron/engine/files/xlsx.ts');
  const columns = HEADERS.map((header, at): SheetColumn => {
    const kind = at < 5 ? 'text' : at < 10 ? 'date' : at % 4 === 0 ? 'money' : 'decimal';
    return { header, kind, places: 2, width: 100, sum: at === 12 ? 'currency' : null };
  });
  const info = { title: 'Bench', author: 'Bench', company: '', created: 0 };
  const file = await createXlsx(path, { ...info, columns, locale: 'en-GB', zone: 'Europe/London' });
  let page: SheetRow[] = [];
  for (const { texts, days, numbers } of makeRows(rows)) {
    const cells = [...texts, ...days.map((day) => new Date(day).toISOString().slice(0, 10)), ...numbers.map(String)];
    page.push({ cells, currency: 'EUR', unit: null });
    if (page.length < PAGE) continue;
    await file.write(page);
    page = [];
  }
  await file.write(page);
  await file.done();
};

const formatOf = (at: number): string | undefined => (at < 5 ? undefined : at < 10 ? 'dd/mm/yyyy' : FORMATS[at % FORMATS.length]);
const head = { font: { bold: true } } as const;

const writeHucre = async (path: string, rows: number): Promise<void> => {
  const { writeXlsx } = await import('hucre');
  const columns = HEADERS.map((header, at) => {
    const numFmt = formatOf(at);
    return { header, width: 14, ...(numFmt === undefined ? {} : { numFmt }), headerStyle: head };
  });
  const cells = [...makeRows(rows)].map(({ texts, days, numbers }) => [
    ...texts,
    ...days.map((day) => new Date(day)),
    ...numbers,
  ]);
  const range = `A1:T${rows + 1}`;
  const sheet = { name: 'Bench', columns, rows: [HEADERS, ...cells], freezePane: { rows: 1 }, autoFilter: { range } };
  writeFileSync(path, await writeXlsx({ sheets: [sheet] }));
};

const writeExcelts = async (path: string, rows: number): Promise<void> => {
  const { WorkbookWriter } = await import('@cj-tech-master/excelts');
  const book = new WorkbookWriter({ filename: path, useStyles: true, useSharedStrings: false });
  const sheet = book.addWorksheet('Bench', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = HEADERS.map((header, at) => {
    const numFmt = formatOf(at);
    return { header, width: 14, ...(numFmt === undefined ? {} : { style: { numFmt } }) };
  });
  sheet.autoFilter = `A1:T${rows + 1}`;
  sheet.getRow(1).font = head.font;
  sheet.getRow(1).commit();
  for (const { texts, days, numbers } of makeRows(rows))
    sheet.addRow([...texts, ...days.map((day) => new Date(day)), ...numbers]).commit();
  sheet.commit();
  await book.commit();
};

const writers = { own: writeOwn, hucre: writeHucre, excelts: writeExcelts } as const;
const megabytes = (): number => process.resourceUsage().maxRSS / 1024;

const { writer, rows, path } = shape.parse(JSON.parse(process.argv[2] ?? 'null'));
const times = await sample(() => writers[writer](path, rows));
const done: WriterDone = { ...times, peak: megabytes() };
process.send?.(done);
process.disconnect?.();
