/** A history of a team of two territories as a list of steps, made from a seed. */
import { dice } from './program.ts';

const KINDS = ['account', 'child', 'write', 'hang', 'delete', 'give', 'meet', 'reopen'] as const;
/** How often each is done. */
const TIMES: Readonly<Record<(typeof KINDS)[number], number>> = {
  account: 1,
  child: 2,
  write: 4,
  hang: 1,
  delete: 1,
  give: 2,
  meet: 3,
  reopen: 1,
};
const ALL = KINDS.flatMap((kind) => Array.from({ length: TIMES[kind] }, () => kind));

export type RegionStep = { readonly do: (typeof KINDS)[number]; readonly who: number; readonly salt: number };
export type RegionProgram = { readonly seed: number; readonly steps: readonly RegionStep[] };

export const makeRegionProgram = (seed: number, length: number): RegionProgram => {
  const roll = dice(seed);
  const steps = Array.from({ length }, () => ({ do: ALL[roll(ALL.length)] ?? 'meet', who: roll(1000), salt: roll(2 ** 30) }));
  return { seed, steps };
};
