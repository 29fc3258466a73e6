/** What can be done with the cell and row in focus, by the menu key or the right button. */
import type { ReactElement, RefObject } from 'react';
import type { CommandId } from '../../shared/commands.ts';
import { isAvailable, useCommand } from '../state/commands.ts';
import type { MountedGrid } from './ag/mount.ts';
import { CommandMenu, useMenuPlace } from './CommandMenu.tsx';

type Props = { readonly element: RefObject<HTMLElement | null>; readonly grid: RefObject<MountedGrid | null> };

const cellCommands: readonly CommandId[] = [
  'grid.cut',
  'grid.copy',
  'grid.copy-headers',
  'grid.paste',
  'grid.paste-special',
  'grid.edit',
  'grid.copy-above',
  'grid.fill-down',
  'grid.fill-right',
  'grid.fill-series',
  'grid.clear',
];
const rowCommands: readonly CommandId[] = [
  'record.open',
  'peek.toggle',
  'record.history',
  'price.trace',
  'price.take',
  'record.document',
  'grid.insert-row',
  'grid.row-up',
  'grid.row-down',
  'grid.duplicate-rows',
  'grid.delete-rows',
];

/** The cell that was meant. What is selected is what the menu is for, where it was opened on it; else the cell is. */
const pickCell = (grid: MountedGrid | null, target: Element): Element | null => {
  const cell = target.closest('.ag-cell');
  const row = cell?.closest('.ag-row')?.getAttribute('row-id');
  if (!cell || row === null || row === undefined || grid?.isEditing() === true) return null;
  if (grid?.isSelected(cell) !== true) grid?.focusCell(row.replace(/^[tb]-/, ''), cell.getAttribute('col-id'));
  return cell;
};

export const RowMenu = ({ element, grid }: Props): ReactElement => {
  const { anchor, isOpen, open, shut } = useMenuPlace(element, (target) => pickCell(grid.current, target));
  useCommand('grid.menu', () => {
    const cell = element.current?.querySelector('.ag-cell-focus') ?? null;
    if (cell === null || grid.current?.isEditing() === true) return false;
    open(cell);
  });
  const close = (): void => {
    shut();
    grid.current?.focus();
  };
  const ofTable = (['account.give', 'contact.erase'] as const).filter((id) => isOpen && isAvailable(id));
  const ofRow: readonly CommandId[] = [...rowCommands, ...ofTable];
  return <CommandMenu anchor={anchor} isOpen={isOpen} label="Row menu" groups={[cellCommands, ofRow]} onClose={close} />;
};
