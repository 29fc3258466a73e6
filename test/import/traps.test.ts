/** What real files do to an importer (one small file each), and what becomes of it. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { accounts, fixtures, openDesk, type Entry } from './desk.ts';

const city = { City: { field: 'city' } } as const;

describe('encodings, line ends and separators: the same two accounts', () => {
  it.each([
    ['utf8.csv', 'utf-8', 'comma'],
    ['utf8-bom.csv', 'utf-8', 'comma'],
    ['windows-1252.csv', 'windows-1252', 'comma'],
    ['utf16le-bom.csv', 'utf-16le', 'comma'],
    ['utf16be.csv', 'utf-16be', 'comma'],
    ['cr-only.csv', 'utf-8', 'comma'],
    ['no-final-newline.csv', 'utf-8', 'comma'],
    ['mixed-newlines.csv', 'utf-8', 'comma'],
    ['no-break-space.csv', 'utf-8', 'comma'],
    ['tabs.csv', 'utf-8', 'tab'],
    ['sep-line.csv', 'utf-8', 'pipe'],
    ['caret.txt', 'utf-8', '“^”'],
  ])('%s', async (file, encoding, separator) => {
    const desk = openDesk();
    const report = await desk.run(file, [accounts(city)]);
    expect(report).toMatchObject({ lost: 0, files: [{ added: 2, issues: 0 }] });
    expect(report.files[0]).toMatchObject({
      encoding: { answer: encoding, sure: true },
      delimiter: { answer: separator, sure: true },
    });
    expect(await desk.query('SELECT code, name, city FROM v_accounts ORDER BY code')).toEqual([
      { code: 'HARB', name: 'Harbour Foods', city: 'Hull' },
      { code: 'KOEN', name: 'Königlich Essen', city: 'Münster' },
    ]);
  });

  it.each([
    ['replaced.csv', /already lost before/],
    ['encoded-twice.csv', /places look encoded twice \(“Ã¶” for “ö”\): read it as utf-8-twice to undo that/],
  ])('%s is warned of and left as it is', async (file, says) => {
    const desk = openDesk();
    const report = await desk.run(file, [accounts(city)]);
    expect(report.files[0]?.encoding.because.join()).toMatch(says);
    expect(report.files[0]?.notes.join()).toMatch(says);
    const { notes } = await desk.engine.call('import.propose', { path: path.join(fixtures, file) });
    expect(notes.join()).toMatch(says);
  });

  it('encoding twice is undone where the recipe asks for it', async () => {
    const desk = openDesk();
    await desk.run('encoded-twice.csv', [accounts(city, { encoding: 'utf-8-twice' })]);
    expect(await desk.query('SELECT name, city FROM v_accounts ORDER BY code')).toEqual([
      { name: 'Harbour Foods', city: 'Hull' },
      { name: 'Königlich Essen', city: 'Münster' },
    ]);
  });

  it('signs that stand in no word of Windows-1252 are those of a Macintosh, and that is not sure', async () => {
    const desk = openDesk();
    const report = await desk.run('macintosh.csv', [accounts(city)]);
    expect(report.files[0]?.encoding).toMatchObject({ answer: 'macintosh', sure: false });
    expect(await desk.query('SELECT name, city FROM v_accounts ORDER BY code')).toEqual([
      { name: 'Müller', city: 'Köln' },
      { name: 'François', city: 'Orléans' },
    ]);
  });

  it('units and records told apart by their own characters', async () => {
    const desk = openDesk();
    const report = await desk.run('units.txt', [accounts(city)]);
    expect(report).toMatchObject({ lost: 0, files: [{ added: 2, delimiter: { answer: 'unit separator', sure: true } }] });
    expect(await desk.query('SELECT name, city FROM v_accounts ORDER BY code')).toEqual([
      { name: 'Apple, Pear', city: 'Hull' },
      { name: 'Plum', city: 'York' },
    ]);
  });

  it('a headerless file is named by positions', async () => {
    const desk = openDesk();
    const entry = accounts({ '#2': { field: 'renewal_on' }, '#3': { field: 'credit_limit' } }, { key: ['#1'], columns: {} });
    const columns = { '#1': { field: 'code' }, '#2': { field: 'renewal_on' }, '#3': { field: 'credit_limit' } };
    const report = await desk.run('headerless.csv', [{ ...entry, columns }]);
    expect(report).toMatchObject({ lost: 0, files: [{ added: 2, headerRow: { answer: 'none' } }] });
    expect(await desk.query('SELECT code, renewal_on, credit_limit FROM v_accounts ORDER BY code')).toEqual([
      { code: 'HARB', renewal_on: '2024-02-01', credit_limit: 7 },
      { code: 'KOEN', renewal_on: '2024-01-31', credit_limit: 12.5 },
    ]);
  });
});

describe('dates', () => {
  it('of two orders in one file: each column by its own cells', async () => {
    const desk = openDesk();
    await desk.run('two-date-orders.csv', [
      accounts({ Renewal: { field: 'renewal_on' }, 'Next step due': { field: 'next_step_on' } }),
    ]);
    expect(await desk.query('SELECT renewal_on, next_step_on FROM v_accounts ORDER BY code')).toEqual([
      { renewal_on: '2025-11-13', next_step_on: '2025-11-13' },
      { renewal_on: '2025-04-03', next_step_on: '2025-04-03' },
    ]);
  });

  it('of many shapes in one column', async () => {
    const desk = openDesk();
    const report = await desk.run('mixed-dates.csv', [accounts({ Renewal: { field: 'renewal_on' } })]);
    expect(report).toMatchObject({ lost: 0, files: [{ issues: 0 }] });
    expect(report.files[0]?.notes).toEqual(['Renewal: the time of day is left out of 2 cells']);
    expect((await desk.query('SELECT renewal_on FROM v_accounts ORDER BY code')).map((row) => row['renewal_on'])).toEqual([
      '2006-06-02',
      '2006-11-13',
      '2006-09-05',
      '2012-10-09',
      '2006-11-13',
      '2006-01-02',
      '2024-01-22',
    ]);
  });

  it('that nobody can tell are refused with the cells, and nothing is written', async () => {
    const desk = openDesk();
    const entry = accounts({ Renewal: { field: 'renewal_on' } });
    await expect(desk.run('ambiguous-dates.csv', [entry])).rejects.toMatchObject({
      code: 'ambiguous',
      message: expect.stringMatching(
        /“Renewal”: “03\/04\/2025” \(row 2\), “05\/06\/2025” \(row 3\) fit both.*dateOrder/,
      ) as unknown,
    });
    expect(await desk.query('SELECT count(*) AS n FROM v_accounts')).toEqual([{ n: 0 }]);
    await desk.run('ambiguous-dates.csv', [accounts({ Renewal: { field: 'renewal_on', dateOrder: 'dmy' } })]);
    expect(await desk.query("SELECT renewal_on FROM v_accounts WHERE code = 'A'")).toEqual([{ renewal_on: '2025-04-03' }]);
  });

  it('that are day numbers of a spreadsheet are kept as text, with what they may mean', async () => {
    const desk = openDesk();
    const report = await desk.run('serials.csv', [accounts({ Renewal: { field: 'renewal_on' } })]);
    expect(report).toMatchObject({ lost: 0, files: [{ issues: 2, issuesByCode: { DATE_PARSE: 2 } }] });
    const evidence = report.files[0]?.columns.find(({ header }) => header === 'Renewal')?.evidence;
    expect(evidence?.because.join()).toContain(
      '“44197” (row 2) may be the day number of a spreadsheet, 2021-01-01 counted from 1900, 2025-01-02 from 1904',
    );
  });

  it('of things that end before they begin are kept and told', async () => {
    const report = await openDesk().run('reversed.csv', [
      accounts({
        Opened: { custom: 'Opened' },
        Closed: { custom: 'Closed' },
        'Shipped on': { custom: 'Shipped' },
        'Delivered on': { custom: 'Delivered' },
      }),
    ]);
    expect(report).toMatchObject({ lost: 0, files: [{ issues: 0 }] });
    expect(report.files[0]?.notes).toEqual([
      'Ends before it begins in 1 row: “Closed” comes before “Opened”: “2024-01-04” (row 2)',
      'Ends before it begins in 1 row: “Delivered on” comes before “Shipped on”: “2024-02-01” (row 3)',
    ]);
  });

  it('that mean "never" are blank', async () => {
    const desk = openDesk();
    const report = await desk.run('never-dates.csv', [accounts({ Renewal: { field: 'renewal_on' } })]);
    expect(report).toMatchObject({ lost: 0, files: [{ issues: 0 }] });
    expect(await desk.query('SELECT code FROM v_accounts WHERE renewal_on IS NOT NULL')).toEqual([{ code: 'D' }]);
  });
});

describe('cells that are not what their column is', () => {
  it('text in a date or number column is kept as it was written, counted, and never 0', async () => {
    const desk = openDesk();
    const report = await desk.run('text-in-columns.csv', [
      accounts({ Renewal: { field: 'renewal_on' }, Limit: { field: 'credit_limit' } }),
    ]);
    expect(report).toMatchObject({ lost: 0, files: [{ issues: 4, issuesByCode: { DATE_PARSE: 2, NUM_PARSE: 2 } }] });
    expect(
      await desk.query(`SELECT a.code, i.field, i.raw FROM v_cell_issues i JOIN v_accounts a ON a.id = i.id ORDER BY 1, 2`),
    ).toEqual([
      { code: 'A', field: 'credit_limit', raw: 'Freight Included in Commodity Cost' },
      { code: 'A', field: 'renewal_on', raw: 'Pre-PQ Process' },
      { code: 'C', field: 'credit_limit', raw: 'See DN-304 (ID#:10589)' },
      { code: 'C', field: 'renewal_on', raw: 'N/A' },
    ]);
    expect(await desk.query('SELECT credit_limit FROM v_accounts ORDER BY code')).toEqual([
      { credit_limit: null },
      { credit_limit: 1200.5 },
      { credit_limit: null },
    ]);
  });

  it('N/A is a value, blank is none, and ? is what the recipe says', async () => {
    const desk = openDesk();
    const entry = accounts({ Industry: { field: 'industry', map: { '?': '' } }, Tier: { field: 'tier', map: { '?': '' } } });
    expect(await desk.run('not-available.csv', [entry])).toMatchObject({ lost: 0, files: [{ issues: 0 }] });
    expect(await desk.query('SELECT industry, tier FROM v_accounts ORDER BY code')).toEqual([
      { industry: 'N/A', tier: null },
      { industry: null, tier: 'A' },
      { industry: null, tier: 'B' },
    ]);
  });

  it('leading zeros and long ids stay text, in codes and in custom fields', async () => {
    const desk = openDesk();
    await desk.run('codes.csv', [accounts({ 'Salesforce Id': { custom: 'Salesforce Id' } })]);
    expect(await desk.query('SELECT code, "Salesforce Id" AS id FROM v_accounts ORDER BY name')).toEqual([
      { code: '007', id: '001Ec00000GGw3iIAD' },
      { code: '7', id: '001Ec00000GGw3iIAE' },
      { code: '1.10', id: '123456789012345678' },
    ]);
  });

  it('formulas are text, and our own guard comes off', async () => {
    const desk = openDesk();
    await desk.run('formulas.csv', [accounts({ Notes: { field: 'notes' } })]);
    expect(await desk.query('SELECT name, notes FROM v_accounts ORDER BY code')).toEqual([
      { name: '=1+1', notes: '-2+3' },
      { name: '@sum', notes: '+49 30 123' },
      { name: '#CAJUN.HTM#', notes: '=guarded' },
    ]);
  });

  it('line breaks and doubled quotes stay inside their cell', async () => {
    const desk = openDesk();
    await desk.run('breaks.csv', [accounts({ Notes: { field: 'notes' } })]);
    expect(await desk.query('SELECT name, notes FROM v_accounts ORDER BY code')).toEqual([
      { name: 'Apple Ltd', notes: 'first line\nsecond "line"' },
      { name: 'Pear, Plum & Co', notes: 'plain' },
    ]);
  });
});

describe('headers', () => {
  it('of one name, of none, with signs and white space are told apart', async () => {
    const desk = openDesk();
    const columns = {
      'customer#': { field: 'code' },
      NAME: { field: 'name' },
      Name: { custom: 'Second name' },
      'Tel. (office)/mobile': { field: 'phones[office]' },
      '#5': { field: 'industry' },
      Naem: { ignore: true },
    } as const;
    const report = await desk.run('headers.csv', [accounts({}, { key: ['Customer #'], columns })]);
    expect(report.lost).toBe(0);
    expect(report.files[0]?.columns.map(({ header, to }) => [header, to?.replace(/^x_.*/, 'custom') ?? null])).toEqual([
      ['Customer #', 'code'],
      ['NAME', 'name'],
      ['Name', 'custom'],
      ['Tel. (office)/mobile', 'phones[office]'],
      ['#5', 'industry'],
      ['Naem', null],
    ]);
  });

  it('of 62 columns, mostly blank: a cell nobody asked for is counted as lost', async () => {
    const report = await openDesk().run('wide.csv', [accounts()]);
    expect(report).toMatchObject({ lost: 1, files: [{ notes: ['Cells that went nowhere, by column (1): Spare 42: 1'] }] });
  });

  it('below the titles of a report: titles and totals are named and are no records', async () => {
    const desk = openDesk();
    const report = await desk.run('furniture.csv', [accounts({ ...city, Limit: { field: 'credit_limit' } })]);
    expect(report.files[0]).toMatchObject({
      added: 3,
      furniture: 3,
      skipped: 0,
      lost: 0,
      headerRow: { answer: 'row 4', sure: true },
    });
    expect(report.files[0]?.notes.join('\n')).toContain('row 9 “Grand Totals (3 records) · 35”');
    expect(report.files[0]?.headerRow.because.join('\n')).toContain('Accounts by owner');
    expect((await desk.query('SELECT code FROM v_accounts ORDER BY code')).map((row) => row['code'])).toEqual(['A', 'B', 'C']);
  });
});

