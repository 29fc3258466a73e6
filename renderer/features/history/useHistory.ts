/** The past of a record, and writing an earlier value again. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { client } from '../../client/client.ts';

export type Entry = OutputOf<WorkbenchContract['records.history']>['entries'][number];

const PAGE = 50;

/** Newest first, fifty at a time. */
export const useHistory = (table: TableName, id: string) => {
  const query = useInfiniteQuery({
    queryKey: ['records.history', { table, id }],
    queryFn: ({ pageParam }) => client['records.history']({ table, id, limit: PAGE, before: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.more,
    placeholderData: keepPreviousData,
    meta: { sources: [[table, id]] },
  });
  return {
    entries: query.data?.pages.flatMap((page) => page.entries) ?? [],
    isLoading: query.isPending,
    error: query.error,
    hasMore: query.hasNextPage,
    loadMore: () => void query.fetchNextPage(),
    restore: (field: string, stamp: number) => client['records.restore']({ table, id, field, stamp }),
  };
};
