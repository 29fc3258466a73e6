/** From a file to a mapping: what it is, how it is read, which column goes where. Nothing is written by any of it. */
import { AppError } from '../../../shared/contract/define.ts';
import { recipe as recipeShape } from '../../../shared/contract/recipe.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { client } from '../../client/client.ts';
import { say } from '../../state/toasts.ts';
import type { Desk, Origin } from './desk.ts';
import { clearDesk, desk, nameOfOrigin, setDesk } from './desk.ts';
import { isRefusal, isSameOrigin, nextWaiting, refuse, without as withoutBeside } from './beside.ts';
import { columnsOf, fitAny, placeOf, withEntry } from './mapping.ts';
import { pathOf } from './staging.ts';
import type { Inspected, Proposal, Reading, Recipe } from './types.ts';
import { asFound } from './types.ts';
import type { Work } from './work.ts';
import { stopWork, work } from './work.ts';

const PATIENCE_MS = 120_000;
const LARGEST_RECIPE = 1_000_000;

/** What the person set by hand stays, where the new reading still has the column and the rows are still the same. */
const keepTouched = (before: Desk, { recipe }: Proposal, inspected: Inspected): Recipe => {
  // From before the window was opened: it was whole, and it is the person's.
  if (before.isKept && before.recipe !== null) return fitAny(before.recipe);
  const [old] = before.recipe?.files ?? [];
  const [next] = recipe.files;
  if (old === undefined || next === undefined || old.table !== next.table || before.isLoaded) return recipe;
  const headers = inspected.columns.map(({ header }) => header);
  const kept = before.touched.flatMap((name) => {
    const column = old.columns[name];
    return column === undefined || placeOf(headers, name) < 0 ? [] : [[name, column] as const];
  });
  return withEntry(recipe, 0, (entry) => ({ ...entry, columns: { ...entry.columns, ...Object.fromEntries(kept) } }));
};

const isFolder = (error: unknown): boolean =>
  error instanceof AppError && typeof error.details === 'object' && error.details !== null && 'folder' in error.details;

const readFile = async (origin: Origin, reading: Reading, table: TableName | null, task: Work): Promise<void> => {
  const path = await pathOf(origin, task.onProgress, task.signal);
  const options = { signal: task.signal, timeoutMs: PATIENCE_MS };
  const before = desk();
  // A recipe that was brought along may be for a whole folder: then there is no one file to look at.
  const inspected = await client['import.inspect']({ path, ...reading }, options).catch((error: unknown) => {
    if (before.isLoaded && isFolder(error)) return null;
    throw error;
  });
  if (task.signal.aborted) return;
  if (inspected === null || before.isLoaded) {
    const { recipe } = before;
    setDesk({ origin, reading, inspected, recipe: inspected && recipe ? fitAny(recipe) : recipe, step: 'map' });
    return;
  }
  if (hasToChoose(inspected, reading) && desk().step === 'file') {
    setDesk({ origin, reading, inspected });
    return;
  }
  const proposal = await client['import.propose']({ path, ...reading, table }, options);
  if (task.signal.aborted) return;
  const { id, name } = proposal.recipes.find((one) => one.id === proposal.saved) ?? { id: null, name: '' };
  setDesk({
    origin,
    reading,
    inspected,
    proposal,
    table,
    recipe: keepTouched(before, proposal, inspected),
    saved: id === null ? null : { id, name },
    asked: [],
    isKept: false,
    isStale: true,
    step: desk().step === 'file' ? 'map' : desk().step,
  });
};

/** A workbook of several sheets, none of them named yet. */
export const hasToChoose = ({ sheets }: Inspected, reading: Reading): boolean => sheets.length > 1 && reading.sheet === null;

const begin = (origin: Origin): Promise<void> => {
  stopWork();
  const { recipe, isLoaded } = desk();
  withoutBeside(origin);
  clearDesk({
    typed: origin.kind === 'path' ? origin.path : '',
    origin,
    ...(isLoaded ? { recipe, isLoaded } : {}),
  });
  return look(asFound);
};

const look = async (reading: Reading, table: TableName | null = desk().table): Promise<void> => {
  const { origin } = desk();
  if (origin === null) return;
  await work('read', (task) => readFile(origin, reading, table, task));
  const { error, step } = desk();
  if (step === 'file' && isRefusal(error)) refuse(origin, error.message);
};

export const openPath = (path: string): Promise<void> => begin({ kind: 'path', path });

export const openOrigin = (origin: Origin): Promise<void> => begin(origin);

/** Goes on with the next file that waits; an empty desk where none does. */
export const openNext = async (): Promise<void> => {
  const next = nextWaiting();
  clearDesk();
  if (next !== null) await begin(next);
};

/** A file that came in; `path` where the host knows it. */
export type Arrived = { readonly file: File; readonly path: string | null };

