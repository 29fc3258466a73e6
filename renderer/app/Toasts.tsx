/**
 * Short messages, read out politely. They go by themselves, but wait while pointed at or focused, and what they
 * offer has a key of its own.
 */
import type { ReactElement } from 'react';
import { useEffect, useState } from 'react';
import type { Toast } from '../state/toasts.ts';
import { dismissToast, useToasts } from '../state/toasts.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

const STAYS_MS = 10_000;

const Message = ({ toast }: { readonly toast: Toast }): ReactElement => {
  const [isHeld, setIsHeld] = useState(false);
  const { id, action } = toast;
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
    <div className="toast" {...hold}>
      {toast.tone === 'danger' && <Icon name="alert" size={14} className="danger-t" />}
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
  const toasts = useToasts((state) => state.toasts);
  return (
    <>
      <output className="vh" aria-live="polite">
        {toasts.at(-1)?.text}
      </output>
      <section className="toasts" aria-label="Messages">
        {toasts.map((toast) => (
          <Message key={toast.id} toast={toast} />
        ))}
      </section>
    </>
  );
};
