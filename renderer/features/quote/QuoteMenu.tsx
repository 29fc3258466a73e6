/** The next step of a quote as its one primary button, the rest in a menu. */
import { Menu } from '@base-ui/react/menu';
import type { ReactElement } from 'react';
import type { CommandId } from '../../../shared/commands.ts';
import { commandOf } from '../../../shared/commands.ts';
import { runCommand, useCommandRegistry } from '../../state/commands.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import type { Approval } from './ApprovalBar.tsx';

type Props = { readonly status: string | null; readonly isNew: boolean; readonly approval: Approval | undefined };

const offered: readonly CommandId[] = [
  'quote.send',
  'quote.ask',
  'quote.approve',
  'quote.decline',
  'quote.recall',
  'quote.order',
  'quote.accept',
  'quote.reject',
  'quote.withdraw',
  'quote.revise',
  'quote.current',
  'quote.duplicate',
  'record.document',
  'price.reprice',
  'file.export',
  'record.history',
];

/** What is done next with a quote in a state. */
const nextStep = (status: string | null, approval: Approval | undefined): CommandId | null => {
  if (status === 'draft' && (approval?.missing ?? null) !== null) return 'quote.ask';
  if (status === 'in_review') return approval?.may.decide === true ? 'quote.approve' : null;
  if (status === null || status === 'draft' || status === 'approved') return 'quote.send';
  if (status === 'sent' || status === 'accepted' || status === 'partly_accepted') return 'quote.order';
  return status === 'superseded' ? 'quote.current' : 'quote.revise';
};

export const QuoteMenu = ({ status, isNew, approval }: Props): ReactElement => {
  const handlers = useCommandRegistry((state) => state.handlers);
  const next = nextStep(status, approval);
  const rest = offered.filter((id) => id !== next && (handlers.get(id)?.length ?? 0) > 0);
  return (
    <div className="acts">
      <Menu.Root modal={false}>
        <Menu.Trigger className="ib" aria-label="More" disabled={isNew}>
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
        <Button
          kind="primary"
          command={next}
          blocked={isNew ? 'Choose an account first.' : undefined}
          onClick={() => void runCommand(next)}
        >
          {commandOf(next).title}
        </Button>
      )}
    </div>
  );
};
