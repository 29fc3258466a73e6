/** Moments, values and people of a team in words. */
import type { FormatContext } from '../../../shared/domain/format.ts';
import type { Scalar } from '../../../shared/domain/kinds.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { fieldOf } from '../../../shared/model/index.ts';
import { fieldOfRegister } from '../../../shared/model/registers.ts';
import { writtenOut } from '../../../shared/domain/written-out.ts';

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** The time of today; of another day with its date. */
export const sayMoment = (at: number): string =>
  new Date(at).toDateString() === new Date().toDateString() ? time.format(at) : day.format(at);

export const labelOf = (table: TableName, field: string): string =>
  field === '_st' ? 'Deleted or not' : (fieldOf(table, fieldOfRegister(field))?.label ?? field);

export const sayValue = (
  table: TableName,
  register: string,
  { value, label }: { readonly value: Scalar; readonly label: string | null },
  format: FormatContext,
): string => {
  if (register === '_st') return label ?? (value === 1 ? 'Not deleted' : 'Deleted');
  if (value === null) return 'Empty';
  const field = fieldOf(table, fieldOfRegister(register));
  return label ?? (field === undefined ? String(value) : writtenOut(field, value, format));
};

export const sayAuthor = ({ who, device }: { readonly who: string | null; readonly device: string }): string =>
  who === null || who === device ? `Device ${device}` : `${who} on ${device}`;

export const sayChanges = (count: number): string => (count === 1 ? '1 change' : `${count.toLocaleString()} changes`);
