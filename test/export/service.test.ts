/** The service behind Export: typed filters, chosen rows, a job that is stopped, and others who go on meanwhile. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createExports } from '../../electron/engine/services/export/exports.ts';
import type { CallContext } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { openDesk, withOrder, type Desk } from '../services/open.ts';
import { context } from '../store-read/file.ts';
import { readCells, readParts } from './parts.ts';

const listeners = { addEventListener: () => undefined, removeEventListener: () => undefined };
const call: CallContext = {
  connection: 'c1',
  client: 'page',
  window: 'w1',
  signal: { aborted: false, ...listeners },
  progress: () => undefined,
};

const exporting = (desk: Desk, by: CallContext = call) => {
  const service = createExports({
    env: { db: desk.file, clock: () => Date.UTC(2026, 0, 15), locale: 'en-GB' },
    context: () => context,
    about: () => ({ author: 'Ann Alder', company: 'Our company', weekStart: 1 }),
  });
  return async (input: object) => service['export.view'](contract['export.view'].input.parse(input), by);
};

const column = async (desk: Desk, asked: object, letter = 'A'): Promise<readonly string[]> => {
  const { path: file } = await exporting(desk)({ to: 'out.xlsx', ...asked });
  return [...readCells(readParts(file))]
    .filter(([place]) => new RegExp(`^${letter}\\d+$`).test(place))
    .map(([, { value }]) => value);
};

const withAccounts = (): { readonly desk: Desk; readonly ids: readonly string[] } => {
  const desk = openDesk();
  const owner = desk.insert('people', { name: 'Marta Ellery', code: 'ME' });
  const ids = [
    desk.insert('accounts', { code: 'A1', name: 'Alder', city: 'Leith', owner_id: owner }),
    desk.insert('accounts', { code: 'B2', name: 'Birch', city: 'Perth', owner_id: owner }),
    desk.insert('accounts', { code: 'C3', name: 'Cedar', city: 'Perth' }),
  ];
  return { desk, ids };
};

test('a filter as it is typed, with names of records and an order, and the rows chosen of it', async () => {
  const { desk, ids } = withAccounts();
  const asked = { view: 'accounts', fields: ['code', 'owner_id'] };
  expect(await column(desk, { ...asked, where: 'owner:marta sort:-code' })).toEqual(['Code', 'B2', 'A1']);
  expect(await column(desk, { ...asked, where: 'city:perth', filter: { field: 'code', is: 'eq', value: 'B2' } })).toEqual([
    'Code',
    'B2',
  ]);
  expect(await column(desk, { ...asked, ids: [ids[2], ids[0]], sort: [{ field: 'code', dir: 'desc' }] })).toEqual([
    'Code',
    'C3',
    'A1',
  ]);
  await expect(exporting(desk)({ ...asked, to: 'x.xlsx', where: 'nonsense:1' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(exporting(desk)({ ...asked, to: 'x.xlsx', locale: 'not a language' })).rejects.toMatchObject({ code: 'invalid' });
});

test('a file that is neither a workbook nor CSV is refused before it is there', async () => {
  const { desk } = withAccounts();
  await expect(exporting(desk)({ view: 'accounts', to: 'list.pdf' })).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('.csv or .xlsx') as unknown,
  });
  expect(fs.existsSync(path.join(path.dirname(desk.file), 'exports', 'list.pdf'))).toBe(false);
});

test('a link is its code and its name; a cell that cannot be used is its text', async () => {
  const { desk, ids } = withAccounts();
  desk.update('accounts', ids[0] ?? '', { renewal_on: { '!': ['31 Feb', 'DATE_PARSE'] } });
  const asked = { view: 'accounts', fields: ['code', 'owner_id', 'renewal_on'], where: 'sort:code' };
  expect(await column(desk, asked, 'B')).toEqual(['Owner code', 'ME', 'ME']);
  expect(await column(desk, asked, 'C')).toEqual(['Owner', 'Marta Ellery', 'Marta Ellery']);
  expect(await column(desk, asked, 'D')).toEqual(['Renewal', '31 Feb']);
  expect(await column(desk, { view: 'accounts', columns: ['renewal_on'], where: 'sort:code' })).toEqual(['renewal_on', '31 Feb']);
});

test('a public view has real days and amounts in a workbook', async () => {
  const desk = openDesk();
  withOrder(desk);
  const { path: file } = await exporting(desk)({
    view: 'order_lines',
    to: 'a.xlsx',
    columns: ['sku', 'qty', 'requested', 'net_rounded'],
  });
  const cells = readCells(readParts(file));
  expect(['A2', 'B2', 'C2', 'D2'].map((place) => [cells.get(place)?.type, cells.get(place)?.value])).toEqual([
    ['text', 'CRT-6040'],
    ['number', '12'],
    ['number', '46055'],
    ['number', '102'],
  ]);
});

test('a job that is stopped in the middle leaves no file, old or new, in another state', async () => {
  const desk = openDesk();
  for (let at = 0; at < 1200; at += 1) desk.insert('accounts', { code: `A${at}`, name: `Account ${at}` });
  const target = path.join(path.dirname(desk.file), 'report.xlsx');
  fs.writeFileSync(target, 'last week');
  const signal = { aborted: false, ...listeners };
  let turns = 0;
  const timer = setImmediate(function turn() {
    turns += 1;
    setImmediate(turn).unref();
  });
  const progress = (done: number): void => {
    if (done >= 500) signal.aborted = true;
  };
  const run = exporting(desk, { ...call, signal, progress });
  await expect(run({ view: 'accounts', to: target, fields: [] })).rejects.toMatchObject({ code: 'cancelled' });
  clearImmediate(timer);
  expect(turns).toBeGreaterThan(2);
  expect(fs.readFileSync(target, 'utf8')).toBe('last week');
  expect(fs.readdirSync(path.dirname(target)).filter((name) => name.includes('.part-'))).toEqual([]);
});
