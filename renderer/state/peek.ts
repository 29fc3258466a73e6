/** What the side panel shows: the row in focus on the screen in front. Screens set it; the frame draws it. */
import { create } from 'zustand';
import type { TableName } from '../../shared/model/index.ts';

export type PeekTarget = {
  readonly table: TableName;
  readonly id: string;
  /** Why it is in front, said above it: the clock that runs out. */
  readonly why?: string;
};
export type PeekMode = 'record' | 'history' | 'price';

type State = {
  readonly isOpen: boolean;
  readonly mode: PeekMode;
  readonly target: PeekTarget | null;
  /** The line of a document whose price is explained, where its page is in front. */
  readonly line: PeekTarget | null;
};

export const usePeek = create<State>(() => ({ isOpen: false, mode: 'record', target: null, line: null }));

/** Follows the focused row. The same row again changes nothing. */
export const setPeekTarget = (target: PeekTarget | null): void =>
  usePeek.setState((state) =>
    state.target?.table === target?.table && state.target?.id === target?.id && state.target?.why === target?.why
      ? state
      : { target },
  );

/** Follows the line in focus on a document's page. */
export const setPeekLine = (line: PeekTarget | null): void =>
  usePeek.setState((state) => (state.line?.table === line?.table && state.line?.id === line?.id ? state : { line }));

export const openPeek = (mode: PeekMode = 'record'): void => usePeek.setState({ isOpen: true, mode });
/** Shows a record in the panel, whatever has the focus. */
export const peekAt = (target: PeekTarget): void => usePeek.setState({ isOpen: true, mode: 'record', target });
export const closePeek = (): void => usePeek.setState({ isOpen: false, mode: 'record' });

/** The same key opens and closes; asking for the other content switches. */
export const togglePeek = (mode: PeekMode = 'record'): void =>
  usePeek.setState((state) => (state.isOpen && state.mode === mode ? { isOpen: false, mode: 'record' } : { isOpen: true, mode }));
