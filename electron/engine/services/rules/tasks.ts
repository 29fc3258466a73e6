/**
 * What a change of a task or a promise brings with it: a line typed as the name of a new task is read, "done" makes the
 * next of a series, and a contact that was made moves the day the next one is due. In the rules and not in a command, so
 * that a grid, a paste and the command line all do the same.
 */
import { addDays, dayIn } from '../../../../shared/domain/dates.ts';
import { isTyped, type CellValue } from '../../../../shared/domain/kinds.ts';
import { readClock } from '../../../../shared/domain/parse/date.ts';
import { anchorRepeat, nextOccurrence } from '../../../../shared/domain/tasks/repeat.ts';
import { readRepeat, sayRepeat } from '../../../../shared/domain/tasks/repeat-text.ts';
import { fieldOf, isTableName } from '../../../../shared/model/index.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { companyToday, companyZone } from '../company/company.ts';
import { accountCalled, readLine } from '../tasks/task-line.ts';
import { moveOf, typedState } from './states.ts';
import { fill, type Settled, type Work, type Write } from './work.ts';

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const clockOf = (value: CellValue): CellValue =>
  typeof value === 'string' ? (readClock(value) ?? { '!': [value, 'TIME_PARSE'] }) : value;

/** The rule in its own words, with what the day it is due on says. */
const repeatOf = (value: CellValue, due: unknown): CellValue => {
  if (typeof value !== 'string') return value;
  const rule = readRepeat(value);
  if (rule === null) return { '!': [value, 'REPEAT_PARSE'] };
  return sayRepeat(typeof due === 'string' ? anchorRepeat(rule, due) : rule);
};

/** Time and repeat rule as they are kept. */
const settledTask = (values: Settled, due: unknown): Settled => ({
  ...values,
  ...(values['due_time'] === undefined ? {} : { due_time: clockOf(values['due_time']) }),
  ...(values['repeat'] === undefined ? {} : { repeat: repeatOf(values['repeat'], values['due_on'] ?? due) }),
});

/** A time of day as it is kept. */
const settledPromise = (values: Settled): Settled =>
  values['due_time'] === undefined ? values : { ...values, due_time: clockOf(values['due_time']) };

const ownerOf = ({ read, change }: Work): string | undefined => (read.get('people', change.actor) ? change.actor : undefined);

/** The account of what a task is about. */
const accountOfSubject = (about: unknown, read: Reader): string | undefined => {
  const [table = '', id = ''] = (text(about) ?? '').split('/');
  if (table === 'accounts') return id;
  if (table === 'contacts') {
    const party = text(read.get('contacts', id)?.['party']) ?? '';
    return party.startsWith('accounts/') ? party.slice('accounts/'.length) : undefined;
  }
  if (table === 'activities') return accountOfSubject(read.get('activities', id)?.['about'], read);
  if (!isTableName(table) || fieldOf(table, 'account_id') === undefined) return undefined;
  return text(read.get(table, id)?.['account_id']) ?? undefined;
};

/** A new task; where its name was typed as a line, with what the line says. */
export const newTask = (patch: Write, values: Settled, work: Work): readonly StorePatch[] => {
  const { read, deps, change } = work;
  const written = patch.values['what'];
  const isLine = written !== undefined && isTyped(written) && change.source === 'edit';
  const line = isLine ? readLine(written['?'], read, deps.env, text(values['about'])) : null;
  const said: Settled =
    line === null
      ? values
      : fill(
          { ...values, what: line.what },
          {
            account_id: line.account === null ? undefined : accountCalled(line.account, read),
            due_on: line.due,
            due_time: line.time,
            priority: line.priority,
            kind: line.kind,
            repeat: line.repeat,
          },
        );
  const filled = fill(said, { account_id: accountOfSubject(said['about'], read), owner_id: ownerOf(work) });
  return [{ ...patch, values: settledTask(filled, undefined) }];
};

