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

/** @param asked the reading it stands in, @param value the setting in its answer */
export const useWhole = <T, R>(
  asked: Pick<UseQueryResult<R>, 'refetch'>,
  value: T | undefined,
  write: (next: T) => Promise<unknown>,
): Whole<T> => {
  const { mutate, variables, isPending, error } = useMutation({
    mutationFn: async (next: T) => {
      await write(next);
      await asked.refetch();
    },
  });
  return { value: isPending ? variables : value, error, change: mutate };
};
