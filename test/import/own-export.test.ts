/**
 * What went out comes back and changes nothing: every register with all its columns or those that are shown, every public
 * view, as CSV and as workbook. One cell changed in such a file is one record changed.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../electron/engine/files/source.ts';
import { tableNames, tableOf, type TableName } from '../../shared/model/index.ts';
import { openDesk, type Desk } from './desk.ts';

type Form = 'view' | 'all' | 'shown';
const FORMS: readonly Form[] = ['view', 'all', 'shown'];

const lists = tableNames.filter((name) => tableOf(name).shown === true && tableOf(name).insertOnly !== true);
/** A part of the lists for a test each: they are many, and the machine may be slow. */
const parts = [0, 1, 2, 3, 4, 5].map((part) => ({ lists: lists.filter((_, at) => at % 6 === part) }));
const shownFields = (table: TableName): string[] =>
  Object.entries(tableOf(table).fields).flatMap(([key, field]) => (field.hidden === true ? [] : [key]));

/** What the sample has none of: a list with a price of a product and one of a group, a promotion, a unit, limits, a code, a hold, a duty, an action, a credit note, a settled return. */
const addRest = async (desk: Desk): Promise<void> => {
  const [row] = await desk.query(
    `SELECT p.id AS product, g.id AS grp, o.id AS person, (SELECT id FROM v_orders WHERE status = 'Confirmed' LIMIT 1) AS held, c.id AS issue,
       (SELECT id FROM v_quotes WHERE status = 'Draft' LIMIT 1) AS offered,
       (SELECT id FROM v_orders WHERE status = 'Draft' AND lines > 0 LIMIT 1) AS draft, (SELECT id FROM v_bookings LIMIT 1) AS booked
     FROM v_products p, v_product_groups g, v_people o, v_orders s, v_cases c LIMIT 1`,
  );
  const [product = '', group = '', person = '', held = '', issue = '', offered = '', draft = '', booked = ''] = (
    ['product', 'grp', 'person', 'held', 'issue', 'offered', 'draft', 'booked'] as const
  ).map((key) => String(row?.[key]));
  const id = (n: number): string => `01900000-0000-7000-9000-${String(n).padStart(12, '0')}`;
  const insert = (n: number, table: TableName, values: Readonly<Record<string, string | number>>) =>
    ({ kind: 'insert', table, id: id(n), values }) as const;
  await desk.engine.call('records.apply', {
    label: 'Prices',
    source: 'edit',
    patches: [
      insert(1, 'price_lists', {
        code: 'T1',
        name: 'Tier A',
        kind: 'tier',
        tier: 'a',
        currency: 'GBP',
        valid_from: '2026-01-01',
      }),
      insert(2, 'prices', { list_id: id(1), product_id: product, min_qty: 100_000_000, price: 8_333_333 }),
      insert(3, 'prices', { list_id: id(1), group_id: group, price: 9_000_000, uom: 'BOX' }),
      insert(4, 'promotions', { code: 'SPRING', name: 'Spring', percent: 50_000, combines_with: '*' }),
      insert(5, 'product_units', { product_id: product, uom: 'BOX', holds: 12_000_000 }),
      insert(6, 'approval_limits', { person_id: person, floor: 180_000, own_discount: 50_000, valid_days: 30 }),
      insert(7, 'approval_limits', { role: 'manager', hard_floor: 100_000 }),
      insert(8, 'product_codes', { product_id: product, kind: 'barcode', code: '5012345678900' }),
      insert(10, 'sla_duties', { role: 'lead', person_id: person, from_on: '2026-01-05' }),
      { kind: 'update', table: 'quotes', id: offered, values: { header_percent: 30_000 } },
      { kind: 'update', table: 'orders', id: draft, values: { header_discount: 150 } },
      { kind: 'update', table: 'bookings', id: booked, values: { quote_id: offered } },
      insert(12, 'exchange_rates', { currency: 'EUR', rate: 1_084_200, rated_on: '2026-01-05', source: 'ECB' }),
      insert(11, 'corrective_actions', {
        case_id: issue,
        problem: 'Crates break',
        action: 'Another mould',
        owner_id: person,
        due_on: '2026-03-02',
      }),
    ],
  });
  await desk.engine.call('orders.hold', { id: held, reason: 'stock', why: 'The mould is broken' });
  const [billed] = await desk.query(`SELECT i.id AS invoice, l.id AS line FROM v_invoice_lines l
    JOIN v_invoices i ON i.number = l.invoice_number WHERE i.status = 'Issued' ORDER BY i.number, l.position LIMIT 1`);
  await desk.engine.call('invoices.credit', {
    id: String(billed?.['invoice']),
    lines: [{ line: String(billed?.['line']), amount: 100 }],
    reason: 'Damaged',
  });
  const [returned] = await desk.query("SELECT id FROM v_returns WHERE status = 'Received'");
  const settled = { id: String(returned?.['id']) };
  await desk.engine.call('returns.inspect', { ...settled, qty: 2_000_000 });
  await desk.engine.call('returns.settle', settled);
};

