/**
 * The gates of the team on the product's own store (SYNC.md 4): what a device takes of others' work, gives and keeps, beside the
 * same rows by bare statements; files of a folder; a snapshot; and the way of a change from one device to another.
 */
import fs from 'node:fs';
import { certify } from '../../../electron/engine/sync/certificate.ts';
import { createFolderHub } from '../../../electron/engine/sync/folder.ts';
import type { Hub } from '../../../electron/engine/sync/hub.ts';
import { runRound } from '../../../electron/engine/sync/round.ts';
import { parseSegment } from '../../../electron/engine/sync/segment-file.ts';
import { openWriter } from '../../../electron/engine/store/file/db.ts';
import { emptyFile } from '../../fakes/empty-file.ts';
import { finish } from '../../store-read/fill.ts';
import { whyNoPostgres } from '../../setup/postgres.ts';
import { openReplica, type Replica } from '../../sync/replica.ts';
import { runJob, type Job } from '../job.ts';
import { loadPeer, peerSend, peerTake, preparePeer } from '../peer.ts';
import { pairOf, sample, timed, timesOf, type Sample } from '../measure.ts';
import { rowBeside, rowOf, rowOfBytes, type Budget, type Row } from '../rows.ts';
import { atServer, inFolder, known, ROOT, TEAM, type Place } from '../team-place.ts';
import { pollHeads } from '../team-poll.ts';
import { doBare, doDeeds, makeDeeds } from '../team-work.ts';

const PAIRS = 5;
/** What one taking brings, as a round does it. */
const PIECES = 50;

type Opens = (name: string) => Replica;

const createOpens = ({ path }: Job): Opens => {
  let number = 0;
  return (name) => {
    number += 1;
    fs.mkdirSync(path(name), { recursive: true });
    const one = openReplica({ number, folder: path(name), clock: Date.now });
    one.store.sync.join(TEAM);
    return one;
  };
};

const sizeOf = (file: string): number => fs.statSync(file).size;

/** A file that other work has been written into, without its log beside it. */
const settle = (file: string): number => {
  const db = openWriter(file);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return sizeOf(file);
};

type Gate = {
  readonly name: string;
  readonly mix: Parameters<typeof makeDeeds>[1];
  readonly budget: Budget;
};

/**
 * Others' work taken: read, checked, merged, indexed, kept; beside its rows by bare statements. What is searched and summed of
 * them is made there in one go: a file has it without a team, too.
 */
const taking = async (job: Job, opens: Opens, { name, mix, budget }: Gate): Promise<readonly Row[]> => {
  const count = job.times(100_000, 2000);
  const author = opens(`author of ${name}`);
  const deeds = makeDeeds(count, mix);
  const written = await sample(() => doDeeds(author, deeds));
  const pieces = author.send();
  const [takes, bares]: [Sample[], Sample[]] = [[], []];
  let [grown, bareGrown] = [0, 0];
  for (let at = 0; at < PAIRS; at += 1) {
    const reader = opens(`reader ${at} of ${name}`);
    takes.push(
      await sample(() => {
        for (let from = 0; from < pieces.length; from += PIECES) {
          const verdicts = reader.take(pieces.slice(from, from + PIECES).map((piece) => author.read(piece)));
          if (verdicts.some((verdict) => verdict !== 'ok')) throw new Error('not taken');
        }
      }),
    );
    reader.close();
    const file = emptyFile(job.path(`bare ${at} of ${name}.db`));
    const db = openWriter(file);
    bares.push(
      await sample(() => {
        doBare(db, deeds);
        finish(db);
      }),
    );
    db.close();
    [grown, bareGrown] = [settle(reader.file), settle(file)];
  }
  author.close();
  const pair = pairOf(takes, bares);
  const sent = pieces.reduce((sum, piece) => sum + piece.length, 0) / count;
  const kept = (grown - bareGrown) / count;
  const rate = (count * 1000) / pair.times.wall.p50;
  return [
    rowBeside(`team: ${count} ${name} of a colleague taken`, pair, 'cpu', {
      rate,
      budget,
      note: `done there in ${written.wall.toFixed(0)} ms`,
    }),
    rowOfBytes(`team: an op of ${name} in the hub`, count, sent, ['B', 100]),
    rowOfBytes(`team: an op of ${name} kept here, beyond its row, words and sums`, count, kept, ['B', 120]),
  ];
};

