/**
 * A row that went to another territory only because of what it hung on, and is made to hang on something here: merged again from the
 * log, as if it had never gone (SYNC.md invariant 1).
 */
import { isTableName } from '../../../../shared/model/index.ts';
import type { Op } from '../log/payload.ts';
import type { Logged, ReadLogged } from '../territory/swept.ts';
import { writtenIn } from '../write/rows.ts';
import type { Row } from '../write/rows.ts';
import type { Work } from '../write/work.ts';
import type { Devices } from './devices.ts';
import { mergeOp } from './op.ts';
import type { OpParts, Placed } from './op.ts';
import { NO_TWINS } from './twins.ts';
import { withinOf } from './transition.ts';
import type { Within } from './transition.ts';

type Parts = Omit<OpParts, 'fromWire'>;

/** Where an op stands among what is known here. */
export type PlaceOp = (scope: number, d: number, op: Op, within: Within) => Placed;

/** Merges again what was said of a row; the last first, as what it hangs on now decides where it is. */
const createMergeAgain =
  (parts: Parts, devices: Devices, placedAt: PlaceOp) =>
  (work: Work, scope: number, said: readonly Logged[]): void => {
    const names = new Set(said.map(({ stamp }) => stamp.join('/')));
    const lastFirst = said.toSorted((one, other) => (parts.isNewer(one.stamp, other.stamp) ? -1 : 1));
    for (const { transaction, op, stamp } of lastFirst) {
      const [, d] = stamp;
      // The history names one op of a stamp.
      const own: OpParts = { ...parts, twins: NO_TWINS, fromWire: (wire) => devices.fromWire(wire, devices.idOf(d)) };
      const placed = placedAt(scope, d, op, withinOf(transaction, own));
      // What of this it is based on comes after it.
      const hasSeen: Placed['hasSeen'] = (base) => !names.has(base.join('/')) && placed.hasSeen(base);
      mergeOp(own, work, op, { ...placed, hasSeen });
    }
  };

/** @returns what brings such a row back by a change of it, with what went with it; the change is merged then, too */
export const createBringBack = (parts: Parts, devices: Devices, placedAt: PlaceOp) => {
  const mergeAgain = createMergeAgain(parts, devices, placedAt);
  return (work: Work, scope: number, change: Logged, read: ReadLogged): Row | undefined => {
    const { op, stamp } = change;
    const said = parts.elsewhere.returningBy(op, stamp, read);
    const row = said === null || !isTableName(op.table) ? undefined : parts.rows.find(op.table, op.row);
    if (said === null || row === undefined || writtenIn(row) !== scope) return undefined;
    const all: (readonly [Row, readonly Logged[]])[] = [[row, [...said, change]]];
    for (let one = all.shift(); one !== undefined; one = all.shift()) {
      const [back, ops] = one;
      parts.elsewhere.comeBack(work, back, stamp);
      mergeAgain(work, scope, ops);
      all.push(...parts.elsewhere.returningWith(back, read));
    }
    return row;
  };
};
