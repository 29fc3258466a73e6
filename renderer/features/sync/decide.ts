/** Sends the choice about conflicts: one change, one step of undo. */
import type { ArgsOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { client } from '../../client/client.ts';
import { sayUndoable } from '../../state/undoable.ts';
import type { Conflict } from './team.ts';

type Item = ArgsOf<WorkbenchContract['sync.resolve']>['items'][number];
export type Choice = Item['choice'];

export const keyOf = ({ table, row, field }: Conflict): string => `${table}/${row}/${field}`;

export const decide = async (conflicts: readonly Conflict[], choice: Choice): Promise<void> => {
  const items = conflicts.map(({ table, row, field, heads }): Item => ({
    table,
    row,
    field,
    heads: heads.map(({ stamp, deviceId }) => ({ stamp, device: deviceId })),
    choice,
  }));
  await client['sync.resolve']({ items });
  sayUndoable(items.length === 1 ? 'Conflict decided' : `${items.length} conflicts decided`);
};
