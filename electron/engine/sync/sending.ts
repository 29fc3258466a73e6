/**
 * What this device did, given to the hub piece by piece. A territory that its person may not write in holds up that territory
 * alone: what was done there is kept, what was done elsewhere is given.
 */
import { AppError } from '../../../shared/contract/define.ts';
import { openSegment } from '../store/log/segments.ts';
import type { Header } from '../store/log/segments.ts';
import { scopesOf } from '../store/log/streams.ts';
import type { Outgoing, SyncStore } from '../store/team/sync-store.ts';
import type { Member } from './certificate.ts';
import type { Warn } from './checking.ts';
import { sayAhead } from './clock.ts';
import { deniedScope } from './hub.ts';
import type { Hub, Put } from './hub.ts';
import { isSigned } from './keys.ts';
import { encodeSegment, parseSegment } from './segment-file.ts';
import { giveKeys } from './subject-keys.ts';

const SENT_PER_TURN = 100;

export type SendingDeps = {
  readonly store: SyncStore;
  readonly hub: Hub;
  readonly sign: (bytes: Uint8Array) => Buffer;
  readonly isCancelled?: () => boolean;
};

/** Whether a piece sends something into territories: gone from here before it is there, it would be nowhere. */
const sendsInto = ({ body }: Outgoing, scopes: ReadonlySet<string>): boolean =>
  openSegment(body).o.some(({ 1: kind, 6: vals }) => kind === 'm' && typeof vals[0] === 'string' && scopes.has(vals[0]));

const stampOfHead = (head: string): number => (JSON.parse(head) as Header).hlc ?? 0;

const putSegment = async ({ store, hub }: SendingDeps, one: Outgoing, sig: Buffer): Promise<Put> => {
  // Kept before it is sent: what is sent again is the same bytes.
  if (one.sig === null) store.sign(one.hash, sig);
  const segment = parseSegment(encodeSegment({ ...one, sig }));
  if (typeof segment === 'string') throw new AppError('damaged-file', `A sealed piece of the log is ${segment}.`);
  return hub.put(segment);
};

/**
 * @returns how many ops the hub took
 * @throws AppError of the hub, but for what its person may not write
 */
export const sendAll = async (deps: SendingDeps, own: Member, warn: Warn): Promise<number> => {
  const { store, hub, sign, isCancelled } = deps;
  store.seal();
  const scopes = scopesOf(store.membership());
  const held = new Set<string>();
  let ops = 0;
  for (;;) {
    const waiting = store.unsent(SENT_PER_TURN, held);
    if (waiting.length === 0) return ops;
    await giveKeys({ store, hub }, scopes);
    for (const one of waiting) {
      if (isCancelled?.()) return ops;
      if (held.size > 0 && sendsInto(one, held)) held.add(one.scope);
      if (held.has(one.scope)) continue;
      const sig = one.sig ?? sign(one.hash);
      if (!isSigned(one.hash, sig, own.publicKey)) {
        warn({ held: `${store.device}: the team knows this device by another key; nothing is sent.` });
        return ops;
      }
      const put = await putSegment(deps, one, sig).catch((error: unknown): Put | 'denied' => {
        if (deniedScope(error) !== one.scope) throw error;
        warn({ held: error instanceof Error ? error.message : String(error) });
        return 'denied';
      });
      if (put === 'denied') held.add(one.scope);
      else if (put === 'clock') {
        held.add(one.scope);
        // Where it was not signed before, nobody can have it.
        if (one.sig === null) store.unsign(one.hash);
        warn({ held: sayAhead(one.scope, stampOfHead(one.head)) });
      } else if (put === 'fork') {
        warn({
          held: `${one.scope}/${store.device}: the hub holds other work under the name of this device; nothing more is sent.`,
        });
        return ops;
      } else {
        store.sent(one.hash);
        ops += one.to - one.from + 1;
      }
    }
  }
};
