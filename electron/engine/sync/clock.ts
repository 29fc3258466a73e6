/**
 * The clock of this computer beside that of a hub (SYNC.md 2.5). One that is off is told and counted with; it keeps nobody from
 * working. What it stamped years ahead is put right before anybody has it.
 */
import { MOST_AHEAD_MS, stampTime } from '../../../shared/domain/hlc.ts';
import type { SyncStore } from '../store/team/sync-store.ts';
import type { Warn } from './checking.ts';
import type { Hub } from './hub.ts';

/** Clocks that differ by more are told. */
export const CLOCK_MS = 5 * 60_000;

/** How far clocks are apart. */
export const sayApart = (ms: number): string => {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1440)} days`;
};

const sayMinute = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export type ClockDeps = { readonly store: SyncStore; readonly hub: Hub; readonly clock: () => number };

/** What is said of a clock that is off, and by which one changes are dated. */
const sayOff = (ahead: number, isBelieved: boolean): string => {
  if (ahead > 0)
    return `The clock of this computer is ${sayApart(ahead)} ahead of the hub's: set it. Until then changes are dated by the hub's clock.`;
  const behind = `The clock of this computer is ${sayApart(ahead)} behind the hub's:`;
  return isBelieved
    ? `${behind} set it. Until then changes are dated by the hub's clock.`
    : `${behind} one of them is wrong. Set this one, or have the hub's set. Until then changes are dated by the clock of this computer.`;
};

/**
 * A hub is trusted with nothing: one that says a later time than this computer is followed by a day at most. What it was followed
 * by cannot be taken back, as stamps only rise, and all who read them are lifted by them. A computer whose clock stands still far
 * behind loses nothing: what it does is stamped behind all that it has read.
 * @returns UTC milliseconds by the hub's clock, where it has one; what is done from now on is stamped by that, where it is believed
 */
export const meetClock = async ({ store, hub, clock }: ClockDeps, warn: Warn): Promise<number | null> => {
  const ahead = await hub.ahead?.();
  if (ahead === undefined) return null;
  const isOff = Math.abs(ahead) > CLOCK_MS;
  const isBelieved = ahead >= -MOST_AHEAD_MS;
  store.correctClock(isOff && isBelieved ? ahead : 0);
  if (isOff) warn(sayOff(ahead, isBelieved));
  return clock() - ahead;
};

/** Puts right what the clock stamped too far ahead. @param now UTC milliseconds by the hub's clock */
export const restamp = (store: SyncStore, now: number | null, warn: Warn): void => {
  const changed = now === null ? 0 : store.restamp(now);
  if (changed > 0)
    warn(
      `${changed} changes were dated more than a day ahead of the hub's clock, by a wrong clock. Nobody had them yet: they are dated now, and given. They can no longer be undone step by step.`,
    );
};

/** What is said of a piece that a hub did not take, and until when. */
export const sayAhead = (scope: string, hlc: number): string =>
  `${scope}: what was done here while the clock of this computer was ahead is kept back, as the hub takes nothing dated more than a day ahead of its own clock. Set the clock of this computer; it is given by itself from ${sayMinute(stampTime(hlc) - MOST_AHEAD_MS)} on, or once somebody who took it from a shared folder has given something here.`;
