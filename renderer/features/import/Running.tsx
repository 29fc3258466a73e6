/**
 * The work under way: how far it is, and how to stop it. Escape stops it too; what is being written is asked about
 * first, as all that was written by then is taken back.
 */
import type { ReactElement } from 'react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useSaid } from '../../state/announce.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { Busy } from './desk.ts';
import { useDesk } from './desk.ts';
import { figure } from './words.ts';

const words: Readonly<Record<Busy['what'], string>> = {
  read: 'Reading the file …',
  check: 'Checking every row …',
  apply: 'Importing …',
  rest: 'Writing the file …',
};

/** Escape, where nothing else takes it: an open menu, dialog or cell comes first. */
const useEscape = (onEscape: () => void): void => {
  const hear = useEffectEvent(onEscape);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      hear();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
};

const Progress = ({ busy: { what, progress } }: { readonly busy: Busy }): ReactElement => {
  const total = progress?.total ?? null;
  const text = progress === null ? words[what] : progress.what;
  useSaid(text);
  return (
    <>
      <span className="row">
        <Icon name="import" />
        <span>{text}</span>
      </span>
      {progress !== null && (
        <span className="t2">
          {figure(progress.done)}
          {total === null ? '' : ` of ${figure(total)}`}
        </span>
      )}
      <progress
        className="grow"
        aria-label="Progress"
        {...(total === null ? {} : { value: progress?.done ?? 0, max: Math.max(1, total) })}
      />
    </>
  );
};

type StopProps = { readonly words: string; readonly isFirst: boolean; readonly onStop: () => void };

const Stop = ({ words: label, isFirst, onStop }: StopProps): ReactElement => {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isFirst) button.current?.focus();
  }, [isFirst]);
  return (
    <Button ref={button} onClick={onStop}>
      {label}
    </Button>
  );
};

const RunningBar = ({ busy }: { readonly busy: Busy }): ReactElement => {
  const [isAsking, setIsAsking] = useState(false);
  const isWriting = busy.what === 'apply';
  useEscape(() => (isWriting ? setIsAsking(!isAsking) : busy.stop()));
  return (
    <div className="bar info">
      {isAsking ? (
        <span className="row grow" role="alert">
          <Icon name="alert" />
          Cancel the import? All that it has written by now is taken back.
        </span>
      ) : (
        <Progress busy={busy} />
      )}
      {isAsking && <Button onClick={() => setIsAsking(false)}>Go on importing</Button>}
      <Stop key={String(isAsking)} words={isAsking ? 'Cancel the import' : 'Cancel'} isFirst={isWriting} onStop={busy.stop} />
    </div>
  );
};

export const Running = (): ReactElement | null => {
  const busy = useDesk((state) => state.busy);
  // Checking after an edit is said beside the tabs and moves nothing.
  const hasRows = useDesk(({ check, step }) => check !== null && step === 'check');
  return busy === null || (busy.what === 'check' && hasRows) ? null : <RunningBar key={busy.what} busy={busy} />;
};
