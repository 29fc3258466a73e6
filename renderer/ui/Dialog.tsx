/** A question or form over the page. Keeps the focus inside and gives it back to where it came from. */
import { Dialog as Base } from '@base-ui/react/dialog';
import type { KeyboardEvent, ReactElement, ReactNode, RefObject } from 'react';
import { useEffect, useRef } from 'react';
import { IconButton } from './Button.tsx';
import { firstIn } from './firstIn.ts';
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

type BodyProps = { readonly at: RefObject<HTMLDivElement | null>; readonly children: ReactNode };

/** What stands in the window below: the library lets the focus go there when something gives it back late. */
const isBelow = (element: Element, box: Element): boolean =>
  !box.contains(element) && element.closest('[data-region]') !== null && [...document.querySelectorAll('.dialog')].at(-1) === box;

/** Keeps the focus in the box that is on top, on the control that had it last. */
const keepFocusIn = (box: Element): (() => void) => {
  let last: HTMLElement | null = null;
  const onFocusIn = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return;
    if (box.contains(target)) last = target;
    else if (isBelow(target, box)) (last?.isConnected === true ? last : firstIn(box))?.focus();
  };
  document.addEventListener('focusin', onFocusIn);
  return () => document.removeEventListener('focusin', onFocusIn);
};

/**
 * The library gives the focus a frame later, or to the button that closes where another box is just going: the next keys
 * would not reach the form.
 */
const Body = ({ at, children }: BodyProps): ReactElement => {
  useEffect(() => {
    const box = at.current?.closest('.dialog');
    if (!box) return undefined;
    const stop = keepFocusIn(box);
    firstIn(box)?.focus();
    return stop;
  }, [at]);
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
  const { key, target } = event;
  if (key === 'Enter' && (target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) event.preventDefault();
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
          initialFocus={() => firstIn(body.current?.closest('.dialog')) ?? true}
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
