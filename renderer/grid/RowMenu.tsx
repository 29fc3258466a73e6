/** What can be done with the cell and row in focus, by the menu key or the right button: named commands with their keys. */
import { Menu } from '@base-ui/react/menu';
import type { ReactElement, RefObject } from 'react';
import { useEffect, useState } from 'react';
import type { CommandId } from '../../shared/commands.ts';
import { commandOf } from '../../shared/commands.ts';
import { isAvailable, runCommand, useCommand } from '../state/commands.ts';
import { Kbd } from '../ui/Kbd.tsx';
import type { MountedGrid } from './ag/mount.ts';

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
  'grid.clear',
];
const rowCommands: readonly CommandId[] = [
  'record.open',
  'peek.toggle',
  'record.history',
  'grid.insert-row',
  'grid.duplicate-rows',
  'grid.delete-rows',
];

export const RowMenu = ({ element, grid }: Props): ReactElement => {
  // The cell it was opened at stays while it closes, so that it closes where it is.
  const [anchor, setAnchor] = useState<Element | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const open = (cell: Element): void => {
    setAnchor(cell);
    setIsOpen(true);
  };
  useCommand('grid.menu', () => {
    const cell = element.current?.querySelector('.ag-cell-focus') ?? null;
    if (cell === null || grid.current?.isEditing() === true) return false;
    open(cell);
  });
  useEffect(() => {
    const root = element.current;
    if (!root) return undefined;
    const onContextMenu = (event: MouseEvent): void => {
      const cell = event.target instanceof Element ? event.target.closest('.ag-cell') : null;
      const row = cell?.closest('.ag-row')?.getAttribute('row-id');
      if (!cell || row === null || row === undefined || grid.current?.isEditing() === true) return;
      event.preventDefault();
      // What is selected is what the menu is for, where it was opened on it.
      if (grid.current?.isSelected(cell) !== true)
        grid.current?.focusCell(row.replace(/^[tb]-/, ''), cell.getAttribute('col-id'));
      setAnchor(cell);
      setIsOpen(true);
    };
    root.addEventListener('contextmenu', onContextMenu);
    return () => root.removeEventListener('contextmenu', onContextMenu);
  }, [element, grid]);
  const close = (): void => {
    setIsOpen(false);
    grid.current?.focus();
  };
  const items = (ids: readonly CommandId[]): ReactElement[] =>
    ids.map((id) => (
      <Menu.Item
        key={id}
        className="option"
        disabled={!isAvailable(id)}
        onClick={() => {
          close();
          runCommand(id);
        }}
      >
        {commandOf(id).title}
        <span className="note">
          <Kbd of={id} />
        </span>
      </Menu.Item>
    ));
  return (
    <Menu.Root open={isOpen} onOpenChange={(next) => !next && close()} modal={false}>
      <Menu.Portal container={anchor?.closest<HTMLElement>('main') ?? undefined}>
        <Menu.Positioner className="pop-place" anchor={anchor} sideOffset={2} align="start">
          <Menu.Popup className="pop menu" aria-label="Row menu" finalFocus={false}>
            {isOpen && items(cellCommands)}
            <Menu.Separator className="menu-sep" />
            {isOpen && items(rowCommands)}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
};
