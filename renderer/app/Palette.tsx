/**
 * One box for everything: records as they are found, commands with their keys, screens. The first result is
 * selected, so that typing and Enter is enough. Find everywhere is the same box with records only.
 */
import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import type { FocusEvent, KeyboardEvent, ReactElement } from 'react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { splitAtHits } from '../ui/matches.ts';
import { announce } from '../state/announce.ts';
import { useCommand } from '../state/commands.ts';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import type { Entry, Group } from './usePaletteEntries.ts';
import { usePaletteEntries } from './usePaletteEntries.ts';
import { lastPlace } from '../ui/lastPlace.ts';

export type Mode = 'all' | 'records';

const Marked = ({ text, sought }: { readonly text: string; readonly sought: string }): ReactElement => (
  <span>{splitAtHits(text, sought).map(({ at, text: part, isHit }) => (isHit ? <b key={at}>{part}</b> : part))}</span>
);

const Row = ({ entry, sought }: { readonly entry: Entry; readonly sought: string }): ReactElement => (
  <>
    <Icon name={entry.icon} />
    <Marked text={entry.title} sought={sought} />
    {entry.note !== '' && (
      <span className="muted pi-n">
        <Marked text={entry.note} sought={sought} />
      </span>
    )}
    {entry.command !== undefined && (
      <span className="pi-k">
        <Kbd of={entry.command} />
      </span>
    )}
  </>
);

const Foot = (): ReactElement => (
  <div className="p-foot" aria-hidden="true">
    <span>
      <kbd className="cap">Enter</kbd> open
    </span>
    <span>
      <kbd className="cap">↑</kbd> <kbd className="cap">↓</kbd> choose
    </span>
    <span className="grow" />
    <span>
      <kbd className="cap">&gt;</kbd> commands only
    </span>
    <span>
      <kbd className="cap">Esc</kbd> close
    </span>
  </div>
);

const countOf = (groups: readonly Group[]): string => {
  const count = groups.reduce((sum, { items }) => sum + items.length, 0);
  return count === 1 ? '1 result' : `${count} results`;
};

const Box = ({ mode, onRun }: { readonly mode: Mode; readonly onRun: (entry: Entry) => void }): ReactElement => {
  const [text, setText] = useState('');
  const { groups, sought, isCurrent } = usePaletteEntries(text, mode);
  const said = text.trim() === '' ? '' : isCurrent ? countOf(groups) : null;
  useEffect(() => announce('find', said ?? ''), [said]);
  // Enter means the first answer to what was typed, not the answer before that is still shown while the engine looks.
  const isEnterHeld = useRef(false);
  const runFirst = useEffectEvent(() => {
    const [first] = groups[0]?.items ?? [];
    if (first && isEnterHeld.current) onRun(first);
    isEnterHeld.current = false;
  });
  useEffect(() => {
    if (isCurrent) runFirst();
  }, [isCurrent]);
  const holdEnter = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || isCurrent) return;
    event.preventDefault();
    event.stopPropagation();
    isEnterHeld.current = true;
  };
  // The library gives the focus a frame later, or not at all when the box is opened again while it closes: the next key
  // would go to the cell below.
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  // A box that was closed just before gives the focus back late, to the cell below: what is typed is for this one.
  const keepFocus = ({ currentTarget, relatedTarget }: FocusEvent<HTMLInputElement>): void => {
    if (relatedTarget !== null && currentTarget.closest('[role="dialog"]')?.contains(relatedTarget) === false)
      currentTarget.focus();
  };
  const label = mode === 'records' ? 'Find everywhere' : 'Search or run a command';
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      value={text}
      filter={null}
      mode="none"
      autoHighlight="always"
      keepHighlight
      itemToStringValue={(entry: Entry) => entry.title}
      onValueChange={(next, { reason }) => reason !== 'item-press' && setText(next)}
    >
      <div className="p-in" onKeyDownCapture={holdEnter}>
        <Icon name="search" />
        <Autocomplete.Input
          ref={input}
          className="p-q"
          onBlur={keepFocus}
          aria-label={label}
          placeholder={mode === 'records' ? 'Find a record' : label}
        />
        <span className="muted small p-count">{said ?? 'Looking …'}</span>
      </div>
      <Autocomplete.Empty>
        <div className="p-none muted">
          {sought === '' ? 'Type a code, a name or a few words.' : isCurrent ? `Nothing is called “${sought}”.` : ''}
        </div>
      </Autocomplete.Empty>
      <Autocomplete.List className="p-list">
        {(group: Group) => (
          <Autocomplete.Group key={group.value} items={group.items}>
            <Autocomplete.GroupLabel className="pg">{group.value}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(entry: Entry) => (
                <Autocomplete.Item key={entry.key} value={entry} className="pi" onClick={() => onRun(entry)}>
                  <Row entry={entry} sought={sought} />
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <Foot />
    </Autocomplete.Root>
  );
};

/** A box that the command opened meanwhile has the focus; else it goes back to where it was. */
const backOrAhead = (): HTMLElement | boolean => document.querySelector('.dialog') === null && (lastPlace() ?? true);

export const Palette = (): ReactElement => {
  const [mode, setMode] = useState<Mode | null>(null);
  const toggle = (next: Mode) => (): void => setMode((now) => (now === next ? null : next));
  useCommand('palette.open', toggle('all'));
  useCommand('search.everywhere', toggle('records'));
  const run = (entry: Entry): void => {
    setMode(null);
    // After the box is gone and the focus is back where it was: the command acts on that place.
    setTimeout(entry.run);
  };
  return (
    <Dialog.Root open={mode !== null} onOpenChange={(isOpen) => !isOpen && setMode(null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup
          className="pop palette"
          finalFocus={backOrAhead}
          aria-label={mode === 'records' ? 'Find everywhere' : 'Search or run a command'}
        >
          {mode !== null && <Box mode={mode} onRun={run} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
