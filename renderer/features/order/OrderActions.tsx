/** The next step of an order as its one primary button, the rest in a menu. */
import { Menu } from '@base-ui/react/menu';
import type { ReactElement } from 'react';
import { runCommand } from '../../state/commands.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';

type Props = {
  readonly status: string | null;
  readonly isNew: boolean;
  readonly onConfirm: () => void;
  readonly onShip: () => void;
  readonly onCancel: () => void;
  readonly onDuplicate: () => void;
  readonly onHistory: () => void;
};

export const OrderActions = ({ status, isNew, onConfirm, onShip, onCancel, onDuplicate, onHistory }: Props): ReactElement => {
  const isConfirmed = status === 'confirmed';
  const isOver = status === 'cancelled' || status === 'closed';
  return (
    <div className="acts">
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
              {isConfirmed && (
                <Menu.Item className="option" onClick={onShip}>
                  Record shipment …
                </Menu.Item>
              )}
              {!isOver && (
                <Menu.Item className="option" onClick={onCancel}>
                  Cancel order …
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
      {isConfirmed && (
        <Button kind="primary" icon="bookings" onClick={onShip}>
          Record shipment
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
