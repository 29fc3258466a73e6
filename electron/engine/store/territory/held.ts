/** What a row holds, as ops that say it again: for who is to write it in another territory before it is let go of here. */
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { cellOf, EXISTENCE } from '../file/cells.ts';
import type { CellParts } from '../file/cells.ts';
import { isCustom, stateText } from '../file/layout.ts';
import type { Op } from '../log/payload.ts';
import { DELETED, isAwaited } from '../write/rows.ts';
import type { Row } from '../write/rows.ts';

/** Every register of a row that may hold something. */
export const registersOf = (parts: CellParts, { layout, v }: Row, bad: Iterable<string>): ReadonlySet<string> =>
  new Set([
    ...layout.columns.map(({ name }) => name),
    ...Object.keys(v).filter(isCustom),
    ...layout.states.map(stateText),
    ...bad,
  ]);

/** An insert of all of it; only the changes, where what it begins with has not come. */
export const heldBy = (parts: CellParts, row: Row): readonly Op[] => {
  const cells = new Map<string, CellValue>();
  for (const register of registersOf(parts, row, parts.issues.loadBad(row).keys())) {
    const value = cellOf(parts, row, register);
    if (value !== null) cells.set(register, value);
  }
  if (row.st === DELETED) cells.set(EXISTENCE, DELETED);
  if (cells.size === 0) return [];
  const said = { table: row.layout.name, row: row.id, base: null, cols: [...cells.keys()], vals: [...cells.values()] };
  return [{ ...said, kind: isAwaited(row) ? 'u' : 'i', h: row.inserted[0] }];
};
