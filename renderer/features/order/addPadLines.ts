/** Makes lines of what was typed into the order pad: one undo step. */
import type { Patch } from '../../../shared/contract/shapes.ts';
import { client } from '../../client/client.ts';
import { tryStep } from './tryStep.ts';
import type { useDocument } from './useDocument.ts';

/** Why it was refused, in words, or null. The order is made first where it is not there yet. */
export const addPadLines = async (
  { id, record, settle }: Pick<ReturnType<typeof useDocument>, 'id' | 'record' | 'settle'>,
  patches: readonly Patch[],
): Promise<string | null> => {
  const what = patches.length === 1 ? '1 line' : `${patches.length} lines`;
  await settle();
  return tryStep(`${what} added.`, async () => {
    await record.make();
    const label = `Add ${what} from the order pad`;
    await client['records.apply']({ patches: [...patches], label, screen: `orders/${id}` });
  });
};
