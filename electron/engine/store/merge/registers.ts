/**
 * How one write of one register meets what stands there (SYNC.md 2.3). The later stamp wins on every device; whether the
 * loser was seen by the winner is told by the stamp the winner was based on, never by clocks; what was not seen is kept.
 */
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { fieldOfRegister, isStateText } from '../../../../shared/model/registers.ts';
import { cellOf, EXISTENCE, refreshAlive, refreshStale, setRegister } from '../file/cells.ts';
import type { CellParts } from '../file/cells.ts';
import { isCustom } from '../file/layout.ts';
import type { Layout } from '../file/layout.ts';
import { ERASED, isOfPeople } from '../subjects/personal.ts';
import { isSealed } from '../subjects/sealed.ts';
import type { WireValue } from '../subjects/sealed.ts';
import { DELETED, LIVE, stampOf } from '../write/rows.ts';
import type { Row, Stamp } from '../write/rows.ts';
import type { Work } from '../write/work.ts';
import { isSameStamp, NEVER } from './devices.ts';
import type { IsNewer } from './devices.ts';
import type { Extras } from './extras.ts';
import type { Heads } from './heads.ts';
import { compareSaid } from './said.ts';
import type { Twins } from './twins.ts';

export type RegisterParts = CellParts & {
  readonly heads: Heads;
  readonly extras: Extras;
  readonly isNewer: IsNewer;
  readonly twins: Twins;
  /** Whether this build has a place for a register. */
  readonly knowsRegister: (layout: Layout, register: string) => boolean;
};

/** One op on its way in: its stamp, and whether a stamp of its scope has arrived here before it. */
export type Arriving = { readonly stamp: Stamp; readonly hasSeen: (base: Stamp) => boolean };

/** Whether the tables of this build hold a register: a column, a custom field, the text of a state, existence. */
export const holdsRegister = (layout: Layout, register: string): boolean =>
  register === EXISTENCE ||
  isCustom(register) ||
  (isStateText(register) ? layout.states.includes(fieldOfRegister(register)) : layout.column.has(register));

/** What is sealed waits beside the columns until its key comes. */
const waitingOf = ({ extras }: RegisterParts, row: Row, register: string): WireValue =>
  isOfPeople(row.layout.name) ? extras.get(row, register) : null;

/** What a register holds, or what waits in its place. */
export const valueOf = (parts: RegisterParts, row: Row, register: string): WireValue =>
  parts.knowsRegister(row.layout, register)
    ? (waitingOf(parts, row, register) ?? cellOf(parts, row, register))
    : parts.extras.get(row, register);

/** Puts a value where it belongs, with its stamp; the caller writes the row. */
export const setValue = (parts: RegisterParts, work: Work, row: Row, register: string, value: WireValue, stamp: Stamp): void => {
  if (register === EXISTENCE) row.st = value === LIVE ? LIVE : DELETED;
  else if (parts.knowsRegister(row.layout, register)) {
    const cell: CellValue = isSealed(value) ? null : value;
    work.wrote(row, register, cellOf(parts, row, register), cell);
    setRegister(parts, row, register, cell, stamp);
    if (isSealed(value) || waitingOf(parts, row, register) !== null)
      parts.extras.set(row, register, isSealed(value) ? value : null);
  } else parts.extras.set(row, register, value);
  if (isSameStamp(row.inserted, stamp)) delete row.x[register];
  else row.x[register] = stamp;
};

/**
 * `said`: the value as it was sent, the same for everybody, whatever keys they have. `isLeftOut`: an insert says nothing of the
 * register, which makes it empty.
 */
type Write = {
  readonly register: string;
  readonly value: WireValue;
  readonly said: unknown;
  readonly base: Stamp;
  readonly isLeftOut?: boolean;
};

/**
 * Whether an insert left empty what stands. Nobody wrote that: it is kept beside nothing, whether the register is known by then
 * or not, so that the order of what comes decides nothing.
 */
