/**
 * The history of a team that works through a faulty hub (SYNC.md part 4): random inserts, field writes, deletes and undos on several
 * devices of two territories, each with what came of it: sent, acknowledged, applied. Told from the logs of the devices, whatever
 * the hub is made of.
 */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { AppError } from '../../shared/contract/define.ts';
import type { Op, Payload } from '../../electron/engine/store/log/payload.ts';
import { decodePayload } from '../../electron/engine/store/log/payload.ts';
import { openSegment } from '../../electron/engine/store/log/segments.ts';
import type { Incoming } from '../../electron/engine/store/merge/receive.ts';
import { edit } from '../store/open.ts';
import { judge } from './oracle.ts';
import { dice } from './program.ts';
import { insert, update } from './region.ts';
import type { Replica } from './replica.ts';
import { faultsOf } from './whole.ts';

/** Where each of three works, beside what all share. */
export const TERRITORIES = ['north', 'north', 'south'] as const;
const scopesOf = (at: number): readonly string[] => ['shared', TERRITORIES[at] ?? ''];

export type Site = {
  readonly team: readonly Replica[];
  /** A round of a device, however it ends. */
  readonly round: (at: number) => Promise<unknown>;
  /** Makes the next round of a device go wrong, or not; what it gives back ends that. */
  readonly disturb: (at: number, roll: (below: number) => number) => Promise<() => void>;
};

/** The code a piece of work fails with; none where it goes well. */
export const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => '',
    (error: unknown) => {
      if (error instanceof AppError) return error.code;
      throw error;
    },
  );

/** What one device did, as its own log has it: `sent`: signed, so that a hub may have it; `acked`: a hub said that it has it. */
type Done = { readonly scope: string; readonly op: Op; readonly stamp: string; readonly sent: boolean; readonly acked: boolean };
type Piece = { readonly scope: string; readonly body: Buffer; readonly sent: number; readonly acked: number };

const doneBy = (one: Replica): readonly Done[] => {
  const dev = one.store.sync.device;
  const pieces = one.look((db) =>
    db
      .prepare<[string], Piece>(
        `SELECT s.id AS scope, body, sig IS NOT NULL AS sent, state = 1 AS acked FROM segments g JOIN scopes s ON s.idx = g.scope
         WHERE g.dev = (SELECT idx FROM devices WHERE id = ?) AND s.id <> 'local' ORDER BY g.idx`,
      )
      .all(dev),
  );
  return pieces.flatMap(({ scope, body, sent, acked }) =>
    decodePayload(openSegment(body)).flatMap(({ ops }) =>
      ops.map((op) => ({ scope, op, stamp: `${op.h}@${dev}`, sent: sent === 1, acked: acked === 1 })),
    ),
  );
};

const appliedBy = ({ look }: Replica): ReadonlySet<string> =>
  look(
    (db) =>
      new Set(db.prepare<[], string>(`SELECT h.h || '@' || v.id FROM history h JOIN devices v ON v.idx = h.d`).pluck().all()),
  );

/** What is wrong with a history. `isHealed`: everybody has met the hub since nothing went wrong any more. */
export const checkHistory = (team: readonly Replica[], isHealed: boolean): readonly string[] => {
  const applied = team.map(appliedBy);
  return team.flatMap((author, from) =>
    doneBy(author).flatMap(({ scope, op, stamp, sent, acked }) => {
      const what = `${op.kind} of ${op.table} ${stamp} in ${scope}`;
      const unheard = isHealed && !acked ? [`${what} was never acknowledged`] : [];
      const faults = team.flatMap((_, to) => {
        if (to === from) return applied[to]?.has(stamp) === true ? [] : [`${what} is not in the history of its own device`];
        const [isThere, isAllowed] = [applied[to]?.has(stamp) === true, scopesOf(to).includes(scope)];
        if (isThere && !isAllowed) return [`${what} was applied by device ${to}, which has no right to it`];
        if (isThere && !sent) return [`${what} was applied by device ${to} before it was sent`];
        return isHealed && acked && isAllowed && !isThere ? [`${what} was acknowledged, and is lost to device ${to}`] : [];
      });
      return [...unheard, ...faults];
    }),
  );
};

