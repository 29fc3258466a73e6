/** What Today says of a row beside its cells: its band, its day, why it is here. */
import { addDays } from '../../../shared/domain/dates.ts';
import { formatInstant, type FormatContext } from '../../../shared/domain/format.ts';
import { sayDaysLeft, sayLeft } from '../../../shared/domain/today/left.ts';
import { whys } from '../../../shared/domain/today/rank.ts';
import { dayWithName } from '../tasks/understood.ts';
import type { Band, TodayList, TodayRow } from './rows.ts';

export const bandWords = ({ upto }: Pick<TodayList, 'upto'>, context: FormatContext): Readonly<Record<Band, string>> => ({
  overdue: 'Overdue',
  today: 'Due today',
  week: `This week, to ${dayWithName(upto, context)}`,
});

export const sayDue = ({ due_on: day, due_time: time }: TodayRow, context: FormatContext): string => {
  if (day === null) return '';
  const { today } = context;
  if (day === today) return time ?? 'Today';
  const named = day === addDays(today, 1) ? 'Tomorrow' : dayWithName(day, context);
  return time === null ? named : `${named} ${time}`;
};

export const whyOf = (row: TodayRow): (typeof whys)[number] => whys.find(({ key }) => key === row.why) ?? whys[0];

export const sayTimeLeft = (
  { due_on: day, due_time: time, at }: TodayRow,
  { now, today }: Pick<TodayList, 'now' | 'today'>,
): string => (day === null ? '' : time === null ? sayDaysLeft(day, today, at, now) : sayLeft(at, now));

/** The reason line above the record: `Task, due 15:30, 1 h 28 m left.` */
export const sayReason = (row: TodayRow, list: Pick<TodayList, 'now' | 'today'>, format: FormatContext): string => {
  const due = sayDue(row, format);
  const off = row.snoozed_until === null ? '' : ` Put off until ${formatInstant(row.snoozed_until, format)}.`;
  return `${whyOf(row).label}: ${row.item}. Due ${due.toLowerCase() === 'today' ? 'today' : due}, ${sayTimeLeft(row, list).toLowerCase()}. ${row.next}.${off}`;
};
