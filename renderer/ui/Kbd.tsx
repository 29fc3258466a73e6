/** The keys of a command, whispered beside its word. Nothing when it has none. */
import type { ReactElement } from 'react';
import type { CommandId } from '../../shared/commands.ts';
import { showKeys } from './platform.ts';

export const Kbd = ({ of }: { readonly of: CommandId }): ReactElement | null => {
  const keys = showKeys(of);
  return keys === undefined ? null : <kbd>{keys}</kbd>;
};
