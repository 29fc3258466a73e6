/** What every expansion works with: the patch with its text read, and how defaults are filled in. */
import { isTyped, type CellInput, type CellValue } from '../../../../shared/domain/kinds.ts';
import { fieldOf, type TableName } from '../../../../shared/model/index.ts';
import type { Change, Reader, StorePatch, StoredRow } from '../../store/api.ts';
import type { Legal } from '../company/issuing.ts';
import { parseField, type ParseEnv } from '../records/fields.ts';

export type ExpandDeps = {
  readonly env: ParseEnv & { readonly ids: () => string };
  /** Next number of a table's series. */
  readonly nextNumber: (table: TableName) => string;
  readonly legal: Legal;
};

type Values = Readonly<Record<string, CellInput>>;
export type Settled = Record<string, CellValue>;
/** A patch that carries cells. */
export type Write = Extract<StorePatch, { readonly values: Values }> & { readonly table: TableName };
export type Work = { readonly change: Change; readonly read: Reader; readonly deps: ExpandDeps };

/** Reads typed text. Links first: what a row points at says what currency its amounts are in. */
export const settleValues = (
  table: TableName,
  before: StoredRow | undefined,
  values: Values,
  { read, change, deps }: Work,
): Settled => {
  const rank = (field: string): number => (fieldOf(table, field)?.kind === 'link' || field === 'currency' ? 0 : 1);
  const settled: Settled = {};
  for (const [field, input] of Object.entries(values).toSorted(([a], [b]) => rank(a) - rank(b))) {
    const row = { ...before, ...settled };
    const parse = (raw: string): CellValue =>
      parseField({ table, field, row, read, env: deps.env }, raw, change.source !== 'import');
    settled[field] = isTyped(input) ? parse(input['?']) : input;
  }
  return settled;
};

/** Fields that are not written yet, where there is something to write. */
export const fill = (values: Settled, defaults: Readonly<Record<string, CellValue | undefined>>): Settled => {
  const filled = { ...values };
  for (const [field, value] of Object.entries(defaults)) {
    if (filled[field] === undefined && value !== undefined && value !== null) filled[field] = value;
  }
  return filled;
};
