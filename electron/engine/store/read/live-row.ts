import { tableNames } from '../../../../shared/model/index.ts';

/**
 * Whether the row that something is told of is there: what stands about a deleted one is kept until it comes back.
 * @param table SQL that gives its table, @param row SQL that gives its id
 */
export const ofLiveRow = (table: string, row: string): string =>
  `CASE ${table} ${tableNames
    .map((name) => `WHEN '${name}' THEN EXISTS(SELECT 1 FROM main."${name}" t WHERE t.id = ${row} AND t._alive = 1)`)
    .join(' ')} ELSE 1 END`;
