/** A history of a team as a list of steps, made from a seed: what each step means hangs on the steps before it alone. */
import { random } from '../fakes/random.ts';

export type Step = {
  readonly do: 'edit' | 'foreign' | 'send' | 'pull' | 'reopen' | 'keep' | 'restore' | 'clone' | 'snapshot' | 'load';
  readonly who: number;
  readonly salt: number;
};

/** How the clocks of the devices go: apart, all alike and standing, one of them years ahead, or that beside a hub that refuses it. */
export type Clocks = 'skewed' | 'tied' | 'poisoned' | 'refused';

export type Program = {
  /** Whether files are brought back from copies, or copied and worked on. */
  readonly hasCopies: boolean;
  /** Whether devices make snapshots and take those of others. */
  readonly hasSnapshots: boolean;
  /** Whether it is mostly about people, and who is erased. */
  readonly isOfPeople: boolean;
  readonly seed: number;
  readonly devices: number;
  readonly clocks: Clocks;
  readonly steps: readonly Step[];
};

/** Files that are copied and worked on in one history. */
export const MOST_CLONES = 3;

/** Whole numbers below a bound. */
export const dice = (seed: number): ((below: number) => number) => {
  const next = random(seed);
  return (below) => Math.floor(next() * below);
};

/** Two to five devices, or six to eight. Bursts of edits; a device in four is offline for some rounds, and then gives and takes all at once. */
export const makeProgram = (
  seed: number,
  edits: number,
  clocks: Clocks,
  { hasCopies = false, hasSnapshots = false, isOfPeople = false, isLarge = false } = {},
): Program => {
  const roll = dice(seed);
  const devices = isLarge ? 6 + roll(3) : 2 + roll(4);
  const offline = Array.from({ length: devices }, () => 0);
  const steps: Step[] = [];
  const add = (kind: Step['do'], who: number): void => void steps.push({ do: kind, who, salt: roll(2 ** 30) });
  let everybody = devices;
  /** A copy is put aside, comes back or is worked on beside the file; then both go on as if nothing had been. */
  const copies = (who: number): void => {
    const kind = (['keep', 'restore', 'restore', 'clone'] as const)[roll(4)] ?? 'keep';
    if (kind === 'clone' && everybody === devices + MOST_CLONES) return;
    add(kind, who);
    if (kind === 'keep') return;
    const writers = kind === 'clone' ? [who, everybody] : [who];
    everybody += writers.length - 1;
    for (let at = 0; at < 8; at += 1) add('edit', writers[at % writers.length] ?? who);
  };
  let made = 0;
  while (made < edits) {
    const who = roll(everybody);
    const burst = 1 + roll(8);
    for (let at = 0; at < burst; at += 1) add(roll(9) === 0 ? 'foreign' : 'edit', who);
    made += burst;
    const rounds = offline[who] ?? 0;
    offline[who] = rounds > 0 ? rounds - 1 : roll(4) === 0 ? 3 + roll(10) : 0;
    if (hasCopies && roll(3) === 0) copies(who);
    if (rounds > 0) continue;
    if (roll(3) > 0) add('send', who);
    add('pull', who);
    if (roll(12) === 0) add('reopen', who);
    if (hasSnapshots && roll(3) === 0) add(roll(2) === 0 ? 'snapshot' : 'load', who);
  }
  return { seed, devices, clocks, steps, hasCopies, hasSnapshots, isOfPeople };
};

/** Takes steps away by halves while the program still fails; says how few show it. */
export const shrink = async <P extends { readonly steps: readonly unknown[] }>(
  program: P,
  fails: (program: P) => boolean | Promise<boolean>,
): Promise<P> => {
  let best = program;
  for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < best.steps.length; from += size) {
      const fewer = { ...best, steps: best.steps.toSpliced(from, size) };
      if (!(await fails(fewer))) continue;
      best = fewer;
      from -= size;
    }
  }
  return best;
};
