/** The column layout of a grid, kept on this device. */
import { useEffect, useMemo, useRef } from 'react';
import { client } from '../client/client.ts';
import { useEngine } from '../client/cache.ts';
import type { Layout } from './layout.ts';
import { readLayout } from './layout.ts';

const writeAfterMs = 400;

export type KeptLayout = { readonly layout: Layout; readonly save: (layout: Layout) => void; readonly reset: () => void };

/** Null until it was read: a grid is not drawn in one shape and then in another. */
export const useLayout = (name: string): KeptLayout | null => {
  const key = `grid.${name}`;
  const { data, isError } = useEngine('local.get', { prefix: key }, { tables: [] });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const waiting = useRef<(() => void) | null>(null);
  // A grid that goes right after its column was drawn wider still has it so the next time.
  useEffect(() => () => waiting.current?.(), []);
  return useMemo(() => {
    if (!data && !isError) return null;
    const write = (layout: Layout): void => {
      // A lost width is not worth a message; the next change writes all of them again.
      client['local.set']({ values: { [key]: layout.map((column) => ({ ...column })) } }).catch(() => undefined);
    };
    return {
      layout: readLayout(data?.values[key]),
      save: (layout) => {
        clearTimeout(timer.current);
        waiting.current = () => {
          clearTimeout(timer.current);
          waiting.current = null;
          write(layout);
        };
        timer.current = setTimeout(waiting.current, writeAfterMs);
      },
      reset: () => write([]),
    };
  }, [data, isError, key]);
};
