/** The device that gives the legal numbers of a kind of document; null where each gives its own (N1). */
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';

type Issuer = OutputOf<WorkbenchContract['numbers.list']>['series'][number]['issuer'];

export const useIssuer = (table: TableName): Issuer => {
  const { data } = useEngine('numbers.list', {}, { tables: ['settings'] });
  return data?.series.find((one) => one.table === table)?.issuer ?? null;
};
