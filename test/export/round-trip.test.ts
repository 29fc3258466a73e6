/** What goes out comes back: any table of cells, and the accounts of one desk on another, as workbook and as CSV. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSource } from '../../electron/engine/files/source.ts';
import { createCsvSheet } from '../../electron/engine/files/csv.ts';
import type { SheetCell, SheetColumn, SheetRow } from '../../electron/engine/files/sheet.ts';
import { createXlsx } from '../../electron/engine/files/xlsx.ts';
import { openDesk, type Entry } from '../import/desk.ts';
import { makeTemp } from '../setup/temp.ts';
import { readCells, readParts } from './parts.ts';

const column = (header: string, kind: SheetColumn['kind']): SheetColumn => ({ header, kind, places: 0, width: null, sum: null });

const columns = [
  column('Row', 'text'),
  column('Text', 'text'),
  column('Whole', 'integer'),
  column('Number', 'decimal'),
  column('Part', 'percent'),
  column('Amount', 'money'),
  column('Day', 'date'),
  column('Moment', 'instant'),
  column('Yes', 'flag'),
];

/** A whole number of so many decimals, as text without zeros at its end. */
const scaled = (digits: number, most: number) =>
  fc.integer({ min: -most, max: most }).map((value) => {
    const text = String(Math.abs(value)).padStart(digits + 1, '0');
    const part = digits === 0 ? '' : text.slice(-digits).replace(/0+$/, '');
    const whole = digits === 0 ? text : text.slice(0, -digits);
    return `${value < 0 ? '-' : ''}${whole}${part === '' ? '' : `.${part}`}`;
  });
const day = fc.integer({ min: Date.UTC(1900, 2, 1) / 86_400_000, max: Date.UTC(2199, 11, 31) / 86_400_000 });
const blank = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('=1+1', '-5', "'=x", '_x0041_', '007', ' a ', '\r\n', 'TRUE', '5%', '2026-01-15', '1e5', 'Total'),
);

const row: fc.Arbitrary<readonly SheetCell[]> = fc.tuple(
  blank(text),
  blank(scaled(0, 1e14)),
  blank(scaled(6, 1e14)),
  blank(scaled(6, 1e8)),
  blank(scaled(2, 1e14)),
  blank(day.map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))),
  blank(day.map((days) => days * 86_400_000 + 45_296_000)),
  fc.constantFrom(0, 1),
);

const shiftTwo = (fraction: string): string => {
  const [whole = '0', part = ''] = fraction.replace('-', '').split('.');
  const digits = `${whole}${part.padEnd(2, '0')}`;
  const at = whole.length + 2;
  const tail = digits.slice(at).replace(/0+$/, '');
  const head = digits.slice(0, at).replace(/^0+(?=\d)/, '');
  return `${fraction.startsWith('-') ? '-' : ''}${head}${tail === '' ? '' : `.${tail}`}%`;
};

const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** What a reader of any workbook sees in a cell of ours; the zone of the test is UTC. */
const seen = ({ kind }: SheetColumn, cell: SheetCell): string => {
  if (cell === null || typeof cell === 'object') return '';
  if (kind === 'percent') return shiftTwo(String(cell)).replace(/^-0%$/, '0%');
  if (kind === 'flag') return cell === 1 ? 'TRUE' : 'FALSE';
  if (kind === 'instant') return new Date(Number(cell)).toISOString().slice(0, 19);
  if (kind === 'text') return String(cell).replace(HALF, '\ufffd');
  return String(cell).replace(/^-0$/, '0');
};

const rowsOf = (table: readonly (readonly SheetCell[])[]): readonly SheetRow[] =>
  table.map((cells, at) => ({ cells: [`r${at}`, ...cells], currency: 'EUR', unit: null }));
const info = { locale: 'de-DE', zone: 'UTC', created: 0, title: 'T', author: '', company: '' };

