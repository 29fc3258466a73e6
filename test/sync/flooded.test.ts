/**
 * Whoever has the key of a device lays more branches beside its work than are read, longer than it is. Members who read them at
 * different times keep different ones, until the team takes the device out (SYNC.md 2.10, invariants 1 and 25).
 */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFolderAdmin } from '../../electron/engine/sync/folder-admin.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import { encodeSegment, parseSegment } from '../../electron/engine/sync/segment-file.ts';
import type { WireOp } from '../../electron/engine/store/log/payload.ts';
import { openSegment, sealPayload } from '../../electron/engine/store/log/segments.ts';
import { makeTemp } from '../setup/temp.ts';
import { insert } from './region.ts';
import type { Replica } from './replica.ts';
import { createTeam, enrol, ROOT, round, SIGNED_TEAM } from './team.ts';
import { expectWhole } from './whole.ts';

const { org } = SIGNED_TEAM;
const NEVER = Number.MAX_SAFE_INTEGER;

const namesOf = ({ look }: Replica): readonly string[] =>
  look((db) => db.prepare<[], string>('SELECT name FROM live_accounts ORDER BY name').pluck().all());

/** A device that gave three pieces, and three others of its team of whom one has read them. */
const openFlooded = async () => {
  const [mine, keeper, other, late] = createTeam(4) as [Replica, Replica, Replica, Replica];
  const folder = makeTemp();
  const open = (): Hub => createFolderHub(folder, org);
  for (const one of [mine, keeper, other, late]) await enrol(open(), one);
  for (const name of ['First', 'Second', 'Third']) {
    insert(mine, 'accounts', { name });
    await round(open(), mine);
  }
  await round(open(), keeper);
  const place = path.join(folder, 'v1', 'north', mine.store.device.id);
  const second = parseSegment(fs.readFileSync(path.join(place, fs.readdirSync(place).toSorted()[1] ?? '')));
  if (typeof second === 'string') throw new Error(second);
  /** Lays branches beside the second piece, of some pieces each. */
  const flood = (first: number, count: number, length: number): void => {
    const payload = openSegment(second.body);
    for (let at = first; at < first + count; at += 1) {
      let { prev } = second.header;
      for (let piece = 0; piece < length; piece += 1) {
        const o = payload.o.map(([h, kind, table, row, base, cols]): WireOp => {
          const id = `${row.slice(0, -6)}${String(at * 10 + piece).padStart(6, '0')}`;
          return [h + piece + 1, kind, table, id, base, cols, [`Forged ${at}/${piece}`]];
        });
        const seq = second.header.from + piece;
        const sealed = sealPayload({ ...payload, o }, { ...second.header, from: seq, to: seq, prev });
        fs.writeFileSync(
          path.join(place, `${String(seq).padStart(10, '0').repeat(2)}-${at}.seg`),
          encodeSegment({ ...sealed, sig: mine.pair.sign(sealed.hash) }),
        );
        prev = sealed.hash.toString('hex');
      }
    }
  };
  const takeOut = () => createFolderAdmin(folder).revoke(ROOT, mine.store.device.code, keeper.store.sync.heads());
  return { mine, keeper, other, late, open, flood, takeOut };
};

describe('a device whose key laid more branches beside its work than are read', { timeout: 120_000 }, () => {
  it('is taken out, and all come to the same, whatever they had read before', async () => {
    const { keeper, other, late, open, flood, takeOut } = await openFlooded();
    flood(0, 12, 3);
    await round(open(), keeper);
    flood(12, 12, 4);
    for (const one of [keeper, other]) await round(open(), one);
    expect(namesOf(keeper)).toContain('Third');
    expect(namesOf(other)).not.toContain('Third');
    expect(other.hash()).not.toBe(keeper.hash());
    await takeOut();
    for (const one of [keeper, other, late]) await round(open(), one);
    for (const one of [keeper, other, late]) {
      expect(namesOf(one)).toEqual(expect.arrayContaining(['First', 'Second', 'Third']));
      expect(one.hash()).toBe(keeper.hash());
      expect((await round(open(), one)).warnings).toEqual([]);
      await expectWhole(one);
    }
  });

  it('is taken out with what the keeper of the key has read first, where more was laid than a statement names', async () => {
    const { keeper, other, open, flood, takeOut } = await openFlooded();
    flood(0, 110, 3);
    await round(open(), other);
    expect(namesOf(other)).not.toContain('Third');
    await takeOut();
    const [said] = await open().revocations();
    expect(said?.ends?.at['north']).toHaveLength(100);
    for (const one of [keeper, other]) await round(open(), one);
    for (const one of [keeper, other]) expect(namesOf(one)).toEqual(expect.arrayContaining(['First', 'Second', 'Third']));
    expect(other.hash()).toBe(keeper.hash());
  });

  it('is told to whoever had read what no statement names: their file holds more than others, and speaks for nobody', async () => {
    const { keeper, other, late, open, flood, takeOut } = await openFlooded();
    flood(0, 16, 2);
    await round(open(), other);
    flood(16, 101, 3);
    await takeOut();
    const told = 'That stays in it and is in no other';
    for (const one of [keeper, late]) expect((await round(open(), one)).warnings.join()).not.toContain(told);
    expect((await round(open(), other, { takeAt: NEVER, makeAt: 1, pause: 0 })).warnings.join()).toContain(told);
    expect(await open().snapshots('north')).toEqual([]);
    expect(late.hash()).toBe(keeper.hash());
    for (const one of [keeper, late, other]) expect(namesOf(one)).toContain('Third');
  });

  it('leaves a snapshot of all that counts, with which others begin', async () => {
    const { keeper, late, open, flood, takeOut } = await openFlooded();
    flood(0, 20, 3);
    await takeOut();
    await round(open(), keeper);
    await round(open(), keeper, { takeAt: NEVER, makeAt: 1, pause: 0 });
    expect((await round(open(), late, { takeAt: 1, makeAt: NEVER, pause: 0 })).warnings).toEqual([]);
    expect(late.look((db) => db.prepare('SELECT count(*) FROM segments WHERE state = 3').pluck().get())).toBeGreaterThan(0);
    expect(late.hash()).toBe(keeper.hash());
    await expectWhole(late);
  });
});
