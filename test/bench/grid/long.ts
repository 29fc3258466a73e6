/** A register as long as one can be: contacts until there are so many, with nothing but a name and whose they are. */
import { openMigrated } from '../../../electron/engine/store/file/migrate.ts';
import { idAt, inserter } from '../../store-read/fill.ts';

/** Past every id that the large file itself has. */
const firstId = 2 ** 40;

export const fillContacts = (path: string, count: number): void => {
  const { db } = openMigrated(path, Date.now());
  const insert = inserter(db, 'contacts');
  const accounts = db.prepare<[], string>('SELECT id FROM live_accounts').pluck().all();
  const has = db.prepare<[], number>('SELECT count(*) FROM live_contacts').pluck().get() ?? 0;
  db.transaction(() => {
    for (let at = has; at < count; at += 1)
      insert({ id: idAt(firstId + at), name: `Person ${at}`, party: `accounts/${accounts[at % accounts.length] ?? ''}` });
  })();
  db.exec('ANALYZE');
  db.close();
};
