/** What a device puts right by itself after a round with the others: no step of a person, and nothing to take back. */
import { AppError } from '../../../../shared/contract/define.ts';
import type { StorePatch, WriteStore } from '../../store/api.ts';

export const applySettled = (store: WriteStore, label: string, patches: readonly StorePatch[]): void => {
  if (patches.length === 0) return;
  const change = { actor: store.device.id, reason: null, screen: null, window: '', silent: true, isCommand: true } as const;
  try {
    store.apply(patches, { ...change, source: 'merge', label });
  } catch (error) {
    // Beside a newer build this one only reads: that one does it.
    if (!(error instanceof AppError) || error.code !== 'read-only') throw error;
  }
};
