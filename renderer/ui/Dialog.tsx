/** A question or form over the page. Keeps the focus inside and gives it back to where it came from. */
import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactElement, ReactNode } from 'react';
import { useRef } from 'react';
import { IconButton } from './Button.tsx';

type Props = {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
  readonly isWide?: boolean;
};

/** The focus goes to what is marked `data-focus-first`, else to the first control of the body. */
export const Dialog = ({ title, onClose, children, foot, isWide = false }: Props): ReactElement => {
  const body = useRef<HTMLDivElement>(null);
  const first = (): HTMLElement | true =>
    body.current?.querySelector<HTMLElement>('[data-focus-first]') ??
    body.current?.querySelector<HTMLElement>('input, select, textarea, button') ??
    true;
  return (
    <Base.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Popup className={isWide ? 'dialog wide' : 'dialog'} initialFocus={first}>
          <div className="dialog-head">
            <Base.Title className="grow">{title}</Base.Title>
            <IconButton icon="x" label="Close" onClick={onClose} />
          </div>
          <div className="dialog-body" ref={body}>
            {children}
          </div>
          {foot !== undefined && <div className="dialog-foot">{foot}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
};