const isLeftEmpty = (parts: RegisterParts, row: Row, register: string): boolean =>
  register !== EXISTENCE && row.x[register] === undefined && valueOf(parts, row, register) === null;

/**
 * Whether a write stands over what is there: the later one does. But that a person was erased stands over an insert that says
 * nothing of it, as another copy of a file may send one later (SYNC.md 2.10).
 */
const isStronger = (
  parts: RegisterParts,
  row: Row,
  { register, isLeftOut = false }: Write,
  stamp: Stamp,
  current: Stamp,
): boolean => {
  if (register !== ERASED) return parts.isNewer(stamp, current);
  return !isLeftOut && (isLeftEmpty(parts, row, register) || parts.isNewer(stamp, current));
};

/** Merges a second write under the stamp that stands: what says more stands on every device, the next is kept beside it. */
const mergeTwin = (parts: RegisterParts, work: Work, row: Row, { register, value, said }: Write, stamp: Stamp): boolean => {
  const { heads, twins } = parts;
  const logged = twins.saidAt(row, register, stamp);
  // What a snapshot did not say of it is what stands.
  const others = logged.length > 0 ? logged : [valueOf(parts, row, register)];
  if (others.some((other) => compareSaid(other, said) === 0)) return false;
  const more = others.filter((other) => compareSaid(other, said) > 0).length;
  const place = { table: row.layout.name, row: row.id, register, stamp };
  if (more === 1) heads.keep(place, value);
  if (more > 0) return false;
  heads.keep(place, valueOf(parts, row, register));
  setValue(parts, work, row, register, value, stamp);
  return true;
};

/** Merges a write of a register. Returns whether it stands now; the caller writes the row. */
export const mergeRegister = (
  parts: RegisterParts,
  work: Work,
  row: Row,
  write: Write,
  { stamp, hasSeen }: Arriving,
): boolean => {
  const { register, value, said, base, isLeftOut = false } = write;
  const { heads, twins } = parts;
  const at = (one: Stamp) => ({ table: row.layout.name, row: row.id, register, stamp: one });
  const current = stampOf(row, register);
  const isTwin = isSameStamp(current, stamp);
  if (isTwin && !twins.isForked(stamp[1])) return false;
  const isBase = isSameStamp(current, base);
  const hasCome = (): boolean => hasSeen(base) && (base[1] === stamp[1] || !twins.isOfOther(row, register, base));
  // Also where the base is what stands: another file under that name may have written beside it.
  if (!isSameStamp(base, NEVER) && !heads.drop(at(base)) && !isBase && !hasCome()) heads.expect(at(base));
  if (isTwin) return mergeTwin(parts, work, row, write, stamp);
  const wasExpected = heads.wasExpected(at(stamp));
  if (isStronger(parts, row, write, stamp, current)) {
    if (!isBase && !isSameStamp(current, NEVER) && !isLeftEmpty(parts, row, register))
      heads.keep(at(current), valueOf(parts, row, register));
    setValue(parts, work, row, register, value, stamp);
    return true;
  }
  if (wasExpected || isLeftOut) return false;
  const others = twins.saidAt(row, register, stamp);
  if (others.length === 0) heads.keep(at(stamp), value);
  else if (others.every((other) => compareSaid(said, other) > 0)) heads.replace(at(stamp), value);
  return false;
};

/** Writes the registers of a row that merging changed, and what of other rows hangs on them. */
export const writeRegisters = (parts: RegisterParts, work: Work, row: Row, changed: ReadonlySet<string>): void => {
  if (changed.size === 0) return;
  parts.issues.loadBad(row);
  parts.rows.update(row, changed);
  const { owner } = row.layout;
  if (changed.has(EXISTENCE)) parts.rows.updateExistence(row);
  if (changed.has(EXISTENCE) || (owner !== null && changed.has(owner.field))) refreshAlive(parts, work, row);
  refreshStale(parts, work, row, (field) => changed.has(field));
};
