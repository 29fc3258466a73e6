/**
 * A setting that is written whole. What is being written stands as the setting until it was read again: a second change in
 * the same moment builds on the first.
 */
import { useMutation, type UseQueryResult } from '@tanstack/react-query';

type Whole<T> = {
  /** Undefined while it was never read. */
  readonly value: T | undefined;
  /** Why the last change was refused; null where it was not. */
  readonly error: Error | null;
  readonly change: (next: T) => void;
};

type Asked<R> = Pick<UseQueryResult<R>, 'refetch'>;

/**
 * Reads again, from now on: a reading that is under way may be of before, and one that another takes the place of ends
 * early, with what was read last.
 */
const readAgain = async <R>(asked: Asked<R>): Promise<void> => {
  for (let whole = 0; whole < 2;) {
    const { isFetching } = await asked.refetch({ cancelRefetch: false });
    if (!isFetching) whole += 1;
  }
};

/** @param asked the reading it stands in, @param value the setting in its answer */
export const useWhole = <T, R>(asked: Asked<R>, value: T | undefined, write: (next: T) => Promise<unknown>): Whole<T> => {
  const { mutate, variables, isPending, error } = useMutation({
    mutationFn: async (next: T) => {
      await write(next);
      await readAgain(asked);
    },
  });
  return { value: isPending ? variables : value, error, change: mutate };
};
