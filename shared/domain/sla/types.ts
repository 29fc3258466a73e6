/**
 * What the SLA engine is told: what was agreed when the case was opened, and what happened since. Times are UTC
 * milliseconds, targets minutes of working time. An event tells when it happened, which a person may say, and when it
 * was recorded, which the device says (L12).
 */
import type { Calendar } from './work-time.ts';

/** In the order they come due in the life of a case (L2). */
export const clockKeys = ['acknowledge', 'respond', 'update', 'resolve'] as const;
export type ClockKey = (typeof clockKeys)[number];

/** What a reopened case makes of the time it was resolved (L8). */
export type ReopenMode = 'stay_met' | 'continue' | 'from_start';

/** What was agreed, as it stood at one time: later changes of the policy or the calendar are another version (L9). */
export type Terms = {
  readonly policy: string;
  /** Minutes of working time; null = there is no such clock. */
  readonly targets: Readonly<Record<ClockKey, number | null>>;
  readonly reopen: ReopenMode;
  /** Whether waiting for others stops the clocks up to the first response, too (L5). */
  readonly pausesResponse: boolean;
  /** Null = none is set. */
  readonly calendar: Calendar | null;
};

type Base = { readonly id: string; readonly at: number; readonly recorded: number };

/** Who we wait for. */
export type WaitsOn = 'customer' | 'third_party';

export type CaseEvent = Base &
  (
    | { readonly kind: 'opened' | 'retargeted'; /** Null = no policy applies. */ readonly terms: Terms | null }
    | { readonly kind: 'acknowledged' | 'customer' | 'resumed' | 'resolved' | 'reopened' | 'merged' | 'note' }
    /** What we told the customer; an answer a machine wrote acknowledges and is no response. */
    | { readonly kind: 'answered'; readonly isHuman: boolean }
    | { readonly kind: 'paused'; readonly on: WaitsOn; readonly reason: string; readonly resume: string | null }
    /** A due time set by hand, which sticks; null = as the policy says again. */
    | { readonly kind: 'due_set'; readonly clock: ClockKey; readonly due: number | null; readonly reason: string }
    /** When another event really happened. */
    | { readonly kind: 'corrected'; readonly event: string; readonly happened: number }
  );

/**
 * `none`: there is no such clock, or nothing runs. `stopped`: ended without having been met or missed. `paused`: it waits
 * with time left; one that was over before it waited, or has a due time set by hand, runs on.
 */
type ClockState = 'none' | 'running' | 'paused' | 'met' | 'missed' | 'stopped';

export type Clock = {
  readonly key: ClockKey;
  readonly state: ClockState;
  readonly start: number | null;
  /** Minutes. */
  readonly target: number | null;
  /** Null while it is paused with time left, for the pause moves it. */
  readonly due: number | null;
  /** When it was met, missed or stopped. */
  readonly end: number | null;
  /** Working milliseconds to the due time, of a clock that ended as of its end; negative = over, waits included. */
  readonly left: number | null;
  /** Working milliseconds that were counted. */
  readonly counted: number;
  /** Stretches that do not count. */
  readonly pauses: readonly Pause[];
  /** Why the due time was set by hand. */
  readonly byHand: string | null;
};

/** `to` null = it still waits. */
export type Pause = { readonly from: number; readonly to: number | null; readonly why: string };
