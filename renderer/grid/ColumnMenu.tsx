/** What can be done with a column, from its header by Alt and arrow down or the right button: named commands with their keys. */
import { Menu } from '@base-ui/react/menu';
import type { ReactElement, RefObject } from 'react';
import { useEffect, useState } from 'react';
import type { CommandId } from '../../shared/commands.ts';
import { commandOf } from '../../shared/commands.ts';
import { isAvailable, runCommand, useCommand } from '../state/commands.ts';
import { Kbd } from '../ui/Kbd.tsx';
import type { MountedGrid } from './ag/mount.ts';

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

const headerOf = (target: EventTarget | null): Element | null =>
  target instanceof Element && !(target instanceof HTMLInputElement)
    ? target.closest('.ag-header-cell[col-id]:not(.ag-floating-filter):not(.state-head)')
    : null;

export const ColumnMenu = ({ element, grid }: Props): ReactElement => {
  // The header it was opened at stays while it closes, so that it closes where it is.
  const [anchor, setAnchor] = useState<Element | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const open = (header: Element): void => {
    setAnchor(header);
    setIsOpen(true);
  };
  useCommand('column.menu', () => {
    const header = headerOf(document.activeElement);
    if (header === null || element.current?.contains(header) !== true) return false;
    open(header);
  });
  useEffect(() => {
    const root = element.current;
    if (!root) return undefined;
    const onContextMenu = (event: MouseEvent): void => {
      const header = headerOf(event.target);
      if (!header) return;
      event.preventDefault();
      setAnchor(header);
      setIsOpen(true);
    };
    root.addEventListener('contextmenu', onContextMenu);
    return () => root.removeEventListener('contextmenu', onContextMenu);
  }, [element]);
  const close = (): void => {
    setIsOpen(false);
    const key = anchor?.getAttribute('col-id');
    if (key !== null && key !== undefined) grid.current?.bar.focusHeader(key);
  };
  return (
    <Menu.Root open={isOpen} onOpenChange={(next) => !next && close()} modal={false}>
      <Menu.Portal container={anchor?.closest<HTMLElement>('main') ?? undefined}>
        <Menu.Positioner className="pop-place" anchor={anchor} sideOffset={2} align="start">
          <Menu.Popup className="pop menu" aria-label="Column menu" finalFocus={false}>
            {isOpen &&
              offered.filter(isAvailable).map((id) => (
                <Menu.Item
                  key={id}
                  className="option"
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
              ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
};
