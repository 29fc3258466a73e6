/** Moving and selecting by the keys of shared/commands.ts. They are the cells': a header has keys of its own. */
import type { RefObject } from 'react';
import { useEffect } from 'react';
import { registerCommand, useCommand } from '../state/commands.ts';
import { chordsFor } from '../ui/platform.ts';
import type { MountedGrid } from './ag/mount.ts';
import type { Selection } from './range/model.ts';
import { wholeColumns, wholeRows } from './range/model.ts';
import type { StepId } from './range/steps.ts';
import { steps } from './range/steps.ts';

const stepIds = Object.keys(steps) as readonly StepId[];

const isInCell = (): boolean => document.activeElement?.closest('.ag-cell') != null;

/** In a browser tab some chords change tabs of ours, because the browser keeps the usual ones. */
const isForTabs = (id: StepId): boolean => {
  const ofTabs = [...chordsFor('tab.next'), ...chordsFor('tab.previous')];
  return chordsFor(id).some((chord) => ofTabs.includes(chord));
};

export const useRangeCommands = (grid: RefObject<MountedGrid | null>): void => {
  useEffect(() => {
    const take = (id: StepId): boolean => {
      const open = grid.current;
      return open !== null && isInCell() && !open.isEditing() && !isForTabs(id) && open.step(steps[id]);
    };
    const stops = stepIds.map((id) => registerCommand(id, () => take(id)));
    return () => {
      for (const stop of stops) stop();
    };
  }, [grid]);

  /** Selects from what is selected; passes the key on where an editor is open. */
  const select = (change: (now: Selection, open: MountedGrid) => Selection) => (): boolean => {
    const open = grid.current;
    const now = open?.selection();
    if (!open || !now || open.isEditing()) return false;
    open.select(change(now, open));
    return true;
  };
  useCommand(
    'select.row',
    select((now, open) => wholeRows(now, open.plane())),
  );
  useCommand(
    'select.column',
    select((now, open) => wholeColumns(now, open.plane())),
  );
  useCommand(
    'select.all',
    select((now, open) => open.everything(now)),
  );
};
