/** The same source again: what it changed, what a person changed, what is gone, and one undo for all of it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { accounts, openDesk, type Desk, type Entry } from './desk.ts';

const columns: Entry['columns'] = {
  City: { field: 'city' },
  Phone: { field: 'phones[phone]' },
  Fax: { field: 'phones[fax]' },
  Renewal: { field: 'renewal_on' },
  Class: { custom: 'Class' },
};
const entry = accounts(columns);
const header = 'Code,Name,City,Phone,Fax,Renewal,Class';

const createSource = (desk: Desk) => {
  const file = path.join(desk.folder, 'source.csv');
  return {
    write: (...rows: readonly string[]): void => writeFileSync(file, [header, ...rows].join('\n')),
    run: (more: Partial<Entry> = {}, options: { readonly dryRun?: boolean } = {}) =>
      desk.run(file, [{ ...entry, ...more }], options),
  };
};

const APPLE = 'A,Apple Ltd,Hull,01,02,2025-06-30,x';
const PEAR = 'B,Pear Ltd,York,,,,';

/** Changes a field by hand. */
const edit = async (desk: Desk, code: string, values: Readonly<Record<string, string | null>>): Promise<void> => {
  const [row] = await desk.query(`SELECT id FROM v_accounts WHERE code = '${code}'`);
  const patch = { kind: 'update', table: 'accounts', id: String(row?.['id']), values } as const;
  await desk.engine.call('records.apply', { patches: [patch], label: 'By hand' });
};

const read = (desk: Desk) => desk.query('SELECT code, name, city, status FROM v_accounts ORDER BY code');

describe('a second import', () => {
  it('of the same file changes nothing and leaves no step', async () => {
    const desk = openDesk();
    const source = createSource(desk);
    source.write(APPLE, PEAR);
    expect((await source.run()).batch).not.toBe(null);
    const again = await source.run();
    expect(again).toMatchObject({ batch: null, lost: 0, files: [{ added: 0, updated: 0, same: 2 }] });
  });

  it('writes the fields whose source changed, and those only', async () => {
    const desk = openDesk();
    const source = createSource(desk);
    source.write(APPLE, PEAR);
    await source.run();
    await edit(desk, 'A', { city: 'Leeds' });
    source.write('A,Apple plc,Hull,01,03,2025-06-30,x', PEAR);
    expect(await source.run()).toMatchObject({ files: [{ updated: 1, same: 1, kept: 0 }] });
    expect((await read(desk))[0]).toMatchObject({ name: 'Apple plc', city: 'Leeds' });
    const [row] = await desk.query("SELECT id FROM v_accounts WHERE code = 'A'");
    const grid = await desk.engine.call('records.get', { table: 'accounts', id: String(row?.['id']) });
    expect(JSON.parse(String(grid?.v['phones']))).toEqual([
      ['phone', '01'],
      ['fax', '03'],
    ]);
  });

  it("keeps a person's change where the source changed too, once said", async () => {
    const desk = openDesk();
    const source = createSource(desk);
    source.write(APPLE, PEAR);
    await source.run();
    await edit(desk, 'A', { city: 'Leeds' });
    source.write('A,Apple Ltd,Bath,01,02,2025-06-30,x', PEAR);
    const report = await source.run();
    expect(report.files[0]).toMatchObject({ kept: 1, lost: 0, notes: ['Changed here and in the file, yours kept: 1 cell'] });
    expect((await read(desk))[0]).toMatchObject({ city: 'Leeds' });
    expect(await source.run()).toMatchObject({ batch: null, files: [{ kept: 0, same: 2 }] });
  });

  it('does not make again what was deleted here, and names it', async () => {
    const desk = openDesk();
    const source = createSource(desk);
    source.write(APPLE, PEAR);
    await source.run();
    const [row] = await desk.query("SELECT id FROM v_accounts WHERE code = 'B'");
    await desk.engine.call('records.apply', {
      patches: [{ kind: 'delete', table: 'accounts', id: String(row?.['id']) }],
      label: 'Delete',
    });
    const report = await source.run();
    expect(report.files[0]).toMatchObject({
      added: 0,
      deletedHere: 1,
      lost: 0,
      notes: ['Deleted here and not made again (1): B'],
    });
    expect((await read(desk)).map((one) => one['code'])).toEqual(['A']);
  });

  it('marks what is no longer in the file as inactive, once, and active when it is back', async () => {
    const desk = openDesk();
    const source = createSource(desk);
    source.write(APPLE, PEAR);
    await source.run();
    source.write(APPLE);
    const gone = await source.run({ missing: 'inactive' });
    expect(gone.files[0]?.notes).toEqual(['No longer in the file, marked inactive: 1']);
    expect((await read(desk)).map((one) => one['status'])).toEqual(['Active', 'Dormant']);
    expect((await source.run({ missing: 'inactive' })).batch).toBe(null);
    source.write(APPLE, PEAR);
    await source.run({ missing: 'inactive' });
    expect((await read(desk)).map((one) => one['status'])).toEqual(['Active', 'Active']);
  });

  it('takes a cell that was mended in the file', async () => {
    const desk = openDesk();
    const source = createSource(desk);
    source.write('A,Apple Ltd,Hull,01,02,soon,x');
    expect((await source.run()).files[0]).toMatchObject({ issuesByCode: { DATE_PARSE: 1 } });
    source.write('A,Apple Ltd,Hull,01,02,2025-07-01,x');
    expect((await source.run()).files[0]).toMatchObject({ updated: 1, issues: 0 });
    expect(await desk.query('SELECT renewal_on FROM v_accounts')).toEqual([{ renewal_on: '2025-07-01' }]);
    expect(await desk.query('SELECT count(*) AS n FROM v_cell_issues')).toEqual([{ n: 0 }]);
  });
});

