/** How many rows a new filter leaves is read out once they are counted; edits and newer rows are not worth a word. */
import { useEffect, useRef } from 'react';
import type { Filter } from '../../../shared/domain/filter.ts';
import type { SourceState } from '../../grid/source.ts';
import { announce } from '../../state/announce.ts';

/** @param total how many there are without a filter; undefined while not known */
export const useSpokenCount = (
  { count, version }: SourceState,
  filter: Filter | null,
  total: number | undefined,
  noun: string,
): void => {
  const seen = useRef({ filter, version });
  useEffect(() => {
    if (count === null || version === seen.current.version) return;
    const isOther = filter !== seen.current.filter;
    seen.current = { filter, version };
    if (!isOther) return;
    const of = filter === null || total === undefined ? '' : ` of ${total.toLocaleString()}`;
    announce('rows', `${count.toLocaleString()}${of} ${noun}`);
  }, [count, version, filter, total, noun]);
};
