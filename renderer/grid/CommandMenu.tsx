/** A menu of named commands at a place in the grid, with their keys: what the row menu and the column menu share. */
import { Menu } from '@base-ui/react/menu';
import type { ReactElement, RefObject } from 'react';
import { Fragment, useEffect, useState } from 'react';
import type { CommandId } from '../../shared/commands.ts';
import { commandOf } from '../../shared/commands.ts';
import { isAvailable, runCommand } from '../state/commands.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { useLatest } from './useLatest.ts';

type Place = {
  /** The cell or header it was opened at: it stays while the menu closes, so that it closes where it is. */
  readonly anchor: Element | null;
  readonly isOpen: boolean;
};

/**
 * Opens at the right button too.
 * @param pick the place in the grid that was meant; null where the menu is not for it
 */
export const useMenuPlace = (element: RefObject<HTMLElement | null>, pick: (target: Element) => Element | null) => {
  const [place, setPlace] = useState<Place>({ anchor: null, isOpen: false });
  const picks = useLatest(pick);
  const open = (anchor: Element): void => setPlace({ anchor, isOpen: true });
  useEffect(() => {
    const root = element.current;
    if (!root) return undefined;
    const onContextMenu = (event: MouseEvent): void => {
      const anchor = event.target instanceof Element ? picks.current(event.target) : null;
      if (anchor === null) return;
      event.preventDefault();
      setPlace({ anchor, isOpen: true });
    };
    root.addEventListener('contextmenu', onContextMenu);
    return () => root.removeEventListener('contextmenu', onContextMenu);
  }, [element, picks]);
  return { ...place, open, shut: (): void => setPlace(({ anchor }) => ({ anchor, isOpen: false })) };
};

type Props = Place & {
  readonly label: string;
  /** Commands between which a line is drawn. */
  readonly groups: readonly (readonly CommandId[])[];
  /** Gives the focus back; called before a command runs. */
  readonly onClose: () => void;
};

export const CommandMenu = ({ anchor, isOpen, label, groups, onClose }: Props): ReactElement => {
  const item = (id: CommandId): ReactElement => (
    <Menu.Item
      key={id}
      className="option"
      disabled={!isAvailable(id)}
      onClick={() => {
        onClose();
        runCommand(id);
      }}
    >
      {commandOf(id).title}
      <span className="note">
        <Kbd of={id} />
      </span>
    </Menu.Item>
  );
  return (
    <Menu.Root open={isOpen} onOpenChange={(next) => !next && onClose()} modal={false}>
      <Menu.Portal container={anchor?.closest<HTMLElement>('main') ?? undefined}>
        <Menu.Positioner className="pop-place" anchor={anchor} sideOffset={2} align="start">
          <Menu.Popup className="pop menu" aria-label={label} finalFocus={false}>
            {isOpen &&
              groups.map((ids, at) => (
                <Fragment key={ids[0]}>
                  {at > 0 && <Menu.Separator className="menu-sep" />}
                  {ids.map(item)}
                </Fragment>
              ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
};
