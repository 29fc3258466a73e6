/** What a person can do to a grid, drawn at random, and done as the page does it. Each says which cells it may touch. */
import fc from 'fast-check';
import type { GridRow } from '../../shared/contract/shapes.ts';
import { spread } from '../../shared/domain/clipboard/spread.ts';
import { writeTsv } from '../../shared/domain/clipboard/tsv.ts';
import type { FindWords } from '../../shared/domain/find.ts';
import type { FindView } from '../../renderer/grid/ag/finding.ts';
import type { Board } from '../../renderer/grid/clipboard/paste.ts';
import { paste, readClip } from '../../renderer/grid/clipboard/paste.ts';
import type { GridColumn } from '../../renderer/grid/columns.ts';
import type { CellEntry, How } from '../../renderer/grid/edit/commit.ts';
import { planReplace } from '../../renderer/grid/find/replace.ts';
import { search } from '../../renderer/grid/find/search.ts';
import type { Hit } from '../../renderer/grid/find/hits.ts';
import { entryFor, entryOf, planCells, planClear } from '../../renderer/grid/range/cells.ts';
import type { Rules, Target } from '../../renderer/grid/range/cells.ts';
import { clampPlace } from '../../renderer/grid/range/model.ts';
import type { World } from './gridWorld.ts';

/** Numbers are places, counted round the rows and columns that there are. */
type Area = { readonly row: number; readonly col: number; readonly rows: number; readonly cols: number };
export type Move = { readonly kind: 'undo' | 'redo'; readonly times: number };
export type Action =
  | { readonly kind: 'type'; readonly row: number; readonly col: number; readonly text: string }
  | { readonly kind: 'clear' | 'fill down' | 'fill right'; readonly area: Area }
  | { readonly kind: 'replace'; readonly find: string; readonly by: string }
  | { readonly kind: 'paste'; readonly area: Area; readonly block: readonly (readonly string[])[] }
  | { readonly kind: 'add'; readonly after: number; readonly col: number; readonly text: string }
  | { readonly kind: 'delete' | 'duplicate'; readonly row: number; readonly rows: number };

/** What is typed into the columns there are: right, wrong, doubtful, dangerous. */
const good = [
  '',
  '12',
  '1,250.50',
  '-3',
  '7*3',
  '50 %',
  '€ 5',
  '15/02/2026',
  'today',
  'Active',
  'gold',
  'Ada Fern',
  '1001',
  'A1',
];
const bad = [
  '12x',
  ' 12 x ',
  'someday ',
  '2026-02-30',
  '30/02',
  '99999999999999999999',
  'zzz',
  'Nobody',
  '9999',
  ' \u200bq',
  '1.2.3',
];
const odd = [
  ' ',
  '1.250',
  '1.234,5',
  '1e9',
  '=1+2',
  'a, b; c',
  'two\nlines',
  'ta\tb',
  '"q"',
  "'007",
  '00421',
  'ß İ ﬁ',
  'Harbour 1',
];

const texts = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...good) },
  { weight: 3, arbitrary: fc.constantFrom(...bad) },
  { weight: 2, arbitrary: fc.constantFrom(...odd) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
);

const place = fc.nat(29);
const area = fc.record({ row: place, col: place, rows: fc.integer({ min: 1, max: 4 }), cols: fc.integer({ min: 1, max: 3 }) });
const count = fc.integer({ min: 1, max: 3 });
const block = fc
  .tuple(count, fc.integer({ min: 1, max: 5 }))
  .chain(([cols, rows]) => fc.array(fc.array(texts, { minLength: cols, maxLength: cols }), { minLength: rows, maxLength: rows }));

const kinds = <K extends string>(...all: readonly K[]) => fc.constantFrom(...all);

export const actions: fc.Arbitrary<readonly (Action | Move)[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: kinds('type'), row: place, col: place, text: texts }) },
    { weight: 4, arbitrary: fc.record({ kind: kinds('clear', 'fill down', 'fill right'), area }) },
    { weight: 3, arbitrary: fc.record({ kind: kinds('paste'), area, block }) },
    { weight: 1, arbitrary: fc.record({ kind: kinds('replace'), find: kinds('a', '1', 'Harbour', 'some'), by: texts }) },
    { weight: 2, arbitrary: fc.record({ kind: kinds('add'), after: place, col: place, text: texts }) },
    { weight: 2, arbitrary: fc.record({ kind: kinds('delete', 'duplicate'), row: place, rows: count }) },
    { weight: 4, arbitrary: fc.record({ kind: kinds('undo', 'redo'), times: count }) },
  ),
  { minLength: 1, maxLength: 10 },
);

/** What an action was about. */
export type Done = {
  /** The cells it was to write, with their texts; of a link taken from a list there is none. */
  readonly cells: readonly CellEntry[];
  /** Rows that came or went whole. */
  readonly rows: readonly string[];
  /** How many others may have come, by a paste past the end. */
  readonly most?: number;
};

const nothing: Done = { cells: [], rows: [] };

/** In these worlds nothing is locked but what cannot be typed. */
const rulesOf = ({ display }: World): Rules => ({ display, lock: (_, { editor }) => (editor === null ? 'Not typed.' : null) });

const slice = <T>(all: readonly T[], from: number, length: number): readonly T[] => {
  const first = all.length === 0 ? 0 : from % all.length;
  return all.slice(first, first + length);
};

const write = async (world: World, cells: readonly CellEntry[], label: string, how: How): Promise<Done> => {
  await world.source.commit(cells, label, how);
  return { cells, rows: [] };
};

