/**
 * Who gives the numbers of a legal series (N1): one device of the team, named in the settings of the company. Anywhere else a
 * document waits for it as ready to post.
 */
import { inSentence } from '../../../../shared/domain/in-sentence.ts';
import { readNumbering, type Numbering } from '../../../../shared/domain/numbering.ts';
import { tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { KnownDevice, LocalReader, Reader, StoredRow, WriteStore } from '../../store/api.ts';

export const numberingKey = (table: TableName): string => `numbers.${table}`;

export const numberingOf = (table: TableName, read: Pick<Reader, 'setting'>): Numbering =>
  readNumbering(read.setting(numberingKey(table)), tableOf(table).legal !== undefined);

/** `device K7M (Anna)`. */
export const nameOfDevice = (device: KnownDevice | null): string => {
  if (device === null) return 'a device that has not been met here';
  const { code, who, isHere } = device;
  return isHere ? `this device (${code})` : `device ${code}${who === null ? '' : ` (${who})`}`;
};

/** What to do about one that is posted elsewhere. */
const sayWaiting = (table: TableName, { ready_on: readyOn }: StoredRow): string =>
  readyOn === null
    ? `Mark this ${inSentence(tableOf(table).one)} as ready to post: it waits there.`
    : 'It is marked as ready to post and waits there.';

/**
 * Why this device does not post a document of a table, in words; null where it does, or where each device numbers its own.
 * @param document the one that somebody would post here, who is told what to do instead
 */
export const refusePosting = (
  table: TableName,
  read: Pick<Reader, 'setting'>,
  local: Pick<LocalReader, 'known'>,
  document: StoredRow | null = null,
): string | null => {
  const { issuer } = numberingOf(table, read);
  if (issuer === null) return null;
  const device = local.known(issuer);
  if (device?.isHere === true) return null;
  const many = tableOf(table).many;
  if (device?.wasHere === true)
    return (
      `${many} get their numbers on device ${device.code}, which this file was before it was restored or copied. ` +
      'Name the device that gives them from now on, in Settings under Numbers.'
    );
  if (device?.isOut === true)
    return (
      `${many} get their numbers on ${nameOfDevice(device)}, which was taken out of the team: nobody gives them. ` +
      'Name the device that gives them from now on, in Settings under Numbers.'
    );
  const said = `${many} get their numbers on ${nameOfDevice(device)}.`;
  return document === null ? said : `${said} ${sayWaiting(table, document)}`;
};

/** What the rules ask of legal numbers. */
export type Legal = {
  /** Why a document of a table, or one that somebody would post, is not posted on this device, in words; null where it is. */
  readonly refusal: (table: TableName, document?: StoredRow) => string | null;
  /** The next legal number; null where documents of the table have none. */
  readonly next: (table: TableName) => string | null;
};

/** @param opened the store, which is opened with the rules that ask it */
export const createLegal = (opened: () => WriteStore | undefined): Legal => ({
  refusal: (table, document) => {
    const store = opened();
    return store === undefined ? null : refusePosting(table, store, store.local, document);
  },
  next: (table) => {
    const store = opened();
    return store === undefined || numberingOf(table, store).issuer === null ? null : store.nextLegal(table);
  },
});
