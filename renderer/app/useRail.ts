/** Whether the rail shows icons only: the person chose so, or the window has no room for words. */
import { useSyncExternalStore } from 'react';
import { useUi } from '../state/ui.ts';

const small = window.matchMedia('(max-width: 900px)');

const subscribe = (listener: () => void): (() => void) => {
  small.addEventListener('change', listener);
  return () => small.removeEventListener('change', listener);
};

export const useIsRailNarrow = (): boolean => {
  const isChosen = useUi((state) => state.isRailNarrow);
  const isForced = useSyncExternalStore(subscribe, () => small.matches);
  return isChosen || isForced;
};
