/** The pure part of the import desk: what a change of the mapping makes of the recipe, what is asked, what a row of the check shows. */
import { describe, expect, it } from 'vitest';
import { checkColumns } from '../../renderer/features/import/checkColumns.ts';
import { CheckSource, problemOf } from '../../renderer/features/import/checkSource.ts';
import { rowId } from '../../renderer/features/import/desk.ts';
import { datesOf, numbersOf } from '../../renderer/features/import/evidence.ts';
import {
  columnsOf,
  countWritten,
  resultsOf,
  countLost,
  fitAny,
  isKey,
  placeOf,
  questionsOf,
  withColumn,
  withDates,
  withKey,
  withNumbers,
} from '../../renderer/features/import/mapping.ts';
import { columnFor, sayTarget, targetsFor } from '../../renderer/features/import/targets.ts';
import type { Checked, CheckedEntry, CheckedRow, Inspected, Recipe } from '../../renderer/features/import/types.ts';

const sure = { answer: 'x', sure: true, because: [] };
const openDates = { answer: 'not sure', sure: false, because: ['“03/04/2026” (row 2) fits both'] };
const column = (header: string, type: string, dateOrder: Inspected['columns'][number]['dateOrder'] = null) => ({
  header,
  type: { ...sure, answer: type },
  dateOrder,
  decimal: type === 'integer' ? { ...sure, answer: 'whole numbers' } : null,
  filled: 3,
  sample: ['a'],
});
const inspected: Inspected = {
  file: 'orders.csv',
  kind: 'text',
  sheets: [],
  sheet: null,
  encoding: sure,
  delimiter: sure,
  headerRow: sure,
  top: [],
  rows: 3,
  columns: [
    column('Order no.', 'text'),
    column('Placed', 'date', openDates),
    column('Bay', 'text'),
    column('Bay', 'integer'),
    column('', 'text'),
  ],
};
const recipe: Recipe = {
  v: 1,
  name: 'Orders',
  files: [
    {
      pattern: 'orders.csv',
      table: 'orders',
      key: ['Order no.'],
      missing: 'ignore',
      system: 's',
      columns: { 'Order no.': { field: 'number' }, Placed: { field: 'ordered_on' }, '#4': { custom: 'Second bay' } },
    },
  ],
};
const [entry] = recipe.files;
if (!entry) throw new Error('an entry');

describe('columns of a recipe and of a file', () => {
  it('finds a column by its header, by its place, and by its header more loosely', () => {
    const headers = ['Order No', '#2', 'Bay'];
    expect(['order no', '#1', '#2', 'Bay', '#9', ''].map((name) => placeOf(headers, name))).toEqual([0, 0, 1, 2, -1, -1]);
  });

  it('names a repeated or empty header by its place', () => {
    expect(columnsOf(entry, inspected).map(({ name, header }) => [name, header])).toEqual([
      ['Order no.', 'Order no.'],
      ['Placed', 'Placed'],
      ['Bay', 'Bay'],
      ['#4', 'Bay'],
      ['#5', 'Column 5'],
    ]);
  });

  it('shows what the recipe names and the file does not have', () => {
    const more = withColumn(recipe, 0, 'Gone', { ignore: true });
    expect(columnsOf(more.files[0] ?? entry, inspected).at(-1)).toMatchObject({ name: 'Gone', at: null });
  });

  it('takes a column into the key and out of it, also where the key is held by its field', () => {
    const [number, placed] = columnsOf(entry, inspected);
    if (!number || !placed) throw new Error('columns');
    const both = withKey(recipe, 0, placed, true);
    expect(both.files[0]?.key).toEqual(['Order no.', 'Placed']);
    expect(withKey(both, 0, number, false).files[0]?.key).toEqual(['Placed']);
    expect(isKey({ ...entry, key: ['number'] }, number)).toBe(true);
    expect(withKey({ ...recipe, files: [{ ...entry, key: ['number'] }] }, 0, number, false).files[0]?.key).toEqual([]);
  });

  it('fits a saved recipe to a file of another name', () => {
    expect(fitAny(recipe).files[0]?.pattern).toBe('*');
  });
});

describe('questions', () => {
  it('asks for the order of an open date column until it is answered, and never beforehand', () => {
    expect(questionsOf(recipe, inspected, [])).toMatchObject([{ name: 'Placed', asks: 'dateOrder', because: openDates.because }]);
    expect(questionsOf(withDates(recipe, 0, inspected, 'dmy'), inspected, [])).toEqual([]);
    expect(questionsOf(withColumn(recipe, 0, 'Placed', { ignore: true }), inspected, [])).toEqual([]);
  });

  it('asks what the check asked, until that is answered', () => {
    const asked = [{ file: 'orders.csv', header: 'Bay', asks: 'decimal', because: ['“1.234” (row 2)'], candidates: [] }];
    const dated = withDates(recipe, 0, inspected, 'mdy');
    const money = withColumn(dated, 0, '#4', { custom: 'Bay', type: 'decimal' });
    expect(questionsOf(money, inspected, asked)).toMatchObject([{ name: '#4', asks: 'decimal' }]);
    expect(questionsOf(withNumbers(money, 0, inspected, ','), inspected, asked)).toEqual([]);
  });

  it('gives an order to date columns only, and takes it back', () => {
    const dated = withDates(recipe, 0, inspected, 'ymd');
    expect(dated.files[0]?.columns).toMatchObject({ 'Order no.': { field: 'number' }, Placed: { dateOrder: 'ymd' } });
    expect(withDates(dated, 0, inspected, null)).toEqual(recipe);
  });

  it('says on the cards what is chosen, else what was found', () => {
    const read = { recipe, inspected, check: null, entry: 0 };
    expect(datesOf(read)).toMatchObject({ answer: 'not sure', sure: false });
    expect(datesOf({ ...read, recipe: withDates(recipe, 0, inspected, 'dmy') })).toMatchObject({
      answer: 'day first',
      sure: true,
    });
    expect(numbersOf(read).answer).toBe('whole numbers');
    expect(numbersOf({ ...read, recipe: null }).answer).toBe('No numbers');
    const amount = withColumn(recipe, 0, '#5', { field: 'freight' });
    expect(numbersOf({ ...read, recipe: amount })).toMatchObject({ sure: false });
  });
});

