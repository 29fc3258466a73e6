/** Rules as a small table, for tests of the store: enough parsing to make bad cells, one life cycle, two checks. */
import { isIntegerKind } from '../../shared/domain/kinds.ts';
import type { CellValue } from '../../shared/domain/kinds.ts';
import { allowedFrom, initialOf, isReversible, stateOf } from '../../shared/domain/lifecycle.ts';
import { fieldOf } from '../../shared/model/index.ts';
import type { TableName } from '../../shared/model/index.ts';
import type { Rules } from '../../electron/engine/store/api.ts';

const lifecycle = (table: TableName, name: string): string => {
  const field = fieldOf(table, name);
  return field?.kind === 'state' ? field.lifecycle : '';
};

const bad = (raw: string, code: string): CellValue => ({ '!': [raw, code] });

const parse = (table: TableName, name: string, text: string): CellValue => {
  const field = fieldOf(table, name);
  if (text === '') return null;
  if (field?.kind === 'state') return stateOf(field.lifecycle, text) === null ? bad(text, 'STATE_UNKNOWN') : text;
  if (field?.kind === 'date') return /^\d{4}-\d\d-\d\d$/.test(text) ? text : bad(text, 'DATE_PARSE');
  if (field !== undefined && isIntegerKind(field.kind)) return /^-?\d{1,15}$/.test(text) ? Number(text) : bad(text, 'NUM_PARSE');
  return text;
};

/** @param overrides what a test needs different */
export const fakeRules = (overrides: Partial<Rules> = {}): Rules => ({
  expand: (patch) => [patch],
  refuse: () => null,
  checks: () => (table, row) => {
    const issues = [];
    if (table === 'accounts' && row['name'] === null) issues.push({ field: 'name', code: 'REQUIRED', level: 'error' as const });
    if (table === 'order_lines' && typeof row['qty'] === 'number' && row['qty'] < 0)
      issues.push({ field: 'qty', code: 'NUM_RANGE', level: 'error' as const });
    return issues;
  },
  beside: () => [],
  paper: (table, row) =>
    table === 'invoices'
      ? { number: String(row['number']), body: JSON.stringify({ number: row['number'] ?? null, notes: row['notes'] ?? null }) }
      : null,
  parse,
  allowed: (table, field, from) => allowedFrom(lifecycle(table, field), from),
  initial: (table, field) => initialOf(lifecycle(table, field)),
  reversible: (table, field, from, to) => isReversible(lifecycle(table, field), from, to),
  isFixed: () => false,
  ...overrides,
});
