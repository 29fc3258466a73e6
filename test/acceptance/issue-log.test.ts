/**
 * A real issue log: how long answers and resolutions took, in hours of the year and in working hours, beside the same
 * counted minute by minute from the file itself. The log has no response of its own: its last change stands for one.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OutputOf } from '../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../shared/contract/index.ts';
import { readWeek } from '../../shared/domain/sla/hours.ts';
import type { Calendar } from '../../shared/domain/sla/work-time.ts';
import { openWorkbench, type Workbench } from '../cli/workbench.ts';
import type { Recipe } from '../import/desk.ts';
import { makeTemp } from '../setup/temp.ts';
import { countMinutes, isWorked } from '../sla/count-minutes.ts';
import { findData } from './data.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const HOURS = 'Mon-Fri 08:00-12:00 13:00-17:00';
const calendar: Calendar = {
  name: 'Support',
  zone: 'America/New_York',
  week: readWeek(HOURS) ?? [],
  holidays: { '2023-11-23': { name: 'Thanksgiving', open: [] }, '2023-12-25': { name: 'Christmas', open: [] } },
};
const ids = ['1', '2', '3'].map((n) => `01900000-0000-7000-8000-00000000c00${n}`);

const recipeFile = join(import.meta.dirname, 'issue-log.recipe.json');

/** The recipe with another column for the end. @returns its file */
const recipeWith = (resolved: string, folder: string): string => {
  const recipe = JSON.parse(readFileSync(recipeFile, 'utf8')) as Recipe;
  const files = recipe.files.map(({ columns, ...entry }) => ({
    ...entry,
    columns: { ...columns, ClosedDate: { ignore: true }, [resolved]: { field: 'resolved_at' } },
  }));
  const file = join(folder, 'other-end.recipe.json');
  writeFileSync(file, JSON.stringify({ ...recipe, files }));
  return file;
};

type Row = Readonly<Record<string, string>>;

/** The file as text alone: it has no quoted cells in the columns that are looked at. */
const readLog = (folder: string): readonly Row[] => {
  const [head = '', ...lines] = readFileSync(join(folder, 'Case.csv'), 'utf8').replace('\uFEFF', '').trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
  });
};

const momentOf = (text: string | undefined): number | null =>
  text === undefined || text === '' ? null : Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text.replace('+0000', 'Z'));

/** Working milliseconds: whole minutes counted one by one, and what is left of the last. */
const countWork = (from: number, to: number): number => {
  const last = Math.floor(to / MINUTE) * MINUTE;
  return countMinutes(calendar, from, last) * MINUTE + (isWorked(calendar, last) ? to - last : 0);
};

const took = (from: number, to: number | null) =>
  to === null || to < from ? null : { calendar: to - from, business: countWork(from, to) };

type Times = OutputOf<WorkbenchContract['cases.times']>;

/** As a person does it: the calendar, the log by its recipe, the times; each a command. */
const importLog = async (workbench: Workbench, log: string, recipe: string) => {
  const [id = '', ...holidays] = ids;
  const patches = [
    { kind: 'insert', table: 'sla_calendars', id, values: { name: 'Support', zone: calendar.zone, hours: HOURS } },
    ...Object.entries(calendar.holidays).map(([day, { name }], at) => ({
      kind: 'insert',
      table: 'sla_holidays',
      id: holidays[at] ?? '',
      values: { calendar_id: id, day, name },
    })),
  ];
  await workbench.json('call', 'records.apply', JSON.stringify({ label: 'Calendar', patches }));
  expect(await workbench.run('import', log, '--recipe', recipe)).toMatchObject({ code: 0 });
  const { rows } = await workbench.json<Times>('call', 'cases.times', JSON.stringify({ calendar: id }));
  return new Map(rows.map((row) => [row.number ?? '', row]));
};

const openFile = (): { readonly folder: string; readonly workbench: Workbench } => {
  const folder = makeTemp();
  return { folder, workbench: openWorkbench(join(folder, 'log.db'), folder) };
};

const hours = (ms: number | undefined): string => (ms === undefined ? '-' : (ms / HOUR).toFixed(2)).padStart(10);

const data = findData('exports/salesforce', 'Issue log');
describe.skipIf(data === null)('an issue log', () => {
  const folder = data ?? '';

  it('response and resolution in calendar and working hours, as counted by hand', { timeout: 120_000 }, async () => {
    const rows = await importLog(openFile().workbench, join(folder, 'Case.csv'), recipeFile);
    const lines: string[] = [
      'hours of   response in the year    response in working hours  resolution in the year   resolution in working hours',
      'case       workbench    counted    workbench    counted        workbench    counted      workbench    counted',
    ];
    for (const row of readLog(folder)) {
      const opened = momentOf(row['createddate__c']) ?? 0;
      const [response, resolution] = [row['LastModifiedDate'], row['ClosedDate']].map((text) => took(opened, momentOf(text)));
      const found = rows.get(row['CaseNumber'] ?? '');
      lines.push(
        [
          row['CaseNumber'],
          ...[found?.response, found?.resolution].flatMap((said, at) => {
            const counted = at === 0 ? response : resolution;
            return [said?.calendar, counted?.calendar, said?.business, counted?.business].map(hours);
          }),
        ].join('  '),
      );
      expect(found).toMatchObject({ opened, response, resolution, is_impossible: false });
    }
    process.stdout.write(`${lines.join('\n')}\n`);
    expect(rows.size).toBe(40);
  });

  it('cases that close before they open are flagged, and have no time at all', { timeout: 120_000 }, async () => {
    const { folder: own, workbench } = openFile();
    const recipe = recipeWith('CloseDate__c', own);
    const rows = [...(await importLog(workbench, join(folder, 'Case.csv'), recipe)).values()];
    expect(rows.filter((row) => row.is_impossible)).toHaveLength(14);
    expect(rows.filter((row) => row.is_impossible && row.resolution !== null)).toEqual([]);
  });
});
