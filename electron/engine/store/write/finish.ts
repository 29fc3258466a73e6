/**
 * The last part of every change, inside its transaction: what the rules say of the rows touched and of those beside
 * them, search, sums, and the log. After it the transaction may commit.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { CellIssue } from '../../../../shared/contract/shapes.ts';
import type { Reader, Rules } from '../api.ts';
import type { Issues } from './issues.ts';
import type { Log } from '../log/log.ts';
import type { Find, Row } from './rows.ts';
import type { SearchIndex } from '../read/search.ts';
import type { Summaries } from '../sums/sums-sql.ts';
import type { Work } from './work.ts';

/** The most ops one log transaction may hold (DECISIONS.md 4). */
export const MAX_OPS = 20_000;

export type FinishParts = {
  readonly find: Find;
  readonly rules: Rules;
  readonly reader: Reader;
  readonly issues: Issues;
  readonly search: SearchIndex;
  readonly summaries: Summaries;
  readonly log: Log;
};

export type Finished = {
  readonly rows: readonly { readonly table: string; readonly id: string }[];
  readonly issues: readonly CellIssue[];
};

/** Rows that were not touched, but whose issues hang on rows that were. */
const besideRows = (work: Work, { find, rules, reader }: FinishParts): ReadonlySet<Row> => {
  const touched = new Set<Row>();
  const found = new Set<Row>();
  for (const { row } of work.touched()) touched.add(row);
  for (const { row, before } of work.touched()) {
    for (const { table, id } of rules.beside(row.layout.name, before, row.alive === 1 ? row.v : undefined, reader)) {
      const other = find(table, id);
      if (other?.alive === 1 && !touched.has(other)) found.add(other);
    }
  }
  return found;
};

/** Checks them again; those whose issues stay as they were are nobody's news. */
const checkBeside = (work: Work, check: ReturnType<Rules['checks']>, parts: FinishParts): readonly Row[] =>
  [...besideRows(work, parts)].filter((row) => {
    const { name: table } = row.layout;
    const had = JSON.stringify(parts.reader.issues(table, row.id));
    parts.issues.replaceRules(row, check(table, row.v), false);
    return JSON.stringify(parts.reader.issues(table, row.id)) !== had;
  });

export const createFinish =
  (parts: FinishParts) =>
  (work: Work): Finished => {
    const { rules, reader, issues, search, summaries, log } = parts;
    if (work.drafts.some((draft) => draft.ops.length > MAX_OPS))
      throw new AppError('too-large', `More than ${MAX_OPS} changes at once. Nothing was changed.`);
    const check = rules.checks(reader);
    const rows: { table: string; id: string }[] = [];
    const found: CellIssue[] = [];
    for (const { row, before, isNew, registers, hasText } of work.touched()) {
      const { name } = row.layout;
      const isAlive = row.alive === 1;
      const ruled = issues.replaceRules(row, isAlive ? check(name, row.v) : [], isNew);
      // A row that came, went or came back is made anew everywhere; else only where a register is read.
      const isWhole = isNew || before === undefined || !isAlive;
      if (!isAlive) search.remove(name, row.n);
      else if (isWhole || hasText || search.reads(name, registers)) search.put(name, row.n, row.v);
      if (isWhole || summaries.reads(name, registers)) summaries.touch(name, row.id, before, isAlive ? row.v : undefined);
      rows.push({ table: name, id: row.id });
      // A batch knows what its rows came with; what the rules say of them it hears here.
      if (isAlive) found.push(...(work.batch === null ? issues.parsed(row) : []), ...ruled);
    }
    for (const { layout, id } of checkBeside(work, check, parts)) {
      rows.push({ table: layout.name, id });
      found.push(...reader.issues(layout.name, id).filter(({ origin }) => work.batch === null || origin === 'rule'));
    }
    summaries.flush();
    log.append(work.transactions(), work.batch?.id ?? null);
    return { rows, issues: found };
  };