const fillPlan = (world: World, rows: readonly GridRow[], columns: readonly GridColumn[], isDown: boolean) => {
  const targets = rows.flatMap((row, at) =>
    columns.flatMap((column, nth): (Target & { readonly from: GridRow; readonly of: GridColumn })[] => {
      const [from, of] = isDown ? [rows[0], column] : [row, columns[0]];
      return from && of && (isDown ? at : nth) > 0 ? [{ id: row.id, row, column, from, of }] : [];
    }),
  );
  const sources = new Map(targets.map(({ id, column, from, of }) => [`${id} ${column.key}`, { from, of }]));
  return planCells(targets, rulesOf(world), ({ id, column }) => {
    const given = sources.get(`${id} ${column.key}`);
    return given ? entryFor(entryOf(given.of, given.from, world.display), given.of, column) : null;
  });
};

const replaceAll = async (world: World, rows: readonly GridRow[], find: string, by: string): Promise<Done> => {
  const words: FindWords = { text: find, isCaseSensitive: false, isWholeCell: false };
  const isRegister = world.source.mode === 'windowed';
  const view = {
    columns: () => world.columns,
    ownRows: () => (isRegister ? [] : rows.map((row, at) => ({ row, at }))),
    registerAt: () => (isRegister ? 0 : null),
  } as unknown as FindView;
  const hits: Hit[] = [];
  const { lock } = rulesOf(world);
  const asked = { words, isTyped: true, from: { row: 0, col: 0 } };
  for await (const page of search(
    { source: world.source, view, display: world.display, lock },
    asked,
    new AbortController().signal,
  ))
    hits.push(...page);
  return write(world, planReplace(hits, words, by).cells, 'Replace', {});
};

/** The grid as a paste sees it: rows and columns as they stand, the ghost last where there is one. */
const boardOf = ({ source, columns }: World, rows: readonly GridRow[], { row, col, rows: height, cols }: Area): Board => {
  const ghost = source.mode === 'memory' ? [{ id: source.addRow(null), v: {} }] : [];
  const all = [...rows, ...ghost];
  const plane = { rows: all.length, cols: columns.length };
  const from = { row: row % Math.max(1, all.length), col: col % columns.length };
  const to = clampPlace({ row: from.row + height - 1, col: from.col + cols - 1 }, plane);
  return {
    selection: () => ({ areas: [{ from, to }], anchor: from, focus: to }),
    select: () => undefined,
    plane: () => plane,
    shownColumns: () => columns,
    rowAt: (at) => all[at],
    pinnedRows: () => 0,
    focusCell: () => true,
  };
};

/** A block goes from the top left of what is selected, tiled where it fits; rows past the end are new. */
const pasteBlock = async (world: World, rows: readonly GridRow[], { area, block }: Action & { kind: 'paste' }): Promise<Done> => {
  const { source, display, columns } = world;
  const grid = boardOf(world, rows, area);
  const clip = readClip(writeTsv(block), '', '');
  const selected = grid.selection()?.areas[0];
  if (!selected) return nothing;
  const { from, to } = selected;
  const { rows: given, columns: width } = clip.block;
  const size = spread({ rows: given.length, columns: width }, { rows: to.row - from.row + 1, columns: to.col - from.col + 1 });
  await paste({ grid, source, columns, display, lock: rulesOf(world).lock, canAdd: true }, clip, 'values');
  const cells = rows.slice(from.row, from.row + size.rows).flatMap((row, at) =>
    columns.slice(from.col, from.col + size.columns).flatMap((column, nth): CellEntry[] => {
      const text = given[at % given.length]?.[nth % width] ?? '';
      return column.editor === null ? [] : [{ row: row.id, column, entry: { text, taken: null } }];
    }),
  );
  return { cells, rows: [], most: Math.max(0, from.row + size.rows - rows.length) };
};

/** Does it to the rows that there are. @throws what the grid tells a person, as of a row that may not be deleted */
export const perform = async (world: World, action: Action): Promise<Done> => {
  const { source, columns } = world;
  const rows = await world.rows();
  const typable = columns.filter(({ editor }) => editor !== null);
  switch (action.kind) {
    case 'type': {
      const [row] = slice(rows, action.row, 1);
      const [column] = slice(typable, action.col, 1);
      if (!row || !column) return nothing;
      const cells = [{ row: row.id, column, entry: { text: action.text, taken: null } }];
      await source.commit(cells);
      return { cells, rows: [] };
    }
    case 'clear': {
      const { row, rows: height, col, cols } = action.area;
      const targets = slice(rows, row, height).flatMap((one) =>
        slice(columns, col, cols).map((column) => ({ id: one.id, row: one, column })),
      );
      return write(world, planClear(targets, rulesOf(world)).cells, 'Clear', { source: 'fill', isLenient: true });
    }
    case 'fill down':
    case 'fill right': {
      const { row, rows: height, col, cols } = action.area;
      const plan = fillPlan(world, slice(rows, row, height), slice(columns, col, cols), action.kind === 'fill down');
      return write(world, plan.cells, 'Fill', { source: 'fill', isLenient: true });
    }
    case 'replace':
      return replaceAll(world, rows, action.find, action.by);
    case 'paste':
      return pasteBlock(world, rows, action);
    case 'add': {
      const [column] = slice(typable, action.col, 1);
      if (!column) return nothing;
      const row = source.addRow(slice(rows, action.after, 1)[0]?.id ?? null);
      const cells = [{ row, column, entry: { text: action.text, taken: null } }];
      await source.commit(cells);
      return { cells, rows: [row] };
    }
    case 'delete': {
      const ids = slice(rows, action.row, action.rows).map(({ id }) => id);
      await source.deleteRows(ids);
      return { cells: [], rows: ids };
    }
    case 'duplicate':
      return { cells: [], rows: await source.duplicateRows(slice(rows, action.row, action.rows), columns) };
  }
};
