/** What can be done with a column, from its header by Alt and arrow down or the right button. */
import type { ReactElement, RefObject } from 'react';
import type { CommandId } from '../../shared/commands.ts';
import { isAvailable, useCommand } from '../state/commands.ts';
import type { MountedGrid } from './ag/mount.ts';
import { CommandMenu, useMenuPlace } from './CommandMenu.tsx';

type Props = { readonly element: RefObject<HTMLElement | null>; readonly grid: RefObject<MountedGrid | null> };

const offered: readonly CommandId[] = [
  'column.freeze',
  'column.unfreeze',
  'column.left',
  'column.right',
  'column.wider',
  'column.narrower',
  'column.hide',
  'filter.row',
  'view.columns',
];

const headerOf = (target: Element | null): Element | null =>
  target === null || target instanceof HTMLInputElement
    ? null
    : target.closest('.ag-header-cell[col-id]:not(.ag-floating-filter):not(.state-head)');

export const ColumnMenu = ({ element, grid }: Props): ReactElement => {
  const { anchor, isOpen, open, shut } = useMenuPlace(element, headerOf);
  useCommand('column.menu', () => {
    const header = headerOf(document.activeElement);
    if (header === null || element.current?.contains(header) !== true) return false;
    open(header);
  });
  const close = (): void => {
    shut();
    const key = anchor?.getAttribute('col-id');
    if (key !== null && key !== undefined) grid.current?.bar.focusHeader(key);
  };
  // What a column cannot do is not said of it: a column either can be frozen or is.
  const groups = isOpen ? [offered.filter(isAvailable)] : [];
  return <CommandMenu anchor={anchor} isOpen={isOpen} label="Column menu" groups={groups} onClose={close} />;
};
