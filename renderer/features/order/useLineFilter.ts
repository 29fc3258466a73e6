/** The filter of an order's lines. The boxes under the headers are all that shows it, so it goes when they go. */
import type { RefObject } from 'react';
import { useCallback, useEffect, useState } from 'react';
import type { FilterQuery } from '../../../shared/domain/filter-text.ts';
import { noFilter } from '../../../shared/domain/filter-text.ts';
import type { Setting } from '../../grid/display.ts';
import type { GridHandle } from '../../grid/handle.ts';
import type { LineSource } from '../../grid/lines/source.ts';
import { useCommand } from '../../state/commands.ts';
import type { KeptColumns } from '../register/useColumns.ts';
import { useFilterRow } from '../register/useFilterRow.ts';
import { useFilters } from '../register/useFilters.ts';
import { usePerson } from '../register/useSetting.ts';

export const useLineFilter = (
  source: LineSource,
  kept: KeptColumns | null,
  setting: Setting,
  grid: RefObject<GridHandle | null>,
) => {
  const filters = useFilters(source.table, kept?.all, setting, usePerson());
  const [query, setQuery] = useState<FilterQuery>(noFilter);
  const clear = useCallback((): void => setQuery(noFilter), []);
  const row = useFilterRow(filters, query, setQuery, grid, clear);
  const { filter } = query;
  const isOn = filter !== null;
  useEffect(() => void source.filterBy(filter), [source, filter]);
  useCommand('filter.clear', isOn ? clear : null);
  useCommand('filter.apply', isOn ? () => source.reapply() : null);
  return { row, isOn, clear };
};
