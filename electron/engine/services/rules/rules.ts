/** The rules the write path asks, put together. Pure over a Reader; nothing here writes. */
import { allowedFrom, initialOf, isReversible } from '../../../../shared/domain/lifecycle.ts';
import { documentOfLines } from '../../../../shared/model/documents.ts';
import { fieldOf, isTableName, type TableName } from '../../../../shared/model/index.ts';
import type { Beside, Reader, Rules, StorePatch, StoredRow } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { paperToIssue } from '../document/issued.ts';
import { parseField } from '../records/fields.ts';
import { besideCoded, createChecks } from './check.ts';
import { besideChained } from './check-chains.ts';
import { besideApart } from './check-apart.ts';
import { besideTendered } from './check-bookings.ts';
import { besideNumbered } from './check-numbers.ts';
import { besidePrice } from './check-prices.ts';
import { besideUnderWay } from './check-under-way.ts';
import { expandPatch } from './expand.ts';
import { besideIssued } from './check-issued.ts';
import { besideDiscounted } from './header-discount.ts';
import { isBeyondUndo } from './beyond-undo.ts';
import { refusePatch } from './refuse.ts';
import type { ExpandDeps } from './work.ts';

const isKnown = (patch: StorePatch): patch is StorePatch & { readonly table: TableName } => isTableName(patch.table);

const lifecycleOf = (table: TableName, field: string): string => {
  const declared = fieldOf(table, field);
  return declared?.kind === 'state' ? declared.lifecycle : '';
};

type BesideRow = (table: TableName, row: StoredRow, read: Reader) => readonly Beside[];

const besides: readonly BesideRow[] = [
  besideCoded,
  besideChained,
  besideDiscounted,
  besideIssued,
  besideNumbered,
  besideTendered,
  besideApart,
];

/** Rows whose issues hang on a row, as it was as well as as it is. */
const besideRow: BesideRow = (table, row, read) =>
  table === 'prices' ? besidePrice(row, read) : besides.flatMap((beside) => beside(table, row, read));

/**
 * @param deps `nextNumber` and `legal` are the store's own, given as functions since the store is opened with these rules
 */
export const createRules = (deps: ExpandDeps): Rules => {
  /** What somebody wrote of a patch made here: the rest is the rules' own and may be what nobody types. */
  const typed = new WeakMap<StorePatch, readonly string[]>();
  return {
    expand(patch, change, read) {
      if (!isKnown(patch)) return [patch];
      // What takes back or brings in is whole already; only a file's lines still need their promise.
      if (change.source === 'undo' || change.source === 'merge') return [patch];
      // A file's rows come read and with what they need; many of them at once.
      if (change.source === 'import' && patch.kind === 'insert' && documentOfLines(patch.table) === undefined) return [patch];
      const made = expandPatch(patch, { change, read, deps });
      const written = 'values' in patch ? Object.keys(patch.values) : [];
      for (const one of made) typed.set(one, one.id === patch.id ? written : []);
      return made;
    },
    refuse: (patch, before, change, read) =>
      isKnown(patch)
        ? refusePatch(patch, before, {
            change,
            read,
            today: () => companyToday(read, deps.env),
            now: deps.env.clock,
            locale: deps.env.locale,
            legal: deps.legal,
            typed: typed.get(patch) ?? null,
          })
        : null,
    checks: createChecks,
    beside: (table, was, is, read) => [
      ...[was, is].flatMap((row) => (row === undefined ? [] : besideRow(table, row, read))),
      ...besideUnderWay(table, was, is, read),
    ],
    paper: paperToIssue,
    parse: (table, field, text, read) => parseField({ table, field, row: {}, read, env: deps.env }, text),
    allowed: (table, field, from) => allowedFrom(lifecycleOf(table, field), from),
    initial: (table, field) => initialOf(lifecycleOf(table, field)),
    reversible: (table, field, from, to) => isReversible(lifecycleOf(table, field), from, to),
    isFixed: isBeyondUndo,
  };
};
