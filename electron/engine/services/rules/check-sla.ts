/** What cannot be used of calendars, their holidays and the rota: said beside the cell, as clocks would only stand still (L4). */
import { isZone } from '../../../../shared/domain/dates.ts';
import { levelOf, type ProblemCode } from '../../../../shared/domain/problems.ts';
import { readSpans, readWeek } from '../../../../shared/domain/sla/hours.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { RuleIssue, StoredRow } from '../../store/api.ts';

const issue = (field: string, code: ProblemCode): RuleIssue => ({ field, code, level: levelOf(code) });

const isBad = (value: unknown, isGood: (text: string) => boolean): boolean =>
  typeof value === 'string' && value !== '' && !isGood(value);

export const checkSla = (table: TableName, row: StoredRow): readonly RuleIssue[] => {
  const { zone, hours, open, from_on: from, to_on: to } = row;
  switch (table) {
    case 'sla_calendars':
      return [
        ...(isBad(zone, isZone) ? [issue('zone', 'ZONE_UNKNOWN')] : []),
        ...(isBad(hours, (text) => readWeek(text) !== null) ? [issue('hours', 'HOURS_PARSE')] : []),
      ];
    case 'sla_holidays':
      return isBad(open, (text) => readSpans(text) !== null) ? [issue('open', 'HOURS_PARSE')] : [];
    case 'sla_duties':
      return typeof from === 'string' && typeof to === 'string' && to < from ? [issue('to_on', 'DUTY_DAYS')] : [];
    default:
      return [];
  }
};
