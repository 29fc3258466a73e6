/** Values of a check as they are shown: what a cell is taken as, what stands in its field now. */
import { formatCell, type FormatContext } from '../../../../shared/domain/format.ts';
import { cleanText } from '../../../../shared/domain/import/values.ts';
import { isBad, type CellValue, type Kind, type Scalar } from '../../../../shared/domain/kinds.ts';
import type { Field } from '../../../../shared/model/field.ts';
import { isTableName, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Reader } from '../../store/api.ts';
import type { BoundColumn } from './bind.ts';
import { elementOf } from './cells.ts';
import { readCell } from './read-cell.ts';
import type { SourceRow } from './identify.ts';
import type { RowPlanner } from './rows.ts';

export type ShowDeps = {
  /** The store as it is, before the import. */
  readonly store: Reader;
  readonly format: Pick<FormatContext, 'locale' | 'zone' | 'today' | 'currency'>;
};

export type Show = {
  /** A value that a cell was taken as; null where it is none. */
  readonly taken: (planner: RowPlanner, row: SourceRow, column: BoundColumn, value: CellValue) => string | null;
  readonly value: (planner: RowPlanner, row: SourceRow, column: BoundColumn) => string | null;
  readonly old: (planner: RowPlanner, row: SourceRow, column: BoundColumn) => string | null;
  /** The currency of a row as it stands. */
  readonly currencyOf: (planner: RowPlanner, row: SourceRow) => string | null;
};

/** Digits alone, and ISO days: nobody reads them in two ways. */
const SAME_ANYWHERE = /^(?:-?\d+|\d{4}-\d{2}-\d{2})?$/;
/** Kinds whose text does not say the same everywhere. */
const LOCAL: ReadonlySet<Kind> = new Set(['integer', 'decimal', 'money', 'percent', 'date', 'instant']);

/** A record as a grid names it: products and orders by their code, others by their name. */
const linkText = (store: Reader, table: TableName, id: string): string | null => {
  const row = store.get(table, id);
  const { code, title } = tableOf(table);
  const names = table === 'products' || table === 'orders' ? [code, title] : [title, code];
  const found = names.map((name) => (name === undefined ? null : row?.[name])).find((text) => typeof text === 'string');
  return typeof found === 'string' ? found : null;
};

const labelOf = (store: Reader, field: Field, value: string): string | null => {
  if (field.kind === 'link') return isTableName(field.to) ? linkText(store, field.to, value) : null;
  const at = value.indexOf('/');
  const table = value.slice(0, at);
  return isTableName(table) ? linkText(store, table, value.slice(at + 1)) : null;
};

/** What a field of a record holds: a day of a line stands on its schedule line. */
const standing = (store: Reader, table: TableName, id: string, column: BoundColumn): Scalar => {
  const row = store.get(table, id);
  if (column.model.kind !== 'computed' || column.model.lives === undefined) return row?.[column.field] ?? null;
  const [child = '', field = ''] = column.model.lives.split('.');
  return isTableName(child) ? (store.children(child, id)[0]?.[field] ?? null) : null;
};

export const createShow = ({ store, format }: ShowDeps): Show => {
  const currencyOf = ({ identified }: RowPlanner, row: SourceRow): string | null => {
    const { bound } = identified;
    const column = bound.columns.find(({ target }) => target === 'currency');
    const text = column ? cleanText(row.cells[column.at] ?? '').toUpperCase() : '';
    const own = text === '' ? store.get(bound.source.entry.table, row.id)?.['currency'] : text;
    return typeof own === 'string' ? own : format.currency;
  };
  const taken: Show['taken'] = (planner, row, column, value) => {
    if (value === null || isBad(value)) return null;
    const text = formatCell({ ...column.model, kind: column.kind }, value, { ...format, currency: planner.currencyOf(row) });
    return column.kind === 'percent' ? `${text}%` : text;
  };
  return {
    taken,
    currencyOf,
    value: (planner, row, column) => {
      if (!LOCAL.has(column.kind) || column.element !== null) return null;
      const text = row.cells[column.at] ?? '';
      if (column.map === null && column.kind !== 'percent' && SAME_ANYWHERE.test(text)) return null;
      // Only amounts have the digits of a currency, and finding it takes a look at the record.
      const currency = column.kind === 'money' ? planner.currencyOf(row) : null;
      const { value } = readCell(column, row, currency);
      const isSaid = value === column.readTyped(text, currency);
      return isSaid ? null : taken(planner, row, column, value);
    },
    old: (planner, row, column) => {
      const { table } = planner.identified.bound.source.entry;
      const value = standing(store, table, row.id, column);
      if (value === null) {
        const issues = row.id === '' ? [] : store.issues(table, row.id);
        return issues.find((one) => one.field === column.field && one.origin === 'parse')?.raw ?? null;
      }
      if (column.element !== null) {
        return elementOf(String(value), column.element);
      }
      const context = { ...format, currency: currencyOf(planner, row), label: (id: string) => labelOf(store, column.model, id) };
      return formatCell(column.model, value, context) || null;
    },
  };
};
