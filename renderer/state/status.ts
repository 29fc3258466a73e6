/** What the status bar says about the screen in front. A screen sets its part and clears it when it goes. */
import { create } from 'zustand';

/** `3 of 310 orders`. `total` is left out where nothing is filtered away. */
export type RowCount = { readonly shown: number; readonly total?: number; readonly noun: string };
/** `copy`: what a click on it puts on the clipboard. */
export type Stat = { readonly label: string; readonly value: string; readonly copy?: string };

type State = {
  readonly rows: RowCount | null;
  /** Said beside the rows: `1 kept until Re-apply`. */
  readonly note: string | null;
  /** What the rows come to, in words and figures; units never mixed. */
  readonly selection: readonly Stat[];
  /** What the selected cells come to, in place of that; null where only one is selected. */
  readonly range: readonly Stat[] | null;
  /** Why the focused cell needs attention. */
  readonly reason: string | null;
  /** When the last change was acknowledged by the engine, UTC milliseconds. */
  readonly savedAt: number | null;
  /** Changes are on their way to the engine. */
  readonly isWriting: boolean;
};

const quiet = { rows: null, note: null, selection: [], range: null, reason: null } as const;

export const useStatus = create<State>(() => ({ ...quiet, savedAt: null, isWriting: false }));

export const setStatus = (part: Partial<Omit<State, 'savedAt' | 'isWriting'>>): void => useStatus.setState(part);
export const clearStatus = (): void => useStatus.setState(quiet);
export const markSaved = (at: number): void => useStatus.setState({ savedAt: at });
export const markWriting = (isWriting: boolean): void =>
  useStatus.setState((state) => (state.isWriting === isWriting ? state : { isWriting }));
