/**
 * How soon something costly is read again when what it was made from changes: at once after a quiet while, and
 * while changes go on, as in an import, only so often that reading takes a tenth of the time.
 */
export type Pace = {
  /** Milliseconds until the next reading may begin. */
  readonly wait: (now: number) => number;
  /** A reading went from one moment to another, both in milliseconds of one clock. */
  readonly took: (from: number, to: number) => void;
};

/** @param leastMs the shortest pause between two readings, however short they are */
export const createPace = (leastMs: number): Pace => {
  let next = -Infinity;
  return {
    wait: (now) => Math.max(0, next - now),
    took: (from, to) => {
      next = to + Math.max(leastMs, 9 * (to - from));
    },
  };
};
