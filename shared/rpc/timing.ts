/** Cancelling and waiting without Node or the DOM: `shared` knows neither, every process has both. */
import type { CancelSignal } from '../contract/define.ts';

type Timers = {
  readonly setTimeout: (run: () => void, ms: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
};

/** Runs once after `ms` unless the returned function is called before. */
export const after = (ms: number, run: () => void): (() => void) => {
  // Looked up at each call, so that a test's clock is the one that counts.
  const timers = globalThis as unknown as Timers;
  const timer = timers.setTimeout(run, ms);
  return () => timers.clearTimeout(timer);
};

/** A signal and the hand that gives it. */
export const createCancel = (): { readonly signal: CancelSignal; readonly cancel: () => void } => {
  const listeners = new Set<() => void>();
  let aborted = false;
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      addEventListener: (_, listener) => void listeners.add(listener),
      removeEventListener: (_, listener) => void listeners.delete(listener),
    },
    cancel: () => {
      if (aborted) return;
      aborted = true;
      for (const listener of [...listeners]) listener();
    },
  };
};
