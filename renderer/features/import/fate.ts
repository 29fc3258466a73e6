/** What became of an import since it was written: whether it still stands, and whether undo or redo would move it next. */
import { tableNames } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';

export const useFate = (batch: string | null) => {
  const { data } = useEngine('undo.state', { batch }, { tables: tableNames, isEnabled: batch !== null });
  return {
    isBack: data?.batch === 'undone',
    isNextToUndo: batch !== null && data?.undo?.batch === batch,
    isNextToRedo: batch !== null && data?.redo?.batch === batch,
    /** What was done since; null where nothing was. */
    since: data?.batch === 'done' && data.undo !== null && data.undo.batch !== batch ? data.undo.label : null,
  };
};

export type Fate = ReturnType<typeof useFate>;
