/**
 * The hybrid clock that stamps every change (SYNC.md 2.5): milliseconds since 2020 × 4096 + a counter, 53 bits,
 * so a stamp is one exact number and one SQLite integer. It never refuses a fast or slow clock: a stamp is only
 * ever larger than all this device has seen.
 */

const EPOCH = Date.UTC(2020, 0, 1);
const COUNTER = 4096;

/** Above this a stamp is malformed (the year 2072). */
export const MAX_STAMP = Number.MAX_SAFE_INTEGER - 2 ** 51;
/** A clock that says more counts as this: room is left for ever to go on counting. */
const LATEST_MOMENT = MAX_STAMP - 2 ** 48;

type Hlc = {
  /** A new stamp, larger than any made or received before. */
  now(): number;
  /** Takes note of a stamp from elsewhere. Call when its transaction has committed. Malformed: RangeError. */
  receive(stamp: number): void;
  /** The largest stamp made or received. */
  last(): number;
  /** From now on the clock counts as so many milliseconds ahead of the right time; behind, where negative. */
  correct(ahead: number): void;
  /** After stamps were given anew: the largest one there is. */
  reset(last: number): void;
};

export const isStamp = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= MAX_STAMP;

/** UTC milliseconds of a stamp. */
export const stampTime = (stamp: number): number => EPOCH + Math.floor(stamp / COUNTER);

/** The first stamp of a moment, in UTC milliseconds. */
export const stampAt = (ms: number): number => Math.min(Math.max(0, Math.floor(ms) - EPOCH) * COUNTER, MAX_STAMP);

/** How far a stamp may be ahead of a hub's clock (SYNC.md invariant 27). */
export const MOST_AHEAD_MS = 86_400_000;
/** The same between two stamps. */
export const MOST_AHEAD = MOST_AHEAD_MS * COUNTER;

/** How far a stamp may lift the clock of a device ahead of what that says. */
export const MOST_LIFT_MS = 20 * 365.25 * 86_400_000;

/**
 * The latest stamp that may lift the clock of a device: 20 years ahead of it. A clock that is years off is taken (SYNC.md
 * 2.5); one stamp near the end of all stamps would leave nobody any to make. @param ms UTC milliseconds, now
 */
export const latestStamp = (ms: number): number => stampAt(Math.max(ms, EPOCH) + MOST_LIFT_MS);

/**
 * @param clock UTC milliseconds; may stand still, jump or run backwards
 * @param last the largest stamp this device has stored, 0 for none
 */
export const createHlc = (clock: () => number, last: number): Hlc => {
  let [top, wrong] = [last, 0];
  return {
    now: () => (top = Math.max(top + 1, Math.min(stampAt(clock() - wrong), LATEST_MOMENT))),
    receive(stamp) {
      if (!isStamp(stamp)) throw new RangeError(`Not a stamp: ${String(stamp)}`);
      top = Math.max(top, stamp);
    },
    last: () => top,
    correct: (ahead) => void (wrong = ahead),
    reset: (stamp) => void (top = stamp),
  };
};
