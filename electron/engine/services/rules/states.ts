/** Moves of documents: the number given when a draft is left, a status that was typed. */
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import type { StatedTable } from '../../../../shared/model/documents.ts';
import type { StorePatch, StoredRow } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { guardMove, moverOf } from './guards.ts';
import { pathTo } from './paths.ts';
import type { ExpandDeps, Work, Write } from './work.ts';

/** States a document may be left in without ever having had a number. */
const UNNUMBERED: Readonly<Record<StatedTable, readonly string[]>> = {
  quotes: ['draft', 'withdrawn', 'superseded'],
  orders: ['draft', 'cancelled'],
  invoices: ['draft', 'void'],
  disputes: [],
  cases: [],
  tasks: [],
  commitments: [],
  bookings: [],
  claims: [],
  returns: [],
};

/** States whose command asks for more than the state: to whom it goes, who has to agree. */
const ASKING: Partial<Record<StatedTable, readonly string[]>> = {
  quotes: ['sent', 'in_review'],
  cases: ['waiting', 'resolved', 'merged'],
  claims: ['offered', 'declined', 'paid', 'withdrawn'],
  returns: ['denied', 'received', 'accepted', 'rejected', 'settled'],
  bookings: ['hold', 'accepted_exception', 'declined', 'cancelled', 'no_show', 'failed'],
};

/** The number of a document that leaves draft; of a quote also what its revisions share. */
export const numberFor = (
  table: StatedTable,
  id: string,
  before: StoredRow | undefined,
  to: string,
  deps: ExpandDeps,
): readonly StorePatch[] => {
  if (before === undefined || before['number'] !== null || UNNUMBERED[table].includes(to)) return [];
  const number = deps.nextNumber(table);
  return [{ kind: 'update', table, id, values: { number, ...(table === 'quotes' ? { base_number: number } : {}) } }];
};

export const moveOf = (table: StatedTable, id: string, to: string, why: string | null): StorePatch => ({
  kind: 'transition',
  table,
  id,
  field: 'status',
  to,
  why,
});

/**
 * A status typed in a cell runs the moves; where they may not be made, the text stays on the cell with the reason.
 * @param withMove what a move brings with it
 */
export const typedState = (
  table: StatedTable,
  patch: Write,
  before: StoredRow | undefined,
  status: CellValue,
  work: Work,
  withMove: (to: string) => readonly StorePatch[],
): readonly StorePatch[] => {
  const { read, change, deps } = work;
  const from = before?.['status'];
  const asWritten: StorePatch = { ...patch, values: { status } };
  if (change.source === 'import' || typeof status !== 'string' || typeof from !== 'string' || status === from) return [asWritten];
  const path = pathTo(table, from, status);
  if (path.length === 0) return [asWritten];
  if (ASKING[table]?.includes(status) === true) return [{ ...patch, values: { status: { '!': [status, 'STATE_ASKS'] } } }];
  const asked = {
    read,
    today: () => companyToday(read, deps.env),
    now: deps.env.clock,
    locale: deps.env.locale,
    legal: deps.legal,
    ...moverOf(change),
  };
  if (path.some((to) => guardMove(table, before, to, asked) !== null)) {
    return [{ ...patch, values: { status: { '!': [status, 'STATE_BLOCKED'] } } }];
  }
  return [...numberFor(table, patch.id, before, status, deps), ...path.flatMap(withMove)];
};
