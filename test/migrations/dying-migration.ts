/** Runs a migration that never ends, in the file it is given. Run as a child, and killed once it has written. */
import { openMigrated } from '../../electron/engine/store/file/migrate.ts';

const [, , file = ''] = process.argv;
const endless =
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) INSERT INTO notes SELECT zeroblob(1000000) FROM n';
openMigrated(file, 0, [
  { id: 10, sql: '' },
  { id: 20, sql: `CREATE TABLE more(a); ${endless}` },
]);
