/**
 * Which files this computer's workbench opens: the person's own and the sample beside it, the copies made of a
 * file, and how a damaged one is put aside. Nothing here deletes anything.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, parse, resolve } from 'node:path';
import { AppError } from '../../shared/contract/define.ts';
import { resolveFile } from '../engine/address.ts';
import { isWorkbenchFile } from '../engine/mark.ts';

const FOLDER = 'Account Workbench';
const ENDING = '.db';

export type Files = { readonly own: string; readonly sample: string };

/**
 * The files to work with. A relative path counts from where the person typed it (npm changes the folder).
 * @param documents the person's documents folder, where the platform knows it better than its usual name
 */
export const chooseFiles = (
  given: string | undefined,
  env: NodeJS.ProcessEnv,
  documents = join(homedir(), 'Documents'),
): Files => {
  // A name that a script left empty means some file, and never the person's own.
  if (given === '') throw new AppError('usage', '--db is empty: name a file.');
  const named = given ?? env['WORKBENCH_DB'];
  const own = resolveFile(
    named ? resolve(env['INIT_CWD'] ?? process.cwd(), named) : join(documents, FOLDER, `workbench${ENDING}`),
  );
  const stem = own.endsWith(ENDING) ? own.slice(0, -ENDING.length) : own;
  return { own, sample: `${stem}.sample${ENDING}` };
};

export type Backup = { readonly path: string; readonly at: number; readonly bytes: number };

type Place = { readonly folder: string; readonly isCopy: (name: string) => boolean };

/** Where copies of a file lie: made by a person (`backups/<name> <time>.db`) and before a change of version (`<file>.….backup`). */
const placesOf = (file: string): readonly Place[] => {
  const { dir, name, ext, base } = parse(file);
  return [
    { folder: dir, isCopy: (entry) => entry.startsWith(`${base}.`) && entry.endsWith('.backup') },
    { folder: join(dir, 'backups'), isCopy: (entry) => entry.startsWith(`${name} `) && entry.endsWith(ext) },
  ];
};

/** Copies the workbench made of a file, newest first. */
export const listBackups = (file: string): readonly Backup[] =>
  placesOf(file)
    .filter(({ folder }) => existsSync(folder))
    .flatMap(({ folder, isCopy }) =>
      readdirSync(folder)
        .filter(isCopy)
        .map((entry) => join(folder, entry)),
    )
    .map((path) => ({ path, stat: statSync(path) }))
    .filter(({ stat }) => stat.isFile())
    .map(({ path, stat }) => ({ path, at: Math.round(stat.mtimeMs), bytes: stat.size }))
    .sort((one, other) => other.at - one.at);

const sidecars = ['', '-wal', '-shm'] as const;

/**
 * Renames the file and what SQLite keeps beside it.
 * @param why goes into the new name
 * @returns its new name; null when there was no file
 */
export const setAside = (file: string, now: number, why: 'damaged' | 'replaced' = 'damaged'): string | null => {
  if (!existsSync(file)) return null;
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+Z$/g, '');
  let aside = `${file}.${why}-${stamp}`;
  for (let more = 2; existsSync(aside); more += 1) aside = `${file}.${why}-${stamp}-${more}`;
  for (const ending of sidecars) if (existsSync(`${file}${ending}`)) renameSync(`${file}${ending}`, `${aside}${ending}`);
  return aside;
};

const refuseNoCopy = (file: string, path: string): void => {
  if (listBackups(file).some((backup) => backup.path === path)) return;
  if (!isAbsolute(path) || !isWorkbenchFile(path))
    throw new AppError('denied', 'This is not a copy of a workbench file. Nothing was changed.', { path });
  if (resolveFile(path) === file) throw new AppError('denied', 'This is the file that is open.', { path });
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0)
    throw new AppError('busy', 'Another program has this file open. Close it there, or choose a backup of it.', { path });
};

/**
 * Puts a copy in the place of the file, which is set aside first: one the workbench made of it, or a workbench file
 * brought from elsewhere, that nobody has open.
 * @throws AppError `denied`, `busy`
 */
export const openBackup = (file: string, path: string, now: number): string | null => {
  refuseNoCopy(file, path);
  const draft = `${file}.restoring`;
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(path, draft);
  const aside = setAside(file, now, 'replaced');
  renameSync(draft, file);
  for (const ending of ['-wal', '-shm']) rmSync(`${draft}${ending}`, { force: true });
  return aside;
};
