/**
 * A line's promises stand on its schedule lines (DECISIONS.md 3). What a person writes on the line or on the whole
 * order becomes patches of those that are still open.
 */
import { outstandingOf } from '../../../../shared/domain/fulfil/complete.ts';
import { bucketsOf, isFulfilmentKind, type FulfilmentEvent } from '../../../../shared/domain/fulfilment.ts';
import type { CellInput, CellValue } from '../../../../shared/domain/kinds.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { plain } from '../records/fields.ts';
import { natureOf } from '../fulfilment/fulfil-terms.ts';

type Dates = { readonly requested?: CellValue; readonly promised?: CellValue };

const SETTLED: readonly string[] = ['shipped', 'cancelled', 'short_closed'];

/** What became of a schedule line (F1). Of what nobody can read the kind of, nobody knows what it did: it counts for nothing, as in every sum. */
export const eventsOf = (schedule: StoredRow, read: Reader): readonly FulfilmentEvent[] =>
  read
    .children('fulfilments', schedule.id)
    .flatMap(({ kind, qty }) => (isFulfilmentKind(kind) ? [{ kind, qty: Number(qty ?? 0) }] : []));

/** What of a schedule line is still to be done, in millionths; null where its quantity cannot be read. */
const openQuantity = (schedule: StoredRow, read: Reader): bigint | null => {
  const { qty, line_id: line } = schedule;
  if (typeof qty !== 'number') return null;
  const nature = natureOf(typeof line === 'string' ? read.get('order_lines', line) : undefined, read);
  return outstandingOf(nature, bucketsOf(qty, eventsOf(schedule, read)));
};

/** Open: not all of it is shipped, cancelled or closed short; an unreadable quantity is open until something happened. */
const isOpen = (schedule: StoredRow, read: Reader): boolean => {
  const open = openQuantity(schedule, read);
  return open === null ? !eventsOf(schedule, read).some(({ kind }) => SETTLED.includes(kind)) : open > 0n;
};

const openSchedules = (line: string, read: Reader): readonly StoredRow[] =>
  read.children('schedule_lines', line).filter((schedule) => isOpen(schedule, read));

/** A day of a line as it is shown: the earliest of what is still open, else the last. */
export const dayOfLine = (line: string, field: 'requested' | 'promised', read: Reader): string | null => {
  const daysOf = (schedules: readonly StoredRow[]): readonly string[] =>
    schedules.flatMap((schedule) => (typeof schedule[field] === 'string' ? [schedule[field]] : [])).toSorted();
  return daysOf(openSchedules(line, read))[0] ?? daysOf(read.children('schedule_lines', line)).at(-1) ?? null;
};

/** Whether nothing of a line is left to promise: its days are what was, and are written no more. */
export const isSettledLine = (line: string, read: Reader): boolean =>
  read.children('schedule_lines', line).length > 0 && openSchedules(line, read).length === 0;

/** The first promise is kept beside the latest one: delivery is judged by it. */
const datesPatch = (schedule: StoredRow, { requested, promised }: Dates): StorePatch => ({
  kind: 'update',
  table: 'schedule_lines',
  id: schedule.id,
  values: {
    ...(requested === undefined ? {} : { requested }),
    ...(promised === undefined ? {} : { promised }),
    ...(plain(promised) !== null && schedule['promised_original'] === null ? { promised_original: promised ?? null } : {}),
  },
});

/** A new line's one promise. An unreadable quantity is no quantity here: the text stays on the line. */
export const newSchedule = (
  id: string,
  line: string,
  qty: CellInput | undefined,
  { requested, promised }: Dates,
): StorePatch => ({
  kind: 'insert',
  table: 'schedule_lines',
  id,
  values: {
    line_id: line,
    qty: plain(qty),
    requested: requested ?? null,
    promised: promised ?? null,
    promised_original: plain(promised),
  },
});

/** Writes days on every open schedule line of a line; on a new one where the line has none at all. */
export const datesOnLine = (line: string, dates: Dates, read: Reader, newId: () => string): readonly StorePatch[] => {
  if (read.children('schedule_lines', line).length === 0) {
    return [newSchedule(newId(), line, read.get('order_lines', line)?.['qty'], dates)];
  }
  return openSchedules(line, read).map((schedule) => datesPatch(schedule, dates));
};

export const datesOnOrder = (order: string, dates: Dates, read: Reader, newId: () => string): readonly StorePatch[] =>
  read.children('order_lines', order).flatMap((line) => datesOnLine(line.id, dates, read, newId));

/** Moves the one open schedule line of a line so that all of them come to the line's quantity again. */
export const quantityOnLine = (line: string, qty: CellInput, read: Reader): readonly StorePatch[] => {
  const all = read.children('schedule_lines', line);
  const open = all.length === 1 ? all : openSchedules(line, read);
  const [only] = open;
  if (only === undefined || open.length > 1) return [];
  const total = plain(qty);
  const others = all.filter(({ id }) => id !== only.id).reduce((sum, schedule) => sum + Number(schedule['qty'] ?? 0), 0);
  const value = typeof total === 'number' ? Math.max(0, total - others) : null;
  return [{ kind: 'update', table: 'schedule_lines', id: only.id, values: { qty: value } }];
};
