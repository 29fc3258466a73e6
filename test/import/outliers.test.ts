/** One odd cell in a long column is that cell's trouble: the others are read as they would be without it, and a right file heals. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { judgeDates } from '../../shared/domain/import/dates.ts';
import { judgeNumbers } from '../../shared/domain/import/numbers.ts';
import { accounts, openDesk, type Desk, type Entry } from './desk.ts';

const cells = (...texts: readonly string[]) => texts.map((text, at) => ({ row: at + 2, text }));
const times = (count: number, text: string): readonly string[] => Array.from({ length: count }, () => text);

const put = (desk: Desk, header: string, texts: readonly string[]): string => {
  const file = path.join(desk.folder, 'rates.csv');
  writeFileSync(file, [`Code,Name,${header}`, ...texts.map((text, at) => `${at},N,"${text}"`)].join('\n'));
  return file;
};

const rates: Entry['columns'] = { Rate: { custom: 'Rate', type: 'percent' } };
const ratesAsTheyAre: Entry['columns'] = { Rate: { custom: 'Rate' } };

/** A desk that has Rate as a percent already, so that a column without a type is judged by its cells. */
const openRates = async (): Promise<Desk> => {
  const desk = openDesk();
  const file = path.join(desk.folder, 'first.csv');
  writeFileSync(file, 'Code,Name,Rate\nZ,Zest,5%');
  await desk.run(file, [accounts(rates)]);
  return desk;
};

const read = async (desk: Desk) =>
  (await desk.query("SELECT Rate AS rate FROM v_accounts WHERE code <> 'Z' ORDER BY CAST(code AS INTEGER)")).map(
    ({ rate }) => rate,
  );

it('one 1.5 among fractions is marked, and makes no percents of the others', async () => {
  const desk = await openRates();
  const report = await desk.run(put(desk, 'Rate', ['1.5', ...times(20, '0.15')]), [accounts(ratesAsTheyAre)]);
  expect(report.files[0]?.columns[2]?.evidence).toMatchObject({
    answer: 'fractions: 0.05 is 5 %',
    sure: false,
    because: [expect.stringMatching(/20 values are below 1, “1\.5” \(row 2\) is not/), expect.stringMatching(/decimal point/)],
  });
  expect(report.files[0]).toMatchObject({ warnings: 1, issuesByCode: { PERCENT_READ: 1 } });
  expect(await read(desk)).toEqual([1.5, ...times(20, '0.15').map(Number)]);
});

it('one among nineteen is no slip: percents, and each fraction marked', async () => {
  const desk = await openRates();
  const report = await desk.run(put(desk, 'Rate', ['1.5', ...times(19, '0.15')]), [accounts(ratesAsTheyAre)]);
  expect(report.files[0]).toMatchObject({ warnings: 19 });
  expect((await read(desk))[1]).toBe(0.0015);
});

it('a column that was read wrongly is read again when it is read another way, though its texts are the same', async () => {
  const desk = await openRates();
  await desk.run(put(desk, 'Rate', ['1.5', ...times(3, '0.15')]), [accounts(ratesAsTheyAre)]);
  expect((await read(desk))[1]).toBe(0.0015);
  const [row] = await desk.query("SELECT id FROM v_accounts WHERE code = '3'");
  const patch = { kind: 'update', table: 'accounts', id: String(row?.['id']), values: { name: 'Ours' } } as const;
  await desk.engine.call('records.apply', { patches: [patch], label: 'By hand' });
  const right = put(desk, 'Rate', ['0.5', ...times(3, '0.15')]);
  expect((await desk.run(right, [accounts(ratesAsTheyAre)])).files[0]).toMatchObject({ updated: 4, same: 0 });
  expect(await read(desk)).toEqual([0.5, 0.15, 0.15, 0.15]);
  expect(await desk.run(right, [accounts(ratesAsTheyAre)])).toMatchObject({ batch: null, files: [{ updated: 0, same: 4 }] });
});

it('the same of days and decimal marks whose recipe says otherwise than before', async () => {
  const desk = openDesk();
  const columns = (dateOrder: 'dmy' | 'mdy', decimal: '.' | ','): Entry['columns'] => ({
    When: { field: 'renewal_on', dateOrder },
    Limit: { field: 'credit_limit', decimal },
  });
  const file = path.join(desk.folder, 'both.csv');
  writeFileSync(file, 'Code,Name,When,Limit\nA,Apple,03/04/2026,"1,250"');
  await desk.run(file, [accounts(columns('mdy', '.'))]);
  const look = () => desk.query('SELECT renewal_on, credit_limit FROM v_accounts');
  expect(await look()).toEqual([{ renewal_on: '2026-03-04', credit_limit: 1250 }]);
  await desk.run(file, [accounts(columns('dmy', ','))]);
  expect(await look()).toEqual([{ renewal_on: '2026-04-03', credit_limit: 1.25 }]);
});

