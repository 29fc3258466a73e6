/** Exports of a CRM and of an ERP, and workbooks as people keep them: every file whole, every cell somewhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../electron/engine/files/source.ts';
import type { SourceTable } from '../../electron/engine/files/table.ts';
import { isFurniture } from '../../shared/domain/import/headers.ts';
import { openDesk, type Desk, type Entry, type Recipe, type Report } from '../import/desk.ts';
import { findData, lineOf, printTable, type Line } from './data.ts';

const recipeOf = (name: string): Recipe => JSON.parse(readFileSync(resolve(import.meta.dirname, name), 'utf8')) as Recipe;
const run = (desk: Desk, folder: string, recipe: Recipe): Promise<Report> => desk.run(folder, recipe.files, recipe);
const noteOf = (report: Report, file: string): string =>
  report.files
    .filter((one) => one.file === file)
    .flatMap(({ notes }) => notes)
    .join('\n');

const salesforce = findData('exports/salesforce', 'Salesforce');
describe.skipIf(salesforce === null)('Salesforce', () => {
  it(
    'five files, every cell somewhere, twice the same; cases that close before they open are flagged',
    { timeout: 120_000 },
    async () => {
      const desk = openDesk();
      const recipe = recipeOf('salesforce.recipe.json');
      const report = await run(desk, salesforce ?? '', recipe);
      printTable(
        'Salesforce export',
        report.files.map((file) => lineOf(file)),
      );
      expect(report).toMatchObject({ lost: 0, unmatched: ['LICENSE.txt'], absent: [] });
      expect(report.files.map(({ file, rows, added, issuesByCode }) => [file, rows, added, issuesByCode])).toEqual([
        ['Account.csv', 22, 22, {}],
        ['Contact.csv', 102, 102, {}],
        ['Opportunity.csv', 50, 50, {}],
        ['Case.csv', 40, 40, {}],
        // Tasks of people whose record was not exported: their ids stay as text.
        ['Task.csv', 75, 75, { LINK_NONE: 15 }],
      ]);
      expect(noteOf(report, 'Case.csv')).toContain(
        'Ends before it begins in 14 rows: “CloseDate__c” comes before “createddate__c”',
      );
      // The standard pair of the same file is equal, and says nothing.
      expect(noteOf(report, 'Case.csv')).not.toContain('“ClosedDate”');
      expect(
        await desk.query(
          `SELECT count(*) AS n FROM v_activities WHERE "Case closed on" IS NOT NULL AND "Case closed on" < substr(at, 1, 10)`,
        ),
      ).toEqual([{ n: 14 }]);
      expect(await desk.query("SELECT code, name FROM v_accounts WHERE code = '001Ec00000GGw3iIAD'")).toEqual([
        { code: '001Ec00000GGw3iIAD', name: 'Patterson-Hansen' },
      ]);
      expect(
        await desk.query(`SELECT "Case number" AS n FROM v_activities WHERE "Case number" IS NOT NULL ORDER BY 1 LIMIT 1`),
      ).toEqual([{ n: '00001014' }]);
      const again = await run(desk, salesforce ?? '', recipe);
      expect(again.batch).toBe(null);
      expect(again.files.map(({ added, updated }) => added + updated)).toEqual([0, 0, 0, 0, 0]);
    },
  );
});

const sap = findData('exports/sap', 'SAP');
describe.skipIf(sap === null)('SAP', () => {
  it('nine files; ids keep their zeros, 29991212 is no date, item amounts are per unit', { timeout: 120_000 }, async () => {
    const desk = openDesk();
    const recipe = recipeOf('sap.recipe.json');
    const report = await run(desk, sap ?? '', recipe);
    printTable(
      'SAP export',
      report.files.map((file) => lineOf(file)),
    );
    expect(report).toMatchObject({ lost: 0, unmatched: [], absent: [] });
    expect(await desk.query(`SELECT sku, name, "Name in German" AS german FROM v_products WHERE "Name in German" <> ''`)).toEqual(
      [
        { sku: 'RC-1055', name: 'Veloflash', german: 'Rennsemmel' },
        { sku: 'RC-1056', name: 'Veloflash SE', german: 'Rennsemmel 2' },
      ],
    );
    expect(await desk.query('SELECT origin, code, count(*) AS cells FROM v_cell_issues GROUP BY 1, 2 ORDER BY 1')).toEqual([
      { origin: 'parse', code: 'LINK_NONE', cells: 2 },
      // Addresses name no partner: partners name their address.
      { origin: 'rule', code: 'REQUIRED', cells: 54 },
    ]);
    expect(await desk.query("SELECT raw FROM v_cell_issues WHERE code = 'LINK_NONE' ORDER BY raw")).toEqual([
      { raw: '0100000040' },
      { raw: '0100000041' },
    ]);
    expect(await desk.query('SELECT number, account_code FROM v_orders ORDER BY number LIMIT 1')).toEqual([
      { number: '0500000000', account_code: '0100000022' },
    ]);
    expect(await desk.query(`SELECT count(*) AS n FROM v_order_lines WHERE requested IS NULL`)).toEqual([{ n: noDates() }]);
    expect(
      await desk.query(`SELECT count(*) AS n FROM v_orders o WHERE abs(o.net - o."Net of the order (SAP)") > 0.005`),
    ).toEqual([{ n: 0 }]);
  });
});

/** Items whose date is the export's way to say that there is none. */
const noDates = (): number => readFileSync(join(sap ?? '', 'SalesOrderItems.csv'), 'utf8').match(/,29991212\r?$/gm)?.length ?? 0;

