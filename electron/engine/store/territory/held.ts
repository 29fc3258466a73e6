/** What a row holds, as ops that say it again: for who is to write it in another territory before it is let go of here. */
import { stateText } from '../../../../shared/model/registers.ts';
import { cellOf, EXISTENCE } from '../file/cells.ts';
import type { CellParts } from '../file/cells.ts';
import { isCustom } from '../file/layout.ts';
import type { Op } from '../log/payload.ts';
import type { Extras } from '../merge/extras.ts';
import type { WireValue } from '../subjects/sealed.ts';
import { issuedVals } from '../write/issued.ts';
import type { IssuedDocuments } from '../write/issued.ts';
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

/** What a row holds beside its registers: what was issued of it. */
const papersOf = ({ issued }: { readonly issued: IssuedDocuments }, { layout, id }: Row): readonly Op[] => {
  const place = { table: layout.name, row: id };
  return issued
    .of(place)
    .map((paper) => ({ ...place, h: paper.h, kind: 'n', base: null, cols: [], vals: issuedVals(place, paper) }));
};

/** An insert of all of it; only the changes, where what it begins with has not come. */
export const heldBy = (
  parts: CellParts & { readonly extras: Extras; readonly issued: IssuedDocuments },
  row: Row,
): readonly Op[] => {
  const cells = new Map<string, WireValue>();
  for (const register of registersOf(parts, row, parts.issues.loadBad(row).keys())) {
    const value = cellOf(parts, row, register);
    if (value !== null) cells.set(register, value);
  }
  // What waits for its key waits on.
  for (const register of parts.extras.names(row)) cells.set(register, parts.extras.get(row, register));
  if (row.st === DELETED) cells.set(EXISTENCE, DELETED);
  if (cells.size === 0) return papersOf(parts, row);
  const said = { table: row.layout.name, row: row.id, base: null, cols: [...cells.keys()], vals: [...cells.values()] };
  return [{ ...said, kind: isAwaited(row) ? 'u' : 'i', h: row.inserted[0] }, ...papersOf(parts, row)];
};
