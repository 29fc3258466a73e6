/** New: the record of this screen at once, or any kind by its letter in the open menu. */
import { Menu } from '@base-ui/react/menu';
import type { ReactElement } from 'react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { CommandId } from '../../shared/commands.ts';
import { commandOf, commands } from '../../shared/commands.ts';
import { runCommand, useCommand, useCommandRegistry } from '../state/commands.ts';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';

const creating: readonly CommandId[] = commands.filter(({ where }) => where === 'create').map(({ id }) => id);

export const CreateMenu = (): ReactElement => {
  const [isOpen, setIsOpen] = useState(false);
  const cameFrom = useRef<Element | null>(null);
  const hasRun = useRef(false);
  const home = useRef<HTMLSpanElement>(null);
  const handlers = useCommandRegistry((state) => state.handlers);
  const offered = creating.filter((id) => (handlers.get(id)?.length ?? 0) > 0);
  const open = (): void => {
    cameFrom.current = document.activeElement;
    hasRun.current = false;
    setIsOpen(true);
  };
  useCommand('new.any', offered.length === 0 ? null : open);
  const choose = (id: CommandId): void => {
    hasRun.current = true;
    setIsOpen(false);
    runCommand(id);
  };
  const onLetter = useEffectEvent((event: KeyboardEvent): void => {
    const hit = offered.find((id) => commandOf(id).keys.win.includes(event.key.toUpperCase()));
    if (hit === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    choose(hit);
  });
  // Wherever the focus is: it comes into the menu a frame late, and a box that just closed may still take it away.
  useEffect(() => {
    if (!isOpen) return undefined;
    const tell = (event: KeyboardEvent): void => onLetter(event);
    window.addEventListener('keydown', tell, { capture: true });
    return () => window.removeEventListener('keydown', tell, { capture: true });
  }, [isOpen]);
  return (
    <span ref={home}>
      <Menu.Root open={isOpen} onOpenChange={(next) => (next ? open() : setIsOpen(false))}>
        <Menu.Trigger className="btn" disabled={offered.length === 0}>
          <Icon name="plus" size={14} />
          New
          <Kbd of="new.any" />
        </Menu.Trigger>
        <Menu.Portal container={home}>
          <Menu.Positioner className="pop-place" sideOffset={4} align="end">
            <Menu.Popup
              className="pop menu"
              finalFocus={() => (hasRun.current ? false : cameFrom.current instanceof HTMLElement ? cameFrom.current : true)}
            >
              {offered.map((id) => (
                <Menu.Item key={id} className="option" onClick={() => choose(id)}>
                  <span>{commandOf(id).title}</span>
                  <span className="note">
                    <Kbd of={id} />
                  </span>
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </span>
  );
};