const openSample = async (): Promise<Desk> => {
  const desk = openDesk();
  await desk.engine.call('sample.make', { size: 's', seed: 1 });
  await addRest(desk);
  return desk;
};

const exportTo = async (desk: Desk, table: TableName, form: Form, ending: string): Promise<string> => {
  const to = path.join(desk.folder, `file of ${form}.${ending}`);
  const fields = form === 'view' ? null : form === 'all' ? [] : shownFields(table);
  const { path: place } = await desk.engine.call('export.view', { view: form === 'view' ? `v_${table}` : table, to, fields });
  return place;
};

/** As a person imports it who changes nothing of what is proposed. */
const importAgain = async (desk: Desk, file: string) => {
  const { recipe, columns, table } = await desk.engine.call('import.propose', { path: file });
  const report = await desk.engine.call('import.run', { path: file, recipe });
  return { recipe, columns, table, report };
};

const hashOf = async (desk: Desk) => (await desk.engine.call('check.run', { hash: true, full: false })).tables;

describe.each(['csv', 'xlsx'])('sample data out as %s and in again', (ending) => {
  it.each(parts)('changes nothing, makes no field and no key: $lists', { timeout: 240_000 }, async ({ lists: some }) => {
    const desk = await openSample();
    const before = await hashOf(desk);
    for (const table of some) {
      for (const form of FORMS) {
        const { recipe, report } = await importAgain(desk, await exportTo(desk, table, form, ending));
        const [file] = report.files;
        const totals =
          file?.notes.filter((note) => /^Left out as furniture of a report \(1\): row \d+ “Totals/.test(note)).length ?? 0;
        if (ending === 'csv') expect(totals).toBe(0);
        expect([table, form, recipe.files[0]?.table]).toEqual([table, form, table]);
        expect([table, form, file]).toMatchObject([
          table,
          form,
          { added: 0, updated: 0, same: (file?.rows ?? 0) - totals, issues: 0, kept: 0, lost: 0, skipped: 0, refused: 0 },
        ]);
        // Where a column adds up, a workbook has its totals below, and nothing else is set aside.
        expect([table, form, file?.furniture]).toEqual([table, form, totals]);
        expect([table, form, report.batch]).toEqual([table, form, null]);
      }
    }
    expect(await hashOf(desk)).toEqual(before);
  });
});

