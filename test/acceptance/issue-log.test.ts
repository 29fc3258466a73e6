/**
 * A real issue log: how long answers and resolutions took, in hours of the year and in working hours, beside the same
 * counted minute by minute from the file itself. The log has no response of its own: its last change stands for one.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWeek } from '../../shared/domain/sla/hours.ts';
import type { Calendar } from '../../shared/domain/sla/work-time.ts';
import { openDesk, type Desk, type Entry } from '../import/desk.ts';
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

const entry = (resolved: string): Entry => {
  const columns: Entry['columns'] = {
    CaseNumber: { field: 'number' },
    Subject: { field: 'title' },
    createddate__c: { field: 'opened_at' },
    LastModifiedDate: { field: 'responded_at' },
    [resolved]: { field: 'resolved_at' },
    Status: { field: 'status', map: { open: 'open', Closed: 'closed' } },
    Priority: { field: 'severity', map: { High: 'sev2', Medium: 'sev3', Low: 'sev4' } },
  };
  return { pattern: 'Case.csv', table: 'cases', system: 'salesforce.cases', key: ['Id'], missing: 'ignore', columns };
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

const importLog = async (desk: Desk, folder: string, resolved: string) => {
  const { engine } = desk;
  const [id = '', ...holidays] = ids;
  await engine.call('records.apply', {
    label: 'Calendar',
    patches: [
      { kind: 'insert', table: 'sla_calendars', id, values: { name: 'Support', zone: calendar.zone, hours: HOURS } },
      ...Object.entries(calendar.holidays).map(([day, { name }], at) => ({
        kind: 'insert' as const,
        table: 'sla_holidays',
        id: holidays[at] ?? '',
        values: { calendar_id: id, day, name },
      })),
    ],
  });
  await desk.run(join(folder, 'Case.csv'), [entry(resolved)], { defaults: { currency: 'USD', zone: 'UTC' } });
  const { rows } = await engine.call('cases.times', { calendar: id });
  return new Map(rows.map((row) => [row.number ?? '', row]));
};

const hours = (ms: number | undefined): string => (ms === undefined ? '-' : (ms / HOUR).toFixed(2)).padStart(9);

const data = findData('exports/salesforce', 'Issue log');
describe.skipIf(data === null)('an issue log', () => {
  const folder = data ?? '';

  it('response and resolution in calendar and working hours, as counted by hand', { timeout: 120_000 }, async () => {
    const rows = await importLog(openDesk(), folder, 'ClosedDate');
    const lines: string[] = ['case       response: year   working   counted  resolution: year   working   counted'];
    for (const row of readLog(folder)) {
      const opened = momentOf(row['createddate__c']) ?? 0;
      const [response, resolution] = [row['LastModifiedDate'], row['ClosedDate']].map((text) => took(opened, momentOf(text)));
      const found = rows.get(row['CaseNumber'] ?? '');
      lines.push(
        [
          row['CaseNumber'],
          hours(found?.response?.calendar),
          hours(found?.response?.business),
          hours(response?.business),
          hours(found?.resolution?.calendar),
          hours(found?.resolution?.business),
          hours(resolution?.business),
        ].join('  '),
      );
      expect(found).toMatchObject({ opened, response, resolution, is_impossible: false });
    }
    process.stdout.write(`${lines.join('\n')}\n`);
    expect(rows.size).toBe(40);
  });

  it('cases that close before they open are flagged, and have no time at all', { timeout: 120_000 }, async () => {
    const rows = [...(await importLog(openDesk(), folder, 'CloseDate__c')).values()];
    expect(rows.filter((row) => row.is_impossible)).toHaveLength(14);
    expect(rows.filter((row) => row.is_impossible && row.resolution !== null)).toEqual([]);
  });
});
