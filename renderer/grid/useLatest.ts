/** The newest value for what lives longer than a render: sources, grids, listeners. Read it outside of rendering only. */
import type { RefObject } from 'react';
import { useLayoutEffect, useRef } from 'react';

export const useLatest = <T>(value: T): RefObject<T> => {
  const box = useRef(value);
  useLayoutEffect(() => {
    box.current = value;
  });
  return box;
};
