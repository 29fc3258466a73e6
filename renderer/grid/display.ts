/**
 * What a cell shows and why it needs attention, from a row and the column: the one place where stored values become
 * what a person sees in a grid. Pure; formatting, wording and reading are those of the domain.
 */
import type { GridRow } from '../../shared/contract/shapes.ts';
import { copyText } from '../../shared/domain/clipboard/text.ts';
import type { Scalar } from '../../shared/domain/kinds.ts';
import { isBad } from '../../shared/domain/kinds.ts';
import type { FormatContext } from '../../shared/domain/format.ts';
import { GONE_SIGNS } from '../../shared/domain/gone.ts';
import { outsideOf } from '../../shared/domain/limits.ts';
import { allowedFrom, lifecycleOf } from '../../shared/domain/lifecycle.ts';
import { styleOf } from '../../shared/domain/locale.ts';
import { parseCell } from '../../shared/domain/parse/cell.ts';
import { nearestChoices } from '../../shared/domain/parse/choice.ts';
import { describeProblem, levelOf } from '../../shared/domain/problems.ts';
import type { ShownSetting } from '../../shared/domain/shown.ts';
import { cellContext, cellText, currencyOf, labelText, openedText } from '../../shared/domain/shown.ts';
import type { CellProblem, CellView } from './cellView.ts';
import { chipOf } from './chips.ts';
import type { GridColumn } from './columns.ts';
import type { Edits, Shown } from './edit/edits.ts';
import { refusedCode } from './edit/edits.ts';

/** The person's locale and the company's day and money. */
export type Setting = ShownSetting;

const isGone = (row: GridRow, key: string): boolean => row.l?.[key]?.gone === true;

const contextOf = ({ field, key }: GridColumn, row: GridRow, setting: Setting): FormatContext =>
  cellContext(field, key, row, setting);

/** The three choices nearest to text that named none; of a status, those it can go to from where it is. */
const nearestTo = ({ field, key }: GridColumn, row: GridRow, raw: string | null): readonly string[] => {
  if (raw === null) return [];
  if (field.kind === 'choice') return nearestChoices(raw, field.choices);
  if (field.kind !== 'state') return [];
  const next = allowedFrom(field.lifecycle, String(row.v[key] ?? ''));
  return nearestChoices(raw, lifecycleOf(field.lifecycle)?.states.filter((state) => next.includes(state.key)) ?? []);
};

/** Codes of text that named none of a list, or several: the list is the way out. */
const isOfList = (code: string): boolean => code.startsWith('ENUM_') || code.startsWith('STATE_') || code.startsWith('LINK_');

const problemOf = (column: GridColumn, row: GridRow, reason: string | null, setting: Setting): CellProblem | null => {
  const issue = row.i?.[column.key];
  if (issue === undefined)
    return isGone(row, column.key) ? { level: 'warning', message: `${column.label} points at a record that was deleted` } : null;
  if (issue.code === refusedCode) return { level: 'error', message: `Not saved: ${reason ?? 'the change was refused'}` };
  const { message, suggestion } = describeProblem(issue.code, {
    label: column.label,
    raw: issue.raw,
    currency: currencyOf(row, setting),
    outside: outsideOf(column.field, row.v[column.key] ?? null, contextOf(column, row, setting)),
    nearest: nearestTo(column, row, issue.raw),
  });
  const said = suggestion === null ? message : `${message}. ${suggestion}`;
  const isChosen = column.editor !== null && column.editor !== 'text' && isOfList(issue.code);
  return { level: issue.level, message: isChosen ? `${said}${suggestion === null ? '.' : ''} Alt+↓ to choose.` : said };
};

export const viewCell = (column: GridColumn, row: GridRow, reason: string | null, setting: Setting): CellView => {
  if (column.view) return column.view(row);
  const { field, key, kind } = column;
  const problem = problemOf(column, row, reason, setting);
  const { text, isMuted } = cellText(field, key, row, setting);
  const isPlain = row.i?.[key]?.raw == null && (!isMuted || isGone(row, key));
  if (!isPlain) return { text, beside: null, chip: null, problem, isMuted };
  const currency = currencyOf(row, setting);
  const isAmount = kind === 'money' || (field.kind === 'decimal' && field.per === 'price');
  const beside = isAmount && text !== '' && currency !== setting.currency ? currency : null;
  return { text, beside, chip: chipOf(field, row, key), problem, isMuted };
};