describe('a report as it is printed', () => {
  it('titles, two header rows, totals inside and below, and lines about it: none of them is a record', async () => {
    const desk = openDesk();
    const columns = {
      Code: { field: 'code' },
      Name: { field: 'name' },
      'First half Qty': { custom: 'Qty 1' },
      'First half Net': { custom: 'Net 1' },
      'Second half Qty': { custom: 'Qty 2' },
      'Second half Net': { custom: 'Net 2' },
    } as const;
    const report = await desk.run('report.csv', [accounts({}, { columns })]);
    expect(report.files[0]).toMatchObject({ added: 3, furniture: 4, headerRow: { answer: 'row 5' } });
    expect(report.files[0]?.headerRow.because.join()).toMatch(
      /row 4 spans the columns below it.*above the table: “Open cases by owner”/,
    );
    expect(report.files[0]?.notes.join()).toMatch(
      /“Subtotal · 10 · 11.50 · 12 · 13.50”.*“Grand Totals \(3 records\) · 15.*“Confidential.*“Copyright/,
    );
    // A company may be called “Total Energies”.
    expect(await desk.query('SELECT code, name FROM v_accounts ORDER BY code')).toEqual([
      { code: '007', name: 'Apple' },
      { code: '008', name: 'Pear' },
      { code: 'Total Energies', name: 'Total' },
    ]);
  });
});

