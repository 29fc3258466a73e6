/** A series in what is selected: each column counts on from its first filled cells. Seen before it is written. */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { editText } from '../../../shared/domain/format.ts';
import type { SeriesWish } from '../../../shared/domain/series.ts';
import { continueSeries } from '../../../shared/domain/series.ts';
import { cellContext, currencyOf } from '../../../shared/domain/shown.ts';
import type { GridColumn } from '../columns.ts';
import type { Entry } from '../edit/commit.ts';
import { isFilled } from '../filled.ts';
import type { GridSource } from '../source.ts';
import type { GridCells, Plan, Rules, Target } from './cells.ts';
import { entryOf, planCells } from './cells.ts';
import type { Selection } from './model.ts';
import { wholeRowsOf } from './rows.ts';

/** The cells a series is to go through, top to bottom. */
export type SeriesGround = { readonly rows: readonly GridRow[]; readonly columns: readonly GridColumn[] };

/** How one column goes on, in words: the cells it starts from, the next ones, the last. */
export type SeriesView = {
  readonly label: string;
  readonly from: readonly string[];
  readonly next: readonly string[];
  readonly last: string | null;
  /** It is copied: it does not count. */
  readonly isCopied: boolean;
};

/** The last area of the selection, read whole. @throws AppError `too-large` */
export const readGround = async (cells: GridCells, source: GridSource, { areas }: Selection): Promise<SeriesGround> => {
  const area = areas.at(-1);
  if (!area) return { rows: [], columns: [] };
  const rows = await wholeRowsOf(cells, source, { from: area.from.row, to: area.to.row + 1 });
  const columns = cells.columns.slice(area.from.col, area.to.col + 1).filter(({ editor }) => editor !== null);
  return { rows: rows.filter(({ id }) => !source.isGhost(id)), columns };
};

/** The first cells that are filled; where all are, the first alone: the others are written over. */
const seedsIn = ({ key }: GridColumn, rows: readonly GridRow[], { display }: Rules): readonly GridRow[] => {
  const end = rows.findIndex((row) => !isFilled(display.row(row), key));
  return end < 0 ? rows.slice(0, 1) : rows.slice(0, end);
};

const textEntry = (text: string): Entry => ({ text, taken: null });

const entriesFor = (column: GridColumn, rows: readonly GridRow[], rules: Rules, wish: SeriesWish) => {
  const { display } = rules;
  const seeds = seedsIn(column, rows, rules);
  const shown = seeds.map((row) => display.row(row));
  const [first] = shown;
  const isRead = shown.every((row) => row.i?.[column.key]?.raw == null);
  const count = rows.length - seeds.length;
  const values = shown.map((row) => row.v[column.key] ?? null);
  const currency = first ? currencyOf(first, display.setting) : null;
  const counted = first && isRead ? continueSeries(column.kind, values, count, wish, currency) : null;
  const copied = seeds.map((row) => entryOf(column, row, display));
  const entries = Array.from({ length: first ? count : 0 }, (_, at): Entry | null => {
    if (!counted || !first) return copied[at % copied.length] ?? null;
    const value = counted[at] ?? null;
    const context = cellContext(column.field, column.key, first, display.setting);
    return value === null ? null : textEntry(editText({ ...column.field, kind: column.kind }, value, context));
  });
  return { from: copied, entries, skip: seeds.length, isCopied: counted === null };
};

const mostShown = 3;

export const planSeries = (
  { rows, columns }: SeriesGround,
  rules: Rules,
  wish: SeriesWish,
): { readonly plan: Plan; readonly views: readonly SeriesView[] } => {
  const targets: Target[] = [];
  const given = new Map<string, Entry>();
  const views = columns.map((column): SeriesView => {
    const { from, entries, skip, isCopied } = entriesFor(column, rows, rules, wish);
    for (const [at, entry] of entries.entries()) {
      const row = rows[skip + at];
      if (!row || !entry) continue;
      targets.push({ id: row.id, row, column });
      given.set(`${row.id} ${column.key}`, entry);
    }
    const texts = entries.flatMap((entry) => entry?.text ?? []);
    return {
      label: column.label,
      from: from.slice(-mostShown).map(({ text }) => text),
      next: texts.slice(0, mostShown),
      last: texts.length > mostShown ? (texts.at(-1) ?? null) : null,
      isCopied,
    };
  });
  return { plan: planCells(targets, rules, ({ id, column }) => given.get(`${id} ${column.key}`) ?? null), views };
};