/** The text an editor opens with. */
export const openText = ({ field, key }: GridColumn, row: GridRow, setting: Setting): string =>
  openedText(field, key, row, setting);

/** The text a copy of a cell has; what could not be read goes as it was typed. */
const textToCopy = (column: GridColumn, row: GridRow, setting: Setting): string => {
  if (column.view) return column.view(row).text;
  const raw = row.i?.[column.key]?.raw;
  if (raw !== undefined && raw !== null) return raw;
  return copyText(column.field, row.v[column.key] ?? null, contextOf(column, row, setting));
};

/** Typed text as the engine's parser will read it; links it can only guess, so they stay as typed. */
export const readTyped = (column: GridColumn, text: string, row: GridRow | undefined, setting: Setting): Shown => {
  if (text.trim() === '') return { value: null };
  if (column.kind === 'link' || column.kind === 'ref') return { value: text, label: { code: text, title: text } };
  const value = parseCell(column.field, text, {
    style: styleOf(setting.locale),
    today: setting.today,
    zone: setting.zone,
    currency: row ? currencyOf(row, setting) : setting.currency,
    resolve: () => [],
    arithmetic: true,
  });
  if (!isBad(value)) return { value };
  const [raw, code] = value['!'];
  return { bad: { raw, code, level: levelOf(code) } };
};

export type RowState = {
  readonly icon: 'draft' | 'problem' | 'importing' | 'gone' | null;
  readonly count: number;
  readonly text: string;
};

const quiet: RowState = { icon: null, count: 0, text: '' };

const attention = (own: number, inside: number): string => {
  const cells = (count: number): string => (count === 1 ? '1 cell' : `${count} cells`);
  const needs = own + inside === 1 ? 'needs' : 'need';
  if (inside === 0) return `${cells(own)} ${needs} attention`;
  return own === 0
    ? `${cells(inside)} inside ${needs} attention`
    : `${cells(own + inside)} need attention, ${inside} of them inside`;
};

/** The one sign at the start of a row, the most pressing first. */
export const rowState = (row: GridRow, isDraft: boolean, stateField: string | null): RowState => {
  if (row.gone) return { icon: 'gone', count: 0, text: GONE_SIGNS[row.gone] };
  if (row.importing) return { icon: 'importing', count: 0, text: 'Being imported, cannot be changed yet' };
  const own = Object.values(row.i ?? {}).filter((issue) => issue.level === 'error').length;
  const inside = row.below ?? 0;
  const count = own + inside;
  if (count > 0) return { icon: 'problem', count, text: attention(own, inside) };
  if (isDraft) return { icon: 'draft', count: 0, text: 'New, not saved yet' };
  if (stateField !== null && row.v[stateField] === 'draft') return { icon: 'draft', count: 0, text: 'Draft' };
  return quiet;
};

const emptyRank = (value: Scalar | undefined): number => (value === null || value === undefined || value === '' ? 1 : 0);

/** Order of two rows by a column, blanks last: for grids that hold their rows in memory. */
export const compareCells = (column: GridColumn, a: GridRow, b: GridRow): number => {
  const left = column.kind === 'link' || column.kind === 'ref' ? labelText(column.field, column.key, a) : a.v[column.key];
  const right = column.kind === 'link' || column.kind === 'ref' ? labelText(column.field, column.key, b) : b.v[column.key];
  const blanks = emptyRank(left) - emptyRank(right);
  if (blanks !== 0) return blanks;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left ?? '').localeCompare(String(right ?? ''), undefined, { numeric: true });
};

/** What the cells of one grid are drawn with: rows with what lies over them, in the words of this person. */
export type Display = {
  readonly setting: Setting;
  row(stored: GridRow): GridRow;
  cell(column: GridColumn, stored: GridRow): CellView;
  open(column: GridColumn, stored: GridRow): string;
  /** For the clipboard. */
  copy(column: GridColumn, stored: GridRow): string;
};

export const createDisplay = (edits: Edits, setting: Setting): Display => ({
  setting,
  row: (stored) => edits.over(stored),
  cell: (column, stored) => viewCell(column, edits.over(stored), edits.reason({ row: stored.id, field: column.key }), setting),
  open: (column, stored) => openText(column, edits.over(stored), setting),
  copy: (column, stored) => textToCopy(column, edits.over(stored), setting),
});
