/**
 * The bar above the rows while a text is looked for: which of how many, case and whole cells, and what a replacement
 * would do before it does it. Enter and F3 go into the cell that was found, Escape gives the rows back as they were.
 */
import type { KeyboardEvent, ReactElement, RefObject } from 'react';
import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react';
import { announce } from '../../state/announce.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { mostHits } from './hits.ts';
import { describePlan } from './replace.ts';
import type { FindSession, FindState } from './session.ts';

type Props = {
  readonly session: FindSession;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly onReplaced: (cells: number) => void;
};

/** `3 of 41`, and whether that is all. */
const countOf = ({ words, hits, now, isDone, error }: FindState): string => {
  if (words.text === '') return '';
  if (error) return messageOf(error);
  const many = hits.length.toLocaleString();
  if (hits.length >= mostHits) return `More than ${many}`;
  if (hits.length === 0) return isDone ? 'Not found' : 'Looking …';
  const at = now ? `${(hits.indexOf(now) + 1).toLocaleString()} of ` : '';
  return `${at}${many}${isDone ? '' : ' so far'}`;
};

type ChoiceProps = { readonly label: string; readonly isOn: boolean; readonly onChange: (isOn: boolean) => void };

const Choice = ({ label, isOn, onChange }: ChoiceProps): ReactElement => (
  <label className="row small">
    <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
    {label}
  </label>
);

const planText = ({ words, hits, isDone, plan }: FindState): string => {
  if (words.text === '') return '';
  if (hits.length >= mostHits) return `More than ${mostHits.toLocaleString()} cells: look for something rarer, or filter first.`;
  return isDone && plan ? describePlan(plan) : 'Looking …';
};

const Replacing = ({ session, state, onReplaced }: Omit<Props, 'input'> & { readonly state: FindState }): ReactElement => {
  const isReady = state.plan !== null && state.plan.cells.length > 0 && state.hits.length < mostHits;
  const blocked = isReady ? undefined : 'There is nothing to replace';
  const all = async (): Promise<void> => {
    if (isReady) onReplaced(await session.replaceAll());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void all();
  };
  return (
    <div className="find-line">
      <input
        type="text"
        className="input find-text"
        aria-label="Replace by"
        placeholder="Replace by"
        value={state.by}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => session.replaceBy(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button blocked={blocked} onClick={() => void session.replaceOne()}>
        Replace
      </Button>
      <Button kind="primary" blocked={blocked} onClick={() => void all()}>
        Replace all
      </Button>
      {session.hasSelection() && (
        <Choice label="In the selection" isOn={state.isInSelection} onChange={(isOn) => session.keepTo(isOn)} />
      )}
      <span className="find-plan small">{planText(state)}</span>
    </div>
  );
};

/** Escape anywhere in the bar closes it. */
const useEscape = (bar: RefObject<HTMLElement | null>, isOpen: boolean, close: () => void): void => {
  const leave = useEffectEvent(close);
  useEffect(() => {
    const root = bar.current;
    if (!isOpen || !root) return undefined;
    const onKeyDown = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      leave();
    };
    root.addEventListener('keydown', onKeyDown);
    return () => root.removeEventListener('keydown', onKeyDown);
  }, [bar, isOpen]);
};

export const FindBar = ({ session, input, onReplaced }: Props): ReactElement | null => {
  const state = useSyncExternalStore(session.subscribe, session.state);
  const bar = useRef<HTMLElement>(null);
  const { isOpen, isReplacing, words, hits, isDone } = state;
  useEscape(bar, isOpen, () => session.close());
  const said = isOpen && isDone ? [countOf(state), isReplacing ? planText(state) : ''].filter(Boolean).join('. ') : '';
  useEffect(() => announce('find', said), [said]);
  if (!isOpen) return null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    void session.step(event.shiftKey);
  };
  return (
    <section ref={bar} className="findbar" data-region="find" aria-label={isReplacing ? 'Find and replace' : 'Find'}>
      <div className="find-line">
        <Icon name="search" size={14} />
        <input
          ref={input}
          type="text"
          className="input find-text"
          aria-label="Find in these rows"
          placeholder="Find"
          value={words.text}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={(words.text !== '' && isDone && hits.length === 0) || undefined}
          onChange={(event) => session.look({ text: event.target.value })}
          onKeyDown={onKeyDown}
        />
        <span className="find-count small">{countOf(state)}</span>
        <IconButton icon="arr-u" size={14} label="Previous" command="find.previous" onClick={() => void session.step(true)} />
        <IconButton icon="arr-d" size={14} label="Next" command="find.next" onClick={() => void session.step(false)} />
        <Choice
          label="Match case"
          isOn={words.isCaseSensitive}
          onChange={(isCaseSensitive) => session.look({ isCaseSensitive })}
        />
        <Choice label="Whole cell" isOn={words.isWholeCell} onChange={(isWholeCell) => session.look({ isWholeCell })} />
        <span className="grow" />
        <IconButton icon="x" size={14} label="Close find" onClick={() => session.close()} />
      </div>
      {isReplacing && <Replacing session={session} state={state} onReplaced={onReplaced} />}
    </section>
  );
};
