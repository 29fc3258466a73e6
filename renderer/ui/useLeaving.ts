/** A field that goes with its page is left, too, and a browser does not say so. */
import { useEffect, useEffectEvent } from 'react';

/** Runs when the component goes, with what it knew last. */
export const useLeaving = (leave: () => void): void => {
  const last = useEffectEvent(leave);
  useEffect(() => () => last(), []);
};
