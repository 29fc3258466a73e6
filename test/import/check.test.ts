/** A check says of every row what the import then does; what a person mends in it is taken, and taken for good. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check, HEAD, ORDERS, put, recipeOf, withAccounts, type Edit } from './checking.ts';
import { accounts, openDesk, type Entry } from './desk.ts';

describe('the rows of a check', () => {
  it('say what a number may be, and tell a rule that is broken from digits that are too many', async () => {
    const desk = openDesk();
    const { columns, ...entry } = accounts();
    const recipe = recipeOf({ ...entry, columns: { ...columns, Limit: { field: 'credit_limit' } } });
    const file = put(desk, 'accounts.csv', 'Code,Name,Limit', 'A,One,-3', 'B,Two,99999999999999999', 'C,Three,5');
    const { rows, report } = await check(desk, file, recipe);
    const small = '“-3” is too small: Credit limit is 0.00 or more';
    expect(rows.map(({ problem }) => problem)).toEqual([small, '“99999999999999999” has more digits than can be kept', null]);
    expect(JSON.stringify(report)).toContain('has more digits than can be kept');
  });

  it('are new, updates with what stands here, the same, or wrong in words', async () => {
    const desk = openDesk();
    await withAccounts(desk);
    const recipe = recipeOf(ORDERS);
    const first = put(desk, 'orders.csv', HEAD, 'A1,00388,2026-03-13,10.50', 'A2,00407,2026-03-14,', 'A3,00407,2026-03-15,1');
    await desk.engine.call('import.run', { path: first, recipe });
    const file = put(
      desk,
      'orders.csv',
      HEAD,
      'A1,00388,2026-03-16,10.50',
      'A2,00407,2026-03-14,',
      'A4,0388,2026-03-17,3',
      'A5,00388,2026-02-30,3',
      'A7,00388,2026-03-17,3',
      'A6,00388,2026-03-17,4',
      'A6,00388,2026-03-17,4',
      'a7,00407,2026-03-17,3',
    );
    const { results, rows, report, entries } = await check(desk, file, recipe);
    expect(results).toEqual({ new: 1, update: 1, same: 1, error: 4, out: 1 });
    expect(entries[0]?.columns.map(({ label }) => label)).toEqual(['No.', 'Account', 'Requested', 'Freight']);
    expect(rows.map(({ row, result, problem }) => [row, result, problem])).toEqual([
      [2, 'update', null],
      [3, 'same', null],
      [4, 'error', 'No account “0388”. Did you mean 00388?'],
      [5, 'error', '“2026-02-30” is not a date. Type a date, t for today, t+3, fri, or eom for the end of the month.'],
      [
        6,
        'error',
        '“A7” stands twice in this file: rows 6 and 9, and they do not say the same. None is taken until one is left.',
      ],
      [7, 'new', null],
      [8, 'out', 'The same as row 7, which counts'],
      [
        9,
        'error',
        '“a7” stands twice in this file: rows 6 and 9, and they do not say the same. None is taken until one is left.',
      ],
    ]);
    expect(rows[4]?.cells[0]).toMatchObject({ text: 'A7', code: 'DUP_CODE' });
    expect(rows[4]?.cells[1]).toMatchObject({ code: null });
    expect(rows[0]?.cells[2]).toMatchObject({ text: '2026-03-16', old: '13 Mar', code: null, kept: false });
    expect(rows[0]?.cells[3]).toMatchObject({ text: '10.50', old: null });
    expect(rows[2]?.cells[1]).toMatchObject({ text: '0388', code: 'LINK_NONE' });
    expect(report).toMatchObject({ dryRun: true, batch: null, lost: 0, refused: 2, left: 4 });
    expect(await desk.query('SELECT count(*) AS n FROM v_orders')).toEqual([{ n: 3 }]);
  });

  it("keep a person's value, and show what the file would bring", async () => {
    const desk = openDesk();
    await withAccounts(desk);
    const recipe = recipeOf(ORDERS);
    await desk.engine.call('import.run', { path: put(desk, 'orders.csv', HEAD, 'A1,00388,2026-03-13,1'), recipe });
    const [order] = await desk.query('SELECT id FROM v_orders');
    await desk.engine.call('records.apply', {
      patches: [{ kind: 'update', table: 'orders', id: String(order?.['id']), values: { requested: '2026-03-20' } }],
      label: 'By hand',
    });
    const { rows, results } = await check(desk, put(desk, 'orders.csv', HEAD, 'A1,00388,2026-03-14,1'), recipe);
    expect(results).toMatchObject({ same: 1 });
    expect(rows[0]?.cells[2]).toMatchObject({ kept: true, old: '20 Mar', text: '2026-03-14' });
  });

  it('tell of rings of parents before anything is written', async () => {
    const desk = openDesk();
    const entry = accounts({ Parent: { field: 'parent_id', lookup: { table: 'accounts', by: 'code' } } });
    const file = put(desk, 'a.csv', 'Code,Name,Parent', 'A,Apple,B', 'B,Berry,A', 'C,Cherry,A');
    const { rows } = await check(desk, file, recipeOf(entry));
    expect(rows.map(({ cells }) => cells[2]?.code)).toEqual(['LINK_CYCLE', 'LINK_CYCLE', null]);
    expect(rows[0]?.problem).toContain('Parent leads back to this record');
    await desk.engine.call('import.run', { path: file, recipe: recipeOf(entry) });
    expect(await desk.query('SELECT code FROM v_cell_issues')).toEqual([{ code: 'LINK_CYCLE' }, { code: 'LINK_CYCLE' }]);
  });

  it('all columns that are not clear are asked about at once, with the cells', async () => {
    const desk = openDesk();
    const entry = accounts({ Renewal: { field: 'renewal_on' }, Since: { custom: 'Since', type: 'date' } });
    const file = put(desk, 'a.csv', 'Code,Name,Renewal,Since', 'A,Apple,03/04/2026,05/06/2020', 'B,Berry,01/01/2026,07/08/2020');
    await expect(check(desk, file, recipeOf(entry))).rejects.toMatchObject({
      code: 'ambiguous',
      details: {
        columns: [
          {
            entry: 0,
            at: 2,
            header: 'Renewal',
            asks: 'dateOrder',
            cells: [{ row: 2, text: '03/04/2026' }],
            candidates: [
              { value: 'dmy', reads: '“03/04/2026” is 2026-04-03' },
              { value: 'mdy', reads: '“03/04/2026” is 2026-03-04' },
            ],
          },
          { header: 'Since', asks: 'dateOrder' },
        ],
      },
    });
  });

  it('of a long file are kept as many as can be read, those in need of a look among them', { timeout: 60_000 }, async () => {
    const desk = openDesk();
    const lines = Array.from({ length: 21_000 }, (_, n) => `C${n},Name ${n},${n === 20_900 ? 'soon' : '2026-01-31'}`);
    const file = put(desk, 'a.csv', 'Code,Name,Renewal', ...lines);
    const answer = await desk.engine.call('import.check', {
      path: file,
      recipe: recipeOf(accounts({ Renewal: { field: 'renewal_on' } })),
    });
    expect(answer).toMatchObject({ readable: 20_000, results: { new: 20_999, error: 1 } });
    const { rows } = await desk.engine.call('import.rows', { check: answer.check, results: ['error'], from: 0, count: 10 });
    expect(rows.map(({ row }) => row)).toEqual([20_902]);
  });

  it('that was cancelled, or is no longer kept, cannot be read', async () => {
    const desk = openDesk();
    const file = put(desk, 'a.csv', 'Code,Name', ...Array.from({ length: 3000 }, (_, n) => `C${n},Name`));
    const controller = new AbortController();
    const call = desk.engine.call('import.check', { path: file, recipe: recipeOf(accounts()) }, undefined, {
      signal: controller.signal,
      onProgress: (_done, _total, what) => what === 'Checking' && controller.abort(),
    });
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    const checks: string[] = [];
    for (let n = 0; n < 4; n += 1) checks.push((await check(desk, file, recipeOf(accounts()))).check);
    await expect(desk.engine.call('import.rows', { check: checks[0] ?? '', from: 0, count: 1 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('a cell mended in the check', () => {
  it('is taken in its place, and the same file does not bring its own text back', async () => {
    const desk = openDesk();
    await withAccounts(desk);
    const recipe = recipeOf(ORDERS);
    const file = put(desk, 'orders.csv', HEAD, 'A1,0388,2026-03-13,1', 'A2,00407,2026-02-30,2');
    const edits: Edit[] = [
      { entry: 0, file: 'orders.csv', row: 2, column: 1, text: '00388' },
      { entry: 0, file: 'orders.csv', row: 3, column: 2, text: '2026-02-28' },
    ];
    const { results, rows } = await check(desk, file, recipe, edits);
    expect(results).toMatchObject({ new: 2, error: 0 });
    expect(rows[0]?.cells[1]).toMatchObject({ text: '00388', edited: true, code: null });
    await desk.engine.call('import.run', { path: file, recipe, edits });
    expect(await desk.query('SELECT requested FROM v_orders ORDER BY number')).toEqual([
      { requested: '2026-03-13' },
      { requested: '2026-02-28' },
    ]);
    expect(await desk.engine.call('import.run', { path: file, recipe })).toMatchObject({ batch: null, files: [{ same: 2 }] });
    expect(await desk.engine.call('import.run', { path: file, recipe, edits })).toMatchObject({ batch: null });
  });

  it('says nothing of the other cells of its column, is read as they are, and shows what will be stored', async () => {
    const desk = openDesk();
    const entry = accounts({ Limit: { field: 'credit_limit' }, Renewal: { field: 'renewal_on' } });
    const lines = ['A,Apple,1.500,13/03/2026', 'B,Berry,"2,25",14/03/2026', 'C,Cherry,n/a,15/03/2026', 'D,Damson,7,16/03/2026'];
    const file = put(desk, 'a.csv', 'Code,Name,Limit,Renewal', ...lines);
    const edit = (row: number, column: number, text: string): Edit => ({ entry: 0, file: 'a.csv', row, column, text });
    const edits = [edit(4, 2, '10.5'), edit(5, 2, '2.750'), edit(2, 3, '03/04/2026'), edit(3, 3, '2026-05-04')];
    const recipe = recipeOf(entry);
    const { rows, report } = await check(desk, file, recipe, edits);
    expect(rows.map(({ cells }) => [cells[2]?.text, cells[2]?.value])).toEqual([
      ['1.500', '1,500.00'],
      // Nothing that an English eye reads: it would be 225, or nothing.
      ['2,25', '2.25'],
      // No number of a column with decimal commas: read as the person writes.
      ['10.5', null],
      ['2.750', '2,750.00'],
    ]);
    expect(rows[2]?.cells[2]).toMatchObject({
      code: 'READ_TYPED',
      why: '“10.5” is not written as its column is: read as you would type it, 10.50',
      edited: true,
    });
    expect(report.files[0]).toMatchObject({ issues: 0, warnings: 1, issuesByCode: { READ_TYPED: 1 } });
    await desk.engine.call('import.run', { path: file, recipe, edits });
    expect(await desk.query('SELECT credit_limit, renewal_on FROM v_accounts ORDER BY code')).toEqual([
      { credit_limit: 1500, renewal_on: '2026-04-03' },
      { credit_limit: 2.25, renewal_on: '2026-05-04' },
      { credit_limit: 10.5, renewal_on: '2026-03-15' },
      { credit_limit: 2750, renewal_on: '2026-03-16' },
    ]);
  });

  it('of an ambiguous column settles nothing', async () => {
    const desk = openDesk();
    const file = put(desk, 'a.csv', 'Code,Name,Renewal', 'A,Apple,03/04/2026', 'B,Berry,05/06/2026');
    const edits: Edit[] = [{ entry: 0, file: 'a.csv', row: 3, column: 2, text: '13/06/2026' }];
    const call = check(desk, file, recipeOf(accounts({ Renewal: { field: 'renewal_on' } })), edits);
    await expect(call).rejects.toMatchObject({ code: 'ambiguous' });
  });

  it('of a row that is no longer there is refused', async () => {
    const desk = openDesk();
    const edits: Edit[] = [{ entry: 0, file: 'a.csv', row: 9, column: 0, text: 'X' }];
    const call = check(desk, put(desk, 'a.csv', 'Code,Name', 'A,Apple'), recipeOf(accounts()), edits);
    await expect(call).rejects.toMatchObject({ code: 'bad-file' });
  });
});

describe('what a check says', () => {
  const code = fc.constantFrom('A', 'B', 'C', 'D', 'a', '');
  const row = fc.tuple(
    code,
    fc.constantFrom('Apple', 'Berry', '', '=1'),
    fc.constantFrom('A', 'B', 'C', 'Nobody', ''),
    fc.constantFrom('2026-01-31', '2026-02-30', 'soon', ''),
    fc.constantFrom('1', '-5', '1.5', 'x', ''),
  );
  const table = fc.array(row, { minLength: 1, maxLength: 8 });
  const editsOf = fc.array(fc.tuple(fc.nat(7), fc.nat(4), fc.constantFrom('A', 'Zed', '2026-05-05', '7', '')), { maxLength: 4 });
  const columns: Entry['columns'] = {
    Parent: { field: 'parent_id', lookup: { table: 'accounts', by: 'code' } },
    Renewal: { field: 'renewal_on' },
    Limit: { field: 'credit_limit' },
  };
  const recipe = recipeOf(accounts(columns));
  const textOf = (rows: readonly (readonly string[])[]): readonly string[] => [
    'Code,Name,Parent,Renewal,Limit',
    ...rows.map((cells) => cells.join(',')),
  ];

  it('is what the import does, whatever the file and whatever is mended', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(table, table, editsOf, fc.boolean(), async (before, after, mended, leaveErrors) => {
        const desk = openDesk();
        await desk.engine.call('import.run', { path: put(desk, 'a.csv', ...textOf(before)), recipe });
        const file = put(desk, 'a.csv', ...textOf(after));
        const filled = after.flatMap((cells, at) => (cells.some((cell) => cell !== '') ? [at + 2] : []));
        fc.pre(filled.length > 0);
        const edits = mended.map(([at, column, text]): Edit => {
          return { entry: 0, file: 'a.csv', row: filled[at % filled.length] ?? 2, column, text };
        });
        const checked = await check(desk, file, recipe, edits);
        const dry = await desk.engine.call('import.run', { path: file, recipe, edits, leaveErrors, dryRun: true });
        const wet = await desk.engine.call('import.run', { path: file, recipe, edits, leaveErrors });
        const plain = (files: typeof wet.files) => files.map((file) => ({ ...file, columns: [] }));
        const counts = ({ files, left, lost }: typeof wet) => ({ left, lost, files: plain(files) });
        expect(counts(dry)).toEqual(counts(wet));
        const { results, rows, report } = checked;
        const by = (result: string) => rows.filter((one) => one.result === result).length;
        expect(results).toEqual({ new: by('new'), update: by('update'), same: by('same'), error: by('error'), out: by('out') });
        expect(wet.left).toBe(leaveErrors ? report.left : 0);
        if (leaveErrors) return;
        expect(counts({ ...report, left: 0 })).toEqual(counts(wet));
        // What stands on a row afterwards, the check told of; and of a new row nothing else.
        const stored = await desk.query(
          `SELECT lower(r.key) AS key, i.code AS code FROM v_cell_issues i JOIN external_refs r ON r."row" = i.id
           WHERE r.system = 'test.accounts'`,
        );
        for (const { cells, result, id, problem } of rows) {
          const key = (cells[0]?.text ?? '').trim().toLowerCase();
          if (key === '' || result === 'out' || result === 'same' || problem?.includes(' in this file: rows ') === true) continue;
          const told = cells.flatMap(({ code: found }) => (found === null || found === 'READ_TYPED' ? [] : [found])).toSorted();
          const has = stored.filter((one) => one['key'] === key).map((one) => String(one['code']));
          if (id === null) expect(told).toEqual(has.toSorted());
          else expect(has).toEqual(expect.arrayContaining(told));
        }
      }),
      { numRuns: 40 },
    );
  });
});
