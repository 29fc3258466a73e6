/** Pastes over contacts, from the event to the disk, against the same cells in one call to an engine of this process. */
import { openReader } from '../../../electron/engine/store/file/db.ts';
import { openEngine } from '../../../electron/engine/engine.ts';
import { createEnv } from '../../../electron/engine/options.ts';
import { optionsFor } from '../../fakes/processes.ts';
import type { Job } from '../job.ts';
import { pairOf, sample, type Sample } from '../measure.ts';
import { rowBeside, type Row } from '../rows.ts';
import { openRegister, type BenchPage } from './page.ts';

/** As they stand on the screen; what is worked out is left out by the paste. */
const columns = ['name', 'party', 'role', 'emails', 'phones', 'last_contact_on', 'next_due_on', 'consent', 'owner_id'];
const written = columns.filter((column) => column !== 'last_contact_on');

/** One row of texts, other ones in every paste. */
const textsOf = (paste: number, row: number): Readonly<Record<string, string>> => ({
  name: `Person ${paste}-${row}`,
  party: `A${String((paste + row) % 90).padStart(5, '0')}`,
  role: `Buyer ${paste}`,
  emails: `p${row}.${paste}@example.test`,
  phones: `0131 ${100_000 + row}`,
  next_due_on: `2026-0${1 + (paste % 9)}-15`,
  consent: paste % 2 === 0 ? 'Yes' : 'No',
  owner_id: `P${(paste + row) % 40}`,
});

const tsvOf = (paste: number, rows: number): string =>
  Array.from({ length: rows }, (_, row) => {
    const texts = textsOf(paste, row);
    return `${columns.map((column) => texts[column] ?? '').join('\t')}\r\n`;
  }).join('');

/** Pastes at the top of the list. */
const pasteOnce = async ({ page, recorder, cpu }: BenchPage, text: string): Promise<Sample> => {
  await page.keyboard.press('Control+Home');
  await page.locator('.ag-row[row-index="0"] .ag-cell[col-id="name"]:focus').waitFor();
  const before = await cpu();
  const wall = await recorder.evaluate((it, given) => it.paste(given), text);
  const spent = (await cpu()) - before;
  const close = page.getByTestId('paste-bar').getByRole('button', { name: 'Close' });
  await close.click();
  await close.waitFor({ state: 'detached' });
  return { wall, cpu: spent };
};

const idsOf = (path: string, rows: number): readonly string[] => {
  const db = openReader(path);
  const ids = db.prepare<[number], string>('SELECT id FROM live_contacts ORDER BY _n LIMIT ?').pluck().all(rows);
  db.close();
  return ids;
};

export const measurePaste = async (bench: BenchPage, { file, copy, times }: Job): Promise<readonly Row[]> => {
  await openRegister(bench, 'Contacts');
  const beside = copy(file, 'pasted.db');
  const engine = openEngine(createEnv(optionsFor(beside)));
  const found: Row[] = [];
  for (const [rows, count] of [
    [200, times(10, 3)],
    [times(5000, 400), times(4, 1)],
  ] as const) {
    const ids = idsOf(beside, rows);
    const apply = (paste: number): unknown =>
      engine.call('records.apply', {
        label: 'Paste',
        source: 'paste',
        skip: true,
        patches: ids.map((id, row) => {
          const texts = textsOf(paste, row);
          const values = Object.fromEntries(written.map((column) => [column, { '?': texts[column] ?? '' }]));
          return { kind: 'update', table: 'contacts', id, values };
        }),
      });
    const [jobs, limits]: [Sample[], Sample[]] = [[], []];
    for (let at = 0; at < count; at += 1) {
      jobs.push(await pasteOnce(bench, tsvOf(at + rows, rows)));
      limits.push(await sample(() => apply(at + rows)));
    }
    const pair = pairOf(jobs, limits);
    const note = 'limit: the same cells in one call to the engine';
    found.push(rowBeside(`grid: paste of ${rows} x ${written.length}, event to durable`, pair, 'wall', { note }));
  }
  engine.close();
  return found;
};
