/** Rows with errors are left out with those that cannot be without them, go out as a file, and come back mended. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { check, HEAD, ORDERS, put, recipeOf } from './checking.ts';
import { accounts, openDesk, type Desk, type Entry, type Recipe } from './desk.ts';

describe('rows with errors', () => {
  const entries = (): Entry[] => [accounts({ Renewal: { field: 'renewal_on' } }, { pattern: 'accounts*' }), ORDERS];
  const write = (desk: Desk): string => {
    put(desk, 'accounts-1.csv', 'Code,Name,Renewal', 'A,Apple,soon', 'B,Berry,2026-01-01');
    put(desk, 'orders-1.csv', HEAD, 'O1,A,2026-03-13,1', 'O2,B,2026-03-13,1');
    return desk.folder;
  };

  it('are left out with those that name them, go out as a file, and come back mended', async () => {
    const desk = openDesk();
    const folder = write(desk);
    const recipe = recipeOf(...entries());
    const answer = await check(desk, folder, recipe);
    expect(answer.report.left).toBe(2);
    const report = await desk.engine.call('import.run', { path: folder, recipe, leaveErrors: true });
    expect(report).toMatchObject({
      left: 2,
      lost: 0,
      files: [
        { added: 1, issues: 0 },
        { added: 1, issues: 0 },
      ],
    });
    expect(await desk.query('SELECT code FROM v_accounts')).toEqual([{ code: 'B' }]);
    expect(await desk.query('SELECT number FROM v_orders')).toEqual([{ number: 'O2' }]);

    const rest = await desk.engine.call('import.rest', { check: answer.check, to: path.join(folder, 'rest.csv') });
    expect(rest.files.map(({ rows }) => rows)).toEqual([1, 1]);
    const [first, second] = rest.files.map((file) => readFileSync(file.path, 'utf8'));
    expect(first).toContain('Code,Name,Renewal,Reason (left out of the import)\r\nA,Apple,soon,"“soon” is not a date.');
    expect(second).toContain('O1,A,2026-03-13,1,"Waits for row 2 of accounts-1.csv, which is left out"');

    put(desk, 'accounts-2.csv', String(first).replace('soon,', '2026-02-02,'));
    put(desk, 'orders-2.csv', String(second));
    const again = {
      ...recipe,
      files: [
        { ...entries()[0], pattern: 'accounts-2*' },
        { ...entries()[1], pattern: 'orders-2*' },
      ],
    };
    const mended = await desk.engine.call('import.run', { path: folder, recipe: again as Recipe });
    // The reasons are ours: nobody wants them back, and nothing is lost with them.
    expect(mended).toMatchObject({ lost: 0, files: [{ added: 1, same: 0 }, { added: 1 }] });
    expect(await desk.query('SELECT number FROM v_orders ORDER BY 1')).toEqual([{ number: 'O1' }, { number: 'O2' }]);
  });
});

describe('rows that are wrong only without others', () => {
  it('are left out too, told in the check and written with the rest', async () => {
    const desk = openDesk();
    const recipe = recipeOf(accounts({ Parent: { field: 'parent_id', lookup: { table: 'accounts', by: 'code' } } }));
    await desk.engine.call('import.run', { path: put(desk, 'a.csv', 'Code,Name,Parent', 'B,Berry,A', 'A,Apple,'), recipe });
    // B would no longer stand below A; but its row has an error and is left out, and so A would stand below itself.
    const file = put(desk, 'a.csv', 'Code,Name,Parent', 'A,Apple,B', 'B,Berry,Nobody');
    const answer = await check(desk, file, recipe);
    expect(answer.results).toMatchObject({ error: 1 });
    expect(answer.report.left).toBe(2);
    const rest = await desk.engine.call('import.rest', { check: answer.check, to: path.join(desk.folder, 'rest.csv') });
    expect(rest.rows).toBe(2);
    expect(await desk.engine.call('import.run', { path: file, recipe, leaveErrors: true })).toMatchObject({ left: 2 });
  });
});

describe('the rest of a check', () => {
  const NAMES = ['=Sum', '007'];
  it.each(['rest.csv', 'rest.xlsx'])('as %s has the same columns and a reason, and comes back as it was', async (name) => {
    const desk = openDesk();
    const entry = accounts({ Renewal: { field: 'renewal_on' }, Spare: { ignore: true } });
    const lines = NAMES.map((text, n) => `C${n},${text},soon,"a ""b"", c"`);
    const answer = await check(desk, put(desk, 'a.csv', 'Code,Name,Renewal,Spare', ...lines), recipeOf(entry));
    const rest = await desk.engine.call('import.rest', { check: answer.check, to: path.join(desk.folder, name) });
    expect(rest).toMatchObject({ rows: 2, path: path.join(desk.folder, name) });
    const back = await desk.engine.call('import.inspect', { path: rest.path });
    expect(back.columns.map(({ header }) => header)).toEqual([
      'Code',
      'Name',
      'Renewal',
      'Spare',
      'Reason (left out of the import)',
    ]);
    await desk.engine.call('import.run', { path: rest.path, recipe: recipeOf(entry) });
    expect(await desk.query('SELECT name FROM v_accounts ORDER BY code')).toEqual(NAMES.map((text) => ({ name: text })));
  });

  it('without errors is no file', async () => {
    const desk = openDesk();
    const answer = await check(desk, put(desk, 'a.csv', 'Code,Name', 'A,Apple'), recipeOf(accounts()));
    const call = desk.engine.call('import.rest', { check: answer.check, to: path.join(desk.folder, 'rest.csv') });
    await expect(call).rejects.toMatchObject({ code: 'invalid' });
  });
});
