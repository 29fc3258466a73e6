/** The workbench itself: what is open, first run, company settings, what this device remembers, a copy of the file. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { isCurrency } from '../../../../shared/domain/currency.ts';
import { isZone } from '../../../../shared/domain/dates.ts';
import { rememberTold } from '../../../../shared/domain/notices/due.ts';
import type { company } from '../../../../shared/contract/app.ts';
import type { EngineEnv } from '../../env.ts';
import type { LocalReader, Reader, StorePatch, WriteStore } from '../../store/api.ts';
import { companyPatches, companyToday, isConfirmed, isConfirmedElsewhere, readCompany } from './company.ts';
import { changeBy } from '../access/identity.ts';
import { TOLD, toldOf } from '../notices/hours.ts';

type QueryDeps = { readonly read: Reader; readonly local: LocalReader; readonly env: EngineEnv };
type AppQueries = Pick<Queries, 'app.info' | 'app.people' | 'local.get'>;

type Person = { readonly id: string; readonly name: string; readonly email: string | null };

const personOf = (read: Reader, id: string | null): Person | null => {
  const row = id === null ? undefined : read.get('people', id);
  return row ? { id: row.id, name: String(row['name'] ?? ''), email: row['email'] === null ? null : String(row['email']) } : null;
};

export const appQueries = ({ read, local, env }: QueryDeps): AppQueries => ({
  'app.info': () => ({
    version: env.version,
    schema: local.schema(),
    path: env.db,
    file: path.basename(env.db),
    sample: local.isSample(),
    device: local.device(),
    person: personOf(read, local.person()),
    company: readCompany(read),
    confirmed: isConfirmed(read),
    today: companyToday(read, env),
    locale: env.locale,
    counts: { ...local.counts() },
    notices: [...local.notices()],
  }),
  'app.people': () => ({ people: local.people().flatMap((id) => personOf(read, id) ?? []) }),
  'local.get': ({ prefix }) => ({ values: { ...local.get(prefix) } }),
});

const checkCompany = ({ zone, currency }: z.output<typeof company>): void => {
  if (!isZone(zone)) throw new AppError('invalid', `“${zone}” is not a time zone. Nothing was changed.`, { field: 'zone' });
  if (!isCurrency(currency))
    throw new AppError('invalid', `“${currency}” is not a currency. Nothing was changed.`, { field: 'currency' });
};

type SetUp = Parameters<Commands['app.setup']>[0];

/** The row of the person at the desk: an old one they claim, or a new one. */
const personPatch = (
  store: WriteStore,
  env: EngineEnv,
  { claim, name, email }: SetUp['person'],
): { id: string; patch: StorePatch } => {
  const values = { name: name.trim(), email };
  if (claim === null) {
    const id = env.ids();
    return { id, patch: { kind: 'insert', table: 'people', id, values } };
  }
  if (!store.get('people', claim)) throw new AppError('not-found', 'That person is not here or was deleted.', { id: claim });
  return { id: claim, patch: { kind: 'update', table: 'people', id: claim, values } };
};

/** `<folder of the file>/backups/<name> <UTC time>.db` */
const backupPath = ({ db, clock }: EngineEnv): string => {
  const { dir, name, ext } = path.parse(db);
  const stamp = new Date(clock()).toISOString().slice(0, 19).replaceAll(':', '');
  return path.join(dir, 'backups', `${name} ${stamp}${ext}`);
};

type AppCommands = Pick<Commands, 'app.setup' | 'app.company' | 'app.flush' | 'local.set' | 'local.told' | 'backup.make'>;

export const appCommands = ({ store, env }: { readonly store: WriteStore; readonly env: EngineEnv }): AppCommands => ({
  'app.setup': ({ company: wanted, person }, context) => {
    checkCompany(wanted);
    const { id, patch } = personPatch(store, env, person);
    const change = changeBy(store, context, { label: 'Set up', silent: true });
    // Known before the change is told: a page that hears of it asks at once who sits here.
    store.local.setPerson(id);
    const about = isConfirmedElsewhere(store) ? [] : companyPatches(store, env.ids, wanted, true);
    store.apply([...about, patch], { ...change, actor: id });
    return {};
  },
  'app.company': ({ company: wanted }, context) => {
    checkCompany(wanted);
    const patches = companyPatches(store, env.ids, wanted, true);
    if (patches.length > 0) store.apply(patches, changeBy(store, context, { label: 'Company settings', silent: true }));
    return {};
  },
  'app.flush': () => {
    store.seal();
    return { at: env.clock() };
  },
  'local.set': ({ values }) => {
    store.local.set(values);
    return {};
  },
  'local.told': ({ keys }) => {
    store.local.set({ [TOLD]: rememberTold(toldOf(store.local), keys, env.clock()) });
    return {};
  },
  'backup.make': async ({ to }) => {
    const target = to ?? backupPath(env);
    if (to === null) mkdirSync(path.dirname(target), { recursive: true });
    await store.backup(target);
    return { path: target };
  },
});
