/** The next step of an order as its one primary button, the rest in a menu. */
import { Menu } from '@base-ui/react/menu';
import type { ReactElement } from 'react';
import { commandOf, type CommandId } from '../../../shared/commands.ts';
import { isFrozen } from '../../../shared/domain/lifecycle.ts';
import { documents } from '../../../shared/model/documents.ts';
import { runCommand, useCommand } from '../../state/commands.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { deedsIn, type Deed } from './deeds.ts';

type Props = {
  readonly status: string | null;
  readonly isNew: boolean;
  /** Of a confirmed or closed order; null or undefined = nothing, or not known yet. */
  readonly next: CommandId | null | undefined;
  readonly onConfirm: () => void;
  readonly onRecord: (deed: Deed) => void;
  readonly onCancel: () => void;
  readonly onDuplicate: () => void;
  readonly onHistory: () => void;
};

/** A deed is a command while the order allows it. */
const DeedCommand = ({ deed, onRecord }: { readonly deed: Deed; readonly onRecord: (deed: Deed) => void }): null => {
  useCommand(deed.command, () => onRecord(deed));
  return null;
};

/** A command by its name, with the keys that lead to it. */
const Named = ({ command, keys }: { readonly command: CommandId; readonly keys: CommandId }): ReactElement => (
  <Menu.Item className="option" onClick={() => void runCommand(command)}>
    {commandOf(command).title}
    <span className="note">
      <Kbd of={keys} />
    </span>
  </Menu.Item>
);

export const OrderActions = (props: Props): ReactElement => {
  const { status, isNew, next, onConfirm, onRecord, onCancel, onDuplicate, onHistory } = props;
  const isConfirmed = status === 'confirmed';
  const allowed = deedsIn(status);
  const canReprice = status !== null && !isFrozen(documents.orders.lifecycle, status);
  const isOver = status === 'cancelled' || status === 'closed';
  return (
    <div className="acts">
      {allowed.map((deed) => (
        <DeedCommand key={deed.command} deed={deed} onRecord={onRecord} />
      ))}
      <Menu.Root modal={false}>
        <Menu.Trigger className="ib" aria-label="More" disabled={isNew}>
          <Icon name="more" />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner className="pop-place" sideOffset={4} align="end">
            <Menu.Popup className="pop menu">
              <Menu.Item className="option" onClick={onDuplicate}>
                Duplicate order
              </Menu.Item>
              {!isConfirmed && !isOver && (
                <Menu.Item className="option" onClick={() => void runCommand('order.pad')}>
                  Order pad …
                  <span className="note">
                    <Kbd of="order.pad" />
                  </span>
                </Menu.Item>
              )}
              {allowed.map((deed) => (
                <Menu.Item key={deed.command} className="option" onClick={() => onRecord(deed)}>
                  {deed.title} …
                </Menu.Item>
              ))}
              {(isConfirmed || status === 'closed') && (
                <Menu.Item className="option" onClick={() => void runCommand('order.return')}>
                  {commandOf('order.return').title}
                </Menu.Item>
              )}
              {isConfirmed && <Named command="order.book" keys="order.next" />}
              {isConfirmed && (
                <Menu.Item className="option" onClick={() => void runCommand('order.amend')}>
                  Amend order …
                </Menu.Item>
              )}
              <Menu.Item className="option" onClick={() => void runCommand('order.holds')}>
                Holds …
              </Menu.Item>
              {(isConfirmed || status === 'closed') && <Named command="order.bill" keys="order.next" />}
              {!isOver && (
                <Menu.Item className="option" onClick={onCancel}>
                  Cancel order …
                </Menu.Item>
              )}
              {canReprice && (
                <Menu.Item className="option" onClick={() => void runCommand('price.reprice')}>
                  {commandOf('price.reprice').title}
                </Menu.Item>
              )}
              <Menu.Item className="option" onClick={() => void runCommand('record.document')}>
                Print or save as PDF
                <span className="note">
                  <Kbd of="record.document" />
                </span>
              </Menu.Item>
              <Menu.Item className="option" onClick={() => void runCommand('file.export')}>
                Export lines …
                <span className="note">
                  <Kbd of="file.export" />
                </span>
              </Menu.Item>
              <Menu.Item className="option" onClick={onHistory}>
                History
                <span className="note">
                  <Kbd of="record.history" />
                </span>
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {next != null && (
        <Button kind="primary" icon={next === 'order.bill' ? 'invoices' : 'bookings'} onClick={() => void runCommand(next)}>
          {commandOf(next).title.replace(' …', '')}
        </Button>
      )}
      {!isConfirmed && !isOver && (
        <Button
          kind="primary"
          command="order.confirm"
          blocked={isNew ? 'Choose an account first.' : undefined}
          onClick={onConfirm}
        >
          Confirm order
        </Button>
      )}
    </div>
  );
};