describe('where a column goes', () => {
  it('offers fields by label and by the words of exports, and always keeping and ignoring', () => {
    const titles = targetsFor('orders', 'po', new Map()).map(({ title }) => title);
    expect(titles[0]).toBe('PO ref');
    expect(
      targetsFor('accounts', '', new Map())
        .slice(-2)
        .map(({ title }) => title),
    ).toEqual(['Keep as a field of its own', 'Ignore']);
  });

  it('finds links by code, and says every target in words', () => {
    expect(columnFor('orders', 'Customer', 'account_id')).toEqual({
      field: 'account_id',
      lookup: { table: 'accounts', by: 'code' },
    });
    expect(columnFor('accounts', 'Fax', 'phones')).toEqual({ field: 'phones[Fax]' });
    expect(columnFor('orders', 'Bay', '+keep')).toEqual({ custom: 'Bay' });
    expect(sayTarget('orders', 'Bay', { custom: 'Bay' })).toBe('Keep as a field of its own');
    expect(sayTarget('orders', 'Bay', { custom: 'Loading' })).toBe('Keep as “Loading”');
    expect(sayTarget('orders', 'Bay', undefined)).toBe('Ignore');
  });
});

const cell = (text: string, more: Partial<CheckedRow['cells'][number]> = {}) => ({
  text,
  old: null,
  code: null,
  why: null,
  value: null,
  kept: false,
  edited: false,
  ...more,
});
const row = (n: number, more: Partial<CheckedRow>): CheckedRow => ({
  entry: 0,
  file: 'orders.csv',
  row: n,
  result: 'new',
  problem: null,
  id: null,
  cells: [cell(`SO-${n}`), cell('1/1/2026')],
  ...more,
});
const bad = row(3, {
  result: 'error',
  cells: [cell('SO-3'), cell('30/02/2026', { code: 'DATE_RANGE', why: '30 February is not a date' })],
});
const checked: CheckedEntry = {
  entry: 0,
  file: 'orders.csv',
  table: 'orders',
  mark: ',',
  columns: [
    { at: 0, header: 'Order no.', to: 'number', label: 'No.', kind: 'text' },
    { at: 1, header: 'Placed', to: 'ordered_on', label: 'Ordered', kind: 'date' },
  ],
};

describe('rows of a check', () => {
  it('says the problem of the row, else that of its first bad cell', () => {
    expect(problemOf(bad)).toBe('30 February is not a date');
    expect(problemOf(row(1, { result: 'out', problem: 'A total, not an order' }))).toBe('A total, not an order');
    expect(problemOf(row(1, { result: 'same' }))).toBe('Same as the record here');
  });

  it('keeps a mended row in its tab until the tab is chosen anew, and shows what was typed at once', async () => {
    const typed: string[] = [];
    const source = new CheckSource({
      table: 'orders',
      edit: (cells) => typed.push(...cells.map(({ entry: { text } }) => text)),
      settled: () => Promise.resolve(),
    });
    source.show([row(2, {}), bad]);
    source.filterBy('error');
    expect((await source.page()).rows.map(({ id }) => id)).toEqual([rowId(bad)]);

    const columns = checkColumns(checked, [bad], (id) => source.row(id));
    const placed = columns.at(-1);
    if (!placed?.view) throw new Error('a column');
    const [stored] = (await source.page()).rows;
    if (!stored) throw new Error('a row');
    expect(placed.view(stored)).toMatchObject({
      text: '30/02/2026',
      problem: { level: 'error', message: '30 February is not a date' },
    });
    await source.commit([{ row: rowId(bad), column: placed, entry: { text: '28/02/2026', taken: null } }]);
    expect(typed).toEqual(['28/02/2026']);
    expect(placed.view(source.edits.over(stored))).toMatchObject({ text: '28/02/2026', problem: null, tone: 'edited' });

    source.show([row(2, {}), row(3, { cells: [cell('SO-3'), cell('28/02/2026', { edited: true })] })]);
    expect((await source.page()).rows).toHaveLength(1);
    expect((await source.page()).rows[0]?.v['_result']).toBe('new');
    await source.reapply();
    expect((await source.page()).rows).toEqual([]);
  });

  it('does not count the cells of rows left out as lost', () => {
    const check = { report: { lost: 3 } } as Checked;
    expect(countLost(check, [row(9, { result: 'out' }), row(1, {})])).toBe(1);
    expect(countLost(null, [])).toBe(0);
  });

  it('counts what will be written', () => {
    const results = { new: 3, update: 2, same: 9, error: 4, out: 1 };
    // One row only names a row with errors, and is left out with it.
    const leaving = { new: 2, update: 2, same: 9, error: 0, out: 6 };
    const written = [false, true].map((leave) => countWritten(resultsOf({ results, leaving }, leave)));
    expect(written).toEqual([9, 4]);
  });
});
