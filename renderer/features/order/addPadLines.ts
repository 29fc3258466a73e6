/** Makes lines of what was typed into the order pad: one undo step. */
import type { Patch } from '../../../shared/contract/shapes.ts';
import { client } from '../../client/client.ts';
import { markSaved } from '../../state/status.ts';
import { say } from '../../state/toasts.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';
import type { useDocument } from './useDocument.ts';
import { undoAction } from './useOrderActions.ts';

/** Why it was refused, in words, or null. The order is made first where it is not there yet. */
export const addPadLines = async (
  { id, record, settle }: Pick<ReturnType<typeof useDocument>, 'id' | 'record' | 'settle'>,
  patches: readonly Patch[],
): Promise<string | null> => {
  const what = patches.length === 1 ? '1 line' : `${patches.length} lines`;
  await settle();
  try {
    await record.make();
    await client['records.apply']({
      patches: [...patches],
      label: `Add ${what} from the order pad`,
      screen: `orders/${id}`,
    });
  } catch (error) {
    return messageOf(error);
  }
  markSaved(Date.now());
  say(`${what} added.`, { action: undoAction });
  return null;
};