const workbooks = findData('workbooks', 'Workbooks');
const breathe = async (): Promise<void> => {};

/** A recipe that keeps all columns of a sheet: the first as the name, the others by their headers. */
const keepAll = (sheet: string, { headers }: SourceTable): Entry => {
  const columns: Entry['columns'] = {};
  headers.forEach((header, at) => (columns[`#${at + 1}`] = at === 0 ? { field: 'name' } : { custom: header.slice(0, 90) }));
  return { pattern: '*', sheet, table: 'accounts', system: 'test.workbook', key: [], missing: 'ignore', columns };
};

/** Cells of totals and notes: rows that are set aside, named in the report and no records. None of them is lost. */
const furnitureOf = ({ rows, headers }: SourceTable): number =>
  rows
    .filter((row) => isFurniture(row, headers.length))
    .reduce((sum, row) => sum + row.filter((cell) => cell.trim() !== '').length, 0);

describe.skipIf(workbooks === null)('workbooks', () => {
  it('every sheet of every file, every cell somewhere', { timeout: 240_000 }, async () => {
    const lines: Line[] = [];
    for (const file of readdirSync(workbooks ?? '')
      .filter((name) => name.endsWith('.xlsx'))
      .toSorted()) {
      const path = join(workbooks ?? '', file);
      const { sheets } = await readSource(path, {}, breathe);
      for (const { name } of sheets.filter((one) => one.rows > 0)) {
        const table = await readSource(path, { sheet: name }, breathe);
        const report = await openDesk().run(path, [keepAll(name, table)]);
        const furniture = furnitureOf(table);
        for (const one of report.files) lines.push({ ...lineOf(one, name), furniture });
      }
    }
    printTable('Workbooks', lines);
    expect(lines.filter(({ lost }) => lost !== 0)).toEqual([]);
    expect(lines.map(({ file, rows, furniture }) => [file, rows, furniture])).toEqual([
      ['readxl_deaths.xlsx arts', 14, 0],
      ['readxl_deaths.xlsx other', 14, 0],
      ['readxl_test_dates-leap-year-1900-xlsx.xlsx for_testing', 7, 0],
      ['readxl_test_dates-leap-year-1900-xlsx.xlsx for_human_eyes', 10, 0],
      ['readxl_test_texty-dates-xlsx.xlsx Sheet1', 2, 0],
      ['readxl_test_unnamed-duplicated-columns.xlsx Sheet1', 2, 0],
      ['readxl_test_whitespace-xlsx.xlsx whitespace', 5, 0],
      ['readxl_test_whitespace-xlsx.xlsx logical_and_NA', 2, 0],
      ['smungs_cashflows.xlsx Cash Flow 12 mo', 42, 28],
      ['smungs_toronto_transit.xlsx 1985-2017 ACTUALS', 51, 171],
    ]);
  });
});
