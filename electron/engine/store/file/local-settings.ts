/** What is kept on this device only and never logged or synced: who sits here, how the window looks, notices of the last start. */
import { tableNames, tableOf } from '../../../../shared/model/index.ts';
import type { LocalReader, LocalStore } from '../api.ts';
import type { Db } from './db.ts';
import { prepareMeta, readDevice, readMeta, writeMeta } from './local.ts';
import { createKnownDevices } from '../team/known-devices.ts';
import { prepareLastLegal } from '../write/legal-series.ts';
import { prepareLast } from '../write/series.ts';
import { createCreditOverWriter } from '../sums/credit-marks.ts';
import { createPriceReviewsOf, createPriceReviewWriter } from '../sums/price-reviews.ts';

const PERSON = 'person';
const SAMPLE = 'sample';
const NOTICES = 'notices';

/** Tables a person looks into as such; owned rows are counted nowhere. */
const counted = tableNames.filter((name) => tableOf(name).shown === true && tableOf(name).owner === undefined);

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

type Notices = { readonly texts: readonly string[]; readonly isTold: boolean };

const readNotices = (db: Db): Notices => {
  const kept = readMeta(db, NOTICES);
  return typeof kept === 'object' && kept !== null && 'texts' in kept ? (kept as Notices) : { texts: [], isTold: true };
};

/** The reading half, for any connection. */
export const createLocalReader = (db: Db): LocalReader => {
  const byPrefix = db.prepare<[string], { k: string; v: string }>(
    `SELECT k, v FROM local_settings WHERE k LIKE ? ESCAPE '\\' ORDER BY k`,
  );
  const counts = counted.map((name) => [name, db.prepare<[], number>(`SELECT count(*) FROM live_${name}`).pluck()] as const);
  const people = db.prepare<[], string>('SELECT id FROM live_people ORDER BY name_sort, id').pluck();
  const meta = prepareMeta(db);
  const priceReviewsOf = createPriceReviewsOf(db);
  // Every change asks who makes it.
  const person = (): string | null => {
    const id = meta(PERSON);
    return typeof id === 'string' ? id : null;
  };
  return {
    get: (prefix) =>
      Object.fromEntries(byPrefix.all(`${escapeLike(prefix)}%`).map(({ k, v }): [string, unknown] => [k, JSON.parse(v)])),
    person,
    people: () => people.all(),
    device: () => {
      const device = readDevice(db);
      return { id: device?.id ?? '', code: device?.code ?? '' };
    },
    isSample: () => meta(SAMPLE) === true,
    lastNumber: prepareLast(db),
    lastLegal: prepareLastLegal(db),
    ...createKnownDevices(db),
    notices: () => readNotices(db).texts,
    schema: () => Number(db.pragma('user_version', { simple: true })),
    priceReviewsOf,
    counts: () => Object.fromEntries(counts.map(([name, count]) => [name, count.get() ?? 0])),
  };
};

export const createLocalStore = (db: Db): LocalStore => {
  const put = db.prepare('INSERT INTO local_settings(k, v) VALUES(?, ?) ON CONFLICT(k) DO UPDATE SET v = excluded.v');
  const remove = db.prepare('DELETE FROM local_settings WHERE k = ?');
  const keepPriceReviews = createPriceReviewWriter(db);
  const setAll = db.transaction((values: Readonly<Record<string, unknown>>) => {
    for (const [key, value] of Object.entries(values)) {
      if (value === null) remove.run(key);
      else put.run(key, JSON.stringify(value));
    }
  });
  return {
    ...createLocalReader(db),
    set: (values) => setAll.immediate(values),
    keepPriceReviews,
    keepCreditOver: createCreditOverWriter(db),
    setPerson: (id) => writeMeta(db, PERSON, id),
    setSample: (isSample) => writeMeta(db, SAMPLE, isSample),
    addNotice: (text) => {
      const { texts, isTold } = readNotices(db);
      writeMeta(db, NOTICES, { texts: isTold ? [text] : [...texts, text], isTold: false });
    },
    forgetNotices: () => {
      const { texts, isTold } = readNotices(db);
      if (isTold && texts.length > 0) writeMeta(db, NOTICES, { texts: [], isTold });
    },
    noticesTold: () => {
      const { texts, isTold } = readNotices(db);
      if (!isTold) writeMeta(db, NOTICES, { texts, isTold: true });
    },
  };
};
