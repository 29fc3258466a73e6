/** What a cell looks like, whichever way its rows came. */
import type { Tone } from '../../shared/domain/lifecycle.ts';
import type { IconName } from '../ui/Icon.tsx';

export type ChipView = { readonly label: string; readonly tone: Tone; readonly icon: IconName; readonly isQuiet: boolean };

export type CellProblem = { readonly level: 'error' | 'warning'; readonly message: string };

export type CellView = {
  readonly text: string;
  /** Beside the text, muted: the currency where it is not that of the column. */
  readonly beside: string | null;
  readonly chip: ChipView | null;
  readonly problem: CellProblem | null;
  /** In place of a value, muted: `not counted`. */
  readonly isMuted: boolean;
  /** The text says that it is a problem, or that it was mended here. */
  readonly tone?: 'danger-t' | 'edited';
};
