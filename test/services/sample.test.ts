import { describe, expect, test } from 'vitest';
import { sampleCommands } from '../../electron/engine/services/sample/sample.ts';
import type { CallContext } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { openDesk, type Desk } from './open.ts';
import { pageContext } from '../fakes/context.ts';

const calling = (more: Partial<CallContext> = {}): CallContext => ({ ...pageContext, ...more });

const make = (desk: Desk, seed = 1, context = calling()) =>
  Promise.resolve(sampleCommands({ store: desk.store, env: desk.env })['sample.make']({ size: 's', seed }, context));

const count = (desk: Desk, sql: string): number => desk.look((db) => db.prepare<[], number>(sql).pluck().get() ?? 0);

/** What a person would compare: no ids, no stamps. */
const content = (desk: Desk): readonly unknown[] =>
  desk.look((db) =>
    [
      `SELECT a.code, a.name, a.status, a.currency, p.email FROM live_accounts a LEFT JOIN people p ON p.id = a.owner_id ORDER BY 1`,
      `SELECT sku, name, list_price, cost, stock, status FROM live_products ORDER BY 1`,
      `SELECT o.number, a.code, o.status, o.ordered_on, o.promised, l.position, p.sku, l.qty, l.price, l.discount,
        group_concat(f.kind || f.qty || f.happened_on, ' ' ORDER BY f.happened_on, f.kind)
       FROM live_orders o JOIN accounts a ON a.id = o.account_id JOIN live_order_lines l ON l.order_id = o.id
       LEFT JOIN products p ON p.id = l.product_id JOIN live_schedule_lines s ON s.line_id = l.id
       LEFT JOIN live_fulfilments f ON f.schedule_id = s.id GROUP BY l._n ORDER BY 1, 2, 6, 7`,
      `SELECT name, role, emails FROM live_contacts ORDER BY 1, 3`,
      `SELECT kind, at, summary FROM live_activities ORDER BY 2, 3`,
    ].map((sql) => db.prepare(sql).raw().all()),
  );

