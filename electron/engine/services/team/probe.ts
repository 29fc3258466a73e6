/**
 * Whether a place can be a hub: there, read and written by this program, with a team in it or without one as is asked, on
 * a clock near this one. Every fault is said with what to do about it. In a folder a probe file is written and removed again.
 */
import { randomBytes } from 'node:crypto';
import { constants, promises as fs } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { AppError } from '../../../../shared/contract/define.ts';
import type { OutputOf } from '../../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../../shared/contract/index.ts';
import { hasKeyFile } from '../../files/key-file.ts';
import { isCertified, orgOf } from '../../sync/certificate.ts';
import { CLOCK_MS, sayApart } from '../../sync/clock.ts';
import type { Certificate, Hub } from '../../sync/hub.ts';
import { isServer } from './hubs.ts';
import type { HubPlace, Hubs } from './hubs.ts';
import { teamSeed } from './team-key.ts';
import { chooseTerritories } from './territories.ts';
import type { Asked } from './territories.ts';

type Problem = OutputOf<WorkbenchContract['sync.test']>['problems'][number];

/** What is asked for: a new team or an old one, where its key lies, and which territories. */
export type Wanted = Partial<Asked> & { readonly team: string | null; readonly isNew: boolean };

const fatal = (code: Problem['code'], message: string): Problem => ({ code, message, isFatal: true });
const minor = (code: Problem['code'], message: string): Problem => ({ code, message, isFatal: false });

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const findFolder = async (path: string): Promise<Problem | null> => {
  if (!isAbsolute(path)) return fatal('missing', 'Give the whole path of the folder, as this computer names it.');
  const about = await fs.stat(path).catch((error: unknown) => codeOf(error));
  if (typeof about === 'string')
    return about === 'ENOENT' || about === 'ENOTDIR'
      ? fatal('missing', 'There is no such folder. Make it first, or look whether the program that shares it is running.')
      : fatal('not-readable', `The folder cannot be opened (${about}). Ask whoever shares it for the right to it.`);
  if (!about.isDirectory()) return fatal('no-folder', 'This is a file. Choose the folder that your team shares.');
  const isReadable = await fs.access(path, constants.R_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  return isReadable ? null : fatal('not-readable', 'The folder cannot be read. Ask whoever shares it for the right to read it.');
};

/** Writes a file, reads its time, removes it. */
const tryWriting = async (path: string, now: number): Promise<Problem | null> => {
  const probe = join(path, `~$${randomBytes(6).toString('hex')}.tmp`);
  try {
    await fs.writeFile(probe, 'probe', { flag: 'wx' });
    const { mtimeMs } = await fs.stat(probe);
    const apart = now - mtimeMs;
    if (Math.abs(apart) <= CLOCK_MS) return null;
    const how = apart > 0 ? 'ahead of' : 'behind';
    return minor(
      'clock',
      `The clock of this computer is ${sayApart(apart)} ${how} that of the folder. Set it, or what you do may count as older or newer than it is.`,
    );
  } catch (error) {
    return fatal(
      'not-writable',
      `Nothing can be written into the folder (${codeOf(error)}). Ask whoever shares it for the right to write.`,
    );
  } finally {
    await fs.rm(probe, { force: true }).catch(() => undefined);
  }
};

const readOrg = (team: string): string | Problem => {
  try {
    return orgOf(teamSeed(team));
  } catch (error) {
    return fatal('no-key', error instanceof Error ? error.message : String(error));
  }
};

type Found = { readonly problems: readonly Problem[]; readonly devices: number };

/** What stands in the way of making the key of a new team. */
const refuseKey = (team: string | null): readonly Problem[] => {
  if (team === null) return [];
  if (!isAbsolute(team)) return [fatal('no-key', 'Give the whole path of the key file that is to be made.')];
  return hasKeyFile(team)
    ? [fatal('no-key', 'There is a file of that name already. A key is never replaced: choose another name.')]
    : [];
};

const teamIsThere = fatal('team-there', 'A team meets there already. Join it with its key, or choose another place.');
const otherTeam = fatal('other-team', 'Another organisation meets there: its devices are not of the team with this key.');

/** Whether the key that is named is of the team that the file is in: it begins somewhere else. */
export const isMoving = (team: string | null, known: string | null): boolean =>
  team !== null && known !== null && isAbsolute(team) && hasKeyFile(team) && readOrg(team) === known;

/** Whether the team that is asked for is in the folder. */
const findTeam = (devices: readonly Certificate[], { team, isNew }: Wanted, known: string | null): Found => {
  // A team that moves begins in an empty folder, with the key that it has.
  if (isNew && devices.length === 0 && isMoving(team, known)) return { devices: 0, problems: [] };
  if (isNew) return { devices: devices.length, problems: [...(devices.length > 0 ? [teamIsThere] : []), ...refuseKey(team)] };
  const org = team === null ? known : readOrg(team);
  if (org !== null && typeof org === 'object') return { devices: devices.length, problems: [org] };
  if (devices.length === 0)
    return {
      devices: 0,
      problems: [
        fatal(
          'no-team',
          known === null
            ? 'No team has met in this folder. Choose the folder your team uses, wait until it has arrived, or start a new team.'
            : 'No team has met in this folder. Choose the folder your team uses, or wait until it has arrived. Where the team moves here, start in it as for a new team (--new), with the key that the team has.',
        ),
      ],
    };
  if (org === null) return { devices: devices.length, problems: [] };
  const ours = devices.filter((certificate) => isCertified(org, certificate));
  return { devices: ours.length, problems: ours.length > 0 ? [] : [otherTeam] };
};

type About = {
  readonly hubs: Hubs;
  /** The organisation this file is in already; null = none. */
  readonly known: string | null;
  /** The territory in which new accounts of this file begin; null = it is in no team. */
  readonly first: string | null;
  /** UTC milliseconds. */
  readonly now: number;
};

const probeFolder = async ({ hubs, known, first, now }: About, place: HubPlace, wanted: Wanted): Promise<Found> => {
  const absent = await findFolder(place.hub);
  if (absent !== null) return { problems: [absent], devices: 0 };
  const written = await tryWriting(place.hub, now);
  const { devices, problems } = findTeam(await hubs.at(place, known ?? '').certificates(), wanted, known);
  const org = wanted.team === null ? known : readOrg(wanted.team);
  const isThere = devices > 0 && problems.length === 0 && typeof org === 'string';
  const odd = isThere ? await probeTerritories(hubs.at(place, org), wanted, first, true) : [];
  return { problems: [...(written === null ? [] : [written]), ...problems, ...odd], devices };
};

const sayClock = (ahead: number): readonly Problem[] =>
  Math.abs(ahead) > CLOCK_MS
    ? [minor('clock', `The clock of this computer is ${sayApart(ahead)} ${ahead > 0 ? 'ahead of' : 'behind'} the hub's. Set it.`)]
    : [];

/** Whether the territories that are named can be worked in; one that is new in a folder may be a slip. */
const probeTerritories = async (
  hub: Hub,
  { territory = null, also = [] }: Wanted,
  first: string | null,
  isNewTold: boolean,
): Promise<readonly Problem[]> => {
  try {
    const { account, more } = await chooseTerritories(hub, { territory, also }, first);
    if (!isNewTold) return [];
    const named = [account, ...more];
    const there = new Set((await hub.streams(named)).map(({ scope }) => scope));
    const news = named.filter((one) => one !== first && !there.has(one) && [territory, ...also].includes(one)).join(', ');
    return news === ''
      ? []
      : [minor('new-territory', `Nobody works in ${news} yet: it begins with this file. Look whether that is its name.`)];
  } catch (error) {
    if (!(error instanceof AppError) || !['denied', 'invalid', 'blocked'].includes(error.code)) throw error;
    return [fatal('no-territory', error.message.replace(/ Nothing was changed\.$/, ''))];
  }
};

/** A server says itself whether it is a hub, and of whom. */
const probeServer = async ({ hubs, known, first }: About, place: HubPlace, wanted: Wanted): Promise<Found> => {
  const { team, isNew } = wanted;
  try {
    const hub = hubs.at(place, '');
    const there = await hub.org();
    const devices = await hub.certificates();
    const odd = sayClock((await hub.ahead?.()) ?? 0);
    const asked = isNew || team === null ? known : readOrg(team);
    const key = isNew ? [teamIsThere] : asked !== null && typeof asked === 'object' ? [asked] : [];
    const other = typeof asked === 'string' && asked !== there ? [otherTeam] : [];
    const none = await probeTerritories(hub, wanted, first, false);
    return {
      problems: [...key, ...other, ...none, ...odd],
      devices: devices.filter((one) => isCertified(there ?? '', one)).length,
    };
  } catch (error) {
    return { problems: [fatal('no-hub', error instanceof Error ? error.message : String(error))], devices: 0 };
  }
};

export const probeHub = async (
  about: About,
  place: HubPlace,
  wanted: Wanted,
): Promise<{ problems: Problem[]; devices: number }> => {
  const { known } = about;
  const { devices, problems } = await (isServer(place) ? probeServer : probeFolder)(about, place, wanted);
  if (problems.some(({ code }) => code === 'missing' || code === 'no-folder' || code === 'not-readable' || code === 'no-hub'))
    return { problems: [...problems], devices };
  const org = wanted.isNew || wanted.team === null ? known : readOrg(wanted.team);
  const begins = wanted.isNew && !(devices === 0 && !isServer(place) && isMoving(wanted.team, known));
  const isElsewhere = known !== null && (begins || (typeof org === 'string' && org !== known));
  const other = isElsewhere
    ? [
        fatal(
          'other-team',
          wanted.isNew
            ? 'This file has joined a team already and stays with it: join that one. A new team begins in a new, empty file.'
            : 'This file belongs to another organisation already. A file stays with its team.',
        ),
      ]
    : [];
  return { problems: [...other, ...problems], devices };
};
