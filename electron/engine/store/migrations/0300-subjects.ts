/** What tasks, promises and notes may be about is more than it was: the public views name all of it. */
import { instant, word } from './view-sql.ts';

/** By what a record is known: its code, and its name where it has one of its own. */
const known = [
  ['accounts', 'code', 'name'],
  ['contacts', null, 'name'],
  ['partners', 'code', 'name'],
  ['quotes', 'number', null],
  ['orders', 'number', null],
  ['bookings', 'number', null],
  ['invoices', 'number', null],
  ['disputes', 'number', null],
  ['cases', 'number', 'title'],
  ['claims', 'number', null],
  ['returns', 'number', null],
  ['activities', null, 'summary'],
] as const;

const say = (columns: readonly (readonly [table: string, column: string | null])[]): string =>
  `CASE substr(t.about, 1, instr(t.about, '/') - 1) ${columns
    .flatMap(([table, column]) =>
      column === null ? [] : [`WHEN '${table}' THEN (SELECT ${column} FROM live_${table} WHERE id = t.about_id)`],
    )
    .join(' ')} END`;

export const subject = `substr(t.about, 1, instr(t.about, '/') - 1) AS about_table,
  ${say(known.map(([table, code]) => [table, code]))} AS about_code,
  ${say(known.map(([table, code, name]) => [table, name ?? code]))} AS about`;

export const people = `LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1
  LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1`;

export const subjects = `
DROP VIEW v_tasks;
CREATE VIEW v_tasks AS SELECT t.id, t.what, a.code AS account_code, a.name AS account, t.due_on, t.due_time,
  ${word('t.kind', { do: 'To do', call: 'Call', mail: 'Mail', visit: 'Visit', chase: 'Chase' })} AS kind,
  ${word('t.priority', { 1: 'High', 2: 'Medium', 3: 'Low' })} AS priority,
  ${word('t.status', { open: 'Open', waiting: 'Waiting', done: 'Done', cancelled: 'Cancelled' })} AS status,
  CASE WHEN t.status = 'done' THEN 1 ELSE 0 END AS done, ${subject}, t.repeat,
  o.code AS owner_code, o.name AS owner, ${instant('t.done_at')} AS done_at, t.notes
FROM live_tasks t ${people};

DROP VIEW v_commitments;
CREATE VIEW v_commitments AS SELECT t.id, t.what, a.code AS account_code, a.name AS account, t.due_on,
  ${word('t.status', { open: 'Open', kept: 'Kept', missed: 'Missed', released: 'Released' })} AS status, ${subject},
  c.name AS contact, t.made_on, t.kept_on, o.code AS owner_code, o.name AS owner, t.notes
FROM live_commitments t ${people} LEFT JOIN contacts c ON c.id = t.contact_id AND c._alive = 1;

DROP VIEW v_activities;
CREATE VIEW v_activities AS SELECT t.id, ${instant('t.at')} AS at,
  ${word('t.kind', { call: 'Call', visit: 'Visit', mail: 'Mail', note: 'Note' })} AS kind, ${subject}, t.summary, t.body,
  p.code AS person_code, p.name AS person
FROM live_activities t LEFT JOIN people p ON p.id = t.person_id AND p._alive = 1;
`;
