/** What was issued, as rules and services read it. */
import { stampTime } from '../../../../shared/domain/hlc.ts';
import { isTableName } from '../../../../shared/model/index.ts';
import type { IssuedPaper, Reader } from '../api.ts';
import type { Db } from '../file/db.ts';
import { ofLiveRow } from './live-row.ts';

type Stored = {
  readonly number: string | null;
  readonly body: Buffer;
  readonly sha: string;
  readonly h: number;
  readonly device: string;
  readonly canon: number;
};

const toPaper = ({ number, body, sha, h, device, canon }: Stored): IssuedPaper => ({
  ...{ number, sha, device },
  body: body.toString(),
  at: stampTime(h),
  stands: canon === 1,
});

export const createIssuedReader = (db: Db): Pick<Reader, 'issuedOf' | 'issuedAs' | 'issuedTwice'> => {
  const of = db.prepare<[string, string], Stored>(
    `SELECT num AS number, body, lower(hex(sha)) AS sha, h, coalesce(v.code, substr(v.id, 1, 8)) AS device, canon
     FROM issued i JOIN devices v ON v.idx = i.d WHERE "row" = ? AND tbl = ? ORDER BY canon DESC, h, v.id, i.id`,
  );
  const as = db
    .prepare<[string, string], string>(
      `SELECT DISTINCT "row" FROM issued WHERE num = ? AND tbl = ? AND ${ofLiveRow('tbl', 'issued."row"')}`,
    )
    .pluck();
  const twice = db.prepare<[], { table: string; id: string }>(
    `SELECT DISTINCT tbl AS "table", "row" AS id FROM issued WHERE canon = 0 AND ${ofLiveRow('tbl', 'issued."row"')} ORDER BY 1, 2`,
  );
  return {
    issuedOf: (table, id) => of.all(id, table).map(toPaper),
    issuedAs: (table, number) => as.all(number, table),
    issuedTwice: () => twice.all().flatMap(({ table, id }) => (isTableName(table) ? [{ table, id }] : [])),
  };
};
