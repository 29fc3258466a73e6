/** What a command writes: one transaction, one step of undo, by whoever called. */
import type { CallContext } from '../../../../shared/contract/define.ts';
import type { Changed } from '../../../../shared/contract/shapes.ts';
import type { StorePatch, WriteStore } from '../../store/api.ts';
import { changeBy } from './identity.ts';

type What = { readonly label: string; readonly screen: string | null; readonly reason?: string | null };

export const applyStep = (store: WriteStore, context: CallContext, what: What, patches: readonly StorePatch[]): Changed => {
  const { inverse: _, ...changed } = store.apply(patches, changeBy(store, context, { ...what, isCommand: true }));
  return changed;
};
