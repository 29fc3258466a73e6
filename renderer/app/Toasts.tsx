/**
 * The last short message, read out politely. It stands in the status bar, where it covers neither rows nor sums. It goes
 * by itself, but waits while pointed at or focused; one that offers undo or redo goes as soon as that would do something else.
 */
import type { ReactElement } from 'react';
import { useEffect, useState } from 'react';
import type { CommandId } from '../../shared/commands.ts';
import { client, onEvent } from '../client/client.ts';
import type { Toast } from '../state/toasts.ts';
import { dismissToast, useToasts } from '../state/toasts.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

const STAYS_MS = 10_000;

/** Dismisses an offer of undo or redo once the step it would take is another one. Returns how to stop watching. */
const watchOffer = (id: number, command: CommandId | undefined): (() => void) | undefined => {
  if (command !== 'edit.undo' && command !== 'edit.redo') return undefined;
  let offered: number | null | undefined;
  const look = async (): Promise<void> => {
    const { undo, redo } = await client['undo.state']({});
    const step = (command === 'edit.undo' ? undo : redo)?.step ?? null;
    if (offered === undefined) offered = step;
    else if (step !== offered) dismissToast(id);
  };
  // An engine that is away takes no other step: the offer stays until it goes by itself.
  const lookAgain = (): void => void look().catch(() => undefined);
  lookAgain();
  return onEvent('changed', lookAgain);
};

const Message = ({ toast }: { readonly toast: Toast }): ReactElement => {
  const [isHeld, setIsHeld] = useState(false);
  const { id, action } = toast;
  const command = action?.command;
  useEffect(() => watchOffer(id, command), [id, command]);
  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(() => dismissToast(id), STAYS_MS);
    return () => clearTimeout(timer);
  }, [id, isHeld]);
  const hold = {
    onMouseEnter: () => setIsHeld(true),
    onMouseLeave: () => setIsHeld(false),
    onFocus: () => setIsHeld(true),
    onBlur: () => setIsHeld(false),
  };
  return (
    <div className={`toast ${toast.tone}`} {...hold}>
      <Icon name={toast.tone === 'plain' ? 'tick' : 'alert'} size={14} />
      <span className="grow">{toast.text}</span>
      {action !== undefined && (
        <Button
          kind="flat"
          {...(action.command === undefined ? {} : { command: action.command })}
          onClick={() => {
            dismissToast(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon="x" size={14} label="Dismiss" onClick={() => dismissToast(id)} />
    </div>
  );
};

export const Toasts = (): ReactElement => {
  const toast = useToasts((state) => state.toast);
  return (
    <section className="toasts" aria-label="Messages">
      {toast !== null && <Message key={toast.id} toast={toast} />}
    </section>
  );
};
