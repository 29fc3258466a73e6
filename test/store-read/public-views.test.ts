/** The public views say what the model says, in words and decimals, and grow by this database's custom fields. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currencyCodes, minorDigits } from '../../shared/domain/currency.ts';
import { fromScaled } from '../../shared/domain/decimal.ts';
import { lifecycleOf } from '../../shared/domain/lifecycle.ts';
import { fieldOf, tableNames, tableOf, type TableName } from '../../shared/model/index.ts';
import { columnsOf } from '../../electron/engine/store/file/column.ts';
import { runStatement } from '../../electron/engine/store/public/query.ts';
import { newFile, type TestFile } from './file.ts';
import { finish, idAt, insertRows } from './fill.ts';

const UNIT = 1_000_000;

let file: TestFile;
beforeEach(() => {
  file = newFile();
});
afterEach(() => file.close());

const query = (sql: string) => runStatement(file.path, sql, 1000).rows;

/** The fields of a table whose values are keys, with the key and the word of each value. */
const labelsOf = (name: TableName) =>
  Object.entries(tableOf(name).fields).flatMap(([key, field]): (readonly [string, readonly (readonly [string, string])[]])[] => {
    const states =
      field.kind === 'state' ? (lifecycleOf(field.lifecycle)?.states ?? []) : field.kind === 'choice' ? field.choices : [];
    return states.length === 0 ? [] : [[key, states.map((one) => [one.key, one.label] as const)]];
  });

