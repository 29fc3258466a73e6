/**
 * A trading company's own files through the command line: import, the same import again, and every figure that was
 * computed independently, asked of the public views.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OutputOf } from '../../shared/contract/define.ts';
import type { imports } from '../../shared/contract/imports.ts';
import { openWorkbench, type Workbench } from '../cli/workbench.ts';
import { makeTemp } from '../setup/temp.ts';

type Report = OutputOf<(typeof imports)['import.run']>;

const given = process.env['WORKBENCH_ACCEPTANCE_DATA'];
const data = given === undefined ? '' : join(given, 'northwind');
const isThere = data !== '' && existsSync(join(data, 'truth.json'));
if (!isThere) process.stdout.write('Northwind: skipped, WORKBENCH_ACCEPTANCE_DATA names no folder with northwind/truth.json\n');

const truthShape = z.object({
  rows: z.record(z.string(), z.number()),
  status: z.object({ shipped: z.number(), unshipped_order_ids: z.array(z.string()) }),
  late: z.object({ late_order_ids: z.array(z.string()), on_time_orders: z.number(), late_days_total: z.number() }),
  by_shipper: z.record(z.string(), z.object({ orders: z.number(), late: z.number(), freight_total: z.string() })),
  freight_total: z.string(),
  revenue: z.object({
    net_exact: z.string(),
    net_rounded_once: z.string(),
    net_if_each_line_rounded_half_up: z.string(),
    net_if_each_line_rounded_half_even: z.string(),
    net_if_each_order_rounded_half_up: z.string(),
  }),
  revenue_by_customer_year: z.record(z.string(), z.record(z.string(), z.string())),
  revenue_by_employee: z.record(z.string(), z.string()),
  revenue_by_category: z.record(z.string(), z.string()),
});

const cents = (text: string): number => Math.round(Number(text) * 100);
const rounded = 'CAST((sum(net_micros) + 5000) / 10000 AS INTEGER)';

const importNorthwind = (workbench: Workbench): Promise<Report> =>
  workbench.json<Report>('import', data, '--recipe', resolve(import.meta.dirname, 'northwind.recipe.json'), '--json');

const counts = (report: Report) =>
  Object.fromEntries(report.files.map(({ file, table, added, updated, same }) => [`${file} ${table}`, [added, updated, same]]));

/** Revenue in cents by some columns, as `{key: cents}`. */
const revenueBy = async (workbench: Workbench, key: string): Promise<Record<string, number>> => {
  const rows = await workbench.query(`SELECT ${key} AS key, ${rounded} AS cents FROM v_order_lines GROUP BY 1`);
  return Object.fromEntries(rows.map((row) => [String(row['key']), Number(row['cents'])]));
};

