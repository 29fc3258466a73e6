/** Takes the selected cells of a grid to the clipboard, at once where all their rows are loaded, else as soon as they are. */
import { linesOf } from '../../../shared/domain/clipboard/areas.ts';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { say } from '../../state/toasts.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';
import type { MountedGrid } from '../ag/mount.ts';
import { copiedOf } from './ants.ts';
import type { Clip } from './copy.ts';
import { clipOf } from './copy.ts';
import { beginCut, endCut } from './cut.ts';
import type { PasteHost } from './paste.ts';
import { ownType } from './payload.ts';

type Host = Omit<PasteHost, 'grid'>;

export type CopyKind = 'copy' | 'cut' | 'headers';

/** Cells one copy takes; beyond them a file is the better way. */
const mostCopied = 500_000;

/** Rows of the plane by number, those not loaded asked for; undefined in between where all are loaded already. */
const rowsAt = (
  open: MountedGrid,
  { source }: Host,
  rows: readonly number[],
): readonly GridRow[] | Promise<readonly GridRow[]> => {
  const found = rows.map((row) => open.rowAt(row));
  const isReal = (row: GridRow | undefined): row is GridRow => row !== undefined && !source.isGhost(row.id);
  if (!found.includes(undefined)) return found.filter(isReal);
  const pinned = open.pinnedRows();
  const [first = 0, last = 0] = [rows.find((row) => row >= pinned), rows.at(-1)];
  return source.rowsAt(first - pinned, last + 1 - pinned).then((read) =>
    rows.flatMap((row, at) => {
      const there = found[at] ?? read[row - first];
      return there && isReal(there) ? [there] : [];
    }),
  );
};

const isPending = (rows: readonly GridRow[] | Promise<readonly GridRow[]>): rows is Promise<readonly GridRow[]> =>
  rows instanceof Promise;

/** What the selection puts on the clipboard; said in words and null where it cannot be copied. */
const clipSelection = (open: MountedGrid, host: Host, kind: CopyKind): { readonly clip: Clip | Promise<Clip> } | null => {
  const lines = linesOf(open.selection()?.areas ?? []);
  if (!lines) {
    say('Areas can be copied together only where they form a rectangle.');
    return null;
  }
  if (lines.rows.length * lines.cols.length > mostCopied) {
    say(`That is more than ${mostCopied.toLocaleString()} cells. Export takes them all.`);
    return null;
  }
  const shown = open.shownColumns();
  const columns = lines.cols.flatMap((col) => shown[col] ?? []);
  const copy = crypto.randomUUID();
  const take = (rows: readonly GridRow[]): Clip => {
    open.markCopied(
      copiedOf(
        rows.map(({ id }) => id),
        columns.map(({ key }) => key),
      ),
    );
    if (kind === 'cut') {
      const cells = rows.flatMap((row) =>
        columns.filter((column) => host.lock(row, column) === null).map((column) => ({ row: row.id, column })),
      );
      beginCut({ copy, source: host.source, cells, ended: () => open.markCopied(null) });
    } else endCut();
    return clipOf({ table: host.source.table, rows, columns, display: host.display, withHeaders: kind === 'headers', copy });
  };
  const rows = rowsAt(open, host, lines.rows);
  return { clip: isPending(rows) ? rows.then(take) : take(rows) };
};

const fill = (data: DataTransfer, { text, html, own }: Clip): void => {
  data.setData('text/plain', text);
  data.setData('text/html', html);
  data.setData(ownType, own);
};

/**
 * Copies without an event of the person's own: later than the key, or from a menu. The page's copy command makes the
 * event; writing to the clipboard directly would have the HTML parsed in this page, where it may have no styles.
 */
const copyByCommand = async (clip: Clip): Promise<void> => {
  let isDone = false;
  const allow = (event: Event): void => event.preventDefault();
  const copied = (event: ClipboardEvent): void => {
    if (!event.clipboardData) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    fill(event.clipboardData, clip);
    isDone = true;
  };
  document.addEventListener('beforecopy', allow, { capture: true });
  document.addEventListener('copy', copied, { capture: true });
  // There is no other way to an event that takes more types than text.
  // oxlint-disable-next-line typescript/no-deprecated -- as above, and no plan to remove it
  document.execCommand('copy');
  document.removeEventListener('beforecopy', allow, { capture: true });
  document.removeEventListener('copy', copied, { capture: true });
  if (!isDone) await navigator.clipboard.writeText(clip.text);
};

/** @param data of the event, null where there is none */
export const copySelection = (open: MountedGrid, host: Host, kind: CopyKind, data: DataTransfer | null): void => {
  const made = clipSelection(open, host, kind);
  if (!made) return;
  const { clip } = made;
  if (data !== null && !(clip instanceof Promise)) return fill(data, clip);
  Promise.resolve(clip)
    .then(copyByCommand)
    .catch((error: unknown) => say(messageOf(error), { tone: 'danger' }));
};
