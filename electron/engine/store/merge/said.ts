/** What ops say, as it was sent, compared by its bytes: the third key of the order that every device knows (SYNC.md 2.1). */
import { EXISTENCE } from '../file/cells.ts';
import { writtenBy } from '../log/payload.ts';
import type { Op } from '../log/payload.ts';
import { LIVE } from '../write/rows.ts';

/** Nothing comes before everything. */
const bytesOf = (value: unknown): Buffer => Buffer.from(value === null || value === undefined ? '' : JSON.stringify(value));

export const compareSaid = (one: unknown, other: unknown): number => Buffer.compare(bytesOf(one), bytesOf(other));

/** What an op says of a register, sealed or not; undefined where it says nothing of it, as a move of a text that was not there. */
export const saidOf = (op: Op, register: string): unknown => {
  if (op.kind === 'i' && register === EXISTENCE) return LIVE;
  return op.kind === 't' && !op.cols.includes(register) ? undefined : writtenBy(op, register);
};