describe.skipIf(!isThere)('Northwind', () => {
  it('imports whole, twice the same, and gives the figures of its truth', { timeout: 240_000 }, async () => {
    const truth = truthShape.parse(JSON.parse(readFileSync(join(data, 'truth.json'), 'utf8')));
    const workbench = openWorkbench(join(makeTemp(), 'northwind.db'), data);
    const one = async (sql: string) => Object.values((await workbench.query(sql))[0] ?? {});

    const first = await importNorthwind(workbench);
    expect(first.lost).toBe(0);
    expect(first.files.map(({ issues }) => issues)).toEqual(first.files.map(() => 0));
    expect(counts(first)).toEqual({
      'employees.csv people': [9, 0, 0],
      'shippers.csv partners': [3, 0, 0],
      'suppliers.csv partners': [29, 0, 0],
      'customers.csv accounts': [91, 0, 0],
      'customers.csv contacts': [91, 0, 0],
      'suppliers.csv contacts': [29, 0, 0],
      'categories.csv product_groups': [8, 0, 0],
      'products.csv products': [77, 0, 0],
      'orders.csv orders': [830, 0, 0],
      'order_details.csv order_lines': [2155, 0, 0],
    });
    const second = await importNorthwind(workbench);
    expect(second.batch).toBe(null);
    expect(second.files.reduce((sum, file) => sum + file.added + file.updated, 0)).toBe(0);

    const { rows } = truth;
    expect(
      await one(`SELECT (SELECT count(*) FROM v_accounts), (SELECT count(*) FROM v_products), (SELECT count(*) FROM v_orders),
        (SELECT count(*) FROM v_order_lines), (SELECT count(*) FROM v_partners WHERE kind = 'Carrier'),
        (SELECT count(*) FROM v_partners WHERE kind = 'Vendor'), (SELECT count(*) FROM v_people)`),
    ).toEqual([
      rows['customers'],
      rows['products'],
      rows['orders'],
      rows['order_details'],
      rows['shippers'],
      rows['suppliers'],
      rows['employees'],
    ]);
    // Shippers and suppliers number themselves from 1 each: three codes are marked on both that bear them, nothing is unread.
    expect(await workbench.query('SELECT origin, code, count(*) AS cells FROM v_cell_issues GROUP BY 1, 2')).toEqual([
      { origin: 'rule', code: 'DUP_CODE', cells: 6 },
    ]);
    expect(await workbench.query("SELECT name, manager FROM v_people WHERE code = '1'")).toEqual([
      { name: 'Nancy Davolio', manager: 'Andrew Fuller' },
    ]);

    expect(await one('SELECT count(shipped_on), sum(late), sum(late = 0), sum(days_late) FROM v_orders')).toEqual([
      truth.status.shipped,
      truth.late.late_order_ids.length,
      truth.late.on_time_orders,
      truth.late.late_days_total,
    ]);
    const numbers = async (where: string) =>
      (await workbench.query(`SELECT number FROM v_orders WHERE ${where} ORDER BY number`)).map((row) => row['number']);
    expect(await numbers('late = 1')).toEqual(truth.late.late_order_ids.toSorted());
    expect(await numbers('shipped_on IS NULL')).toEqual(truth.status.unshipped_order_ids.toSorted());

    const byCarrier = await workbench.query(
      `SELECT carrier_code || ' ' || carrier AS key, count(*) AS orders, sum(late) AS late, CAST(round(sum(freight) * 100) AS INTEGER) AS freight
       FROM v_orders GROUP BY 1 ORDER BY 1`,
    );
    expect(byCarrier).toEqual(
      Object.entries(truth.by_shipper).map(([key, { orders, late, freight_total }]) => ({
        key,
        orders,
        late,
        freight: cents(freight_total),
      })),
    );
    expect(await one('SELECT CAST(round(sum(freight) * 100) AS INTEGER) FROM v_orders')).toEqual([cents(truth.freight_total)]);

    const { revenue } = truth;
    expect(await one('SELECT sum(net_micros) FROM v_order_lines')).toEqual([Number(revenue.net_exact.replace('.', '')) * 100]);
    const even = `net_micros / 10000 + (net_micros % 10000 > 5000 OR (net_micros % 10000 = 5000 AND net_micros / 10000 % 2 = 1))`;
    expect(
      await one(`SELECT ${rounded}, CAST(round(sum(net_rounded) * 100) AS INTEGER), sum(${even}) FROM v_order_lines`),
    ).toEqual([
      cents(revenue.net_rounded_once),
      cents(revenue.net_if_each_line_rounded_half_up),
      cents(revenue.net_if_each_line_rounded_half_even),
    ]);
    expect(await one('SELECT sum((net_micros + 5000) / 10000) FROM v_orders')).toEqual([
      cents(revenue.net_if_each_order_rounded_half_up),
    ]);

    const years = await revenueBy(workbench, "account_code || ' ' || substr(ordered_on, 1, 4)");
    expect(years).toEqual(
      Object.fromEntries(
        Object.entries(truth.revenue_by_customer_year).flatMap(([code, byYear]) =>
          Object.entries(byYear).flatMap(([year, net]) => (year === 'total' ? [] : [[`${code} ${year}`, cents(net)]])),
        ),
      ),
    );
    const all = (figures: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(figures).map(([key, net]) => [key, cents(net)]));
    expect(await revenueBy(workbench, 'owner')).toEqual(all(truth.revenue_by_employee));
    expect(await revenueBy(workbench, '"group"')).toEqual(all(truth.revenue_by_category));
  });
});
