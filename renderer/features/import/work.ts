/** One piece of work at a time: starting one stops the one before, and what a stopped one still answers is not heard. */
import type { Busy } from './desk.ts';
import { desk, setDesk } from './desk.ts';
import type { Progress } from './types.ts';

let current: AbortController | null = null;

export type Work = { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void };

/** Progress as the client hands it over. */
export const heard =
  ({ onProgress }: Work) =>
  (done: number, total: number | null, what: string): void =>
    onProgress({ done, total, what });

export const stopWork = (): void => {
  current?.abort();
  current = null;
  if (desk().busy !== null) setDesk({ busy: null });
};

/**
 * Runs it as the work under way. A failure is kept for the screen to say.
 * @returns undefined where it failed or was stopped
 */
export const work = async <T>(what: Busy['what'], run: (work: Work) => Promise<T>): Promise<T | undefined> => {
  stopWork();
  const own = new AbortController();
  current = own;
  const { signal } = own;
  const show = (progress: Progress | null): void => {
    if (current === own) setDesk({ busy: { what, progress, stop: () => own.abort() } });
  };
  setDesk({ error: null, notice: null });
  show(null);
  try {
    const done = await run({ signal, onProgress: show });
    return signal.aborted ? undefined : done;
  } catch (error) {
    // A stopped run has been answered for by who stopped it; only the one under way speaks.
    if (current === own) setDesk({ error: signal.aborted ? null : error });
    return undefined;
  } finally {
    if (current === own) {
      current = null;
      setDesk({ busy: null });
    }
  }
};
