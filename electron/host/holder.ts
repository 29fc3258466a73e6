/** The engine that holds a file in another process: whether it lives, when it ends, and how its window is raised. */
import { setTimeout as wait } from 'node:timers/promises';
import { readAddress, type Address } from '../engine/address.ts';

const POLL_MS = 500;

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive as well.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** The address of the engine that holds the file, if that engine lives. */
export const findHolder = (file: string): Address | undefined => {
  const address = readAddress(file);
  return address && isAlive(address.pid) ? address : undefined;
};

/** Resolves when the engine named by the address has ended; without one, after one wait: a start will tell. */
export const untilFree = async (file: string, isStopped: () => boolean): Promise<void> => {
  do await wait(POLL_MS, undefined, { ref: false });
  while (!isStopped() && findHolder(file));
};
