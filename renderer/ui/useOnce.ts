/** A deed asked for again while it is being done is done once: the second Enter of a hurried hand makes no second credit note. */
import { useRef } from 'react';

export const useOnce = (deed: () => Promise<void>): (() => void) => {
  const isRunning = useRef(false);
  const run = async (): Promise<void> => {
    isRunning.current = true;
    try {
      await deed();
    } finally {
      isRunning.current = false;
    }
  };
  return () => {
    if (!isRunning.current) void run();
  };
};