/** The cells of a CSV of ours, headers first. */
const cellsOf = async (file: string): Promise<string[][]> => {
  const { headers, rows } = await readSource(file, { headerRow: 1 }, () => Promise.resolve());
  return [[...headers], ...rows.map((row) => headers.map((_, at) => row[at] ?? ''))];
};
const writeCells = (file: string, rows: readonly (readonly string[])[]): void =>
  writeFileSync(file, rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n'));

/** Changes one cell of a file: of the last row whose cell holds something. */
const changeOne = async (file: string, header: string, text: string): Promise<string> => {
  const rows = await cellsOf(file);
  const at = rows[0]?.indexOf(header) ?? -1;
  const row = rows.slice(1).findLast((cells) => (cells[at] ?? '') !== '' && cells[at] !== text);
  if (row === undefined) throw new Error(`No cell under ${header}`);
  row[at] = text;
  writeCells(file, rows);
  return String(row[0]);
};

const CHANGES: readonly (readonly [table: TableName, form: Form, header: string, text: string])[] = [
  ['accounts', 'view', 'name', 'Harbour Provisions'],
  ['accounts', 'view', 'phone', '0800 1'],
  ['accounts', 'view', 'next_step', ''],
  ['accounts', 'all', 'Code', 'NEW-1'],
  ['accounts', 'shown', 'City', 'Hull'],
  ['sites', 'view', 'city', 'Hull'],
  ['sites', 'shown', 'Street', '1 High Street'],
  ['contacts', 'all', 'Name', 'Somebody Else'],
  ['contacts', 'shown', 'Phone', 'work: 0800 1'],
  ['products', 'view', 'list_price', '1.25'],
  ['products', 'shown', 'Stock', '7'],
  ['orders', 'view', 'po_ref', 'PO 1'],
  ['orders', 'all', 'Requested', '2027-01-02'],
  ['orders', 'shown', 'PO ref', ''],
  ['order_lines', 'view', 'qty', '7777'],
  ['order_lines', 'view', 'requested', '2027-01-02'],
  ['order_lines', 'all', 'Disc %', '50%'],
  ['order_lines', 'shown', 'Price', '99.5'],
  ['activities', 'view', 'summary', 'Another'],
  ['activities', 'all', 'Type', 'Mail'],
  ['people', 'view', 'job_title', 'Driver'],
  ['partners', 'shown', 'Active', 'no'],
  ['product_groups', 'shown', 'Name', 'Glass'],
];
/** Where a day of a line stands. */
const homeOf = (table: TableName, header: string): string =>
  table === 'order_lines' && header === 'requested' ? 'schedule_lines' : table;

describe('one cell changed in the file', () => {
  it('is one record changed, and one step of undo', { timeout: 240_000 }, async () => {
    const desk = await openSample();
    const before = await hashOf(desk);
    for (const [table, form, header, text] of CHANGES) {
      const what = [table, form, header];
      const file = await exportTo(desk, table, form, 'csv');
      await changeOne(file, header, text);
      const { report } = await importAgain(desk, file);
      expect([what, report.files[0]]).toMatchObject([what, { added: 0, updated: 1, issues: 0, lost: 0, refused: 0 }]);
      const after = await hashOf(desk);
      const touched = Object.keys(after).filter((name) => after[name]?.hash !== before[name]?.hash);
      expect([what, touched]).toEqual([what, expect.arrayContaining([homeOf(table, header)])]);
      expect([what, touched.filter((name) => ['external_refs', 'field_defs'].includes(name))]).toEqual([what, []]);
      expect([what, (await importAgain(desk, file)).report.batch]).toEqual([what, null]);
      await desk.engine.call('undo.undo', {});
      expect([what, await hashOf(desk)]).toEqual([what, before]);
    }
  });

  it(
    'of a link: by its code or by its name, whichever was changed; out of both, nothing is left',
    { timeout: 60_000 },
    async () => {
      const desk = await openSample();
      const [first, second] = await desk.query('SELECT code, name FROM v_people ORDER BY code');
      const owned = `SELECT count(*) AS n FROM v_accounts WHERE owner_code`;
      const file = await exportTo(desk, 'accounts', 'view', 'csv');
      const rows = await cellsOf(file);
      const [codeAt, nameAt] = ['owner_code', 'owner'].map((name) => rows[0]?.indexOf(name) ?? -1) as [number, number];
      const mine = rows.find((cells) => cells[codeAt] === first?.['code']);
      const count = async (sql: string): Promise<number> => Number((await desk.query(sql))[0]?.['n']);
      const had = await count(`${owned} = '${second?.['code']}'`);
      const set = async (at: number, text: string) => {
        if (mine) mine[at] = text;
        writeCells(file, rows);
        return (await importAgain(desk, file)).report.files[0];
      };
      expect(await set(nameAt, String(second?.['name']))).toMatchObject({ updated: 1, issues: 0 });
      expect(await count(`${owned} = '${second?.['code']}'`)).toBe(had + 1);
      // The code still names the first one: what was changed in the file counts, and now that is the code.
      expect(await set(codeAt, String(second?.['code']))).toMatchObject({ updated: 0 });
      expect(await set(codeAt, '')).toMatchObject({ updated: 0 });
      expect(await set(nameAt, '')).toMatchObject({ updated: 1 });
      expect(await count(`${owned} = '${second?.['code']}'`)).toBe(had);
    },
  );
});

describe('the lines of one order, as their grid shows them', () => {
  it.each(['csv', 'xlsx'])(
    '%s without the order among its columns: known again, a total set aside',
    { timeout: 60_000 },
    async (ending) => {
      const desk = await openSample();
      const [order] = await desk.query(`SELECT o.id FROM orders o JOIN order_lines l ON l.order_id = o.id
      WHERE o.number IS NOT NULL GROUP BY o.id HAVING count(*) > 2 LIMIT 1`);
      const filter = { field: 'order_id', is: 'eq', value: String(order?.['id']) } as const;
      const fields = shownFields('order_lines').filter((key) => key !== 'order_id');
      const to = path.join(desk.folder, `lines.${ending}`);
      await desk.engine.call('export.view', { view: 'order_lines', to, filter, fields });
      const { recipe, report } = await importAgain(desk, to);
      expect(recipe.files[0]).toMatchObject({ table: 'order_lines', own: true, key: ['ID'] });
      expect(report.batch).toBe(null);
      expect(report.files[0]).toMatchObject({ added: 0, updated: 0, issues: 0, lost: 0, furniture: ending === 'xlsx' ? 1 : 0 });
    },
  );
});

it('a day of a line that is done stays as it was, and that is said', { timeout: 60_000 }, async () => {
  const desk = await openSample();
  const file = await exportTo(desk, 'order_lines', 'view', 'csv');
  const rows = await cellsOf(file);
  const [openAt, dayAt] = ['open_qty', 'requested'].map((name) => rows[0]?.indexOf(name) ?? -1) as [number, number];
  const done = rows.find((cells, at) => at > 0 && Number(cells[openAt]) === 0);
  if (done) done[dayAt] = '2027-01-02';
  writeCells(file, rows);
  expect((await importAgain(desk, file)).report).toMatchObject({ batch: null, files: [{ updated: 0, kept: 1, lost: 0 }] });
});

describe('a file of ours', () => {
  it('says what is worked out and leaves it out, and keeps what somebody added', { timeout: 60_000 }, async () => {
    const desk = await openSample();
    const file = await exportTo(desk, 'orders', 'view', 'csv');
    const rows = await cellsOf(file);
    writeCells(
      file,
      rows.map((cells, at) => [...cells, at === 0 ? 'My remark' : at === 1 ? 'call' : '']),
    );
    const { columns, recipe, table, report } = await importAgain(desk, file);
    const because = (header: string) => columns.find((column) => column.header === header)?.because;
    expect(table).toEqual({ answer: 'Orders', sure: true, because: ['its headers are those of an export of this workbench'] });
    for (const header of ['lines', 'net', 'net_exact', 'late', 'shipped_on', 'open_qty']) {
      expect([header, because(header)]).toEqual([header, 'Worked out by the workbench, not imported']);
      expect(recipe.files[0]?.columns[header]).toEqual({ ignore: true });
    }
    expect(recipe.files[0]).toMatchObject({ own: true, key: ['id'], columns: { 'My remark': { custom: 'My remark' } } });
    expect(report.files[0]).toMatchObject({ added: 0, updated: 1, lost: 0 });
  });

  it.each(['v_settings', 'v_schedule_lines', 'v_fulfilments', 'v_cell_issues'])(
    '%s is for reading, and that is said',
    { timeout: 60_000 },
    async (view) => {
      const desk = await openSample();
      const to = path.join(desk.folder, 'a.csv');
      await desk.engine.call('export.view', { view, to });
      await expect(desk.engine.call('import.propose', { path: to })).rejects.toMatchObject({
        code: 'bad-file',
        message: expect.stringContaining(`is an export of ${view} (`) as string,
      });
    },
  );

  it('goes into another workbench whole, and again as the same', { timeout: 240_000 }, async () => {
    const [from, to] = [await openSample(), openDesk(1)];
    for (const table of lists) {
      const { report } = await importAgain(to, await exportTo(from, table, 'all', 'csv'));
      expect([table, report.files[0]]).toMatchObject([table, { updated: 0, lost: 0, refused: 0 }]);
    }
    for (const table of lists) {
      const { report } = await importAgain(to, await exportTo(from, table, 'all', 'csv'));
      expect([table, report.files[0]]).toMatchObject([table, { added: 0, updated: 0, lost: 0, refused: 0 }]);
    }
    expect(await to.query('SELECT count(*) AS n FROM field_defs')).toEqual([{ n: 0 }]);
    const counts = `SELECT (SELECT count(*) FROM v_accounts) AS a, (SELECT count(*) FROM v_contacts) AS c,
      (SELECT count(*) FROM v_orders) AS o, (SELECT count(*) FROM v_order_lines) AS l, (SELECT count(*) FROM v_activities) AS t`;
    expect(await to.query(counts)).toEqual(await from.query(counts));
  });

  it('with a row more makes one record; with a row twice takes neither', { timeout: 60_000 }, async () => {
    const desk = await openSample();
    const file = await exportTo(desk, 'accounts', 'all', 'csv');
    const rows = await cellsOf(file);
    const [head = [], ...rest] = rows;
    const fresh = head.map((header) => (header === 'Code' ? 'FRESH' : header === 'Name' ? 'Fresh Ltd' : ''));
    writeCells(file, [head, ...rest, fresh]);
    expect((await importAgain(desk, file)).report.files[0]).toMatchObject({ added: 1, updated: 0, same: rest.length });
    expect((await importAgain(desk, file)).report.files[0]).toMatchObject({ added: 0, updated: 0, same: rest.length + 1 });
    const copy = rest[0]?.map((cell, at) => (head[at] === 'Name' ? 'Another' : cell)) ?? [];
    writeCells(file, [head, ...rest, copy]);
    expect((await importAgain(desk, file)).report.files[0]).toMatchObject({ added: 0, updated: 0, refused: 2, lost: 0 });
  });
});
