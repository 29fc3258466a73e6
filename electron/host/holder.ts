/** The engine that holds a file in another process: whether it lives, when it ends, and how its window is raised. */
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { findHolder, type Address } from '../engine/address.ts';

const POLL_MS = 500;

/** As `findHolder`, and it answers: after a crash its number may belong to any process of the machine. */
export const reachHolder = async (file: string): Promise<Address | undefined> => {
  const address = findHolder(file);
  if (!address) return undefined;
  return new Promise((resolve) => {
    const socket = connect(address.socket);
    const answer = (found: Address | undefined): void => {
      socket.destroy();
      resolve(found);
    };
    socket.once('connect', () => answer(address));
    socket.once('error', () => answer(undefined));
  });
};

/** Resolves when the engine named by the address has ended; without one, after one wait: a start will tell. */
export const untilFree = async (file: string, isStopped: () => boolean): Promise<void> => {
  do await wait(POLL_MS, undefined, { ref: false });
  while (!isStopped() && (await reachHolder(file)));
};
