/**
 * Tasks and promises typed in one line, and what follows from a call or a note: each is one step of undo. States are moved
 * by `records.transition`, as those of every record are; what a move brings with it the rules add (rules/tasks.ts).
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { isTableName, fieldOf } from '../../../../shared/model/index.ts';
import { activities } from '../../../../shared/model/activities.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StorePatch, WriteStore } from '../../store/api.ts';
import { plain, type ParseEnv } from '../records/fields.ts';
import { applyStep } from '../access/step.ts';
import { accountCalled, readLine } from './task-line.ts';

type Env = ParseEnv & Pick<EngineEnv, 'ids'>;
type Deps = { readonly store: WriteStore; readonly env: Env };
type TaskCommands = Pick<Commands, 'tasks.add' | 'activities.log' | 'commitments.add'>;

/** The record something is about: it has to be here, and to be a thing such rows are about. */
const judgeSubject = (table: 'tasks' | 'commitments' | 'activities', about: string | null, read: Reader): void => {
  if (about === null) return;
  const [of = '', id = ''] = about.split('/');
  const field = fieldOf(table, 'about');
  const isOne = isTableName(of) && field?.kind === 'ref' && field.to.includes(of);
  if (!isOne) throw new AppError('invalid', 'Nothing can be noted about such a record.', { about });
  if (read.get(of, id) === undefined) throw new AppError('not-found', 'That record is not here or was deleted.', { about });
};

const taskPatch = (id: string, line: string, about: string | null): StorePatch => ({
  kind: 'insert',
  table: 'tasks',
  id,
  values: { what: { '?': line }, ...(about === null ? {} : { about }) },
});

const promisePatch = ({ store, env }: Deps, line: string, about: string | null): StorePatch & { readonly id: string } => {
  const { what, account, due, time, unread } = readLine(line, store, env, about);
  if (due === null) {
    const first = unread.find(({ text }) => line.endsWith(text));
    const but = first === undefined ? '' : ` “${first.text}” is none: ${first.why}.`;
    throw new AppError('blocked', `A promise has a day: end it with fri, t+3 or 12 Nov.${but}`, { line });
  }
  const values = {
    what,
    due_on: due,
    due_time: time,
    ...(about === null ? {} : { about }),
    ...(account === null ? {} : { account_id: accountCalled(account, store) }),
  };
  return { kind: 'insert', table: 'commitments', id: env.ids(), values };
};

const log =
  (deps: Deps): Commands['activities.log'] =>
  ({ about, kind, summary, body, next, promise, screen }, context) => {
    const { store, env } = deps;
    judgeSubject('activities', about, store);
    const id = env.ids();
    const said: StorePatch = {
      kind: 'insert',
      table: 'activities',
      id,
      values: { about, kind, at: env.clock(), summary, ...(body === null ? {} : { body }) },
    };
    const follows = [
      ...(next === null ? [] : [taskPatch(env.ids(), next, about)]),
      ...(promise === null ? [] : [promisePatch(deps, promise, about)]),
    ];
    const label = activities.fields.kind.choices.find(({ key }) => key === kind)?.label ?? kind;
    return { ...applyStep(store, context, { label: `Log: ${label}`, screen }, [said, ...follows]), id };
  };

export const taskCommands = (deps: Deps): TaskCommands => {
  const { store, env } = deps;
  return {
    'tasks.add': ({ line, about, screen }, context) => {
      judgeSubject('tasks', about, store);
      const id = env.ids();
      const { unread } = readLine(line, store, env, about);
      const done = applyStep(store, context, { label: 'New task', screen }, [taskPatch(id, line, about)]);
      return { ...done, id, unread: [...unread] };
    },
    'activities.log': log(deps),
    'commitments.add': ({ line, about, screen }, context) => {
      judgeSubject('commitments', about, store);
      const patch = promisePatch(deps, line, about);
      const { unread } = readLine(line, store, env, about);
      return { ...applyStep(store, context, { label: 'New promise', screen }, [patch]), id: patch.id, unread: [...unread] };
    },
  };
};

export const taskQueries = ({ read, env }: { readonly read: Reader; readonly env: ParseEnv }): Pick<Queries, 'tasks.read'> => ({
  'tasks.read': ({ line, about }) => {
    const { account: typed, unread, ...said } = readLine(line, read, env, about);
    const id = typed === null ? null : plain(accountCalled(typed, read));
    const row = typeof id === 'string' ? read.get('accounts', id) : undefined;
    const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
    const account =
      typed === null
        ? null
        : { typed, id: row?.id ?? null, label: row ? { code: text(row['code']), title: text(row['name']) } : null };
    return { ...said, account, unread: [...unread] };
  },
});
