/**
 * What a cell says and what its editor opens with, from a row: the one place where the grid that draws a cell and the
 * engine that looks for a text in rows no window has loaded ask the same question.
 */
import type { FormatContext } from './format.ts';
import { editText, formatCell } from './format.ts';
import type { Kind, Scalar } from './kinds.ts';
import type { Chip } from './chips.ts';
import { statusChips } from './status-chips.ts';
import type { CellField } from './parse/cell.ts';
import { clockChip, clockText } from './sla/chip.ts';

/** The person's locale and the company's day and money. */
export type ShownSetting = Omit<FormatContext, 'label'>;

export type ShownField = CellField & { readonly entry?: string };

type Label = { readonly code: string | null; readonly title: string | null; readonly gone?: true | undefined };
type Issue = { readonly raw: string | null; readonly level: 'error' | 'warning' };

/** A row as far as its texts go. */
export type ShownRow = {
  readonly v: Readonly<Record<string, Scalar>>;
  readonly l?: Readonly<Record<string, Label>> | undefined;
  readonly i?: Readonly<Record<string, Issue>> | undefined;
  readonly chips?: readonly string[] | undefined;
};

/** `isMuted`: the text stands for a value that is not there. */
export type CellText = { readonly text: string; readonly isMuted: boolean };

/** The kind a field's values are formatted and compared by. */
export const shownKind = (field: CellField): Kind => (field.kind === 'computed' ? (field.shows ?? 'text') : field.kind);

/** The row's own currency, else that of its document or the company. */
export const currencyOf = (row: ShownRow, setting: ShownSetting): string | null => {
  const own = row.v['currency'];
  return typeof own === 'string' && own !== '' ? own : setting.currency;
};

/** Tables whose rows are known by their code. */
const CODE_FIRST: readonly string[] = ['products', 'orders', 'quotes', 'invoices', 'bookings', 'claims', 'returns', 'cases'];

/** A link as a grid shows it: the SKU of a product, the number of a document, the name of anything else. */
export const labelText = (field: CellField, key: string, row: ShownRow): string | null => {
  const label = row.l?.[key];
  if (!label) return null;
  const isCodeFirst = field.kind === 'link' && CODE_FIRST.includes(String(field.to));
  return (isCodeFirst ? (label.code ?? label.title) : (label.title ?? label.code)) ?? null;
};

export const cellContext = (field: CellField, key: string, row: ShownRow, setting: ShownSetting): FormatContext => ({
  ...setting,
  currency: currencyOf(row, setting),
  label: () => labelText(field, key, row),
});

/** A computed figure that could not be worked out from a row that needs attention. */
const isLeftOut = (field: CellField, key: string, row: ShownRow): boolean =>
  field.kind === 'computed' &&
  shownKind(field) === 'money' &&
  row.v[key] === null &&
  Object.values(row.i ?? {}).some((issue) => issue.level === 'error');

/** A number is given when a document leaves draft; until then the row is called a draft. */
const isNumberToCome = ({ entry }: ShownField, key: string): boolean => key === 'number' && entry === 'command';

/** The text as typed where it could not be read, the words for what is missing, else the value. */
export const cellText = (field: ShownField, key: string, row: ShownRow, setting: ShownSetting): CellText => {
  const raw = row.i?.[key]?.raw;
  if (raw !== undefined && raw !== null) return { text: raw, isMuted: false };
  if (field.clock !== undefined) {
    const text = clockText(field.clock, row.v);
    return { text, isMuted: text === 'No SLA' };
  }
  if (isLeftOut(field, key, row)) return { text: 'not counted', isMuted: true };
  const value = row.v[key] ?? null;
  if (value === null && isNumberToCome(field, key)) return { text: 'Draft', isMuted: true };
  return { text: formatCell(field, value, cellContext(field, key, row, setting)), isMuted: row.l?.[key]?.gone === true };
};

/** What the status of a row shows in place of its state, and a clock beside its words; null where there is none. */
export const shownChip = (field: CellField, key: string, row: ShownRow): Chip | null => {
  if (field.clock !== undefined) return clockChip(field.clock, row.v);
  const value = row.v[key];
  const { shownIn, chips } = statusChips(field.kind === 'state' ? field.lifecycle : undefined);
  if (typeof value !== 'string' || !shownIn.includes(value)) return null;
  const [first] = (row.chips ?? []).flatMap((name) => chips.find((chip) => chip.key === name) ?? []);
  if (first?.days === undefined) return first ?? null;
  const days = row.v[first.days];
  return typeof days === 'number' ? { ...first, label: `${first.label} ${days} d` } : first;
};

/** What a person reads in a cell. */
export const shownText = (field: ShownField, key: string, row: ShownRow, setting: ShownSetting): string =>
  shownChip(field, key, row)?.label ?? cellText(field, key, row, setting).text;

/** The text an editor opens with. */
export const openedText = (field: CellField, key: string, row: ShownRow, setting: ShownSetting): string =>
  row.i?.[key]?.raw ?? editText(field, row.v[key] ?? null, cellContext(field, key, row, setting));
