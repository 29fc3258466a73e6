/**
 * What a paste would write, before it does: every cell with its text, and in words what it leaves out and why. Pure;
 * the rows it goes to are found by whoever asks, those past the end as new ones.
 */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { fewerDecimals, settleColumn } from '../../../shared/domain/clipboard/columns.ts';
import type { Block } from '../../../shared/domain/clipboard/read.ts';
import type { Target } from '../../../shared/domain/clipboard/spread.ts';
import { minorDigits } from '../../../shared/domain/currency.ts';
import { styleOf } from '../../../shared/domain/locale.ts';
import type { GridColumn } from '../columns.ts';
import type { Setting } from '../display.ts';
import type { CellEntry, Taken } from '../edit/commit.ts';

/** A row a paste goes to, and the row of the block it takes. `row` is undefined where it is not loaded, or not made yet. */
export type PasteRow = {
  readonly id: string;
  readonly row: GridRow | undefined;
  readonly isNew: boolean;
  readonly source: number;
};

export type PlanInput = {
  readonly block: Block;
  readonly target: Pick<Target, 'columns' | 'columnsPast' | 'rowsLeft'>;
  readonly rows: readonly PasteRow[];
  /** The columns as displayed. */
  readonly columns: readonly GridColumn[];
  readonly setting: Setting;
  readonly lock: (row: GridRow, column: GridColumn) => string | null;
  readonly takenAt: (row: number, col: number, column: GridColumn) => Taken | null;
};

export type PastePlan = {
  readonly cells: readonly CellEntry[];
  /** Columns that are written. */
  readonly columns: number;
  readonly notes: readonly string[];
};

const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString()} ${count === 1 ? one : many}`;

const longest = 24;
const short = (text: string): string => `“${text.length > longest ? `${text.slice(0, longest)}…` : text}”`;

const list = (items: readonly string[], most = 4): string =>
  items.length > most ? `${items.slice(0, most).join(', ')} and ${items.length - most} more` : items.join(', ');

/** Columns of the block that have no column here, told by the first thing in them. */
const pastNote = ({ block, target }: PlanInput): readonly string[] => {
  const { columnsPast } = target;
  if (columnsPast.length === 0) return [];
  const named = columnsPast.map((col) => short(block.rows.map((row) => row[col] ?? '').find((cell) => cell.trim() !== '') ?? ''));
  return [
    `${counted(columnsPast.length, 'column')} past the last one ${columnsPast.length === 1 ? 'was' : 'were'} not pasted: ${list(named)}`,
  ];
};

const readOnlyNote = (columns: readonly GridColumn[]): readonly string[] =>
  columns.length === 0
    ? []
    : [`${list(columns.map(({ label }) => label))} cannot be typed and ${columns.length === 1 ? 'was' : 'were'} left out`];

/** The decimals a column of amounts has; null for columns that are none. */
const decimalsOf = ({ kind, field }: GridColumn, currency: string | null): number | null => {
  if (kind === 'money') return minorDigits(currency);
  return field.kind === 'decimal' && field.per === 'price' ? field.places : null;
};

const roundedNote = (column: GridColumn, texts: readonly string[], setting: Setting): readonly string[] => {
  const digits = decimalsOf(column, setting.currency);
  const few = digits === null ? null : fewerDecimals(texts, digits, { style: styleOf(setting.locale) });
  if (few === null) return [];
  const had = few === 0 ? 'no decimals' : counted(few, 'decimal');
  return [`${column.label} came with ${had}: it may have been shown rounded where it was copied`];
};

type Written = { readonly column: GridColumn; readonly source: number; readonly texts: readonly CellEntry['entry'][] };

/** The entries of each column that is written, by row of the block. */
const readColumns = ({ block, target, columns, setting, takenAt }: PlanInput) => {
  const written: Written[] = [];
  const readOnly = new Set<GridColumn>();
  const notes = new Set<string>();
  const context = { style: styleOf(setting.locale), today: setting.today };
  for (const { at, source } of target.columns) {
    const column = columns[at];
    if (!column) continue;
    if (column.editor === null) {
      readOnly.add(column);
      continue;
    }
    const texts = block.rows.map((row) => row[source] ?? '');
    const settled = settleColumn(column.kind, texts, context);
    for (const note of roundedNote(column, texts, setting)) notes.add(note);
    const entries = settled.map(({ text, code }, row) => ({ text, bad: code, taken: takenAt(row, source, column) }));
    written.push({ column, source, texts: entries });
  }
  return { written, notes: [...readOnlyNote([...readOnly]), ...notes] };
};

/** Whether nothing stands in a row of the block: it makes no new row. */
export const isBlankRow = ({ rows }: Block, at: number): boolean => (rows[at] ?? []).every((cell) => (cell ?? '').trim() === '');

export const planPaste = (input: PlanInput): PastePlan => {
  const { block, target, rows, lock } = input;
  const { written, notes } = readColumns(input);
  const cells: CellEntry[] = [];
  let locked = 0;
  for (const { id, row, isNew, source: from } of rows) {
    for (const { column, source, texts } of written) {
      const entry = texts[from];
      if (entry === undefined || (block.rows[from]?.[source] ?? null) === null) continue;
      // A new row keeps what it starts with where nothing was copied.
      if (isNew && entry.text.trim() === '') continue;
      if (row && !isNew && lock(row, column) !== null) locked += 1;
      else cells.push({ row: id, column, entry });
    }
  }
  return {
    cells,
    columns: written.length,
    notes: [
      ...pastNote(input),
      ...notes,
      ...lockedNote(locked),
      ...(target.rowsLeft > 0
        ? [
            `${counted(target.rowsLeft, 'row')} past the end ${target.rowsLeft === 1 ? 'was' : 'were'} not pasted: rows are not added here`,
          ]
        : []),
      ...(block.covered > 0
        ? [
            `${counted(block.covered, 'place')} of merged cells ${block.covered === 1 ? 'was' : 'were'} left as ${block.covered === 1 ? 'it is' : 'they are'}`,
          ]
        : []),
    ],
  };
};

/** Said of cells known to be locked before the paste, and of those the engine found. */
export const lockedNote = (count: number): readonly string[] =>
  count === 0 ? [] : [`${counted(count, 'locked cell')} ${count === 1 ? 'was' : 'were'} left out`];
