/** What a row of Today can be brought to: done, its next step, put off, brought back. */
import type { Client } from '../../../shared/contract/index.ts';
import { isTableName } from '../../../shared/model/index.ts';
import { client } from '../../client/client.ts';
import { runCommand } from '../../state/commands.ts';
import { setPeekTarget } from '../../state/peek.ts';
import { sayUndoable } from '../../state/undoable.ts';
import { say } from '../../state/toasts.ts';
import { askAbout } from '../tasks/asking.ts';
import type { TodayRow } from './rows.ts';

const SCREEN = 'screen:today';

type Move = Parameters<Client['records.transition']>[0];

/** Rows that are done by one move. */
const ends: Readonly<Record<string, Pick<Move, 'table' | 'to'> & { readonly said: string }>> = {
  task: { table: 'tasks', to: 'done', said: 'Task done' },
  promise: { table: 'commitments', to: 'kept', said: 'Promise kept' },
};

const end = async (row: TodayRow): Promise<boolean> => {
  const move = ends[row.source];
  if (move === undefined || row.record === null) return false;
  await client['records.transition']({ table: move.table, id: row.record.id, field: 'status', to: move.to, screen: SCREEN });
  sayUndoable(move.said);
  return true;
};

/** Ends what can be ended by one move; of a contact who is to be called, writes the call down. */
export const finish = async (row: TodayRow): Promise<void> => {
  if (await end(row)) return;
  if (row.source === 'contact' && row.record !== null) return askAbout('note', row.record);
  if (row.source === 'step' && row.record !== null) {
    const { id } = row.record;
    const values = { next_step: null, next_step_on: null };
    await client['records.apply']({
      patches: [{ kind: 'update', table: 'accounts', id, values }],
      label: 'Next step done',
      screen: SCREEN,
    });
    return sayUndoable('Next step done');
  }
  say(`This row goes when its record does: ${row.next}. Alt+Enter opens it.`);
};

/** Done and what follows of a task or a promise; of anything else, its record, where the step is made. */
export const goOn = async (row: TodayRow): Promise<void> => {
  if (await end(row)) {
    if (row.source === 'task') askAbout('task', row.account === null ? null : { table: 'accounts', id: row.account.id });
    return;
  }
  if ((row.source === 'contact' || row.source === 'step') && row.record !== null) return askAbout('note', row.record);
  // Keys may come before the panel follows the focus: what is opened is the row they are for.
  if (row.record !== null && isTableName(row.record.table)) setPeekTarget({ table: row.record.table, id: row.record.id });
  runCommand('record.open');
};

export const snooze = async (items: readonly string[], until: string): Promise<number> =>
  (await client['today.snooze']({ items: [...items], until, screen: SCREEN })).until;

export const wake = async (items: readonly string[]): Promise<void> => {
  await client['today.wake']({ items: [...items], screen: SCREEN });
  sayUndoable('Back on the list');
};
