/** The past of a record, and writing an earlier value again. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableNames, tableOf } from '../../../shared/model/index.ts';
import { client } from '../../client/client.ts';

export type Entry = OutputOf<WorkbenchContract['records.history']>['entries'][number];

const PAGE = 200;

/** Everything that hangs on a table through its owners: an order's lines, their schedules, their fulfilments. */
const partsOf = (table: TableName): readonly TableName[] =>
  tableNames.flatMap((name) => {
    const { owner, fields } = tableOf(name);
    const link = owner === undefined ? undefined : fields[owner];
    return link?.kind === 'link' && link.to === table ? [name, ...partsOf(name)] : [];
  });

/** Newest first, a page at a time. */
export const useHistory = (table: TableName, id: string) => {
  const query = useInfiniteQuery({
    queryKey: ['records.history', { table, id }],
    queryFn: ({ pageParam }) => client['records.history']({ table, id, limit: PAGE, before: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.more,
    placeholderData: keepPreviousData,
    meta: { sources: [[table, id], ...partsOf(table)] },
  });
  return {
    entries: query.data?.pages.flatMap((page) => page.entries) ?? [],
    isLoading: query.isPending,
    error: query.error,
    hasMore: query.hasNextPage,
    loadMore: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
    restore: (of: TableName, row: string, field: string, stamp: number) =>
      client['records.restore']({ table: of, id: row, field, stamp }),
  };
};
