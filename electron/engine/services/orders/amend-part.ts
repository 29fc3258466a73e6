/** What the parts of an amendment share (O5): what was typed, and the row that says what changed. */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import { isBad } from '../../../../shared/domain/kinds.ts';
import { describeProblem } from '../../../../shared/domain/problems.ts';
import { fieldOf } from '../../../../shared/model/index.ts';
import type { EngineEnv } from '../../env.ts';
import type { StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { parseField } from '../records/fields.ts';

export type Input = Parameters<Commands['orders.amend']>[0];
export type Env = Pick<EngineEnv, 'ids' | 'clock' | 'zone' | 'locale'>;
export type Work = { readonly read: WriteStore; readonly env: Env; readonly order: StoredRow; readonly input: Input };
/** What one part of a command comes to: what it writes, or why it cannot be. */
export type Part = { readonly patches: readonly StorePatch[]; readonly refusal: string | null };

export const nothing: Part = { patches: [], refusal: null };
export const refused = (refusal: string): Part => ({ patches: [], refusal });

/** Reads what was typed for a field of a line or of the order; what is left empty stays. */
export const readCell = (
  field: string,
  typed: string | undefined,
  row: StoredRow,
  { read, env }: Work,
  table: 'orders' | 'order_lines' = 'order_lines',
) => {
  if (typed === undefined) return undefined;
  const value = parseField({ table, field, row, read, env }, typed);
  if (!isBad(value)) return value;
  const label = fieldOf(table, field)?.label ?? field;
  throw new AppError('blocked', `${describeProblem(value['!'][1], { label, raw: typed }).message}.`, { id: row.id, field });
};

/** The row that says a change; the command gives it its number, day and person. */
export const changeRow = (
  { env, order, input }: Work,
  kind: 'changed' | 'added' | 'cancelled',
  line: string | null,
  values: Record<string, string | number | null>,
): StorePatch => ({
  kind: 'insert',
  table: 'order_changes',
  id: env.ids(),
  values: {
    order_id: order.id,
    kind,
    ...(line === null ? {} : { line_id: line }),
    reason: input.reason?.trim() || null,
    ...values,
  },
});
