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

const cellCommands: readonly CommandId[] = ['grid.edit', 'grid.copy-above', 'grid.clear'];
const rowCommands: readonly CommandId[] = [
  'record.open',
  'peek.toggle',
  'record.history',
  'grid.insert-row',
  'grid.duplicate-rows',
  'grid.delete-rows',
];

export const RowMenu = ({ element, grid }: Props): ReactElement => {
  const [anchor, setAnchor] = useState<Element | null>(null);
  useCommand('grid.menu', () => {
    const cell = element.current?.querySelector('.ag-cell-focus') ?? null;
    if (cell === null || grid.current?.isEditing() === true) return false;
    setAnchor(cell);
  });
  useEffect(() => {
    const root = element.current;
    if (!root) return undefined;
    const onContextMenu = (event: MouseEvent): void => {
      const cell = event.target instanceof Element ? event.target.closest('.ag-cell') : null;
      const row = cell?.closest('.ag-row')?.getAttribute('row-id');
      if (!cell || row === null || row === undefined || grid.current?.isEditing() === true) return;
      event.preventDefault();
      grid.current?.focusCell(row.replace(/^[tb]-/, ''), cell.getAttribute('col-id'));
      setAnchor(cell);
    };
    root.addEventListener('contextmenu', onContextMenu);
    return () => root.removeEventListener('contextmenu', onContextMenu);
  }, [element, grid]);
  const close = (): void => {
    setAnchor(null);
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
    <Menu.Root open={anchor !== null} onOpenChange={(isOpen) => !isOpen && close()} modal={false}>
      <Menu.Portal>
        <Menu.Positioner className="pop-place" anchor={anchor} sideOffset={2} align="start">
          <Menu.Popup className="pop menu" aria-label="Row menu" finalFocus={false}>
            {anchor !== null && items(cellCommands)}
            <Menu.Separator className="menu-sep" />
            {anchor !== null && items(rowCommands)}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
};
