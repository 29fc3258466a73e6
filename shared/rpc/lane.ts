/**
 * One at a time, in order: how the writer serialises commands. A job that waits can be cancelled before it
 * starts, and hears from the one that runs, so that its caller knows it is waiting and not lost.
 */
import { AppError, type CancelSignal } from '../contract/define.ts';

export type Lane = {
  run<T>(signal: CancelSignal, waiting: () => void, job: () => T | Promise<T>): Promise<T>;
  /** Tells those that wait that the one in front is still at work. */
  stir(): void;
};

export const createLane = (): Lane => {
  const queue: { readonly start: () => void; readonly waiting: () => void }[] = [];
  let isBusy = false;

  const next = (): void => {
    const first = queue.shift();
    isBusy = first !== undefined;
    first?.start();
  };
  const turn = (signal: CancelSignal, waiting: () => void): Promise<void> =>
    new Promise((resolve, reject) => {
      const entry = {
        waiting,
        start: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      const leave = (): void => {
        queue.splice(queue.indexOf(entry), 1);
        signal.removeEventListener('abort', leave);
        reject(new AppError('cancelled', 'Cancelled before it began.'));
      };
      queue.push(entry);
      signal.addEventListener('abort', leave);
      waiting();
    });

  return {
    run: async (signal, waiting, job) => {
      if (isBusy) await turn(signal, waiting);
      isBusy = true;
      try {
        return await job();
      } finally {
        next();
      }
    },
    stir: () => {
      for (const entry of queue) entry.waiting();
    },
  };
};
