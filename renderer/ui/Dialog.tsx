/** A question or form over the page. Keeps the focus inside and gives it back to where it came from. */
import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactElement, ReactNode, RefObject } from 'react';
import { IconButton } from './Button.tsx';

type Props = {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
  readonly isWide?: boolean;
  readonly initialFocus?: RefObject<HTMLElement | null>;
};

export const Dialog = ({ title, onClose, children, foot, isWide = false, initialFocus }: Props): ReactElement => (
  <Base.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
    <Base.Portal>
      <Base.Backdrop className="scrim" />
      <Base.Popup className={isWide ? 'dialog wide' : 'dialog'} initialFocus={initialFocus}>
        <div className="dialog-head">
          <Base.Title className="grow">{title}</Base.Title>
          <IconButton icon="x" label="Close" onClick={onClose} />
        </div>
        <div className="dialog-body">{children}</div>
        {foot !== undefined && <div className="dialog-foot">{foot}</div>}
      </Base.Popup>
    </Base.Portal>
  </Base.Root>
);
