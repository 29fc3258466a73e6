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

/** @returns UTC milliseconds by the hub's clock, where it has one; what is done from now on is stamped by that */
export const meetClock = async ({ store, hub, clock }: ClockDeps, warn: Warn): Promise<number | null> => {
  const ahead = await hub.ahead?.();
  if (ahead === undefined) return null;
  const isOff = Math.abs(ahead) > CLOCK_MS;
  store.correctClock(isOff ? ahead : 0);
  if (isOff)
    warn(
      `The clock of this computer is ${sayApart(ahead)} ${ahead > 0 ? 'ahead of' : 'behind'} the hub's: set it. Until then changes are dated by the hub's clock.`,
    );
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
  `${scope}: what was done here while the clock of this computer was ahead is kept back, as the hub takes nothing dated more than a day ahead of its own clock. Set the clock of this computer; it is given by itself from ${sayMinute(stampTime(hlc) - MOST_AHEAD_MS)} on.`;
