/**
 * The columns as this person left them: widths, order, what is hidden. Kept per grid on this device. A layout
 * older than the model is never a problem: what it does not know is added where the model puts it, what the
 * model no longer has is dropped.
 */
import type { GridColumn } from './columns.ts';

export type ColumnLayout = {
  readonly key: string;
  readonly width: number;
  readonly hidden: boolean;
  /** Left out: as the model has it. */
  readonly frozen?: boolean;
};
export type Layout = readonly ColumnLayout[];

const minWidth = 28;
const maxWidth = 900;

/** A stored layout as untrusted data: whatever is not one reads as none. */
export const readLayout = (stored: unknown): Layout => {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((entry: unknown): ColumnLayout[] => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { key, width, hidden, frozen } = entry as Readonly<Record<string, unknown>>;
    if (typeof key !== 'string' || typeof width !== 'number' || !Number.isFinite(width)) return [];
    const shape = { key, width: Math.min(maxWidth, Math.max(minWidth, Math.round(width))), hidden: hidden === true };
    return [typeof frozen === 'boolean' ? { ...shape, frozen } : shape];
  });
};

/**
 * The columns in the order and width the person chose. Frozen columns stand first; a column the
 * layout has never seen stands behind the one it follows in the model.
 */
export const applyLayout = (columns: readonly GridColumn[], layout: Layout): readonly GridColumn[] => {
  if (layout.length === 0) return columns;
  const known = new Map(columns.map((column) => [column.key, column]));
  const placed: GridColumn[] = [];
  for (const { key, width, hidden, frozen } of layout) {
    const column = known.get(key);
    if (!column || placed.some((p) => p.key === key)) continue;
    placed.push({
      ...column,
      width,
      hidden,
      frozen: frozen ?? column.frozen,
      ...(width === column.width ? {} : { flex: undefined }),
    });
  }
  columns.forEach((column, at) => {
    if (placed.some((p) => p.key === column.key)) return;
    const before = columns[at - 1];
    const position = before ? placed.findIndex((p) => p.key === before.key) + 1 : 0;
    placed.splice(position, 0, column);
  });
  return [...placed.filter((c) => c.frozen), ...placed.filter((c) => !c.frozen)];
};

/** What tells two arrangements of the same columns apart. */
export const arrangementOf = (columns: readonly GridColumn[], layout: Layout): Layout =>
  applyLayout(columns, layout).map(({ key, width, hidden, frozen }) => ({ key, width: Math.round(width), hidden, frozen }));
