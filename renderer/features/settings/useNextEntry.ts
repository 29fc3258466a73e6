/**
 * The fields for a row that is not there yet. Each row that was added gives them anew (`count` is their key), with the focus
 * in the first of them where the person was in them: the next one can be typed at once.
 */
import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';

type NextEntry<E extends HTMLElement> = { readonly box: RefObject<E | null>; readonly adding: () => void };

export const useNextEntry = <E extends HTMLElement>(count: number): NextEntry<E> => {
  const box = useRef<E>(null);
  const seen = useRef(count);
  const wasIn = useRef(false);
  useEffect(() => {
    if (seen.current !== count && wasIn.current) box.current?.querySelector('input')?.focus();
    if (seen.current !== count) wasIn.current = false;
    seen.current = count;
  }, [count]);
  return {
    box,
    adding: () => {
      wasIn.current = box.current?.contains(document.activeElement) === true;
    },
  };
};
