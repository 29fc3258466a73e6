/** Cells and rows of a check in words: what is wrong and what it may have meant, what stands there now. */
import { isBlank } from '../../../../shared/domain/import/evidence.ts';
import { cleanText } from '../../../../shared/domain/import/values.ts';
import { lifecycleOf } from '../../../../shared/domain/lifecycle.ts';
import { outsideOfText } from '../../../../shared/domain/limits.ts';
import { createNearWords, type NearWords } from '../../../../shared/domain/near.ts';
import { nearestChoices } from '../../../../shared/domain/parse/choice.ts';
import { describeProblem } from '../../../../shared/domain/problems.ts';
import type { Field } from '../../../../shared/model/field.ts';
import { fieldOf, type TableName } from '../../../../shared/model/index.ts';
import type { BoundColumn } from './bind.ts';
import type { SourceRow } from './identify.ts';
import { mapText } from './judge.ts';
import { linkFields, linkTables } from './links.ts';
import type { RowIssue } from './outcome.ts';
import { isRefused, refusedReason } from './refused.ts';
import type { RowPlanner } from './rows.ts';
import { createShow, type Show, type ShowDeps } from './show.ts';

export type DescribeDeps = ShowDeps & {
  /** Texts of a field of live records. */
  readonly names: (table: TableName, field: string) => readonly string[];
};

export type Describe = {
  /** A problem's reason in words, with what to do about it. */
  issue(planner: RowPlanner, row: SourceRow, issue: RowIssue): string;
  /** What a cell is stored as, as it is shown; null where nothing is, and where its text says that to who reads it here. */
  readonly value: Show['value'];
  /** What is wrong with a row, its first error said; null where nothing is. */
  row(planner: RowPlanner, row: SourceRow, issues: readonly RowIssue[]): string | null;
  /** What stands in a column's field here, as it is shown; null where nothing does. */
  readonly old: Show['old'];
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

export const createDescribe = (planners: readonly RowPlanner[], deps: DescribeDeps): Describe => {
  const show = createShow(deps);
  const nearNames = createNames(planners, deps);
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
    const field = fieldOf(table, one.field) ?? one.column?.model;
    const near = nearest(one);
    const currency = show.currencyOf(planner, row);
    const outside =
      field && one.raw !== null && one.origin === 'rule'
        ? outsideOfText(field, one.raw, { ...deps.format, currency })
        : undefined;
    const taken = one.column === null || one.taken === undefined ? null : show.taken(planner, row, one.column, one.taken);
    const about = {
      label: field?.label ?? one.field,
      raw: one.raw,
      currency,
      outside,
      ...(near ? { nearest: near } : {}),
      ...(taken === null ? {} : { taken }),
    };
    const { message, suggestion } = describeProblem(one.code, about);
    return suggestion === null ? message : `${message}. ${suggestion}`;
  };
  return {
    issue,
    value: show.value,
    old: show.old,
    row: (planner, row, issues) => {
      if (isRefused(row)) return refusedReason(row);
      const first = issues.find(({ level }) => level === 'error') ?? issues[0];
      if (!first) return null;
      const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
      return `${issue(planner, row, first)}${more}`;
    },
  };
};
