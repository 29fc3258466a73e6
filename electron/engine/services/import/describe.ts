/** Cells and rows of a check in words: what is wrong and what it may have meant, what stands there now. */
import { formatCell, type FormatContext } from '../../../../shared/domain/format.ts';
import { isBlank } from '../../../../shared/domain/import/evidence.ts';
import { cleanText } from '../../../../shared/domain/import/values.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { lifecycleOf } from '../../../../shared/domain/lifecycle.ts';
import { createNearWords, type NearWords } from '../../../../shared/domain/near.ts';
import { nearestChoices } from '../../../../shared/domain/parse/choice.ts';
import { listItems } from '../../../../shared/domain/parse/list.ts';
import { describeProblem } from '../../../../shared/domain/problems.ts';
import type { Field } from '../../../../shared/model/field.ts';
import { fieldOf, isTableName, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Reader } from '../../store/api.ts';
import type { BoundColumn } from './bind.ts';
import type { SourceRow } from './identify.ts';
import { mapText } from './judge.ts';
import { linkFields, linkTables } from './links.ts';
import type { RowIssue } from './outcome.ts';
import type { RowPlanner } from './rows.ts';

export type DescribeDeps = {
  /** The store as it is, before the import. */
  readonly store: Reader;
  /** Texts of a field of live records. */
  readonly names: (table: TableName, field: string) => readonly string[];
  readonly format: Pick<FormatContext, 'locale' | 'zone' | 'today' | 'currency'>;
};

export type Describe = {
  /** A problem's reason in words, with what to do about it. */
  issue(planner: RowPlanner, row: SourceRow, issue: RowIssue): string;
  /** What is wrong with a row, its first error said; null where nothing is. */
  row(planner: RowPlanner, row: SourceRow, issues: readonly RowIssue[]): string | null;
  /** What stands in a column's field here, as it is shown; null where nothing does. */
  old(planner: RowPlanner, row: SourceRow, column: BoundColumn): string | null;
};

/** Suggestions named for one cell. */
const SUGGESTED = 2;

/** What records of a table are called, in the store and in the files of this run. */
const createNames = (planners: readonly RowPlanner[], { names }: DescribeDeps) => {
  const known = new Map<string, NearWords>();
  const planned = (table: TableName, field: string): readonly string[] =>
    planners.flatMap(({ identified: { bound, rows } }) => {
      const column = bound.source.entry.table === table ? bound.columns.find((one) => one.target === field) : undefined;
      if (!column) return [];
      const texts = rows.map((row) => cleanText(mapText(column.map, row.cells[column.at] ?? '')));
      return texts.filter((text) => !isBlank(text));
    });
  return (column: BoundColumn, text: string): readonly string[] => {
    for (const table of linkTables(column)) {
      for (const field of linkFields(column, table)) {
        const name = `${table}.${field}`;
        const words = known.get(name) ?? createNearWords([...names(table, field), ...planned(table, field)]);
        known.set(name, words);
        const found = words.find(text, SUGGESTED);
        if (found.length > 0) return found;
      }
    }
    return [];
  };
};

const choicesOf = (field: Field) =>
  field.kind === 'choice' ? field.choices : field.kind === 'state' ? lifecycleOf(field.lifecycle)?.states : undefined;

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

export const createDescribe = (planners: readonly RowPlanner[], deps: DescribeDeps): Describe => {
  const { store, format } = deps;
  const nearNames = createNames(planners, deps);
  const currencyOf = ({ identified }: RowPlanner, row: SourceRow): string | null => {
    const { bound } = identified;
    const column = bound.columns.find(({ target }) => target === 'currency');
    const text = column ? cleanText(row.cells[column.at] ?? '').toUpperCase() : '';
    const own = text === '' ? store.get(bound.source.entry.table, row.id)?.['currency'] : text;
    return typeof own === 'string' ? own : format.currency;
  };
  const nearest = ({ code, raw, column }: RowIssue): readonly string[] | undefined => {
    if (column === null || raw === null) return undefined;
    const text = cleanText(mapText(column.map, raw));
    if (code === 'LINK_NONE') return nearNames(column, text);
    const choices = choicesOf(column.model);
    return choices && (code === 'ENUM_UNKNOWN' || code === 'STATE_UNKNOWN')
      ? nearestChoices(text, choices, SUGGESTED)
      : undefined;
  };
  const issue: Describe['issue'] = (planner, row, one) => {
    const { table } = planner.identified.bound.source.entry;
    const label = fieldOf(table, one.field)?.label ?? one.column?.model.label ?? one.field;
    const near = nearest(one);
    const about = { label, raw: one.raw, currency: currencyOf(planner, row), ...(near ? { nearest: near } : {}) };
    const { message, suggestion } = describeProblem(one.code, about);
    return suggestion === null ? message : `${message}. ${suggestion}`;
  };
  return {
    issue,
    row: (planner, row, issues) => {
      const first = issues.find(({ level }) => level === 'error') ?? issues[0];
      if (!first) return null;
      const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
      return `${issue(planner, row, first)}${more}`;
    },
    old: (planner, row, column) => {
      const { table } = planner.identified.bound.source.entry;
      const value = standing(store, table, row.id, column);
      if (value === null) {
        const issues = row.id === '' ? [] : store.issues(table, row.id);
        return issues.find((one) => one.field === column.field && one.origin === 'parse')?.raw ?? null;
      }
      if (column.element !== null) {
        return listItems(String(value)).find(([label]) => label === column.element)?.[1] ?? null;
      }
      const context = { ...format, currency: currencyOf(planner, row), label: (id: string) => labelOf(store, column.model, id) };
      return formatCell(column.model, value, context) || null;
    },
  };
};
