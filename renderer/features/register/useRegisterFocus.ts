/** Where the focus goes on a register: to the cell it was on when the screen was left, or to a new row asked for. */
import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';
import type { TableName } from '../../../shared/model/index.ts';
import type { GridColumn } from '../../grid/columns.ts';
import type { GridHandle } from '../../grid/handle.ts';
import type { RegisterSource } from '../../grid/window/source.ts';
import { hasFallenTo } from '../../ui/lastPlace.ts';
import { recall } from './remembered.ts';
import { dropWanted, useWanted } from './wanted.ts';

/** The focus is in use somewhere else: a register that appears does not take it away. */
export const isFocusInUse = (): boolean => {
  const { activeElement } = document;
  if (activeElement === null || activeElement === document.body) return false;
  const isOnPage = activeElement.closest('[data-region="page"]') !== null;
  return !isOnPage || activeElement.closest('.filterbar, .docform, .ag-root, [role="dialog"]') !== null;
};

/** Nobody put the focus where it is since the rows were asked for. */
const isFree = (asked: Element | null): boolean => {
  const { activeElement } = document;
  const isLeft = activeElement === asked || activeElement === document.body || hasFallenTo(activeElement);
  return isLeft && !isFocusInUse();
};

/** Takes the focus when the first rows are there, unless a person went on while they were read. */
export const useFirstFocus = (
  name: string,
  source: RegisterSource,
  grid: RefObject<GridHandle | null>,
  isReady: boolean,
): void => {
  const asked = useRef<{ readonly source: RegisterSource; readonly at: Element | null }>(null);
  useEffect(() => {
    if (asked.current?.source !== source) asked.current = { source, at: document.activeElement };
    const { at } = asked.current;
    if (!isReady || !isFree(at)) return;
    const take = async (): Promise<void> => {
      const { focus } = recall(name);
      const index = focus ? await source.find(focus.id) : null;
      if (isFree(at)) grid.current?.focusIndex(index ?? 0, index === null ? null : focus?.column);
    };
    void take();
  }, [isReady, source, name, grid]);
};

/** Makes the new row that the palette or another screen asked for, with what it starts with. */
export const useWantedRow = (
  table: TableName,
  source: RegisterSource,
  columns: readonly GridColumn[] | undefined,
  grid: RefObject<GridHandle | null>,
): void => {
  const wanted = useWanted((state) => state.wanted);
  useEffect(() => {
    if (!columns || wanted?.table !== table) return;
    dropWanted();
    const id = source.addRow();
    requestAnimationFrame(() => grid.current?.focusCell(id, null));
    const cells = Object.entries(wanted.values).flatMap(([key, value]) => {
      const column = columns.find((one) => one.key === key);
      return column ? [{ row: id, column, entry: { text: value, taken: { value, code: null, title: null } } }] : [];
    });
    void source.commit(cells);
  }, [source, columns, wanted, table, grid]);
};
