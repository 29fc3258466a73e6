/**
 * The gates of the team on the product's own store (SYNC.md 4): what a device takes of others' work, gives and keeps, beside the
 * same rows by bare statements; files of a folder; a snapshot; and the way of a change from one device to another.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { certify, fingerprintOf, orgOf } from '../../../electron/engine/sync/certificate.ts';
import { createFolderHub } from '../../../electron/engine/sync/folder.ts';
import type { Hub } from '../../../electron/engine/sync/hub.ts';
import { parseAddress } from '../../../electron/engine/sync/postgres/address.ts';
import { createPostgresAdmin } from '../../../electron/engine/sync/postgres/admin.ts';
import { createPostgresHub } from '../../../electron/engine/sync/postgres/hub.ts';
import { runRound } from '../../../electron/engine/sync/round.ts';
import { parseSegment } from '../../../electron/engine/sync/segment-file.ts';
import { openWriter } from '../../../electron/engine/store/file/db.ts';
import { emptyFile } from '../../fakes/empty-file.ts';
import { startPostgres, whyNoPostgres } from '../../setup/postgres.ts';
import { openReplica, type Replica } from '../../sync/replica.ts';
import { runJob, type Job } from '../job.ts';
import { loadPeer, peerSend, peerTake, preparePeer } from '../peer.ts';
import { pairOf, sample, timed, timesOf, type Sample } from '../measure.ts';
import { rowBeside, rowOf, type Budget, type Row } from '../rows.ts';
import { doBare, doDeeds, makeDeeds } from '../team-work.ts';

const ROOT = Buffer.alloc(32, 7);
const TEAM = { org: orgOf(ROOT), scopes: { shared: 'shared', account: 'north' } };
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
  readonly mix: Parameters<typeof makeDeeds>[2];
  readonly ratio: number;
  readonly bytes: number;
};

/** Others' work taken: read, checked, merged, indexed, kept; beside its rows by bare statements. */
const taking = async (job: Job, opens: Opens, { name, mix, ratio, bytes }: Gate): Promise<readonly Row[]> => {
  const count = job.times(100_000, 2000);
  const author = opens(`author of ${name}`);
  const deeds = makeDeeds(count, author.ids, mix);
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
    bares.push(await sample(() => doBare(db, deeds)));
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
      budget: { ratio, ...(name === 'changes' ? { p50: 4000 } : {}) },
      note: `${sent.toFixed(0)} B an op in the hub (100), ${kept.toFixed(0)} B an op kept beyond its row (${bytes}); done there in ${written.wall.toFixed(0)} ms`,
    }),
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
  const deeds = makeDeeds(count, author.ids, { updates: 0.4, deletes: 0.05 });
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
      note: `${sum(pieces).toFixed(0)} B an op, theirs ${sum(requests).toFixed(0)} (5 times less)`,
    }),
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

/** A hub for each of two devices, and who vouches for them. */
type Place = {
  readonly hubs: readonly [Hub, Hub];
  readonly enrol: (hub: Hub, one: Replica) => Promise<void>;
  readonly end: () => Promise<void>;
};

const known = ({ store, pair }: Replica) => ({ dev: store.device.id, code: store.device.code, key: pair.publicKey });

const inFolder = ({ path }: Job): Place => {
  const folder = path('shared');
  fs.mkdirSync(folder);
  const open = (): Hub => createFolderHub(folder, TEAM.org);
  return {
    hubs: [open(), open()],
    enrol: (hub, one) => hub.putCertificate(certify(ROOT, known(one))),
    end: () => Promise.resolve(),
  };
};

const atServer = async (): Promise<Place> => {
  const server = await startPostgres();
  await server.query('CREATE DATABASE bench');
  const ca = () => fs.readFileSync(server.ca);
  const { user, password } = server.admin;
  const admin = createPostgresAdmin({ address: parseAddress(server.urlOf(user, 'bench')), ca, password: () => password });
  await admin.init(TEAM.org);
  const open = async (role: string): Promise<Hub> => {
    const given = { text: `of-${role}`, salt: randomBytes(16), hand: () => undefined };
    await admin.member({ role, territories: [TEAM.scopes.account], mayWrite: true }, given);
    return createPostgresHub({
      address: parseAddress(server.urlOf(role, 'bench')),
      ca,
      password: () => given.text,
      clock: Date.now,
    });
  };
  const hubs = [await open('ann'), await open('bob')] as const;
  return {
    hubs,
    enrol: async (hub, one) => {
      await hub.ask?.(known(one));
      await admin.enrol(ROOT, known(one).code, fingerprintOf(TEAM.org, known(one)));
    },
    end: async () => {
      for (const one of [...hubs, admin]) one.close();
      await server.stop();
    },
  };
};

/** A hundred changed rows from one device through a hub into another's file. */
const onTheWay = async (job: Job, opens: Opens, name: string, { hubs, enrol, end }: Place, budget: Budget): Promise<Row> => {
  const [one, other] = [opens(`from ${name}`), opens(`to ${name}`)];
  const [here, there] = hubs;
  const both = [
    [here, one],
    [there, other],
  ] as const;
  for (const [hub, replica] of both) await enrol(hub, replica);
  doDeeds(one, makeDeeds(1000, one.ids, { updates: 0, deletes: 0 }));
  for (const [hub, replica] of both) await meet(hub, replica);
  const times = await timed(job.times(100, 5), async () => {
    doDeeds(one, makeDeeds(100, one.ids, { updates: 0, deletes: 0 }));
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
  if (why === null) return [folder, await onTheWay(job, opens, 'a server', await atServer(), { p50: 15, p95: 40 })];
  console.log(`Not measured at a server: ${why}`);
  return [folder];
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
    doDeeds(author, makeDeeds(1, author.ids, { updates: 0, deletes: 0 }));
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
  doDeeds(author, makeDeeds(count, author.ids, { updates: 0, deletes: 0 }));
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
      budget: { rate: 500_000 / 6 },
      note: `${(bytes / 1e6).toFixed(1)} MB`,
    }),
  ];
};

await runJob(async (job) => {
  const opens = createOpens(job);
  const gates: readonly Gate[] = [
    { name: 'changes', mix: { updates: 0.4, deletes: 0.05 }, ratio: 2.6, bytes: 120 },
    { name: 'new rows', mix: { updates: 0, deletes: 0 }, ratio: 1.7, bytes: 120 },
  ];
  const rows: Row[] = [];
  for (const gate of gates) rows.push(...(await taking(job, opens, gate)));
  for (const measure of [besideActual, onTheWays, folderOfFiles, joiningLate]) rows.push(...(await measure(job, opens)));
  return rows;
});
