/** A contact is erased by the command line: refused until it is asked for sure, then gone from what any command shows. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeTemp } from '../setup/temp.ts';
import { openWorkbench } from './workbench.ts';

const ID = '01900000-0000-7000-8000-0000000000c1';

it('a contact is erased for sure, and only then', { timeout: 120_000 }, async () => {
  const folder = makeTemp();
  const desk = openWorkbench(path.join(folder, 'mine.db'), folder);
  const patches = [{ kind: 'insert', table: 'contacts', id: ID, values: { name: 'Ann Quillfeather', role: 'Buyer' } }];
  expect(await desk.run('call', 'records.apply', JSON.stringify({ label: 'New', patches }))).toMatchObject({ code: 0 });
  const unsure = await desk.run('erase', ID);
  expect(unsure.code).not.toBe(0);
  for (const words of ['cannot be undone', 'history', '--sure']) expect(unsure.err).toContain(words);
  expect(await desk.query('SELECT name FROM v_contacts')).toEqual([{ name: 'Ann Quillfeather' }]);
  expect((await desk.run('erase', ID.replace('c1', 'c2'), '--sure')).err).toContain('There is no such record');
  expect(await desk.run('erase', ID, '--sure')).toMatchObject({ code: 0, err: '', out: 'Erased: Name, Role\n' });
  expect(await desk.query('SELECT name, role FROM v_contacts WHERE erased_on IS NOT NULL')).toEqual([{ name: null, role: null }]);
  // A name that was erased is not asked for again.
  expect(await desk.query('SELECT * FROM v_cell_issues')).toEqual([]);
  expect((await desk.run('undo')).out).toContain('nothing to take back');
  const past = await desk.run('call', 'records.history', JSON.stringify({ table: 'contacts', id: ID }));
  expect(past.out).not.toContain('Quillfeather');
  expect((await desk.run('erase', ID, '--sure')).out).toContain('held nothing');
  expect((await desk.run('check', '--full')).out).toContain('The file is sound.');
});