test('any table of typed cells is read back cell for cell', { timeout: 60_000 }, async () => {
  const folder = makeTemp();
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 30, maxLength: 60 }), async (table) => {
      const file = await createXlsx(path.join(folder, 'a.xlsx'), { ...info, columns });
      await file.write(rowsOf(table));
      const { path: place } = await file.done();
      const back = await readSource(place, { headerRow: 1 }, () => Promise.resolve());
      const wide = back.rows.map((cells) => columns.map((_, at) => cells[at] ?? ''));
      const meant = rowsOf(table).map(({ cells }) => columns.map((one, at) => seen(one, cells[at] ?? null)));
      expect(wide).toEqual(meant);
    }),
    { numRuns: 8 },
  );
});

/** The fields of accounts that a person or a file may write, with what they are headed as. */
const recipe: Entry = {
  pattern: '*',
  table: 'accounts',
  system: 'test.accounts',
  key: ['Code'],
  columns: {
    Code: { field: 'code' },
    Name: { field: 'name' },
    Status: { field: 'status' },
    Tier: { field: 'tier' },
    City: { field: 'city' },
    Phones: { field: 'phones' },
    Currency: { field: 'currency' },
    'Credit limit': { field: 'credit_limit' },
    Renewal: { field: 'renewal_on' },
    Notes: { field: 'notes' },
  },
};
const fields = ['code', 'name', 'status', 'tier', 'city', 'phones', 'currency', 'credit_limit', 'renewal_on', 'notes'];

const accounts = [
  {
    code: '007',
    name: '=Harbour "Foods"',
    city: 'Łódź',
    tier: 'a',
    currency: 'GBP',
    credit_limit: 123_450,
    renewal_on: '2026-02-28',
  },
  {
    code: '0012345678901234567',
    name: '-5',
    currency: 'EUR',
    phones: '[["office","+44 1738 0"],["mobile","07"]]',
    notes: 'two\nlines <b>',
  },
  {
    code: 'C3',
    name: "'quoted",
    currency: 'USD',
    status: 'on_stop',
    renewal_on: { '!': ['31 Feb', 'DATE_PARSE'] },
    credit_limit: 0,
  },
  { code: 'D4', name: 'Yen', currency: 'JPY', credit_limit: 1500 },
] as const;

test.each(['xlsx', 'csv'])(
  'accounts go out as %s, into another desk, and out again the same',
  { timeout: 60_000 },
  async (ending) => {
    const [from, to] = [openDesk(), openDesk()];
    const setup = { zone: 'Europe/London', currency: 'GBP', weekStart: 1, fiscalMonth: 4, name: 'Our company' };
    for (const { engine } of [from, to]) await engine.call('app.company', { company: setup });
    const patches = accounts.map((values, at) => ({
      kind: 'insert' as const,
      table: 'accounts',
      id: `01900000-0000-7000-9000-00000000000${at}`,
      values: { ...values },
    }));
    await from.engine.call('records.apply', { patches, label: 'Fill' });
    const write = async (desk: typeof from): Promise<string> => {
      const place = path.join(desk.folder, `a.${ending}`);
      await desk.engine.call('export.view', { view: 'accounts', to: place, fields, sort: [{ field: 'code', dir: 'asc' }] });
      return place;
    };
    const first = await write(from);
    const report = await to.run(first, [recipe]);
    expect(report).toMatchObject({ lost: 0, files: [{ rows: 4, added: 4, issuesByCode: { DATE_PARSE: 1 } }] });
    const read = async (file: string) =>
      ending === 'xlsx'
        ? [...readCells(readParts(file))]
        : (await readSource(file, { headerRow: 1 }, () => Promise.resolve())).rows;
    expect(await read(await write(to))).toEqual(await read(first));
  },
);

test('a CSV of ours is guarded, and read back as it was', async () => {
  const place = path.join(makeTemp(), 'a.csv');
  const file = createCsvSheet(place, [column('A', 'text'), column('P', 'percent')]);
  await file.write([{ cells: ['=1+1', '-0.05'], currency: null, unit: null }]);
  await file.done();
  const { rows } = await readSource(place, { headerRow: 1 }, () => Promise.resolve());
  expect(readFileSync(place, 'utf8')).toContain("'=1+1,-5%");
  expect(rows).toEqual([['=1+1', '-5%']]);
});