describe('sample data of size s', () => {
  test('is what it says, through the write path, and leaves no batch behind', async () => {
    const desk = openDesk();
    const steps: number[] = [];
    const made = await make(desk, 1, calling({ progress: (done) => void steps.push(done) }));
    const { rows } = contract['sample.make'].output.parse(made);
    expect(rows).toMatchObject({
      accounts: 40,
      partners: 8,
      products: 60,
      product_groups: 8,
      contacts: 90,
      orders: 310,
      quotes: 20,
      people: 5,
      price_lists: 10,
      promotions: 1,
      product_units: 20,
    });
    expect(rows['prices']).toBeGreaterThan(400);
    expect(rows['order_lines']).toBeGreaterThan(1000);
    for (const [table, expected] of Object.entries(rows))
      expect([table, count(desk, `SELECT count(*) FROM live_${table}`)]).toEqual([table, expected]);
    expect(count(desk, `SELECT count(*) FROM batches WHERE state <> 'done'`)).toBe(0);
    expect(desk.store.local.isSample()).toBe(true);
    expect(desk.store.get('people', desk.store.local.person() ?? '')).toMatchObject({ job_title: 'Account manager' });
    expect(steps.at(-1)).toBe(307);
  });

  test('has something of everything: seasons of states, late and part deliveries, and two faults to find', async () => {
    const desk = openDesk();
    await make(desk);
    for (const status of ['draft', 'submitted', 'confirmed', 'closed', 'cancelled']) {
      expect([status, count(desk, `SELECT count(*) FROM live_orders WHERE status = '${status}'`)]).not.toEqual([status, 0]);
    }
    for (const status of ['draft', 'approved', 'sent', 'accepted', 'rejected', 'withdrawn']) {
      expect([status, count(desk, `SELECT count(*) FROM live_quotes WHERE status = '${status}'`)]).not.toEqual([status, 0]);
    }
    expect(count(desk, `SELECT count(*) FROM live_quotes WHERE status = 'sent' AND valid_to < '2026-01-15'`)).toBeGreaterThan(0);
    expect(count(desk, 'SELECT count(*) FROM invoice_sums WHERE open = 0')).toBeGreaterThan(5);
    expect(
      count(
        desk,
        `SELECT count(*) FROM live_invoices t JOIN invoice_sums s ON s.n = t._n
      WHERE s.open > 0 AND t.due_on < '2026-01-15'`,
      ),
    ).toBeGreaterThan(1);
    expect(count(desk, 'SELECT count(*) FROM invoice_sums WHERE disputed > 0')).toBe(1);
    expect(count(desk, 'SELECT count(*) FROM quote_sums WHERE counted = 0 OR cost_micros IS NULL')).toBe(0);
    expect(count(desk, `SELECT count(*) FROM live_quote_lines WHERE option_group IS NOT NULL`)).toBeGreaterThan(0);
    expect(count(desk, 'SELECT count(*) FROM order_sums WHERE is_open = 1 AND shipped_qty > 0')).toBeGreaterThan(0);
    expect(count(desk, 'SELECT count(*) FROM order_sums WHERE late_shipped > 0')).toBeGreaterThan(5);
    expect(count(desk, `SELECT count(*) FROM order_sums WHERE is_open = 1 AND due_on < '2026-01-15'`)).toBeGreaterThan(0);
    expect(
      desk.look((db) => db.prepare(`SELECT raw, code FROM cell_issues WHERE level = 'error' ORDER BY raw`).raw().all()),
    ).toEqual([
      ['6o', 'NUM_PARSE'],
      ['PLT-1208-X', 'LINK_NONE'],
    ]);
    // Two prices of one contract overlap: both say so, neither is an error.
    expect(count(desk, `SELECT count(*) FROM cell_issues WHERE code = 'PRICE_OVERLAP'`)).toBe(2);
    expect(count(desk, `SELECT count(*) FROM cell_issues WHERE code = 'PRICE_TIE'`)).toBe(0);
    expect(count(desk, `SELECT count(*) FROM live_orders WHERE ordered_on > '2026-01-15'`)).toBe(0);
    expect(count(desk, `SELECT count(*) FROM live_fulfilments WHERE kind = 'shipped' AND happened_on > '2026-01-15'`)).toBe(0);
    expect(count(desk, 'SELECT count(*) FROM order_sums WHERE counted = 0')).toBe(0);
    expect(count(desk, 'SELECT count(*) - count(DISTINCT number) FROM live_orders WHERE number IS NOT NULL')).toBe(0);
    expect(count(desk, 'SELECT count(*) - count(DISTINCT code) FROM live_accounts')).toBe(0);
    expect(count(desk, 'SELECT count(*) - count(DISTINCT sku) FROM live_products')).toBe(0);
  });

  test('is the same for the same seed and other for another', async () => {
    const [a, b, c] = [openDesk(), openDesk(), openDesk()];
    b.env.ids();
    await make(a, 7);
    await make(b, 7);
    await make(c, 8);
    expect(content(b)).toEqual(content(a));
    expect(content(c)).not.toEqual(content(a));
  });

  test('is refused where there are accounts', async () => {
    const desk = openDesk();
    desk.insert('accounts', { name: 'Mine' });
    await expect(make(desk)).rejects.toThrow(/already has accounts/);
    expect(count(desk, 'SELECT count(*) FROM live_orders')).toBe(0);
  });

  test('is whole or absent: stopped half way, nothing of it is left', async () => {
    const desk = openDesk();
    let isAborted = false;
    const signal = {
      ...calling().signal,
      get aborted() {
        return isAborted;
      },
    };
    const stopped = make(desk, 1, calling({ signal, progress: () => (isAborted = true) }));
    await expect(stopped).rejects.toThrow(/Stopped/);
    for (const table of ['accounts', 'orders', 'order_lines', 'fulfilments', 'people']) {
      expect([table, count(desk, `SELECT count(*) FROM live_${table}`)]).toEqual([table, 0]);
    }
    expect(desk.store.local.isSample()).toBe(false);
    await make(desk);
    expect(count(desk, 'SELECT count(*) FROM live_orders')).toBe(310);
  });
});
