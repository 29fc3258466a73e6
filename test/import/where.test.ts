/** Some rows of a file only: what one entry does not want, another may take; what none takes is lost, and counted. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { accounts, openDesk, type Desk } from './desk.ts';

const TEXT = 'Code,Lang,Name\r\nA,EN,Steel\r\nA, de ,Stahl\r\nB,EN,Wood\r\nB,fr,Bois\r\n';

const fileOf = ({ folder }: Desk): string => {
  const file = path.join(folder, 'texts.csv');
  writeFileSync(file, TEXT);
  return file;
};

test('rows are taken by the text of a column, in any case, by the entry that wants them', async () => {
  const desk = openDesk();
  const columns = { Lang: { ignore: true as const } };
  const report = await desk.run(fileOf(desk), [
    accounts(columns, { where: { Lang: ['en'] } }),
    accounts({ ...columns, Name: { custom: 'Name in German' } }, { where: { Lang: ['DE'] } }),
  ]);
  // The French name and its key are in no entry.
  expect(report.files.map(({ rows, lost }) => [rows, lost])).toEqual([
    [2, 2],
    [1, 0],
  ]);
  expect(await desk.query('SELECT code, name, "Name in German" AS german FROM v_accounts ORDER BY code')).toEqual([
    { code: 'A', name: 'Steel', german: 'Stahl' },
    { code: 'B', name: 'Wood', german: null },
  ]);
});

test('a column that the file does not have is named', async () => {
  const desk = openDesk();
  await expect(desk.run(fileOf(desk), [accounts({}, { where: { Language: ['EN'] } })])).rejects.toMatchObject({
    code: 'bad-recipe',
    message: expect.stringContaining('no column “Language”') as unknown,
  });
});
