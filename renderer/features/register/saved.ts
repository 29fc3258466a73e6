/**
 * Saved views: records like any other, written by the one path, so that each change of one can be undone. What is read
 * of them is data: an order or a column that no longer exists is left out, never an error.
 */
import { useMemo } from 'react';
import { uuidv7 } from 'uuidv7';
import type { GridRow, Patch } from '../../../shared/contract/shapes.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { isTableName } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import type { Layout } from '../../grid/layout.ts';
import { readLayout } from '../../grid/layout.ts';
import type { Sort } from '../../grid/window/register.ts';
import type { ScreenId } from '../../state/tabs.ts';
import { screenIds } from '../../state/tabs.ts';
import type { Density } from '../../ui/tokens.ts';
import { densities } from '../../ui/tokens.ts';
import { sayUndoable } from '../../state/undoable.ts';

/** How rows are shown: what a view keeps. */
export type Arrangement = {
  /** In the words of the quick filter. */
  readonly filter: string;
  readonly layout: Layout;
  readonly sort: Sort;
  readonly density: Density | null;
};

export type SavedView = Arrangement & {
  readonly id: string;
  readonly name: string;
  readonly screen: ScreenId;
  readonly table: TableName;
};

const savedTable = 'saved_views';

/** The key of a saved view among the views of its screen. */
export const keyOfSaved = (id: string): string => `saved:${id}`;

const parsed = (json: unknown): unknown => {
  try {
    return typeof json === 'string' ? (JSON.parse(json) as unknown) : null;
  } catch {
    return null;
  }
};

const readSort = (stored: unknown): Sort =>
  (Array.isArray(stored) ? (stored as unknown[]) : [])
    .flatMap((entry): Sort => {
      const { field, dir } = (typeof entry === 'object' && entry !== null ? entry : {}) as Readonly<Record<string, unknown>>;
      return typeof field === 'string' && (dir === 'asc' || dir === 'desc') ? [{ field, dir }] : [];
    })
    .slice(0, 3);

/** A record as a view; null where it says no screen or table of this version. */
const readSaved = ({ id, v }: GridRow): SavedView | null => {
  const screen = screenIds.find((one) => one === v['screen']);
  const table = String(v['table']);
  if (screen === undefined || !isTableName(table)) return null;
  return {
    id,
    name: String(v['name'] ?? ''),
    screen,
    table,
    filter: String(v['filter'] ?? ''),
    layout: readLayout(parsed(v['layout'])),
    sort: readSort(parsed(v['sort'])),
    density: densities.find((one) => one === v['density']) ?? null,
  };
};

/** All of them, by name; null until they are known. */
export const useSavedViews = (): readonly SavedView[] | null => {
  const { data, isError } = useEngine('view.saved', {}, { tables: [savedTable] });
  return useMemo(() => (data ? data.rows.flatMap((row) => readSaved(row) ?? []) : isError ? [] : null), [data, isError]);
};

const valuesOf = ({ filter, layout, sort, density }: Arrangement) => ({
  filter,
  layout: JSON.stringify(layout.map(({ key, width, hidden, frozen }) => ({ frozen, hidden, key, width }))),
  sort: JSON.stringify(sort.map(({ field, dir }) => ({ dir, field }))),
  density,
});

const apply = async (screen: ScreenId, patch: Patch, label: string): Promise<void> => {
  await client['records.apply']({ patches: [patch], label, screen: `screen:${screen}` });
};

/** Makes a view; its id. */
export const makeView = async (view: Omit<SavedView, 'id'>): Promise<string> => {
  const { name, screen, table } = view;
  const id = uuidv7();
  const values = { name, screen, table, ...valuesOf(view) };
  await apply(screen, { kind: 'insert', table: savedTable, id, values }, `Save view “${name}”`);
  return id;
};

export const saveView = ({ id, name, screen }: SavedView, now: Arrangement): Promise<void> =>
  apply(screen, { kind: 'update', table: savedTable, id, values: valuesOf(now) }, `Save view “${name}”`);

export const renameView = ({ id, name: before, screen }: SavedView, name: string): Promise<void> =>
  apply(screen, { kind: 'update', table: savedTable, id, values: { name } }, `Rename view “${before}”`);

export const deleteView = async ({ id, name, screen }: SavedView): Promise<void> => {
  await apply(screen, { kind: 'delete', table: savedTable, id }, `Delete view “${name}”`);
  sayUndoable(`View “${name}” deleted.`);
};
