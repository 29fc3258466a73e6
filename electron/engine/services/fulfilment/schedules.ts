/** What stands on the schedule lines of an order's lines: what was ordered, and what has become of it (RULES 3.6). */
import type { FulfilmentLine } from '../../../../shared/domain/fulfil/record.ts';
import { bucketsOf, type Buckets } from '../../../../shared/domain/fulfilment.ts';
import type { Reader } from '../../store/api.ts';
import { eventsOf } from '../rules/schedules.ts';
import { termsOf } from './fulfil-terms.ts';

export type Schedule = { readonly id: string; readonly line: FulfilmentLine; readonly now: Buckets };

/** The schedule lines of a line whose quantity can be read. */
export const schedulesOf = (line: string, read: Reader): readonly Schedule[] => {
  const terms = termsOf(line, read);
  return read.children('schedule_lines', line).flatMap((row) => {
    const { qty } = row;
    const now = typeof qty === 'number' ? bucketsOf(qty, eventsOf(row, read)) : null;
    return now === null ? [] : [{ id: row.id, line: { ...terms, ordered: now.ordered }, now }];
  });
};
