/**
 * Cell issues (DECISIONS.md 3). Origin `parse`: the raw text of a bad cell, part of the data, written only by the
 * change of its register. Origin `rule`: derived from the row as it stands and replaced whenever the row was written.
 */
import type { Bad } from '../../../../shared/domain/kinds.ts';
import type { CellIssue } from '../../../../shared/contract/shapes.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { fieldOfRegister, stateText } from '../../../../shared/model/registers.ts';
import type { RuleIssue } from '../api.ts';
import type { Db } from '../file/db.ts';
import type { Row } from './rows.ts';

type Found = {
  readonly field: string;
  readonly raw: string | null;
  readonly code: string;
  readonly level: 'error' | 'warning';
  readonly origin: 'parse' | 'rule';
};

export const prepareIssueReader = (db: Db): ((table: TableName, id: string) => readonly CellIssue[]) => {
  const all = db.prepare<[string, string], Found>(
    'SELECT field, raw, code, level, origin FROM cell_issues WHERE tbl = ? AND "row" = ?',
  );
  return (table, id) => all.all(table, id).map((found) => ({ table, row: id, ...found }));
};

/** One issue of a kind per field: the first error, else the first warning. */
const firstPerField = (issues: readonly RuleIssue[]): ReadonlyMap<string, RuleIssue> => {
  const found = new Map<string, RuleIssue>();
  for (const issue of issues) {
    const known = found.get(issue.field);
    if (known === undefined || (known.level === 'warning' && issue.level === 'error')) found.set(issue.field, issue);
  }
  return found;
};

const prepare = (db: Db) => ({
  parsed: db.prepare<[string, string], { field: string; raw: string; code: string }>(
    `SELECT field, raw, code FROM cell_issues WHERE tbl = ? AND "row" = ? AND origin = 'parse'`,
  ),
  ruled: db.prepare<[string, string], RuleIssue>(
    `SELECT field, code, level FROM cell_issues WHERE tbl = ? AND "row" = ? AND origin = 'rule'`,
  ),
  put: db.prepare(
    `INSERT INTO cell_issues(tbl, "row", field, raw, code, level, origin) VALUES(?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET raw = excluded.raw, code = excluded.code, level = excluded.level`,
  ),
  remove: db.prepare('DELETE FROM cell_issues WHERE tbl = ? AND "row" = ? AND field = ? AND origin = ?'),
});
type Statements = ReturnType<typeof prepare>;

const loadBad = (sql: Statements, row: Row): Map<string, Bad> => {
  if (row.bad !== undefined) return row.bad;
  const bad = new Map<string, Bad>();
  for (const { field, raw, code } of sql.parsed.all(row.layout.name, row.id))
    bad.set(row.layout.states.includes(field) ? stateText(field) : field, { '!': [raw, code] });
  row.bad = bad;
  return bad;
};

const putBad = (sql: Statements, row: Row, register: string, { '!': [raw, code] }: Bad): void =>
  void sql.put.run(row.layout.name, row.id, fieldOfRegister(register), raw, code, 'error', 'parse');

const replaceRules = (sql: Statements, row: Row, issues: readonly RuleIssue[], isNew: boolean): readonly CellIssue[] => {
  if (isNew && issues.length === 0) return [];
  const { name } = row.layout;
  const wanted = firstPerField(issues);
  const had = isNew ? [] : sql.ruled.all(name, row.id);
  for (const { field } of had) if (!wanted.has(field)) sql.remove.run(name, row.id, field, 'rule');
  for (const [field, { code, level }] of wanted) {
    const old = had.find((one) => one.field === field);
    if (old?.code !== code || old.level !== level) sql.put.run(name, row.id, field, null, code, level, 'rule');
  }
  return [...wanted.values()].map((issue) => ({ table: name, row: row.id, ...issue, raw: null, origin: 'rule' }));
};

const asIssue = (row: Row, register: string, { '!': [raw, code] }: Bad): CellIssue => {
  const place = { table: row.layout.name, row: row.id, field: fieldOfRegister(register) };
  return { ...place, raw, code, level: 'error', origin: 'parse' };
};

export type Issues = ReturnType<typeof createIssues>;

export const createIssues = (db: Db) => {
  const sql = prepare(db);
  return {
    /** The bad cells of a row, by register. */
    loadBad: (row: Row): ReadonlyMap<string, Bad> => loadBad(sql, row),
    /** Sets or clears the bad text of a register, on the row and in the table. */
    setBad(row: Row, register: string, value: Bad | null): void {
      const bad = loadBad(sql, row);
      if (value !== null) {
        bad.set(register, value);
        putBad(sql, row, register, value);
      } else if (bad.delete(register)) sql.remove.run(row.layout.name, row.id, fieldOfRegister(register), 'parse');
    },
    /** Writes the bad cells a new row came with. */
    putBad(row: Row): void {
      for (const [register, value] of row.bad ?? []) putBad(sql, row, register, value);
    },
    /** The bad cells of a row, as issues. */
    parsed: (row: Row): readonly CellIssue[] => [...loadBad(sql, row)].map(([register, bad]) => asIssue(row, register, bad)),
    /** Replaces what the rules say of a row, and gives it as issues. `isNew`: it cannot have had any. */
    replaceRules: (row: Row, issues: readonly RuleIssue[], isNew: boolean): readonly CellIssue[] =>
      replaceRules(sql, row, issues, isNew),
  };
};
