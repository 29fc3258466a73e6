/** A register as a file: its rows and columns as they are shown, in a place of its own, never over another file. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createExports } from '../../electron/engine/services/export/exports.ts';
import { contract } from '../../shared/contract/index.ts';
import { context as reading } from '../store-read/file.ts';
import { openDesk, type Desk } from './open.ts';
import { pageContext as call } from '../fakes/context.ts';

const exporting = (desk: Desk) => {
  const service = createExports({
    env: { db: desk.file, clock: () => Date.UTC(2026, 0, 15), locale: 'en-GB' },
    context: () => reading,
    about: () => ({ author: 'Ann Alder', company: 'Our company', weekStart: 1 }),
  });
  return async (input: object) => service['export.view'](contract['export.view'].input.parse(input), call);
};

const linesOf = (file: string): readonly string[] => fs.readFileSync(file, 'utf8').replace('\ufeff', '').trimEnd().split('\r\n');

test('a plain name goes into the folder of exports, by fields, filter and order, and keeps what is there', async () => {
  const desk = openDesk();
  const parent = desk.insert('accounts', { code: 'A1', name: 'Alder', city: 'Leith' });
  desk.insert('accounts', {
    code: 'B2',
    name: 'Birch',
    city: 'Perth',
    parent_id: parent,
    phones: '[["office","+44 1738 0"],["mobile","07"]]',
  });
  desk.insert('accounts', { code: 'C3', name: 'Cedar', city: 'Perth' });
  const run = exporting(desk);
  const asked = {
    view: 'accounts',
    to: 'Accounts.csv',
    filter: { field: 'city', is: 'eq', value: 'Perth' },
    sort: [{ field: 'name', dir: 'desc' }],
    fields: ['name', 'parent_id', 'revenue_12m', 'phones'],
  };
  const first = await run(asked);
  const folder = path.join(path.dirname(desk.file), 'exports');
  expect(first).toEqual({ path: path.join(folder, 'Accounts.csv'), rows: 2, cut: 0 });
  expect(linesOf(first.path)).toEqual([
    'Name,Parent code,Parent,Revenue 12 m,Phones',
    'Cedar,,,,',
    'Birch,A1,Alder,,office: +44 1738 0; mobile: 07',
  ]);
  expect((await run(asked)).path).toBe(path.join(folder, 'Accounts 2.csv'));
});

test('a custom field is a column by its label', async () => {
  const desk = openDesk();
  desk.insert('field_defs', { table: 'accounts', key: 'x_aaaaaaaa', kind: 'text', label: 'Shelf' });
  desk.insert('accounts', { code: 'A1', name: 'Alder', x_aaaaaaaa: 'top' });
  const done = await exporting(desk)({ view: 'accounts', to: 'a.csv', fields: ['code', 'x_aaaaaaaa'] });
  expect(linesOf(done.path)).toEqual(['Code,Shelf', 'A1,top']);
});

test.each(['../a.csv', 'sub/a.csv', '.hidden', 'a\\b.csv', '..'])('%s is no name of a file', async (to) => {
  const run = exporting(openDesk());
  await expect(run({ view: 'accounts', to })).rejects.toMatchObject({ code: 'bad-file' });
});

test('a field that is not there is named', async () => {
  const run = exporting(openDesk());
  const asked = run({ view: 'accounts', to: 'a.csv', fields: ['revenues'] });
  await expect(asked).rejects.toMatchObject({ code: 'invalid', message: 'Accounts have no field “revenues”.' });
});
