/**
 * The account of every cell of a file: what was taken and, at the end, what was not. A cell counts as lost when it
 * is not blank, no entry took it and no entry ignores its column (DECISIONS.md 7). It is counted, never assumed.
 */
import { isBlank } from '../../../../shared/domain/import/evidence.ts';
import type { SourceTable } from '../../files/table.ts';

export type Ledger = {
  /** Marks a cell as kept somewhere. */
  take(row: number, column: number): void;
  /** Takes such a mark back. */
  leave(row: number, column: number): void;
  /** Marks all cells of a row as accounted for: the person deleted the record, or the recipe skips it. */
  takeRow(row: number): void;
  ignore(column: number): void;
  /** Lost cells by column; columns without any are left out. */
  lost(): ReadonlyMap<number, number>;
  /** True for the first to ask: several entries share a ledger and only one may report it. */
  claim(): boolean;
  /** Remembers what is marked now, for `rewind`. */
  mark(): void;
  /** Back to what was marked then: a run begins anew on the same file. */
  rewind(): void;
};

export const createLedger = ({ rows, headers }: SourceTable): Ledger => {
  const width = headers.length;
  const taken = new Uint8Array(Math.ceil((rows.length * width) / 8));
  const ignored = new Set<number>();
  let isClaimed = false;
  let marked: Uint8Array | null = null;
  const take = (row: number, column: number): void => {
    const bit = row * width + column;
    taken[bit >> 3] = (taken[bit >> 3] ?? 0) | (1 << (bit & 7));
  };
  const takeRow = (row: number): void => {
    for (let column = 0; column < width; column += 1) take(row, column);
  };
  const isTaken = (bit: number): boolean => ((taken[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  return {
    take,
    leave: (row, column) => {
      const bit = row * width + column;
      taken[bit >> 3] = (taken[bit >> 3] ?? 0) & ~(1 << (bit & 7));
    },
    takeRow,
    ignore: (column) => void ignored.add(column),
    lost: () => {
      const lost = new Map<number, number>();
      rows.forEach((row, at) => {
        for (let column = 0; column < row.length; column += 1) {
          if (ignored.has(column) || isBlank(row[column] ?? '') || isTaken(at * width + column)) continue;
          lost.set(column, (lost.get(column) ?? 0) + 1);
        }
      });
      return lost;
    },
    claim: () => {
      const first = !isClaimed;
      isClaimed = true;
      return first;
    },
    mark: () => void (marked = taken.slice()),
    rewind: () => {
      taken.fill(0);
      if (marked) taken.set(marked);
      isClaimed = false;
    },
  };
};