describe('links and keys', () => {
  const contacts: Entry = {
    pattern: 'contacts.csv',
    table: 'contacts',
    system: 'test.contacts',
    key: [],
    columns: { Name: { field: 'name' }, Company: { field: 'party', lookup: { table: 'accounts', by: 'name' } } },
  };
  const customers = accounts({ 'E-mail': { field: 'email' } }, { pattern: 'customers.csv' });

  it('a near miss and a name of two stay text; one e-mail for all makes nobody the same', async () => {
    const desk = openDesk();
    await desk.run('customers.csv', [customers]);
    const report = await desk.run('contacts.csv', [contacts]);
    expect(report).toMatchObject({ lost: 0, files: [{ added: 4, issuesByCode: { LINK_NONE: 2, LINK_MANY: 1 } }] });
    expect(await desk.query('SELECT count(*) AS n FROM v_accounts')).toEqual([{ n: 3 }]);
    expect(await desk.query("SELECT raw, code FROM v_cell_issues WHERE field = 'party' ORDER BY raw")).toEqual([
      { raw: 'GTXPro', code: 'LINK_NONE' },
      { raw: 'Two Brothers', code: 'LINK_MANY' },
      { raw: 'b', code: 'LINK_NONE' },
    ]);
  });

  it('a link that was not found is found by a later import of the same file', async () => {
    const desk = openDesk();
    const first = await desk.run('contacts.csv', [contacts]);
    expect(first.files[0]?.issuesByCode).toEqual({ LINK_NONE: 4 });
    await desk.run('customers.csv', [customers]);
    const again = await desk.run('contacts.csv', [contacts]);
    expect(again.files[0]).toMatchObject({ added: 0, updated: 2, same: 2, issuesByCode: { LINK_NONE: 2, LINK_MANY: 1 } });
    expect((await desk.run('contacts.csv', [contacts])).files[0]).toMatchObject({ updated: 0, same: 4 });
  });

  it('without a key equal rows are told apart by their number, both kept and named', async () => {
    const desk = openDesk();
    const entry = { ...contacts, pattern: 'same-rows.csv' };
    const report = await desk.run('same-rows.csv', [entry]);
    expect(report.files[0]).toMatchObject({ added: 3, lost: 0, notes: ['The same row twice; both are kept (1): row 3'] });
    expect((await desk.run('same-rows.csv', [entry])).files[0]).toMatchObject({ added: 0, same: 3 });
  });

  it('a key twice: a row that says the same again is the same, rows that say different things are not taken', async () => {
    const desk = openDesk();
    await desk.run('customers.csv', [customers]);
    const entry: Entry = {
      pattern: 'repeated-keys.csv',
      table: 'orders',
      system: 'test.orders',
      key: ['Order'],
      columns: {
        Order: { field: 'number' },
        Customer: { field: 'account_id' },
        Ordered: { field: 'ordered_on' },
        Line: { ignore: true },
      },
    };
    const report = await desk.run('repeated-keys.csv', [entry]);
    expect(report.files[0]).toMatchObject({ added: 1, skipped: 1, refused: 2, lost: 0 });
    const notes = report.files[0]?.notes.join('\n');
    expect(notes).toMatch(/row 3 repeats 1 of row 2/);
    expect(notes).toMatch(/row 4: “2” stands twice in this file: rows 4 and 5/);
    expect(await desk.query('SELECT number FROM v_orders')).toEqual([{ number: '1' }]);
  });
});
