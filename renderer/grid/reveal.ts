/** Shows rows that just changed in the grid they stand in: scrolls to the first of them, and marks them all. */
import type { Flash } from '../state/flash.ts';
import { gestures } from '../state/gestures.ts';
import { sayMore } from '../state/toasts.ts';
import type { MountedGrid } from './ag/mount.ts';
import type { GridSource } from './source.ts';

/** What was brought back is read a moment after it is told; then it is there, or is filtered away. */
const longestWaitMs = 1000;

/** Somebody writes, or has gone on before the answer to an undo came: their next key must not go to another cell. */
const isBusy = ({ since }: Flash): boolean =>
  document.activeElement?.matches('input, textarea') === true || (since !== undefined && since !== gestures());

/** Resolves when the rows were read again, or are not going to be. */
const whenRead = (source: GridSource): Promise<boolean> =>
  new Promise((resolve) => {
    const { version } = source.state();
    const end = (isRead: boolean): void => {
      clearTimeout(timer);
      stop();
      resolve(isRead);
    };
    const timer = setTimeout(() => end(false), longestWaitMs);
    const stop = source.subscribe(() => {
      if (source.state().version !== version) end(true);
    });
  });

/**
 * The first of the rows as they stand, and its place. They were changed from the top or from the bottom, so the ends
 * are asked for; null where neither is shown.
 */
const topOf = async (source: GridSource, rows: readonly Flash[]) => {
  const ends = [...new Set([rows[0], rows.at(-1)])].flatMap((row) => row ?? []);
  const places = await Promise.all(ends.map(async (row) => ({ row, index: await source.find(row.id).catch(() => null) })));
  return places
    .flatMap(({ row, index }) => (index === null ? [] : [{ row, index }]))
    .reduce<{ readonly row: Flash; readonly index: number } | null>(
      (top, one) => (top === null || one.index < top.index ? one : top),
      null,
    );
};

/** Lines that came back are in no list yet that was read before. */
const findTop = async (source: GridSource, rows: readonly Flash[]) => {
  const top = await topOf(source, rows);
  if (top !== null || source.mode === 'windowed' || !(await whenRead(source))) return top;
  return topOf(source, rows);
};

/** Takes the focus along, from nobody who is writing or has gone on. */
export const showFlash = async (grid: () => MountedGrid | null, source: GridSource, rows: readonly Flash[]): Promise<void> => {
  const [first] = rows;
  if (!first) return;
  const top = await findTop(source, rows);
  const open = grid();
  if (!open) return;
  const [key = null] = (top?.row ?? first).fields;
  if (first.reveal && key !== null) open.show(key, true);
  if (first.reveal || !isBusy(first)) {
    const isShown = top === null ? open.focusCell(first.id, key) : (open.focusIndex(top.index, key), true);
    if (!isShown && first.fields.length > 0) sayMore('It is not among the rows shown here.');
  }
  open.flash(rows);
};
