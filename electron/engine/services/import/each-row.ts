/** A pass over the rows of a file that a recipe takes, in slices, so that others get their turn. */
import { isFurniture } from '../../../../shared/domain/import/headers.ts';
import type { Reader } from '../../store/api.ts';
import type { Bound } from './bind.ts';

/** Rows read in one go, between two breaths. */
const SLICE = 2000;

export type EachRow = (at: number, cells: readonly string[], isAside: boolean) => void;

/** @param each hears of every row, by its index; `isAside`: it is furniture of a report */
export const eachRow = async (
  { source: { table, first }, isWanted }: Bound,
  together: Reader['together'],
  breathe: () => Promise<void>,
  each: EachRow,
): Promise<void> => {
  for (let from = first; from < table.rows.length; from += SLICE) {
    together(() => {
      for (let at = from; at < Math.min(from + SLICE, table.rows.length); at += 1) {
        const cells = table.rows[at] ?? [];
        if (isWanted(cells)) each(at, cells, isFurniture(cells, table.headers.length));
      }
    });
    await breathe();
  }
};
