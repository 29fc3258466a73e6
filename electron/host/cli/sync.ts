/** The commands of a team: join it, meet it, see what met badly. */
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../../shared/contract/define.ts';
import { territory } from '../../../shared/contract/hub.ts';
import { sayIssue } from '../../../shared/contract/issues.ts';
import { countOf } from '../../../shared/domain/import/evidence.ts';
import { usage, type Work } from './work.ts';

const ROUND_SECONDS = 15;
/** A first round may carry years of work. */
export const ROUND_PATIENCE_MS = 3_600_000;

export const needed = ({ asked }: Work, name: 'hub' | 'team' | 'territory', of: string = asked.command ?? ''): string => {
  const value = asked.values[name];
  if (value === undefined || value === '') throw usage(`${of} needs --${name}. Try workbench ${asked.command} --help.`);
  return value;
};

/** A file as a full path; null where none was named. */
export const fileOf = ({ asked, folder }: Work, name: 'team' | 'password' | 'to'): string | null => {
  const value = asked.values[name];
  return value === undefined || value === '' ? null : resolve(folder, value);
};

/** The hub and the file with the password for it, as the contract takes them. */
export const placeOf = (work: Work): { readonly hub: string; readonly password: string | null } => {
  const hub = needed(work, 'hub');
  return { hub: hub.includes('://') ? hub : resolve(work.folder, hub), password: fileOf(work, 'password') };
};

/** @throws AppError `usage` for what cannot be the name of one */
export const namesOfTerritories = (text: string): string[] => {
  const names = text.split(',').map((one) => one.trim());
  for (const name of names) {
    const [issue] = territory.safeParse(name).error?.issues ?? [];
    if (issue !== undefined) throw usage(`--territory “${name}” ${sayIssue(issue)}.`);
  }
  return names;
};

/** The first is that of new accounts. */
const territoriesOf = (text: string | undefined): { readonly territory?: string; readonly also?: string[] } => {
  if (text === undefined) return {};
  const [first = '', ...also] = namesOfTerritories(text);
  return { territory: first, also };
};

/** For a shell: what it would read itself goes into quotes. */
const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`);

/** The command that a person types next, with all that this file and its hub need. */
const syncCommand = ({ asked }: Work, isPasswordKept: boolean): string => {
  const { db, hub = '', password = '' } = asked.values;
  const at = db === undefined ? '' : `--db ${quoted(db)} `;
  const by = password === '' || isPasswordKept ? '' : ` --password ${quoted(password)}`;
  return `workbench ${at}sync --hub ${quoted(hub)}${by}`;
};

export const runJoin = async (work: Work): Promise<void> => {
  const { client, asked, output, options } = work;
  const { new: isNew = false } = asked.values;
  if (isNew) needed(work, 'team');
  const joined = await client['sync.join'](
    { ...placeOf(work), team: fileOf(work, 'team'), isNew, ...territoriesOf(asked.values.territory) },
    { ...options, timeoutMs: ROUND_PATIENCE_MS },
  );
  if (asked.values.json) return output.json(joined);
  if (joined.spent !== null)
    output.note(
      `workbench: the password is in the key store of this computer now; ${joined.spent} is needed no more: delete it.`,
    );
  const next = syncCommand(work, joined.spent !== null);
  output.print(
    joined.isWaiting
      ? `This file is device ${joined.code} of the team, with the fingerprint ${joined.fingerprint}. Read both out to the administrator, who enrols it: workbench hub device ${joined.code} ${joined.fingerprint} --hub … --team … Then: ${next}`
      : `This file is device ${joined.code} of the team. Next: ${next}`,
  );
};

/** @returns whether something waits for somebody */
const meet = async (work: Work): Promise<boolean> => {
  const { client, asked, output, options } = work;
  const met = await client['sync.round'](placeOf(work), { ...options, timeoutMs: ROUND_PATIENCE_MS });
  if (asked.values.json) output.json(met);
  else {
    for (const warning of met.warnings) output.note(`workbench: ${warning}`);
    const taken = countOf(met.received, 'change');
    output.print(`${taken} taken, ${met.sent} given, ${met.unsent} to be given; ${countOf(met.conflicts, 'conflict')}`);
  }
  return met.isHeldUp;
};

/** @throws AppError `blocked` where somebody has to do something first: whoever runs it by a clock reads exit statuses alone */
const meetOnce = async (work: Work): Promise<void> => {
  if (!(await meet(work))) return;
  throw new AppError('blocked', 'Not all was taken and given. What was said beside it tells who has to do what.');
};

/** What a later round may do better: a busy folder, a running import. */
const isPassing = (error: unknown): error is AppError =>
  error instanceof AppError && ['locked', 'io', 'busy'].includes(error.code);

/** Until the next round: a hub that says there is news ends it early. */
const pauseFor = async ({ client, options, ...work }: Work): Promise<void> => {
  const { signal } = options;
  try {
    const place = placeOf({ client, options, ...work });
    await client['sync.news']({ ...place, seconds: ROUND_SECONDS }, { signal, timeoutMs: 2 * ROUND_SECONDS * 1000 });
  } catch {
    const pause = new AbortController();
    const stop = (): void => pause.abort();
    if (signal?.aborted === true) return;
    signal?.addEventListener('abort', stop);
    await wait(ROUND_SECONDS * 1000, undefined, { signal: pause.signal }).catch(() => undefined);
    signal?.removeEventListener('abort', stop);
  }
};

export const runSync = async (work: Work): Promise<void> => {
  if (work.asked.values.once === true) return meetOnce(work);
  const { signal } = work.options;
  while (signal?.aborted !== true) {
    await meet(work).catch((error: unknown) => {
      if (!isPassing(error)) throw error;
      work.output.note(`workbench: ${error.message}`);
    });
    await pauseFor(work);
  }
};
