/**
 * The checks are checked: each fault that sync could have is put into merging on purpose, and the simulation must see it.
 */
import { expect, it } from 'vitest';
import { allowedFrom } from '../../shared/domain/lifecycle.ts';
import type { MergeParts } from '../../electron/engine/store/merge/parts.ts';
import { makeProgram } from './program.ts';
import type { Clocks } from './program.ts';
import { simulate } from './simulate.ts';
import type { Mutant } from './simulate.ts';
import type { Incoming } from '../../electron/engine/store/merge/receive.ts';
import type { Replica } from './replica.ts';

const withHeads = (heads: Partial<MergeParts['heads']>): Mutant => ({
  adapt: (parts) => ({ ...parts, heads: { ...parts.heads, ...heads } }),
});

/** The cursor is set as if all before a segment, or all up to its end, had been taken. */
const moveCursor = (replica: Replica, { header, hash }: Incoming, isBefore: boolean): void =>
  replica.meddle((db) => {
    const seq = isBefore ? header.from - 1 : header.to;
    const head = isBefore ? (header.prev === null ? null : Buffer.from(header.prev, 'hex')) : hash;
    const at = `WHERE scope = (SELECT idx FROM scopes WHERE id = ?) AND dev = (SELECT idx FROM devices WHERE id = ?)`;
    if (isBefore) db.prepare(`DELETE FROM segments ${at} AND from_seq = ?`).run(header.scope, header.dev, header.from);
    db.prepare(`UPDATE cursor SET seq = ?, hash = ? ${at}`).run(seq, head, header.scope, header.dev);
  });

/** The state is what came last, where that is legal just then. */
const byArrival = (parts: MergeParts): MergeParts => {
  let to = '';
  return {
    ...parts,
    states: {
      add(row, field, one) {
        to = one.to;
        parts.states.add(row, field, one);
      },
      fold: (row, field) => (allowedFrom('order', String(row.v[field])).includes(to) ? to : String(row.v[field] ?? to)),
    },
  };
};

/** What was said last about a conflict counts, whoever said it when. */
const wordsByArrival = (parts: MergeParts): MergeParts => ({
  ...parts,
  heads: { ...parts.heads, resolve: (place, word) => parts.heads.resolve(place, word, () => true) },
});

const countsTwo =
  ({ isCounter }: MergeParts): MergeParts['isCounter'] =>
  (layout, register) =>
    isCounter(layout, register) || register === 'credit_limit';

const mutants: readonly (readonly [name: string, clocks: Clocks, mutant: Mutant])[] = [
  ['what comes last wins', 'skewed', { adapt: (parts) => ({ ...parts, isNewer: () => true }) }],
  ['equal times are not told apart', 'tied', { adapt: (parts) => ({ ...parts, isNewer: ([a], [b]) => a > b }) }],
  ['stamps that are waited for are forgotten', 'skewed', withHeads({ expect: () => undefined })],
  ['a segment that comes twice counts twice', 'skewed', { onRepeat: (replica, segment) => moveCursor(replica, segment, true) }],
  ['the cursor moves before the data', 'skewed', { onCrash: (replica, segment) => moveCursor(replica, segment, false) }],
  ['states go by arrival', 'skewed', { adapt: byArrival }],
  ['words about conflicts go by arrival', 'skewed', { adapt: wordsByArrival }],
  ['words about conflicts are not heard', 'skewed', withHeads({ resolve: () => undefined })],
  ['what is written is counted, too', 'skewed', { adapt: (parts) => ({ ...parts, isCounter: countsTwo(parts) }) }],
  ['what is counted is written, too', 'skewed', { adapt: (parts) => ({ ...parts, isCounter: () => false }) }],
  ['what lost is not kept', 'skewed', withHeads({ keep: () => undefined })],
  [
    'columns of later builds are dropped',
    'skewed',
    { adapt: (parts) => ({ ...parts, extras: { ...parts.extras, set: () => undefined } }) },
  ],
];

const SEEDS = [52, 11, 12, 13, 14, 15, 16, 21];
const EDITS = 150;

/** Programs that show nothing while nothing is wrong: only then does a fault say that the mutant was seen. */
const clean = new Map<string, readonly string[]>();
const faultsWithout = (clocks: Clocks, seed: number): readonly string[] => {
  const key = `${clocks} ${seed}`;
  const faults = clean.get(key) ?? simulate(makeProgram(seed, EDITS, clocks)).faults;
  clean.set(key, faults);
  return faults;
};

it.each(mutants)('the simulation sees that %s', { timeout: 300_000 }, (_, clocks, mutant) => {
  const isSeen = (seed: number): boolean => {
    if (simulate(makeProgram(seed, EDITS, clocks), mutant).faults.length === 0) return false;
    expect(faultsWithout(clocks, seed)).toEqual([]);
    return true;
  };
  expect(SEEDS.some(isSeen)).toBe(true);
});