/** The same changes by what others publish for it: its time, and its bytes. */
const besideActual = async (job: Job, opens: Opens): Promise<readonly Row[]> => {
  const crdt = await loadPeer();
  if (typeof crdt === 'string') {
    console.log(`Not compared: ${crdt}`);
    return [];
  }
  const count = job.times(100_000, 2000);
  const author = opens('author beside Actual');
  const deeds = makeDeeds(count, { updates: 0.4, deletes: 0.05 });
  doDeeds(author, deeds);
  const pieces = author.send();
  const requests = peerSend(crdt, deeds);
  const [ours, theirs]: [Sample[], Sample[]] = [[], []];
  for (let at = 0; at < job.times(3, 1); at += 1) {
    const reader = opens(`reader ${at} beside Actual`);
    ours.push(
      await sample(() => {
        for (let from = 0; from < pieces.length; from += PIECES)
          reader.take(pieces.slice(from, from + PIECES).map((piece) => author.read(piece)));
      }),
    );
    reader.close();
    const db = openWriter(job.path(`actual-${at}.db`));
    preparePeer(db);
    theirs.push(await sample(() => peerTake(crdt, db, requests)));
    db.close();
  }
  author.close();
  const sum = (all: readonly Uint8Array[]): number => all.reduce((bytes, one) => bytes + one.length, 0) / count;
  return [
    rowBeside(`team: ${count} changes, beside the messages of Actual`, pairOf(ours, theirs), 'cpu', {
      budget: { ratio: 1 / 8 },
    }),
    rowOfBytes('team: bytes an op beside those of Actual', count, sum(requests) / sum(pieces), ['x', 5]),
  ];
};

const meet = (hub: Hub, one: Replica) =>
  runRound({
    store: one.store.sync,
    hub,
    sign: one.pair.sign,
    publicKey: () => one.pair.publicKey,
    renew: (code) => one.renew(code),
    random: one.bytes,
    clock: Date.now,
  });

/** A hundred changed rows from one device through a hub into another's file. */
const onTheWay = async (job: Job, opens: Opens, name: string, { hubs, enrol, end }: Place, budget: Budget): Promise<Row> => {
  const [one, other] = [opens(`from ${name}`), opens(`to ${name}`)];
  const [here, there] = hubs;
  const both = [
    [here, one],
    [there, other],
  ] as const;
  for (const [hub, replica] of both) await enrol(hub, replica);
  doDeeds(one, makeDeeds(1000, { updates: 0, deletes: 0 }));
  for (const [hub, replica] of both) await meet(hub, replica);
  const runs = job.times(100, 5);
  const days = Array.from({ length: runs }, () => makeDeeds(100, { updates: 0, deletes: 0 }));
  const times = await timed(runs, async (at) => {
    doDeeds(one, days[at] ?? []);
    await meet(here, one);
    const { received } = await meet(there, other);
    if (received === 0) throw new Error('nothing came');
  });
  for (const each of [one, other]) each.close();
  await end();
  return rowOf(`team: 100 new rows written, given to ${name}, taken`, times, { budget });
};

/** A server is asked over TLS on this computer; it reads every stream it has at each round. */
const onTheWays = async (job: Job, opens: Opens): Promise<readonly Row[]> => {
  const folder = await onTheWay(job, opens, 'a folder', inFolder(job), {});
  const why = whyNoPostgres();
  if (why !== null) {
    console.log(`Not measured at a server: ${why}`);
    return [folder];
  }
  const server = await onTheWay(job, opens, 'a server', await atServer(), { p50: 15, p95: 40 });
  return [folder, server, await pollHeads(job, await atServer())];
};

