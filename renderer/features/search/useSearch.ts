/** Records of every kind by code or words, while typing. */
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { tableNames } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';

export type Hit = OutputOf<WorkbenchContract['search.everywhere']>['hits'][number];

/** The last answer stays while the next is on its way; no text finds nothing. */
export const useSearch = (text: string, limit: number): { readonly hits: readonly Hit[]; readonly isCurrent: boolean } => {
  const sought = text.trim();
  const { data, isPlaceholderData, isPending } = useEngine(
    'search.everywhere',
    { text: sought, limit },
    { tables: tableNames, isEnabled: sought !== '', isKept: true },
  );
  if (sought === '') return { hits: [], isCurrent: true };
  return { hits: data?.hits ?? [], isCurrent: !isPlaceholderData && !isPending };
};