describe('the public views', () => {
  it('are there for every table with something to show, described column by column', () => {
    const views = new Map(file.read.describeViews().map((view) => [view.view, view]));
    const expected = tableNames
      .filter((name) => name !== 'field_defs' && tableOf(name).scope !== 'private' && name !== 'external_refs')
      .map((name) => `v_${name}`);
    expect([...views.keys()].sort()).toEqual([...expected, 'v_cell_issues'].sort());
    for (const { about, columns } of views.values()) {
      expect(about).not.toBe('');
      for (const column of columns) expect(column.about).not.toBe('');
    }
  });

  it('have money in units of its currency, by ISO 4217', () => {
    insertRows(
      file.db,
      'orders',
      currencyCodes.map((currency, at) => ({ id: idAt(at + 1), number: currency, currency, freight: 12_345, status: 'draft' })),
    );
    finish(file.db);
    for (const [currency, freight] of query('SELECT currency, freight FROM v_orders')) {
      expect(freight).toBe(Number(fromScaled(12_345, minorDigits(String(currency)))));
    }
  });

  it.each(tableNames.filter((name) => labelsOf(name).length > 0))(
    'name the choices and states of %s by the words of the model',
    (name) => {
      for (const [key, labels] of labelsOf(name)) {
        file.db.exec(`DELETE FROM "${name}"`);
        insertRows(
          file.db,
          name,
          labels.map(([value], at) => ({ id: idAt(at + 1), [key]: value })),
        );
        expect(query(`SELECT "${key}" FROM v_${name} ORDER BY id`)).toEqual(labels.map(([, label]) => [label]));
        const lower = labels.map(([, label]) => `'${label.toLowerCase()}'`).join(', ');
        expect(query(`SELECT count(*) FROM v_${name} WHERE "${key}" IN (${lower})`)).toEqual([[labels.length]]);
      }
    },
  );

  it('express revenue exactly: once, by line, half even, by order; and what is late', () => {
    const { db } = file;
    insertRows(db, 'accounts', [{ id: idAt(1), code: 'A', name: 'Kestrel', currency: 'EUR' }]);
    insertRows(db, 'orders', [
      {
        id: idAt(10),
        number: '1',
        account_id: idAt(1),
        status: 'confirmed',
        currency: 'EUR',
        rounding: 'document',
        ordered_on: '2025-05-01',
      },
      {
        id: idAt(11),
        number: '2',
        account_id: idAt(1),
        status: 'confirmed',
        currency: 'EUR',
        rounding: 'line',
        ordered_on: '2026-05-01',
      },
      { id: idAt(12), number: '3', account_id: idAt(1), status: 'confirmed', currency: 'EUR', ordered_on: '2026-05-01' },
    ]);
    const amounts = [105_000, 115_000, 125_000, 125_000, 333_333];
    amounts.forEach((price, at) => {
      insertRows(db, 'order_lines', [{ id: idAt(20 + at), order_id: idAt(at < 3 ? 10 : 11), qty: UNIT, price, uom: 'EA' }]);
      insertRows(db, 'schedule_lines', [{ id: idAt(40 + at), line_id: idAt(20 + at), qty: UNIT, requested: '2026-05-10' }]);
      const day = at < 3 ? '2026-05-10' : `2026-05-1${at - 2}`;
      insertRows(db, 'fulfilments', [
        { id: idAt(60 + at), schedule_id: idAt(40 + at), kind: 'shipped', qty: UNIT, happened_on: day },
      ]);
    });
    finish(db);
    const HALF_EVEN = `sum(CASE WHEN abs(net_micros) % 10000 = 5000 THEN (net_micros / 10000 + 1) / 2 * 2
      ELSE (net_micros + 5000) / 10000 END) / 100.0`;
    expect(query('SELECT sum(net_micros), round(sum(net), 2), round(sum(net_rounded), 2) FROM v_order_lines')).toEqual([
      [803_333, 0.8, 0.82],
    ]);
    expect(query(`SELECT ${HALF_EVEN} FROM v_order_lines`)).toEqual([[0.79]]);
    expect(query('SELECT number, net_exact, net_rounded, late, days_late FROM v_orders ORDER BY number')).toEqual([
      ['1', '0.345', 0.35, 0, 0],
      ['2', '0.458333', 0.46, 1, 2],
      ['3', '0', 0, null, null],
    ]);
    expect(query('SELECT sum(late), count(shipped_on) - sum(late), count(shipped_on) FROM v_orders')).toEqual([[1, 1, 2]]);
    expect(
      query(`SELECT account_code, substr(ordered_on, 1, 4) AS year, sum(net_micros) FROM v_order_lines GROUP BY 1, 2 ORDER BY 2`),
    ).toEqual([
      ['A', '2025', 345_000],
      ['A', '2026', 458_333],
    ]);
  });

  it('carry custom fields as columns of their label, beside what was there', () => {
    insertRows(file.db, 'field_defs', [
      { id: idAt(1), table: 'accounts', key: 'x_aaaaaaaa', kind: 'decimal', label: 'Floor area "m²"' },
      {
        id: idAt(2),
        table: 'accounts',
        key: 'x_bbbbbbbb',
        kind: 'choice',
        label: 'Name',
        choices: '[{"key":"k","label":"It\'s k"}]',
      },
    ]);
    insertRows(file.db, 'accounts', [{ id: idAt(3), code: 'A', name: 'Kestrel', _c: '{"x_aaaaaaaa":2500000,"x_bbbbbbbb":"k"}' }]);
    expect(query(`SELECT name, "Floor area ""m²""", "Name 2" FROM v_accounts`)).toEqual([['Kestrel', 2.5, "It's k"]]);
    insertRows(file.db, 'field_defs', [
      { id: idAt(4), table: 'accounts', key: 'x_cccccccc', kind: 'instant', label: 'Seen' },
      { id: idAt(5), table: 'accounts', key: 'x_dddddddd', kind: 'flag', label: 'Keen' },
    ]);
    const at = Date.parse('2026-03-04T05:06:07Z');
    insertRows(file.db, 'accounts', [
      { id: idAt(6), code: 'B', name: 'Merlin', _c: JSON.stringify({ x_cccccccc: at, x_dddddddd: 1 }) },
      { id: idAt(7), code: 'C', name: 'Osprey', _c: '{"x_dddddddd":0}' },
    ]);
    expect(query("SELECT code, Seen, Keen FROM v_accounts WHERE code > 'A' ORDER BY code")).toEqual([
      ['B', '2026-03-04T05:06:07Z', 'Yes'],
      ['C', null, 'No'],
    ]);
    expect(query("SELECT code FROM v_accounts WHERE Keen = 'yes'")).toEqual([['B']]);
    expect(
      file.read
        .describeViews()
        .find(({ view }) => view === 'v_accounts')
        ?.columns.slice(-4)
        .map(({ name }) => name),
    ).toEqual(['Floor area "m²"', 'Name 2', 'Seen', 'Keen']);
  });
});

describe('the model', () => {
  it('has a definition for every computed field', () => {
    for (const name of tableNames) {
      const fields = new Map(Object.entries(tableOf(name).fields));
      expect(columnsOf(name, fields)).toHaveLength(fields.size);
      for (const { key, isComputed } of columnsOf(name, fields)) expect(isComputed).toBe(fieldOf(name, key)?.kind === 'computed');
    }
  });
});
