/** What can be done with a document: the next step as its one primary button, the rest in a menu. */
import { Menu } from '@base-ui/react/menu';
import type { ReactElement } from 'react';
import type { CommandId } from '../../../shared/commands.ts';
import { commandOf } from '../../../shared/commands.ts';
import { runCommand, useCommandRegistry } from '../../state/commands.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';

type Props = {
  /** In the order they stand; those that nobody answers now are left out. */
  readonly offered: readonly CommandId[];
  readonly next: CommandId | null;
  /** Why nothing can be done yet; null where it can. */
  readonly blocked: string | null;
};

export const ActionMenu = ({ offered, next, blocked }: Props): ReactElement => {
  const handlers = useCommandRegistry((state) => state.handlers);
  const rest = offered.filter((id) => id !== next && (handlers.get(id)?.length ?? 0) > 0);
  return (
    <>
      <Menu.Root modal={false}>
        <Menu.Trigger className="ib" aria-label="More" disabled={blocked !== null}>
          <Icon name="more" />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner className="pop-place" sideOffset={4} align="end">
            <Menu.Popup className="pop menu">
              {rest.map((id) => (
                <Menu.Item key={id} className="option" onClick={() => void runCommand(id)}>
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
      {next !== null && (
        <Button kind="primary" command={next} blocked={blocked ?? undefined} onClick={() => void runCommand(next)}>
          {commandOf(next).title}
        </Button>
      )}
    </>
  );
};