const isOurs = (text: string): boolean => text.startsWith('text ');

/** Texts of territories that a device does not work in lie nowhere in its file, not even beside it. */
const forbiddenIn = (team: readonly Replica[], at: number): readonly string[] => {
  const { file } = team[at] as Replica;
  const bytes = [file, `${file}-wal`].map((name) => readFileSync(name).toString('latin1')).join('');
  return team.flatMap((author) =>
    doneBy(author)
      .filter(({ scope }) => !scopesOf(at).includes(scope))
      .flatMap(({ op: { row, vals } }) => [row, ...vals.filter((one) => typeof one === 'string').filter(isOurs)])
      .filter((text) => bytes.includes(text))
      .map((text) => `device ${at} has ${text} of another territory`),
  );
};

/** Every piece of a scope, as its authors wrote it. */
const piecesOf = (team: readonly Replica[], scopes: readonly string[]): readonly Incoming[] =>
  team.flatMap((one) => {
    const dev = one.store.sync.device;
    return one.look((db) =>
      db
        .prepare<[string], Pick<Incoming, 'head' | 'body' | 'hash' | 'sig'>>(
          `SELECT head, body, hash, sig FROM segments WHERE state = 1 AND dev = (SELECT idx FROM devices WHERE id = ?)`,
        )
        .all(dev)
        .map((piece): Incoming => ({
          ...piece,
          header: JSON.parse(piece.head) as Incoming['header'],
          payload: openSegment(piece.body) satisfies Payload,
        }))
        .filter(({ header }) => scopes.includes(header.scope)),
    );
  });

const TABLES = ['accounts', 'products'] as const;

/** One change of a person: something new, a field of what is there, a deletion, or the last change taken back. */
const work = (one: Replica, text: string, roll: (below: number) => number): void => {
  const table = TABLES[roll(2)] ?? 'accounts';
  const rows = one.look((db) => db.prepare<[], string>(`SELECT id FROM live_${table} ORDER BY id`).pluck().all());
  const row = rows[roll(Math.max(1, rows.length))];
  const kind = row === undefined ? 0 : roll(10);
  if (kind < 3) insert(one, table, table === 'products' ? { sku: text, name: text } : { name: text });
  else if (kind < 7) update(one, table, row ?? '', { [table === 'products' ? 'name' : 'city']: text });
  else if (kind < 9) one.store.apply([{ kind: 'delete', table, id: row ?? '' }], edit);
  else one.store.undo(edit);
};

/** How often something went wrong, and what was done all in all. */
export type Told = { readonly failed: number; readonly kinds: Readonly<Record<string, number>> };

/** Works through a faulty hub, then through one that is whole, and checks the history all the while. */
export const runHistory = async ({ team, round, disturb }: Site, seed: number, steps: number): Promise<Told> => {
  const roll = dice(seed);
  let failed = 0;
  for (let step = 0; step < steps; step += 1) {
    const by = roll(team.length);
    const one = team[by] as Replica;
    for (let times = 1 + roll(3); times > 0; times -= 1) work(one, `text ${seed}.${by}.${step}.${times}`, roll);
    const mend = await disturb(by, roll);
    if ((await codeOf(round(by))) !== '') failed += 1;
    mend();
    if (step % 5 === 0) expect(checkHistory(team, false)).toEqual([]);
  }
  for (let turn = 0; turn < 2; turn += 1) for (const at of team.keys()) await round(at);
  const kinds: Record<string, number> = {};
  for (const { op } of team.flatMap(doneBy)) {
    const kind = op.kind === 'u' && op.cols[0] === '_st' ? 'd' : op.kind;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  expect(checkHistory(team, true)).toEqual([]);
  for (const [at, one] of team.entries()) {
    expect(one.store.sync.state().unsent).toBe(0);
    expect(one.look((db) => judge(db, piecesOf(team, scopesOf(at)), 0, false))).toEqual([]);
    expect(forbiddenIn(team, at)).toEqual([]);
    expect(await faultsOf(one)).toEqual([]);
  }
  return { failed, kinds };
};
