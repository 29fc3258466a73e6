/** Who this file is to its team, and whether somebody else is the same (SYNC.md 2.10). */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Change } from '../api.ts';
import type { Db } from '../file/db.ts';
import { readMeta } from '../file/local.ts';
import type { Incoming } from '../merge/receive.ts';
import { formerDevices, rekey } from './rekey.ts';
import type { Transact } from '../write/transact.ts';
import type { WriteParts } from '../write/write-parts.ts';

/** The change that merging is, to the write path: it logs nothing and makes no step. */
export const mergeBy = (device: string): Change => ({
  actor: device,
  source: 'merge',
  label: 'Sync',
  reason: null,
  screen: null,
  window: '',
  silent: true,
});

/** @throws AppError `busy` */
export const refuseWhileImporting = ({ batches }: WriteParts): void => {
  const running = batches.applying();
  if (running !== undefined) throw new AppError('busy', `“${running.label}” is still running.`, { batch: running.id });
};

export const REVOKED = 'revocations';

/** What the organisation said of devices it took out, as it was kept. */
export const readRevocations = (db: Db): readonly string[] => (readMeta(db, REVOKED) as readonly string[] | undefined) ?? [];

const prepare = (db: Db) => ({
  nameDevice: db.prepare('UPDATE devices SET code = ? WHERE id = ? AND code IS NULL'),
  sent: db.prepare('UPDATE segments SET state = 1 WHERE hash = ? AND state = 0'),
  /** As it was given: somebody else may have to give it, once this file is another device. */
  met: db.prepare('UPDATE segments SET state = max(state, 1), sig = coalesce(sig, ?) WHERE hash = ?'),
  own: db
    .prepare<[string, number, number], Buffer>(
      'SELECT hash FROM segments WHERE scope = (SELECT idx FROM scopes WHERE id = ?) AND dev = ? AND from_seq = ?',
    )
    .pluck(),
  ending: db
    .prepare<[string, number, number], Buffer>(
      'SELECT hash FROM segments WHERE scope = (SELECT idx FROM scopes WHERE id = ?) AND dev = ? AND to_seq = ?',
    )
    .pluck(),
  sentUpTo: db.prepare(
    'UPDATE segments SET state = 1 WHERE scope = (SELECT idx FROM scopes WHERE id = ?) AND dev = ? AND to_seq <= ? AND state = 0',
  ),
  giveAgain: db.prepare(
    'UPDATE segments SET state = 0 WHERE scope = (SELECT idx FROM scopes WHERE id = ?) AND dev = ? AND from_seq > ? AND state = 1',
  ),
  ownSent: db
    .prepare<[string, number], number>(
      'SELECT coalesce(max(to_seq), 0) FROM segments WHERE scope = (SELECT idx FROM scopes WHERE id = ?) AND dev = ? AND state <> 0',
    )
    .pluck(),
});

export const createIdentity = (db: Db, parts: WriteParts, transact: Transact) => {
  const sql = prepare(db);
  const { device, streams, log } = parts;
  return {
    /** The three characters in the numbers of this device. */
    code: parts.deviceCode,
    /** What devices of the team are called, as their certificates say. */
    nameDevices: (devices: readonly { readonly dev: string; readonly code: string }[]): void =>
      transact.run(() => {
        for (const { dev, code } of devices) sql.nameDevice.run(code, dev);
      }),
    /** The hub has it. */
    sent: (hash: Buffer): void => void transact.run(() => sql.sent.run(hash)),
    /** The hub has the stream of this device up to a number only: what is behind it is given again. */
    giveAgain: (scope: string, after: number): void =>
      transact.run(() => {
        sql.giveAgain.run(scope, device.idx, after);
        const stream = streams.published().find(({ scopeId }) => scopeId === scope);
        if (stream !== undefined) parts.subjects.giveAgain(stream.scope);
      }),
    /** How far the hub has the stream of this device, as far as this file knows. */
    ownSent: (scope: string): number => sql.ownSent.get(scope, device.idx) ?? 0,
    /**
     * Takes note of what a hub holds under the name of this device: what was sent though no answer came, and whether somebody
     * else writes under that name, a copy of this file or what it was before it was brought back from a backup.
     */
    isAnothers: (segments: readonly Pick<Incoming, 'header' | 'hash' | 'sig'>[]): boolean =>
      transact.run(() =>
        segments
          .map(({ header, hash, sig }) => {
            const isOurs = sql.own.get(header.scope, device.idx, header.from)?.equals(hash) === true;
            if (isOurs) sql.met.run(sig, hash);
            return !isOurs;
          })
          .includes(true),
      ),
    /**
     * The same by a snapshot that holds work under this name up to a piece, where the hub does not have the pieces any more:
     * what it holds was sent.
     */
    isAnothersCut: (scope: string, { seq, hash }: { readonly seq: number; readonly hash: Buffer }): boolean =>
      transact.run(() => {
        const isOurs = sql.ending.get(scope, device.idx, seq)?.equals(hash) === true;
        if (isOurs) sql.sentUpTo.run(scope, device.idx, seq);
        return !isOurs;
      }),
    /**
     * Makes this file another device; what the hub lacks goes over to it, and nothing is lost but what could be undone.
     * @throws AppError `busy` while an import runs
     */
    rekey(code: string, random: (n: number) => Uint8Array): void {
      refuseWhileImporting(parts);
      const made = transact.run(() => {
        log.seal();
        return rekey(db, device, parts.tables, { scopes: streams.published().map(({ scope }) => scope), code, random });
      });
      Object.assign(device, made);
      parts.undoLog.reload();
      log.reload();
    },
    /** Whether it was another device before. */
    isRenewed: (): boolean => formerDevices(db).length > 0,
  };
};
