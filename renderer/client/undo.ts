/** Undo and redo as a person sees them: back to where it happened, the cells marked, said in words. */
import type { OutputOf } from '../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../shared/contract/index.ts';
import { isTableName } from '../../shared/model/index.ts';
import { flash } from '../state/flash.ts';
import { gestures } from '../state/gestures.ts';
import { reopenTab } from '../state/tabs.ts';
import { say } from '../state/toasts.ts';
import { lastRefused } from '../state/unsaved.ts';
import { client, whenWritten } from './client.ts';

type Undone = OutputOf<WorkbenchContract['undo.undo']>;
type Way = 'undo' | 'redo';

const words = {
  undo: { done: 'Undid', not: 'Not undone', nothing: 'Nothing to undo.' },
  redo: { done: 'Did again', not: 'Not done again', nothing: 'Nothing to redo.' },
};

/** Nothing of the step was taken back: all of it is fixed, or was changed since. */
const isLeftWhole = ({ rows, refused }: Undone): boolean => rows.length === 0 && refused.length > 0;

/** Why values were left as they are. */
const sayLeft = (refused: Undone['refused']): string => {
  const fixed = refused.filter(({ why }) => why === 'fixed').length;
  const changed = refused.length - fixed;
  const values = changed === 1 ? 'One value was left as it is' : `${changed} values were left as they are`;
  return [
    ...(changed === 0 ? [] : [`${values}: changed since`]),
    ...(fixed === 0 ? [] : ['What went out to a customer stays as it is']),
  ].join('. ');
};

/** What is said about a step taken back or done again. */
export const describeUndo = (way: Way, undone: Undone): string => {
  const { step, refused, elsewhere } = undone;
  if (step === null) return words[way].nothing;
  const kept = refused.length === 0 ? '' : `. ${sayLeft(refused)}`;
  const did = isLeftWhole(undone) ? words[way].not : words[way].done;
  return `${did}: ${step.label}${elsewhere ? ' (made in another window)' : ''}${kept}`;
};

const longestSaid = 40;

/** Text the engine would not take is no step of its own: it is what undo takes back first. False where there is none. */
const takeBackRefused = (): boolean => {
  const last = lastRefused();
  if (last === undefined) return false;
  const { table, row, field, screen, text, letGo } = last;
  letGo();
  if (screen !== '') reopenTab(screen);
  flash([{ table, id: row, fields: [field] }]);
  const cut = text.length > longestSaid ? `${text.slice(0, longestSaid)}…` : text;
  say(text === '' ? 'Undid: an empty cell that was not saved' : `Undid: “${cut}”, which was not saved`);
  return true;
};

const run = async (way: Way): Promise<void> => {
  const since = gestures();
  // The last thing done is what was typed last, also when it is still on its way.
  await whenWritten();
  if (way === 'undo' && takeBackRefused()) return;
  const undone = await client[`undo.${way}`]({});
  const other: Way = way === 'undo' ? 'redo' : 'undo';
  if (undone.step === null) return say(words[way].nothing);
  if (undone.step.screen !== null && gestures() === since) reopenTab(undone.step.screen);
  if (isLeftWhole(undone)) return say(describeUndo(way, undone), { tone: 'warning' });
  say(describeUndo(way, undone), {
    action: { label: other === 'redo' ? 'Redo' : 'Undo', command: `edit.${other}`, run: () => void run(other).catch(fail) },
  });
  flash(undone.rows.flatMap(({ table, id, fields }) => (isTableName(table) ? [{ table, id, fields, since }] : [])));
};

const fail = (error: unknown): void => say(error instanceof Error ? error.message : String(error), { tone: 'danger' });

export const undo = (): Promise<void> => run('undo').catch(fail);
export const redo = (): Promise<void> => run('redo').catch(fail);
