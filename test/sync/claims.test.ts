/**
 * What a member puts into a stream it may write in, though it is of another (SYNC.md invariant 23): a territory that is not theirs or
 * does not exist is refused by the hub; what a piece claims beside its own scope is nobody's to every honest reader.
 */
import { describe, expect, it } from 'vitest';
import { encodePayload } from '../../electron/engine/store/log/payload.ts';
import type { Op } from '../../electron/engine/store/log/payload.ts';
import { sealPayload } from '../../electron/engine/store/log/segments.ts';
import { encodeSegment, parseSegment } from '../../electron/engine/sync/segment-file.ts';
import type { SealedSegment } from '../../electron/engine/sync/segment-file.ts';
import { stampAt } from '../../shared/domain/hlc.ts';
import { openTeam, round } from './hub-contract.ts';
import type { Desk } from './hub-contract.ts';
import { expectRefused, usePostgres, why } from './postgres-world.ts';
import { insert, rowsOf, scopeOf } from './region.ts';
import { enrol, SIGNED_TEAM } from './team.ts';
import { expectWhole } from './whole.ts';

const about = { actor: 'x', source: 'edit', batch: null, label: 'Forged', occurredAt: null, reason: null, undoOf: null } as const;
type Claim = Pick<Op, 'kind' | 'table' | 'row' | 'cols' | 'vals'>;

/** The first piece of a device in a scope, well signed, that says what no workbench would. */
const forge = ({ store, pair }: Desk, scope: string, claims: readonly Claim[]): SealedSegment => {
  const ops = claims.map((claim, at): Op => ({
    h: stampAt(Date.UTC(2026, 5, 1)) + at,
    base: claim.kind === 'i' ? null : 0,
    ...claim,
  }));
  const place = { org: SIGNED_TEAM.org, scope, dev: store.device.id, from: 1, to: ops.length, prev: null, sv: 10, minsv: 10 };
  const sealed = sealPayload(encodePayload([{ ...about, ops }]), place);
  const segment = parseSegment(encodeSegment({ ...sealed, sig: pair.sign(sealed.hash) }));
  if (typeof segment === 'string') throw new Error(segment);
  return segment;
};

describe.skipIf(why !== null)('PostgreSQL', () => {
  const { open } = usePostgres();

  it('nobody writes for a territory that is not theirs or is none, and what a piece claims beside its scope is nobody’s', async () => {
    const world = await open();
    for (const person of [1, 2]) await world.let(person, ['north', 'south']);
    const [forger, boss, late] = openTeam(3, world) as [Desk, Desk, Desk];
    const both = { shared: 'shared', account: 'south' };
    await enrol(forger.hub, forger);
    for (const one of [boss, late]) await enrol(one.hub, one, both, ['north']);
    const product = insert(boss, 'products', { sku: 'P-1', name: 'Pump' });
    const account = insert(boss, 'accounts', { name: 'Of the south' });
    await round(boss);

    const mine = { kind: 'i', table: 'accounts', row: 'mine', cols: ['name'], vals: ['Of the north'] } as const;
    for (const scope of ['south', 'nowhere']) {
      await expect(forger.hub.put(forge(forger, scope, [mine]))).rejects.toMatchObject({ code: 'denied' });
      await expectRefused(
        world.sql(0, 'INSERT INTO workbench.subject_key(scope, id, key) VALUES($1, $2, $3)', [scope, '1-x-y', Buffer.alloc(32)]),
        '42501',
        /./,
        scope,
      );
    }
    expect((await world.asBoss(`SELECT count(*)::int AS n FROM workbench.head WHERE scope = 'nowhere'`)).rows).toEqual([
      { n: 0 },
    ]);

    const stolen = { cols: ['name'], vals: ['Stolen'] };
    const claims: readonly Claim[] = [
      { kind: 'i', table: 'products', row: product, ...stolen },
      { kind: 'u', table: 'products', row: product, ...stolen },
      { kind: 'c', table: 'products', row: product, cols: ['stock'], vals: [1000] },
      { kind: 'u', table: 'products', row: product, cols: ['_st'], vals: [2] },
      { kind: 'i', table: 'products', row: 'smuggled', ...stolen },
      { kind: 'i', table: 'settings', row: 'smuggled too', cols: ['key', 'value'], vals: ['currency', '"XXX"'] },
      { kind: 'i', table: 'saved_views', row: 'a view', ...stolen },
      { kind: 'i', table: 'external_refs', row: 'a key', cols: ['table', 'row', 'key'], vals: ['products', product, 'K'] },
      mine,
    ];
    expect(await forger.hub.put(forge(forger, 'north', claims))).toBe('ok');
    // Of who reads the north first, and of who has everything else already.
    for (const one of [late, boss]) {
      await round(one);
      expect(rowsOf(one, 'products', 'name')).toEqual(['Pump']);
      expect(one.store.get('products', product)).toMatchObject({ name: 'Pump' });
      expect(scopeOf(one, 'products', product)).toBe('shared');
      expect(rowsOf(one, 'accounts', 'name')).toEqual(['Of the north', 'Of the south']);
      for (const table of ['settings', 'saved_views', 'external_refs'])
        expect(
          one.look((db) => db.prepare(`SELECT count(*) FROM ${table} WHERE id LIKE 'smuggled%' OR id LIKE 'a %'`).pluck().get()),
        ).toBe(0);
      await expectWhole(one);
    }
    expect(late.hash()).toBe(boss.hash());

    // What is of another territory, by the stream of all that every member writes in.
    const other: readonly Claim[] = [
      { kind: 'u', table: 'accounts', row: account, ...stolen },
      { kind: 'm', table: 'accounts', row: account, cols: [], vals: ['north'] },
      { kind: 'i', table: 'accounts', row: 'hidden', ...stolen },
    ];
    expect(await forger.hub.put(forge(forger, 'shared', other))).toBe('ok');
    for (const one of [late, boss]) {
      await round(one);
      expect(rowsOf(one, 'accounts', 'name')).toEqual(['Of the north', 'Of the south']);
      await expectWhole(one);
    }
    expect(late.hash()).toBe(boss.hash());
  });

  it('a hub that gives streams of a territory that a file does not work in is not believed', async () => {
    const world = await open();
    await world.let(1, ['south']);
    const [north, south] = openTeam(2, world) as [Desk, Desk];
    await enrol(north.hub, north);
    await enrol(south.hub, south, { shared: 'shared', account: 'south' });
    insert(south, 'accounts', { name: 'Of the south' });
    await round(south);
    const stream = { scope: 'south', dev: south.store.device.id };
    const pieces = await south.hub.get(stream, 0, 10);
    const generous: Desk = Object.assign(Object.create(north) as Desk, {
      hub: {
        ...north.hub,
        streams: async (scopes: readonly string[]) => [...(await north.hub.streams(scopes)), stream],
        get: async (of: typeof stream, after: number, limit: number) =>
          of === stream ? pieces : north.hub.get(of, after, limit),
      },
    });
    const { received, warnings } = await round(generous);
    expect([received, warnings.join()]).toEqual([0, expect.stringContaining('this file does not work in south')]);
    expect(rowsOf(north, 'accounts', 'name')).toEqual([]);
  });
});
