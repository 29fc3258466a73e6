/** What a device asks a server every few seconds: how far each stream is, of a large team. */
import { createHash } from 'node:crypto';
import { certify } from '../../electron/engine/sync/certificate.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import { keyPairOf } from '../../electron/engine/sync/keys.ts';
import { encodeSegment, parseSegment } from '../../electron/engine/sync/segment-file.ts';
import { encodePayload } from '../../electron/engine/store/log/payload.ts';
import { sealPayload } from '../../electron/engine/store/log/segments.ts';
import { stampAt } from '../../shared/domain/hlc.ts';
import type { Job } from './job.ts';
import { timed } from './measure.ts';
import { remote, rowOf, type Row } from './rows.ts';
import { ROOT, TEAM, type Place } from './team-place.ts';

const about = { actor: 'x', source: 'edit', batch: null, label: 'Bench', occurredAt: null, reason: null, undoOf: null } as const;

/** A device that has given something in each scope. */
const giveAs = async (hub: Hub, number: number): Promise<void> => {
  const dev = `01900000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
  const pair = keyPairOf(createHash('sha256').update(dev).digest());
  const code = number.toString(36).toUpperCase().padStart(3, '0');
  await hub.putCertificate(certify(ROOT, { dev, code, key: pair.publicKey }));
  for (const scope of Object.values(TEAM.scopes)) {
    const op = {
      h: stampAt(Date.UTC(2026, 0, 1)),
      kind: 'i',
      table: 'accounts',
      row: dev,
      base: null,
      cols: [],
      vals: [],
    } as const;
    const place = { org: TEAM.org, scope, dev, from: 1, to: 1, prev: null, sv: 10, minsv: 10 };
    const sealed = sealPayload(encodePayload([{ ...about, ops: [op] }]), place);
    const segment = parseSegment(encodeSegment({ ...sealed, sig: pair.sign(sealed.hash) }));
    if (typeof segment === 'string' || (await hub.put(segment)) !== 'ok') throw new Error('Not given');
  }
};

export const pollHeads = async (job: Job, { hubs: [giver, asker], end }: Place): Promise<Row> => {
  const devices = job.times(200, 5);
  const scopes = Object.values(TEAM.scopes);
  for (let number = 0; number < devices; number += 1) await giveAs(giver, number);
  const ask = async (): Promise<void> => {
    const streams = await asker.streams(scopes);
    if (streams.length < devices * scopes.length) throw new Error(`${streams.length} streams`);
  };
  await ask();
  const times = await timed(job.times(300, 10), ask);
  await end();
  return remote(rowOf(`team: a server asked for the heads of ${devices} devices`, times, { budget: { p95: 25 } }));
};
