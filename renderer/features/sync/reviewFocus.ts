/** Where the focus is among conflicts: it goes on to the next one when one is decided, and back to one that undo brings back. */
import { useEffect, useLayoutEffect, useRef } from 'react';
import { keyOf } from './decide.ts';
import type { Conflict } from './team.ts';
import { takeAsked, useSync } from './team.ts';

/** The conflict the focus is in, by its key. */
export const focusedKey = (): string | null =>
  document.activeElement?.closest('[data-conflict]')?.getAttribute('data-conflict') ?? null;

/** Without a conflict the part of the screen they were in. */
export const focusCard = (key: string | undefined): void => {
  const card = key === undefined ? null : document.querySelector<HTMLElement>(`[data-conflict="${CSS.escape(key)}"] button.btn`);
  (card ?? document.querySelector<HTMLElement>('nav [aria-current][data-focus-first]'))?.focus();
};

const isTyping = (): boolean => document.activeElement instanceof HTMLInputElement && document.activeElement.type !== 'checkbox';

/** The same values beside the same: what undo brings back, and no new conflict of the same field. */
const signOf = ({ heads }: Conflict): string => heads.map(({ stamp, deviceId }) => `${stamp}/${deviceId}`).join(' ');

/**
 * @param conflicts as they are listed
 * @param isLooked whether these are all there are now
 * @returns to be told what somebody decided here
 */
export const useFocus = (conflicts: readonly Conflict[], isLooked: boolean): ((decided: readonly Conflict[]) => void) => {
  const last = useRef<{ key: string | null; at: number }>({ key: null, at: 0 });
  const decided = useRef(new Map<string, string>());
  const listed = useRef<readonly string[]>([]);
  const keys = conflicts.map(keyOf);
  const list = keys.join(' ');
  // At once, before what has the focus where it went with what was decided finds it another place.
  useLayoutEffect(() => {
    const follow = (): void => {
      const key = focusedKey();
      if (key !== null) last.current = { key, at: Math.max(0, keys.indexOf(key)) };
    };
    document.addEventListener('focusin', follow);
    const back = conflicts.find((one) => !listed.current.includes(keyOf(one)) && decided.current.get(keyOf(one)) === signOf(one));
    listed.current = keys;
    const { key, at } = last.current;
    if (back !== undefined && !isTyping()) {
      decided.current.delete(keyOf(back));
      focusCard(keyOf(back));
    } else if (document.activeElement === document.body && key !== null && !keys.includes(key))
      focusCard(keys[at] ?? keys.at(-1));
    return () => document.removeEventListener('focusin', follow);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the keys as one text
  }, [list]);
  const isAsked = useSync((state) => state.isAsked);
  useEffect(() => {
    const key = takeAsked(isLooked ? keys : undefined);
    if (key !== null) focusCard(key);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the keys as one text
  }, [isAsked, isLooked, list]);
  return (those) => {
    for (const one of those) decided.current.set(keyOf(one), signOf(one));
  };
};
