/**
 * A word of this device that says nothing but that it has read so far (B2): whoever waits to hear from it, hears it. It is an op that
 * opens or closes no conflict, of no row anybody keeps it with: it is in no history, changes nothing, and is gone with the first snapshot,
 * whose cut says as much.
 */
import type { Transaction } from '../log/payload.ts';
import type { WriteParts } from '../write/write-parts.ts';
import type { Db } from '../file/db.ts';
import { ACCOUNTS } from '../log/streams.ts';

const LABEL = 'Read';

/** What others wait to hear from this device: that it has read past a stamp, which a slot was wanted at. */
export type WantedWord = { readonly slot: string; readonly past: number };

const wordOf = (h: number, actor: string, slot: string): Transaction => ({
  actor,
  source: 'merge',
  batch: null,
  label: LABEL,
  occurredAt: null,
  reason: null,
  undoOf: null,
  ops: [{ h, kind: 'r', table: 'slots', row: slot, base: [], cols: [], vals: [] }],
});

/**
 * Gives the word in every territory in which nothing of this device is newer. Call inside a transaction.
 * @param mayWrite whether what is written in a scope will be taken
 */
export const giveWord = (
  db: Db,
  { device, streams, log, hlc, schema }: WriteParts,
  { slot, past }: WantedWord,
  { actor, mayWrite }: { readonly actor: string; readonly mayWrite: (scope: string) => boolean },
): void => {
  const last = db.prepare<[number, number], number>('SELECT hlc FROM cursor WHERE scope = ? AND dev = ?').pluck();
  const due = streams
    .published()
    .filter(({ rank, scope, scopeId }) => rank === ACCOUNTS && (last.get(scope, device.idx) ?? 0) <= past && mayWrite(scopeId));
  const able = due.filter(({ scopeId }) => streams.neededIn(scopeId) <= schema);
  if (able.length === 0) return;
  // It comes after all that waits: the stamps of a stream rise.
  log.seal();
  for (const stream of able) log.publish(stream, [wordOf(hlc.now(), actor, slot)]);
};
