/**
 * Looking through one grid: the rows it holds are looked at here, the rest of a register by the engine, both by the
 * same words of the domain. From where the person is to the end, then from the top: the nearest hits come first.
 */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { Finder, FindWords } from '../../../shared/domain/find.ts';
import { createFinder } from '../../../shared/domain/find.ts';
import { openedText, shownText } from '../../../shared/domain/shown.ts';
import type { FindView } from '../ag/finding.ts';
import type { GridColumn } from '../columns.ts';
import type { Display } from '../display.ts';
import type { GridSource } from '../source.ts';
import type { Place } from '../moves.ts';
import type { Hit } from './hits.ts';

export type SearchHost = {
  readonly source: GridSource;
  readonly view: FindView;
  readonly display: Display;
  /** Why a cell cannot be typed into; null where it can. */
  readonly lock: (row: GridRow, column: GridColumn) => string | null;
};

export type Asked = {
  readonly words: FindWords;
  /** In what editors open with, and not in what cells say. */
  readonly isTyped: boolean;
  readonly from: Place;
};

/** Rows looked at here before the page may draw. */
const atOnce = 500;

const lockOf = ({ lock }: SearchHost, row: GridRow, column: GridColumn): string | null =>
  column.editor === 'state' ? `${column.label} is changed one by one.` : lock(row, column);

const inRow = (
  host: SearchHost,
  finder: Finder,
  isTyped: boolean,
  columns: readonly GridColumn[],
  stored: GridRow,
  at: number,
): Hit[] => {
  const { display } = host;
  const row = display.row(stored);
  if (row.gone) return [];
  return columns.flatMap((column, col): Hit[] => {
    const { field, key } = column;
    const read = isTyped ? openedText : shownText;
    const text = column.view && !isTyped ? column.view(row).text : read(field, key, row, display.setting);
    if (!finder.has(text)) return [];
    const locked = isTyped ? lockOf(host, row, column) : null;
    return [{ place: { row: at, col }, id: row.id, column, text: isTyped ? text : null, locked }];
  });
};

async function* ownRows(host: SearchHost, { words, isTyped }: Asked): AsyncGenerator<readonly Hit[]> {
  const finder = createFinder(words);
  const columns = host.view.columns();
  const rows = host.view.ownRows();
  for (let from = 0; from < rows.length; from += atOnce) {
    yield rows.slice(from, from + atOnce).flatMap(({ row, at }) => inRow(host, finder, isTyped, columns, row, at));
    await new Promise((resolve) => setTimeout(resolve));
  }
}

async function* register(host: SearchHost, asked: Asked, signal: AbortSignal): AsyncGenerator<readonly Hit[]> {
  const { source, view, display } = host;
  const first = view.registerAt();
  const columns = view.columns();
  if (!source.search || first === null || columns.length === 0) return;
  const fields = columns.map(({ key }) => key);
  const look = asked.isTyped ? 'typed' : 'shown';
  const start = Math.max(0, asked.from.row - first);
  const common = { words: asked.words, look, fields, locale: display.setting.locale } as const;
  for (const [from, to] of [
    [start, undefined],
    [0, start],
  ] as const) {
    let next: number | null = from;
    while (next !== null && next !== to) {
      const found: Awaited<ReturnType<typeof source.search>> = await source.search(
        { ...common, from: next, ...(to !== undefined && { to }) },
        signal,
      );
      yield found.hits.flatMap(({ row, id, field, text, importing }): Hit[] => {
        const col = fields.indexOf(field);
        const column = columns[col];
        if (!column) return [];
        const stub: GridRow = { id, v: {}, ...(importing && { importing }) };
        const locked = asked.isTyped ? lockOf(host, stub, column) : null;
        return [{ place: { row: first + row, col }, id, column, text: text ?? null, locked }];
      });
      next = found.next;
    }
  }
}

/** Hits in pages, until there are no more or nobody wants them. */
export async function* search(host: SearchHost, asked: Asked, signal: AbortSignal): AsyncGenerator<readonly Hit[]> {
  // What was typed just now is found too.
  await host.source.commit.settled();
  yield* ownRows(host, asked);
  yield* register(host, asked, signal);
}