/** A cell written by the person here, until it is in the file with what waits to be given. */
const writing = async (job: Job, opens: Opens): Promise<readonly Row[]> => {
  const one = opens('writer');
  const deeds = makeDeeds(1000, { updates: 0, deletes: 0 });
  doDeeds(one, deeds);
  const accounts = deeds.filter(({ table }) => table === 'accounts');
  const times = await timed(job.times(1000, 20), (at) =>
    doDeeds(one, [
      { do: 'update', table: 'accounts', id: accounts[at % accounts.length]?.id ?? '', values: { notes: `Written ${at}` } },
    ]),
  );
  one.close();
  // The store waits for the disk at each, which the gate, without that, does not count.
  return [rowOf('team: a cell written, its op with it', times, { budget: { p95: 1 }, note: 'on the disk' })];
};

/** A folder of many small files: written one by one, read by a device that never saw it, and looked at again. */
const folderOfFiles = async (job: Job, opens: Opens): Promise<readonly Row[]> => {
  const count = job.times(3000, 100);
  const author = opens('author of files');
  const folder = job.path('files');
  fs.mkdirSync(folder);
  const hub = createFolderHub(folder, TEAM.org);
  await hub.putCertificate(certify(ROOT, known(author)));
  const puts: Sample[] = [];
  for (let at = 0; at < count; at += 1) {
    doDeeds(author, makeDeeds(1, { updates: 0, deletes: 0 }));
    for (const bytes of author.send()) {
      const segment = parseSegment(bytes);
      if (typeof segment === 'string') throw new Error(segment);
      puts.push(await sample(() => hub.put(segment)));
    }
  }
  const scopes = Object.values(TEAM.scopes);
  const look = async (reader: Hub): Promise<void> => {
    for (const stream of await reader.streams(scopes)) await reader.get(stream, count + 1, 1);
  };
  const colds: Sample[] = [];
  const agains: Sample[] = [];
  for (let at = 0; at < PAIRS; at += 1) {
    const reader = createFolderHub(folder, TEAM.org);
    await reader.certificates();
    colds.push(await sample(() => look(reader)));
    agains.push(await sample(() => look(reader)));
  }
  author.close();
  return [
    rowOf(`team: a file written into a folder of ${count}`, timesOf(puts), { budget: { p95: 15 } }),
    rowOf(`team: ${count} files seen for the first time`, timesOf(colds), { budget: { p50: 1500 } }),
    rowOf(`team: ${count} files looked at again`, timesOf(agains), { budget: { p50: 60 } }),
  ];
};

/** A device that joins late begins with a snapshot. */
const joiningLate = async (job: Job, opens: Opens): Promise<readonly Row[]> => {
  const count = job.times(100_000, 2000);
  const author = opens('author of a snapshot');
  doDeeds(author, makeDeeds(count, { updates: 0, deletes: 0 }));
  author.send();
  const snapshots = author.snapshot();
  const bytes = snapshots.flatMap(({ pages }) => pages).reduce((sum, page) => sum + page.length, 0);
  const times = await timed(job.times(PAIRS, 1), async (at) => {
    const late = opens(`late ${at}`);
    for (const snapshot of snapshots) if (!late.load(snapshot)) throw new Error('not loaded');
    late.close();
  });
  author.close();
  return [
    rowOf(`team: a file begun with a snapshot of ${count} rows`, times, {
      rate: (count * 1000) / times.wall.p50,
      budget: { rate: Math.round(500_000 / 6) },
      note: `${(bytes / 1e6).toFixed(1)} MB`,
    }),
  ];
};

await runJob(async (job) => {
  const opens = createOpens(job);
  const gates: readonly Gate[] = [
    { name: 'changes', mix: { updates: 0.4, deletes: 0.05 }, budget: { ratio: 2.6, p50: 4000 } },
    { name: 'new rows', mix: { updates: 0, deletes: 0 }, budget: { ratio: 1.7 } },
    { name: 'updates, mostly', mix: { updates: 0.9, deletes: 0.02 }, budget: { rate: 40_000 } },
  ];
  const rows: Row[] = [];
  for (const gate of gates) rows.push(...(await taking(job, opens, gate)));
  for (const measure of [writing, besideActual, onTheWays, folderOfFiles, joiningLate]) rows.push(...(await measure(job, opens)));
  return rows;
});