it('one decimal comma among points is no number, and nobody is asked', async () => {
  const desk = openDesk();
  const file = put(desk, 'Limit', ['1.234,5', ...times(20, '10.25')]);
  const report = await desk.run(file, [accounts({ Limit: { field: 'credit_limit' } })]);
  expect(report.files[0]).toMatchObject({ issues: 1, issuesByCode: { NUM_PARSE: 1 } });
  const stored = await desk.query('SELECT sum(credit_limit) AS sum FROM v_accounts');
  expect(stored).toEqual([{ sum: 205 }]);
  expect(await desk.query('SELECT field, raw FROM v_cell_issues')).toEqual([{ field: 'credit_limit', raw: '1.234,5' }]);
  expect(judgeNumbers(cells('1.234,5', ...times(19, '10.25'))).mark).toBe(null);
});

it('one day first among many month first is no date; as many as that of either are asked about', () => {
  expect(judgeDates(cells('13/11/2006', ...times(20, '11/13/2006')), 2026)).toMatchObject({ order: 'mdy', sure: false });
  expect(judgeDates(cells('13/11/2006', ...times(19, '11/13/2006')), 2026)).toMatchObject({ order: null, sure: false });
});

it('a day that no order has is said to be none', async () => {
  const desk = openDesk();
  const report = await desk.run(put(desk, 'When', ['31.02.2026', '05.05.2026']), [accounts({ When: { field: 'renewal_on' } })]);
  expect(report.files[0]).toMatchObject({ issues: 1, issuesByCode: { DATE_RANGE: 1 } });
});

it('what an undone import could not read is told no more, and comes back with it', async () => {
  const desk = openDesk();
  await desk.run(put(desk, 'Limit', ['12x']), [accounts({ Limit: { field: 'credit_limit' } })]);
  const count = async () => (await desk.query('SELECT count(*) AS n FROM v_cell_issues'))[0]?.['n'];
  expect(await count()).toBe(1);
  await desk.engine.call('undo.undo', {});
  expect(await count()).toBe(0);
  await desk.engine.call('undo.redo', {});
  expect(await count()).toBe(1);
});

it('a value somebody put right stays where the file, read another way, cannot be read', async () => {
  const desk = openDesk();
  const file = path.join(desk.folder, 'both.csv');
  writeFileSync(file, 'Code,Name,When,Limit\nA,Apple,31/12/2026,"1.250,50"');
  const by = (dateOrder: 'dmy' | 'mdy', decimal: '.' | ',') =>
    desk.run(file, [accounts({ When: { field: 'renewal_on', dateOrder }, Limit: { field: 'credit_limit', decimal } })]);
  expect((await by('mdy', '.')).files[0]).toMatchObject({ issues: 2 });
  const [row] = await desk.query('SELECT id FROM v_accounts');
  const values = { renewal_on: '2026-12-31', credit_limit: 125_050 };
  const patch = { kind: 'update', table: 'accounts', id: String(row?.['id']), values } as const;
  await desk.engine.call('records.apply', { patches: [patch], label: 'By hand' });
  for (const [order, mark] of [
    ['mdy', '.'],
    ['dmy', ','],
    ['mdy', '.'],
  ] as const)
    expect((await by(order, mark)).files[0]).toMatchObject({ issues: 0, updated: 0 });
  expect(await desk.query('SELECT renewal_on, credit_limit FROM v_accounts')).toEqual([
    { renewal_on: '2026-12-31', credit_limit: 1250.5 },
  ]);
});

it('a link somebody put right is no news of a file that did not change', async () => {
  const desk = openDesk();
  const file = path.join(desk.folder, 'owned.csv');
  writeFileSync(file, 'Code,Name,Parent\nA,Apple,\nB,Berry,NONE');
  const run = () => desk.run(file, [accounts({ Parent: { field: 'parent_id', lookup: { table: 'accounts', by: 'code' } } })]);
  expect((await run()).files[0]).toMatchObject({ issues: 1 });
  const [a] = await desk.query("SELECT id FROM v_accounts WHERE code = 'A'");
  const [b] = await desk.query("SELECT id FROM v_accounts WHERE code = 'B'");
  const patch = { kind: 'update', table: 'accounts', id: String(b?.['id']), values: { parent_id: String(a?.['id']) } } as const;
  await desk.engine.call('records.apply', { patches: [patch], label: 'By hand' });
  expect((await run()).files[0]).toMatchObject({ issues: 0, kept: 0, updated: 0 });
  expect(await desk.query("SELECT parent_code FROM v_accounts WHERE code = 'B'")).toEqual([{ parent_code: 'A' }]);
});
