/** What the store offers of snapshots: making one of a scope, and taking one that somebody made. */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Db } from '../file/db.ts';
import { openReader } from '../file/db.ts';
import type { SchemaRange } from '../log/segments.ts';
import { loadSnapshot } from '../snapshot/load.ts';
import type { Snapshot } from '../snapshot/load.ts';
import { cutOf, isGiven, isTellable, pagesOf } from '../snapshot/make.ts';
import type { CutEntry, MadePage } from '../snapshot/make.ts';
import { mergeBy, refuseWhileImporting } from './sync-identity.ts';
import { lettingGo } from './sync-keys.ts';
import type { LettingGo } from './sync-keys.ts';
import { workParts } from '../write/transact.ts';
import type { Transact } from '../write/transact.ts';
import { createWork } from '../write/work.ts';
import type { Work } from '../write/work.ts';
import type { WriteParts } from '../write/write-parts.ts';

/** Pages are made while they are asked for; `close` lets go of the moment of the file they are read from. */
export type SnapshotMaking = SchemaRange & {
  readonly cut: readonly CutEntry[];
  readonly pages: Iterable<MadePage>;
  readonly close: () => void;
};

export const createSnapshots = (db: Db, parts: WriteParts, transact: Transact) => {
  const { clock, device, hlc, log, merge, tables, streams } = parts;
  return {
    /** The newest schema this build knows. */
    schema: parts.schema,
    /** How far this file has read a scope. */
    cut: (scope: string): readonly CutEntry[] => cutOf(db, scope),
    /** The snapshot of a scope as it is now; null while something that was done here is not on the hub, or cannot be told. */
    snapshot(scope: string): SnapshotMaking | null {
      if (!isGiven(db, scope)) return null;
      const reader = openReader(db.name);
      reader.exec('BEGIN');
      const cut = cutOf(reader, scope);
      const { knows } = merge.parts;
      if (cut.length === 0 || !isGiven(reader, scope) || !isTellable(reader, scope, knows)) {
        reader.close();
        return null;
      }
      return { ...parts.range, cut, pages: pagesOf(reader, scope, knows), close: () => void reader.close() };
    },
    /**
     * Takes a snapshot whose signature and hashes were checked, whole or not at all.
     * @throws AppError `bad-file` for what cannot be taken, `newer-file` for what this build cannot read, `busy` while an import runs
     */
    load(snapshot: Snapshot): void {
      if (streams.membership()?.org !== snapshot.org)
        throw new AppError('bad-file', 'A snapshot of another organisation is not taken.');
      refuseWhileImporting(parts);
      const changed = new Set<string>();
      const deps = { db, parts: merge.parts, devices: merge.devices, tables, clock, device };
      const inSlices = (mergeSome: (work: Work) => void, { settle }: LettingGo): void => {
        const work = createWork(mergeBy(device.id), workParts(parts), {});
        mergeSome(work);
        settle(work);
        for (const { table } of parts.finish(work).rows) changed.add(table);
        parts.rows.forget();
        merge.forget();
      };
      lettingGo(db, parts, true, (going) =>
        transact.run(() => {
          log.seal();
          loadSnapshot(deps, snapshot, (mergeSome) => inSlices(mergeSome, going));
          inSlices((work) => merge.receiver.retryDeferred(work), going);
        }),
      );
      for (const { hlc: last } of snapshot.cut) hlc.receive(last);
      if (changed.size > 0) transact.tellOf(changed);
    },
  };
};
