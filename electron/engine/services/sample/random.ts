/** Numbers that look like chance and are the same for the same seed, on every machine. */

/** A list with something in it. */
type Some = readonly [unknown, ...unknown[]];

export type Random = {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number, both ends inclusive. */
  int(from: number, to: number): number;
  chance(share: number): boolean;
  pick<L extends Some>(from: L): L[number];
  /** The first of a list are taken more often than the last: a few large, many small. */
  pickEarly<L extends Some>(from: L): L[number];
  /** A stream of its own: what one part draws does not move what another draws. */
  fork(name: string): Random;
};

/** FNV-1a over a name, mixed with a seed. */
const mix = (seed: number, name: string): number => {
  let hash = (2_166_136_261 ^ seed) >>> 0;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 16_777_619) >>> 0;
  return hash;
};

/** mulberry32 */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const at = <L extends Some>(from: L, share: number): L[number] => from[Math.floor(share * from.length)] ?? from[0];
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (share) => next() < share,
    pick: (from) => at(from, next()),
    pickEarly: (from) => at(from, next() ** 2),
    fork: (name) => createRandom(mix(seed, name)),
  };
};

/** A list that is known to have something in it. */
export const atLeastOne = <T>(list: readonly T[]): readonly [T, ...T[]] => {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error('The list is empty');
  return [first, ...rest];
};