export const newCommitment = (patch: Write, values: Settled, work: Work): readonly StorePatch[] => {
  const { read, deps } = work;
  const filled = fill(values, {
    made_on: companyToday(read, deps.env),
    account_id: accountOfSubject(values['about'], read),
    owner_id: ownerOf(work),
  });
  return [{ ...patch, values: settledPromise(filled) }];
};

const COPIED = ['what', 'account_id', 'due_time', 'kind', 'about', 'priority', 'owner_id', 'notes'];

/** The next of a series, unless it stands already. */
const nextTask = (task: StoredRow, { read, deps }: Work): readonly StorePatch[] => {
  const rule = readRepeat(text(task['repeat']) ?? '');
  const next = text(task['next_id']);
  if (rule === null || (next !== null && read.get('tasks', next) !== undefined)) return [];
  const today = companyToday(read, deps.env);
  const due = text(task['due_on']) ?? today;
  const found = nextOccurrence(rule, due, today);
  if (found === null) return [];
  const id = deps.env.ids();
  const copied = Object.fromEntries(COPIED.map((field) => [field, task[field] ?? null]));
  return [
    { kind: 'insert', table: 'tasks', id, values: { ...copied, due_on: found.due, repeat: sayRepeat(found.rule) } },
    { kind: 'update', table: 'tasks', id: task.id, values: { next_id: id } },
  ];
};

/** A move of a task or a promise with all it brings. */
export const taskMove = (
  table: 'tasks' | 'commitments',
  id: string,
  to: string,
  why: string | null,
  work: Work,
): readonly StorePatch[] => {
  const { read, deps } = work;
  const before = read.get(table, id);
  const moved = moveOf(table, id, to, why);
  if (before === undefined) return [moved];
  if (table === 'commitments') {
    const kept_on = to === 'kept' ? companyToday(read, deps.env) : null;
    return [moved, { kind: 'update', table, id, values: { kept_on } }];
  }
  const done_at = to === 'done' ? deps.env.clock() : null;
  return [moved, { kind: 'update', table, id, values: { done_at } }, ...(to === 'done' ? nextTask(before, work) : [])];
};

/** A status that was typed, and "done" ticked in a list, run their moves. */
export const updateTask = (
  table: 'tasks' | 'commitments',
  patch: Write,
  before: StoredRow | undefined,
  values: Settled,
  work: Work,
): readonly StorePatch[] => {
  const { status, done, ...rest } = values;
  const own = table === 'tasks' ? settledTask(rest, before?.['due_on']) : settledPromise(rest);
  const ticked = done === undefined || done === null ? undefined : done === 1 ? 'done' : 'open';
  const to = status ?? (ticked === before?.['status'] ? undefined : ticked);
  const withMove = (state: string): readonly StorePatch[] => taskMove(table, patch.id, state, null, work);
  return [
    ...(Object.keys(own).length > 0 ? [{ ...patch, values: own }] : []),
    ...(to === undefined ? [] : typedState(table, patch, before, to, work, withMove)),
  ];
};

/** A call, visit or mail with a contact who is to hear from us every so often: the next one counts from this one (C13). */
export const nextContact = (activity: Settled, { read, deps }: Work): readonly StorePatch[] => {
  const [table = '', id = ''] = (text(activity['about']) ?? '').split('/');
  const contact = table === 'contacts' && activity['kind'] !== 'note' ? read.get('contacts', id) : undefined;
  const every = contact?.['cadence_days'];
  const due = contact?.['next_due_on'];
  if (typeof every !== 'number' || every < 1 || typeof activity['at'] !== 'number') return [];
  const next = addDays(dayIn(companyZone(read, deps.env), activity['at']), every);
  // What was written down late moves nothing back.
  return typeof due === 'string' && due >= next ? [] : [{ kind: 'update', table: 'contacts', id, values: { next_due_on: next } }];
};