/** Recipes among the files are taken as such; the first of the others is looked at, the rest wait. */
export const openFiles = async (arrived: readonly Arrived[]): Promise<void> => {
  const isRecipe = ({ file }: Arrived): boolean => /\.json$/i.test(file.name);
  for (const { file } of arrived.filter(isRecipe)) await loadRecipe(file);
  const [first, ...more] = arrived
    .filter((one) => !isRecipe(one))
    .map(({ file, path }): Origin =>
      path === null || path === '' ? { kind: 'bytes', name: file.name, bytes: file } : { kind: 'path', path },
    );
  if (first === undefined) return;
  // An import under way is not given up for a file that arrives.
  const isApplying = desk().busy?.what === 'apply';
  const waiting = isApplying ? [first, ...more] : more;
  const beside = desk().beside.filter(({ origin }) => !waiting.some((one) => isSameOrigin(one, origin)));
  setDesk({ beside: [...beside, ...waiting.map((origin) => ({ origin, why: null }))] });
  if (!isApplying) await begin(first);
  else say(`${nameOfOrigin(first)} waits until this import is done.`);
};

/** A table from the clipboard. */
export const openText = (text: string): Promise<void> =>
  begin({ kind: 'bytes', name: 'Pasted.tsv', bytes: new Blob([text], { type: 'text/plain' }) });

/** Reads the same file another way; what was mapped by hand stays where the column is still there. */
export const readAs = (part: Partial<Reading>): Promise<void> => look({ ...desk().reading, ...part });

export const chooseSheet = (sheet: string): Promise<void> => look({ ...asFound, sheet });

export const chooseTable = (table: TableName): Promise<void> => {
  setDesk({ touched: [], isKept: false });
  return look(desk().reading, table);
};

/** Looks again at a file whose first look failed. */
export const lookAgain = (): Promise<void> => look(desk().reading);

/** Takes a recipe that was saved before. */
export const takeSaved = async (id: string): Promise<void> => {
  const { recipes } = await client['import.recipes']({});
  const found = recipes.find((one) => one.id === id);
  const { inspected } = desk();
  if (found === undefined || inspected === null) return;
  setDesk({
    recipe: fitAny(found.recipe),
    saved: { id, name: found.name },
    touched: [],
    asked: [],
    isStale: true,
  });
};

/** Back to what was proposed for the file. */
export const takeProposed = (): void => {
  const { proposal } = desk();
  if (proposal === null) return;
  const used = proposal.recipes.find(({ id }) => id === proposal.saved) ?? null;
  setDesk({ recipe: proposal.recipe, saved: used && { id: used.id, name: used.name }, touched: [], asked: [], isStale: true });
};

/** Keeps the mapping for the next file of its kind, in place of the one of the same name. */
export const keepMapping = async (name: string): Promise<void> => {
  const { recipe, saved, inspected } = desk();
  if (recipe === null) return;
  const headers = inspected?.columns.map(({ header }) => header).filter((header) => header !== '') ?? [];
  const named: Recipe = { ...recipe, name, ...(headers.length === 0 ? {} : { match: { ...recipe.match, headers } }) };
  const { id } = await client['import.keep']({ id: saved?.name === name ? saved.id : null, recipe: named });
  setDesk({ recipe: named, saved: id === null ? null : { id, name } });
  say(`Saved: the next file with these columns is read as “${name}”.`);
};

/** Reads a recipe file. In words why it is none. */
const readRecipe = async (file: File): Promise<Recipe> => {
  const refuse = (why: string): never => {
    throw new AppError('bad-recipe', `${file.name} ${why}`);
  };
  if (file.size > LARGEST_RECIPE) return refuse('is too large to be a recipe.');
  const text: unknown = await file
    .text()
    .then(JSON.parse)
    .catch(() => refuse('is not JSON.'));
  const parsed = recipeShape.safeParse(text);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return refuse(`is no recipe: ${issue?.path.join(' › ') ?? ''} ${issue?.message ?? ''}`.trim());
};

export const loadRecipe = async (file: File): Promise<void> => {
  try {
    const recipe = await readRecipe(file);
    const { inspected, step } = desk();
    const fitted = inspected === null || step === 'file' ? recipe : fitAny(recipe);
    setDesk({ recipe: fitted, isLoaded: true, saved: null, touched: [], asked: [], entry: 0, isStale: true, error: null });
    say(`Recipe “${recipe.name}” is in use.`);
  } catch (error) {
    setDesk({ error });
  }
};

/** The mapping as a file, to be used on another computer. */
export const recipeFile = (): File | null => {
  const { recipe } = desk();
  return recipe === null
    ? null
    : new File([`${JSON.stringify(recipe, null, 2)}\n`], `${recipe.name.replaceAll(/[\\/:*?"<>|]/g, ' ')}.recipe.json`, {
        type: 'application/json',
      });
};

/** A column was set by hand. */
export const setMapping = (recipe: Recipe, name?: string): void =>
  setDesk({
    recipe,
    isStale: true,
    ...(name === undefined || desk().touched.includes(name) ? {} : { touched: [...desk().touched, name] }),
  });

/** The headers that fill fields already, by field. */
export const takenFields = (recipe: Recipe, index: number, inspected: Inspected | null): ReadonlyMap<string, string> => {
  const entry = recipe.files[index];
  return new Map(
    entry === undefined
      ? []
      : columnsOf(entry, inspected).flatMap(({ header, column }): [string, string][] =>
          column?.field === undefined ? [] : [[column.field, header]],
        ),
  );
};
