/**
 * A device of another build in the team: it writes ops that no screen of ours makes yet (counters, sets, issued documents,
 * words on conflicts) and names a column and a table that this build does not have.
 */
import { createHash } from 'node:crypto';
import { keyPairOf, readPublicKey } from '../../electron/engine/sync/keys.ts';
import { encodeSegment, openSealed, parseSegment } from '../../electron/engine/sync/segment-file.ts';
import { encodePayload } from '../../electron/engine/store/log/payload.ts';
import type { Op } from '../../electron/engine/store/log/payload.ts';
import { sealPayload } from '../../electron/engine/store/log/segments.ts';
import type { Incoming } from '../../electron/engine/store/merge/receive.ts';
import { createHlc } from '../../shared/domain/hlc.ts';
import type { Known } from '../store/actions.ts';
import { dice } from './program.ts';
import { TEAM } from './replica.ts';

const DEVICE = '5f0e0000-0000-7000-8000-00000000f0e0';

/** A column and a table of a later build. */
const LATER_COLUMN = 'later_column';
const LATER_TABLE = 'later_things';

export const createForeign = (clock: () => number) => {
  const pair = keyPairOf(createHash('sha256').update('foreign').digest());
  const key = readPublicKey(pair.publicKey);
  const hlc = createHlc(clock, 0);
  const waiting: Op[] = [];
  const last = new Map<string, number>();
  /** How far it is in each scope. */
  const streams = new Map<string, { readonly seq: number; readonly head: string | null }>();
  let [count, counted] = [0, 0];
  const op = (kind: Op['kind'], table: string, row: string, cols: string[], vals: Op['vals'], base: Op['base'] = null): Op => ({
    h: hlc.now(),
    kind,
    table,
    row,
    base,
    cols,
    vals,
  });
  const make = (known: readonly Known[], salt: number): Op => {
    const roll = dice(salt);
    const pick = (table: string): Known | undefined => {
      const rows = known.filter((one) => one.table === table);
      return rows[roll(Math.max(rows.length, 1))];
    };
    count += 1;
    const [product, account, order] = [pick('products'), pick('accounts'), pick('orders')];
    const kind = roll(5);
    // Of the wrong kind for its column: a write of what is counted, a delta of what is written.
    if (kind === 0 && product && salt % 3 === 0) return op('u', 'products', product.id, ['stock'], [salt % 1000], 0);
    if (kind === 0 && account && salt % 4 === 0) return op('c', 'accounts', account.id, ['credit_limit'], [salt % 1000]);
    if (kind === 0 && product) {
      const delta = roll(21) - 10;
      counted += delta;
      return op('c', 'products', product.id, ['stock'], [delta]);
    }
    if (kind === 1 && account) return op('e', 'accounts', account.id, ['tags'], [`tag ${roll(4)}`, roll(2)]);
    if (kind === 2 && order) {
      const bytes = Buffer.from(`paper ${count}`).toString('base64');
      return op('n', 'orders', order.id, ['issued'], [`paper-${count}`, `I26-FOR-${count}`, bytes]);
    }
    if (kind === 3 && account) {
      const was = last.get(account.id);
      const made = op('u', 'accounts', account.id, [LATER_COLUMN], [`later ${count}`], was ?? 0);
      last.set(account.id, made.h);
      return made;
    }
    return op('i', LATER_TABLE, `thing-${count}`, ['name'], [`Thing ${count}`]);
  };
  const sendIn = (scope: string, ops: readonly Op[]): readonly Incoming[] => {
    if (ops.length === 0 || key === null) return [];
    const { seq, head } = streams.get(scope) ?? { seq: 0, head: null };
    const about = { actor: DEVICE, source: 'edit', batch: null, label: 'Foreign', occurredAt: null, reason: null } as const;
    const payload = encodePayload(ops.map((one) => ({ ...about, undoOf: null, ops: [one] })));
    const to = seq + ops.length;
    const place = { org: TEAM.org, scope, dev: DEVICE, from: seq + 1, to, prev: head, sv: 999, minsv: 10 };
    const sealed = sealPayload(payload, place);
    streams.set(scope, { seq: to, head: sealed.hash.toString('hex') });
    const segment = parseSegment(encodeSegment({ ...sealed, sig: pair.sign(sealed.hash) }));
    const opened = typeof segment === 'string' ? segment : openSealed(segment, key);
    if (typeof opened === 'string') throw new Error(opened);
    return [opened];
  };
  return {
    write: (known: readonly Known[], salt: number): void => void waiting.push(make(known, salt)),
    /** An op of which a test says what is in it. */
    say: (kind: Op['kind'], table: string, row: string, vals: Op['vals']): void =>
      void waiting.push(op(kind, table, row, [], vals)),
    counted: (): number => counted,
    /** One op a transaction. */
    send(): readonly Incoming[] {
      const all = waiting.splice(0);
      const { shared, account } = TEAM.scopes;
      const ofShared = all.filter(({ table }) => table === 'products');
      return [
        ...sendIn(shared, ofShared),
        ...sendIn(
          account,
          all.filter((one) => !ofShared.includes(one)),
        ),
      ];
    },
  };
};
