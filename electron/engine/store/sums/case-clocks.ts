/**
 * The clocks of issues, kept beside them so that lists sort and filter by them: made anew from the events whenever one
 * comes, by the rules that show them. Kept is what does not hang on now: states, due times, and the time left at a mark.
 */
import type { Database } from 'better-sqlite3';
import type { TableName } from '../../../../shared/model/index.ts';
import { nextDue, readClocks } from '../../../../shared/domain/sla/clocks.ts';
import { readEvents } from '../../../../shared/domain/sla/events.ts';
import { openStates } from '../../../../shared/domain/sla/states.ts';
import { readTerms } from '../../../../shared/domain/sla/terms.ts';
import { clockKeys, type Terms } from '../../../../shared/domain/sla/types.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import type { StoredRow } from '../api.ts';
import { readMeta, writeMeta } from '../file/local.ts';
import type { Summaries } from './sums-sql.ts';

type Kept = Readonly<Record<string, Scalar>>;

const COLUMNS = [
  'n',
  'version',
  'mark',
  'is_open',
  'next_due',
  ...clockKeys.flatMap((key) => [`${key}_state`, `${key}_due`, `${key}_left`]),
];

/** What is read of an issue, and of its events. */
const OF_CASE = ['opened_at', 'responded_at', 'resolved_at', 'status'];
const OF_EVENTS = [
  'kind',
  'at',
  'recorded_at',
  'channel',
  'waiting_on',
  'reason',
  'resume_on',
  'version_id',
  'clock',
  'due_at',
  'event_id',
  'happened_at',
];

/** Terms of versions, each read once: a version never changes. One that has not come yet is looked for again. */
const createTerms = (db: Database) => {
  const find = db.prepare<[string], string | null>('SELECT terms FROM live_sla_versions WHERE id = ?').pluck();
  const known = new Map<string, Terms>();
  return (version: string): Terms | null => {
    const kept = known.get(version);
    if (kept !== undefined) return kept;
    const text = find.get(version);
    const terms = typeof text === 'string' ? readTerms(text) : null;
    if (terms !== null) known.set(version, terms);
    return terms;
  };
};

/** How the kept clocks of an issue are made: null where there is no such live issue. */
const createMaker = (db: Database) => {
  const issueOf = db.prepare<[number], StoredRow & { readonly _n: number }>(
    `SELECT _n, id, ${OF_CASE.join(', ')} FROM live_cases WHERE _n = ?`,
  );
  const eventsOf = db.prepare<[string], StoredRow>(`SELECT id, ${OF_EVENTS.join(', ')} FROM live_case_events WHERE case_id = ?`);
  const termsOf = createTerms(db);
  return (n: number): Kept | null => {
    const issue = issueOf.get(n);
    if (issue === undefined) return null;
    const rows = eventsOf.all(issue.id);
    const events = readEvents(issue, rows, termsOf);
    const mark = events.reduce((last, { at }) => Math.max(last, at), 0);
    const read = readClocks(events, mark);
    const agreed = rows
      .filter(({ version_id: version }) => typeof version === 'string')
      .find(({ version_id: version }) => termsOf(String(version)) === read.story.terms);
    const clocks = clockKeys.flatMap((key): readonly (readonly [string, Scalar])[] => {
      const { state, due, left } = read.clocks[key];
      return state === 'none'
        ? []
        : [
            [`${key}_state`, state],
            [`${key}_due`, due],
            [`${key}_left`, left],
          ];
    });
    return {
      n,
      version: agreed?.['version_id'] ?? null,
      mark,
      is_open: openStates.includes(String(issue['status'])) ? 1 : 0,
      next_due: nextDue(read)?.due ?? null,
      ...Object.fromEntries(clocks),
    };
  };
};

const rowOf = (kept: Kept): Scalar[] => COLUMNS.map((name) => kept[name] ?? null);

/** Issues whose kept clocks are not what their events come to. */
export const countWrongClocks = (db: Database, numbers: readonly number[]): number => {
  const make = createMaker(db);
  const find = db.prepare<[number], Scalar[]>(`SELECT ${COLUMNS.join(', ')} FROM case_clocks WHERE n = ?`).raw();
  return numbers.filter((n) => {
    const made = make(n);
    return JSON.stringify(find.get(n)) !== (made === null ? undefined : JSON.stringify(rowOf(made)));
  }).length;
};

/** How the clocks of issues are made: raised when that changes, so that a file gets those anew that differ by it. */
const VERSION = 1;

/** Makes the clocks again of issues that came before the terms they run by. Call inside a transaction. */
export const refreshCaseClocks = (db: Database): void => {
  if (readMeta(db, 'case_clocks') === VERSION) return;
  createCaseClocks(db).rebuild();
  writeMeta(db, 'case_clocks', VERSION);
};

export const createCaseClocks = (db: Database): Summaries => {
  const touched = new Set<string>();
  /** Versions of terms that came or went: from somebody else they may come after the issues that run by them. */
  const versions = new Set<string>();
  const make = createMaker(db);
  const owners = db.prepare<[string], number>('SELECT c._n FROM json_each(?) j CROSS JOIN cases c ON c.id = j.value').pluck();
  const agreed = db
    .prepare<[string], string>('SELECT case_id FROM live_case_events WHERE version_id IN (SELECT value FROM json_each(?))')
    .pluck();
  const drop = db.prepare('DELETE FROM case_clocks WHERE n = ?');
  const put = db.prepare(
    `INSERT OR REPLACE INTO case_clocks(${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`,
  );
  const keep = (numbers: readonly number[]): void => {
    for (const n of numbers) {
      const made = make(n);
      if (made === null) drop.run(n);
      else put.run(...rowOf(made));
    }
  };
  const reads: Partial<Record<TableName, readonly string[]>> = {
    cases: OF_CASE,
    case_events: OF_EVENTS,
    sla_versions: ['terms'],
  };
  return {
    touch: (table, id, before, after) => {
      if (table === 'cases') touched.add(id);
      if (table === 'sla_versions') versions.add(id);
      if (table !== 'case_events') return;
      for (const row of [before, after]) if (typeof row?.['case_id'] === 'string') touched.add(row['case_id']);
    },
    reads: (table, fields) => reads[table]?.some((field) => fields.has(field)) === true,
    flush: () => {
      if (versions.size > 0) for (const id of agreed.all(JSON.stringify([...versions]))) touched.add(id);
      versions.clear();
      if (touched.size === 0) return;
      keep(owners.all(JSON.stringify([...touched])));
      touched.clear();
    },
    rebuild: () => {
      db.exec('DELETE FROM case_clocks');
      keep(db.prepare<[], number>('SELECT _n FROM cases ORDER BY _n').pluck().all());
    },
  };
};