describe('an import as a whole', () => {
  it('is one step: undo takes it back, and the rows are new again', async () => {
    const desk = openDesk();
    const source = createSource(desk);
    source.write(APPLE, PEAR);
    await source.run();
    expect((await desk.engine.call('undo.undo', {})).step?.label).toBe('Import Test');
    expect(await read(desk)).toEqual([]);
    expect((await source.run()).files[0]).toMatchObject({ added: 2 });
  });

  it('can be counted before it is made', async () => {
    const desk = openDesk();
    const source = createSource(desk);
    source.write(APPLE, PEAR);
    expect(await source.run({}, { dryRun: true })).toMatchObject({ batch: null, dryRun: true, lost: 0, files: [{ added: 2 }] });
    expect(await desk.query('SELECT (SELECT count(*) FROM v_accounts) + (SELECT count(*) FROM v_settings) AS n')).toEqual([
      { n: 0 },
    ]);
  });

  it('that is cancelled leaves nothing behind', async () => {
    const desk = openDesk();
    const source = createSource(desk);
    const many = Array.from({ length: 3000 }, (_, n) => `C${n},Customer ${n},Hull,,,,`);
    source.write(...many);
    const controller = new AbortController();
    const file = path.join(desk.folder, 'source.csv');
    const call = desk.engine.call('import.run', { path: file, recipe: { v: 1, name: 'Test', files: [entry] } }, undefined, {
      signal: controller.signal,
      onProgress: (_done, _total, what) => what === 'Importing' && controller.abort(),
    });
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(await desk.query('SELECT count(*) AS n FROM v_accounts')).toEqual([{ n: 0 }]);
    expect((await source.run()).files[0]).toMatchObject({ added: 3000 });
  });

  it('gives a file without settings the currency and zone of its recipe, for a person to confirm', async () => {
    const desk = openDesk();
    const source = createSource(desk);
    source.write(APPLE);
    await source.run();
    const info = await desk.engine.call('app.info', {});
    expect(info).toMatchObject({ company: { currency: 'GBP', zone: 'Europe/London' }, confirmed: false });
  });
});
