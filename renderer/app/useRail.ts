/** Whether the rail shows icons only: the person chose so, or the window, as at 200 %, has no room for words. */
import { useSyncExternalStore } from 'react';
import { useUi } from '../state/ui.ts';

const small = window.matchMedia('(max-width: 900px)');

const subscribe = (listener: () => void): (() => void) => {
  small.addEventListener('change', listener);
  return () => small.removeEventListener('change', listener);
};

export const useHasNoRoom = (): boolean => useSyncExternalStore(subscribe, () => small.matches);

export const useIsRailNarrow = (): boolean => {
  const isChosen = useUi((state) => state.isRailNarrow);
  return useHasNoRoom() || isChosen;
};
