/** A question or form over the page. Keeps the focus inside and gives it back to where it came from. */
import { Dialog as Base } from '@base-ui/react/dialog';
import type { KeyboardEvent, ReactElement, ReactNode, RefObject } from 'react';
import { useEffect, useRef } from 'react';
import { IconButton } from './Button.tsx';
import { lastPlace } from './lastPlace.ts';

type Props = {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
  readonly isWide?: boolean;
  /** Where the focus goes when it closes: false = it was put somewhere already; true = back to where it came from. */
  readonly finalFocus?: () => boolean;
};

const firstIn = (body: HTMLElement | null): HTMLElement | null =>
  body?.closest('.dialog')?.querySelector<HTMLElement>('[data-focus-first]') ??
  body?.querySelector<HTMLElement>('input, select, textarea, button') ??
  null;

type BodyProps = { readonly at: RefObject<HTMLDivElement | null>; readonly children: ReactNode };

/**
 * The library gives the focus a frame later, or to the button that closes where another box is just going: the next keys
 * would not reach the form.
 */
const Body = ({ at, children }: BodyProps): ReactElement => {
  useEffect(() => firstIn(at.current)?.focus(), [at]);
  return (
    <div className="dialog-body" ref={at}>
      {children}
    </div>
  );
};

const toWhereItWas = (): boolean => true;

/** To where it was in the window; out of a box over a box, into the one below. */
const backAgain = (): HTMLElement | boolean => document.querySelectorAll('.dialog').length > 1 || (lastPlace() ?? true);

/** The Enter that closes a box ends there: the button that has the focus back already would hear the rest of the same press. */
const endEnter = (event: KeyboardEvent): void => {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
};

/** The focus goes to what is marked `data-focus-first`, be it a button of the foot, else to the first control of the body. */
export const Dialog = ({ title, onClose, children, foot, isWide = false, finalFocus = toWhereItWas }: Props): ReactElement => {
  const body = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Popup
          className={isWide ? 'dialog wide' : 'dialog'}
          initialFocus={() => firstIn(body.current) ?? true}
          finalFocus={() => finalFocus() && backAgain()}
          onKeyDown={endEnter}
        >
          <div className="dialog-head">
            <Base.Title className="grow">{title}</Base.Title>
            <IconButton icon="x" label="Close" onClick={onClose} />
          </div>
          <Body at={body}>{children}</Body>
          {foot !== undefined && <div className="dialog-foot">{foot}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
};
