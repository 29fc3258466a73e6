/**
 * Workbooks of ours opened by programs of others: openpyxl in Python, and LibreOffice without a window. Where a machine
 * has them not, the test says so and is skipped; `apt-get install python3-openpyxl libreoffice-calc-nogui` brings both.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { SheetColumn } from '../../electron/engine/files/sheet.ts';
import { createXlsx } from '../../electron/engine/files/xlsx.ts';
import { makeTemp } from '../setup/temp.ts';

const run = (program: string, args: readonly string[]) =>
  spawnSync(program, args, { encoding: 'utf8', timeout: 120_000, maxBuffer: 64 << 20 });

const python = ['python3', '/usr/bin/python3'].find((program) => run(program, ['-c', 'import openpyxl']).status === 0);
const office = ['soffice', 'libreoffice'].find((program) => run(program, ['--version']).status === 0);
const absent = (what: string): string => `(skipped: there is no ${what} on this machine)`;

const column = (header: string, kind: SheetColumn['kind'], sum: SheetColumn['sum'] = null): SheetColumn => ({
  header,
  kind,
  places: 0,
  width: 120,
  sum,
});

const columns = [
  column('Code', 'text'),
  column('Note', 'text'),
  column('Qty', 'decimal', 'unit'),
  column('Net', 'money', 'currency'),
  column('Disc %', 'percent'),
  column('Due', 'date'),
  column('At', 'instant'),
  column('Active', 'flag'),
];

const make = async (): Promise<string> => {
  const file = await createXlsx(path.join(makeTemp(), 'orders.xlsx'), {
    columns,
    locale: 'de-DE',
    zone: 'Europe/London',
    created: Date.UTC(2026, 0, 15, 9),
    title: 'Orders & lines',
    author: 'Ann <Alder>',
    company: 'Alder & Sons',
  });
  await file.write([
    {
      cells: ['007', '=1+1', '12.5', '1234.50', '0.05', '2026-01-15', Date.UTC(2026, 6, 1, 11, 30), 1],
      currency: 'EUR',
      unit: 'EA',
    },
    {
      cells: ['0012345678901234567', 'two\nlines "x" <é> 😀', '3', '-0.50', '0.125', { text: '31 Feb', note: 'no day' }, null, 0],
      currency: 'EUR',
      unit: 'EA',
    },
  ]);
  return (await file.done()).path;
};

test.skipIf(python === undefined)(`openpyxl reads what was meant ${python === undefined ? absent('openpyxl') : ''}`, async () => {
  const { stdout, stderr } = run(python ?? '', [path.join(import.meta.dirname, 'read-workbook.py'), await make()]);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    sheet: 'Orders & lines',
    title: 'Orders & lines',
    author: 'Ann <Alder>',
    created: '2026-01-15T09:00:00',
    frozen: 'A2',
    filter: 'A1:H3',
    bold: true,
    widths: [16.43, 16.43, 16.43, 16.43, 16.43, 16.43, 17, 16.43],
    notes: [['F3', 'no day']],
    rows: [
      columns.map(({ header }) => header),
      ['007', '=1+1', 12.5, 1234.5, 0.05, '2026-01-15T00:00:00', '2026-07-01T12:30:00', true],
      ['0012345678901234567', 'two\nlines "x" <é> 😀', 3, -0.5, 0.125, '31 Feb', null, false],
      ['Totals', null, '=SUBTOTAL(109,C2:C3)', '=SUBTOTAL(109,D2:D3)', null, null, null, null],
    ],
    types: [
      columns.map(() => 's'),
      ['s', 's', 'n', 'n', 'n', 'd', 'd', 'b'],
      ['s', 's', 'n', 'n', 'n', 's', 'n', 'b'],
      ['s', 'n', 'f', 'f', 'n', 'n', 'n', 'n'],
    ],
    formats: [
      '@',
      '@',
      '#,##0.######',
      '#,##0.00\\ "€";-#,##0.00\\ "€"',
      '0.0###%',
      'dd\\.mm\\.yyyy',
      'dd\\.mm\\.yyyy\\ hh:mm',
      'General',
    ],
  });
});

test.skipIf(office === undefined)(
  `LibreOffice shows what was meant ${office === undefined ? absent('LibreOffice') : ''}`,
  { timeout: 180_000 },
  async () => {
    const file = await make();
    const folder = path.dirname(file);
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    const convert = (to: string) => run(office ?? '', [profile, '--headless', '--convert-to', to, '--outdir', folder, file]);
    // As shown, with formulas worked out; then as a flat file, which says what is filtered and noted.
    convert('csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true');
    expect(fs.readFileSync(path.join(folder, 'orders.csv'), 'utf8')).toBe(
      [
        'Code,Note,Qty,Net,Disc %,Due,At,Active',
        '007,=1+1,12.5,"1,234.50 €",5.0%,15.01.2026,01.07.2026 12:30,TRUE',
        '0012345678901234567,"two\nlines ""x"" <é> 😀",3,-0.50 €,12.5%,31 Feb,,FALSE',
        'Totals,,15.5,"1,234.00 €",,,,',
        '',
      ].join('\n'),
    );
    convert('fods');
    const flat = fs.readFileSync(path.join(folder, 'orders.fods'), 'utf8');
    expect(flat).toMatch(/target-range-address="[^"]*\.A1:[^"]*\.H3"[^>]*display-filter-buttons="true"/);
    expect(flat).toContain('table:formula="of:=SUBTOTAL(109;[.C2:.C3])"');
    expect(flat).toContain('no day');
    expect(flat).not.toContain('table:formula="of:=1+1"');
  },
);
