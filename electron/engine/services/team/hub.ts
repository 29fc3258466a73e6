/** What the administrator of a team does on its hub; the rights to it are those of the key of the team and of the server. */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import type { EngineEnv } from '../../env.ts';
import { makeKeyFile, refuseKeyFile } from '../../files/key-file.ts';
import { migrations } from '../../store/migrations/index.ts';
import type { SyncStore } from '../../store/team/sync-store.ts';
import { orgOf } from '../../sync/certificate.ts';
import type { Hubs } from './hubs.ts';
import { makeSeed, teamSeed } from './team-key.ts';

/** How long what was written stays on a hub whatever is in snapshots (SYNC.md 2.8). */
const KEPT_MS = 400 * 24 * 3_600_000;
const PASSWORD_BYTES = 24;
const SALT_BYTES = 16;

type Deps = {
  readonly env: Pick<EngineEnv, 'random' | 'clock'>;
  readonly hubs: Hubs;
  readonly store: { readonly sync: Pick<SyncStore, 'heads'> };
};
type HubCommands = Pick<Commands, 'hub.init' | 'hub.member' | 'hub.devices' | 'hub.enrol' | 'hub.revoke' | 'hub.compact'>;

export const hubCommands = ({ env, hubs, store }: Deps): HubCommands => ({
  'hub.init': ({ team, isNew, ...place }) =>
    hubs.administerServer(place, async (admin) => {
      // A key is not made for a server that cannot be reached, nor for one that has a team.
      if ((await admin.org()) !== null && isNew)
        throw new AppError('conflict', 'This database is the hub of a team already. Nothing was changed.');
      const org = orgOf(isNew ? makeSeed(team, env.random) : teamSeed(team));
      return { org, missing: [...(await admin.init(org))] };
    }),
  'hub.member': ({ role, territories, mayWrite, to, ...place }) =>
    hubs.administerServer(place, async (admin) => {
      if (to !== null) refuseKeyFile(to);
      const text = Buffer.from(env.random(PASSWORD_BYTES)).toString('base64url');
      const password = to === null ? null : { text, salt: env.random(SALT_BYTES), hand: () => makeKeyFile(to, text) };
      const { territories: own, ...set } = await admin.member({ role, territories, mayWrite }, password);
      return { role, territories: [...own], ...set };
    }),
  'hub.devices': (place) =>
    hubs.administer(place, async (admin) => ({ devices: (await admin.devices()).map((one) => ({ ...one })) })),
  'hub.enrol': ({ team, device, fingerprint, ...place }) =>
    hubs.administer(place, (admin) => admin.enrol(teamSeed(team), device, fingerprint)),
  'hub.revoke': ({ team, device, ...place }) =>
    hubs.administer(place, (admin) => admin.revoke(teamSeed(team), device, store.sync.heads())),
  'hub.compact': ({ team, ...place }) => {
    const now = env.clock();
    const when = { now, before: now - KEPT_MS, schema: migrations.at(-1)?.id ?? 0 };
    return hubs.administer(place, async (admin) => ({ gone: { ...(await admin.compact(teamSeed(team), when)) } }));
  },
});
