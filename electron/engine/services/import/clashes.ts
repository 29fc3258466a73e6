/**
 * Rows of one file that have the same key and say different things. Which of them is meant nobody can know, so none is
 * taken, and each is told with the others. A row that only says again what the first one says, or less, is no clash.
 */
import { matchKey } from '../../../../shared/domain/fold.ts';
import { keptAt, type Bound } from './bind.ts';
import { eachRow } from './each-row.ts';
import { keyOf, namesRows } from './row-key.ts';

/** By index of the row: all rows it is among, as the file counts them. */
export type Clashes = ReadonlyMap<number, readonly number[]>;

export const findClashes = async (bound: Bound, breathe: () => Promise<void>): Promise<Clashes> => {
  if (!namesRows(bound)) return new Map();
  const { rows, numbers } = bound.source.table;
  const compared = keptAt(bound);
  const firstAt = new Map<string, number>();
  const alike = new Map<number, number[]>();
  const clashing = new Set<number>();
  const saysMore = (cells: readonly string[], first: readonly string[]): boolean =>
    compared.some((at) => {
      const text = (cells[at] ?? '').trim();
      return text !== '' && text !== (first[at] ?? '').trim();
    });
  const look = (at: number, cells: readonly string[], isAside: boolean): void => {
    const key = isAside ? null : keyOf(cells, bound.keyAt);
    if (key === null) return;
    const match = matchKey(key);
    const first = firstAt.get(match);
    if (first === undefined) return void firstAt.set(match, at);
    const same = alike.get(first);
    if (same) same.push(at);
    else alike.set(first, [first, at]);
    if (saysMore(cells, rows[first] ?? [])) clashing.add(first);
  };
  await eachRow(bound, (read) => read(), breathe, look);
  return new Map(
    [...clashing].flatMap((first) => {
      const all = alike.get(first) ?? [];
      const among = all.map((at) => numbers[at] ?? at + 1);
      return all.map((at): [number, readonly number[]] => [at, among]);
    }),
  );
};
