/** What taking pieces of a stream that was written on twice costs: what it touches, however long the stream and the log are. */
import { syncBuiltinESMExports } from 'node:module';
import zlib from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { openWriter } from '../../electron/engine/store/file/db.ts';
import { layoutOf } from '../../electron/engine/store/file/layout.ts';
import { readTableIndex } from '../../electron/engine/store/file/local.ts';
import { createTwins } from '../../electron/engine/store/merge/twins.ts';
import type { Row } from '../../electron/engine/store/write/rows.ts';
import type { Incoming } from '../../electron/engine/store/merge/receive.ts';
import { openFork } from './carrier.ts';
import { insert, update } from './region.ts';
import type { Replica } from './replica.ts';
import { copyOf, createTeam, enrol, SIGNED_TEAM } from './team.ts';

const give = (from: Replica): readonly Incoming[] => from.send().map((bytes) => from.read(bytes));

/** A piece of its own for each change. */
const write = (one: Replica, account: string, count: number): readonly Incoming[] =>
  Array.from({ length: count }, (_, at) => {
    update(one, 'accounts', account, { city: `${at} of ${one.number}` });
    return give(one);
  }).flat();

it('where a stamp stands on the branches of a stream is told without reading the stream again', () => {
  const [mine, one] = createTeam(2) as [Replica, Replica];
  for (const each of [mine, one]) each.store.sync.join(SIGNED_TEAM);
  const account = insert(mine, 'accounts', { name: 'Before the copy' });
  one.take(give(mine));
  const copy = copyOf(mine, 7);
  const pieces = write(mine, account, 60);
  one.take([...pieces, ...write(copy, account, 2)]);
  const db = openWriter(one.file);
  onTestFinished(() => void db.close());
  let read = 0;
  db.function('->>', { deterministic: true }, (text: unknown, path: unknown) => {
    read += 1;
    return (JSON.parse(String(text)) as Record<string, number>)[String(path).slice(2)] ?? null;
  });
  const { scope, dev } = db.prepare<[], { scope: number; dev: number }>('SELECT scope, dev FROM branches').get() ?? {
    scope: 0,
    dev: 0,
  };
  const row: Row = {
    ...{ layout: layoutOf('accounts'), n: 1, id: account, v: { id: account }, scope },
    ...{ inserted: [0, 0], x: {}, st: 1, alive: 1, bad: undefined },
  };
  const twins = createTwins(db, readTableIndex(db));
  for (const [at, { payload }] of pieces.entries())
    expect(twins.saidAt(row, 'city', [payload.o[0]?.[0] ?? 0, dev])).toEqual([`${at} of ${mine.number}`]);
  // Each piece once, and of each branch the last one, for each stamp.
  expect(read).toBeLessThan(4 * pieces.length);
});

/** How many pieces are opened meanwhile. */
const countOpened = (work: () => void): number => {
  const { zstdDecompressSync } = zlib;
  let opened = 0;
  zlib.zstdDecompressSync = (...given) => {
    opened += 1;
    return zstdDecompressSync(...given);
  };
  syncBuiltinESMExports();
  try {
    work();
  } finally {
    zlib.zstdDecompressSync = zstdDecompressSync;
    syncBuiltinESMExports();
  }
  return opened;
};

it('what others wrote is not opened again for each piece that comes behind a snapshot', async () => {
  const { carrier, mine, copy, readers, late, account } = await openFork(1, 1);
  const [one, to] = [...readers, ...late] as [Replica, Replica];
  // The clock of the copy is ahead: by how far its branch goes, all of the other seems to be here.
  update(copy, 'accounts', account, { city: 'Copy' });
  await carrier.meet(copy);
  carrier.carry(copy, one);
  await carrier.meet(one, { takeAt: Number.MAX_SAFE_INTEGER, makeAt: 1, pause: 0 });
  carrier.carry(one, to);
  await enrol(carrier.hubOf(to), to);
  await carrier.meet(to, { takeAt: 1, makeAt: Number.MAX_SAFE_INTEGER, pause: 0 });
  to.take(write(one, account, 40));
  const pieces = write(mine, account, 20).map((piece) => ({ ...piece, isRooted: true }));
  const opened = [pieces.slice(0, 10), pieces.slice(10)].map((some) =>
    countOpened(() => expect(to.take(some)).not.toContain('fork')),
  );
  expect(opened[0]).toBeGreaterThanOrEqual(40);
  expect(opened[0]).toBeLessThan(40 + 3 * 10);
  expect(opened[1]).toBeLessThan(3 * 10);
});
