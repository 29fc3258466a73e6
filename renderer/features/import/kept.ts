/**
 * What of an import is kept on this device, so that a window that crashed or was closed gives it back: the file's place,
 * the mapping and the edits. Bytes without a path are not kept, and what an import has written needs no keeping.
 */
import { recipe as recipeShape } from '../../../shared/contract/recipe.ts';
import type { Kept } from '../../client/local.ts';
import type { Desk } from './desk.ts';
import { useDesk } from './desk.ts';
import type { Edit } from './types.ts';

/** Beyond that the edits of a sitting are a job for the file itself. */
const MOST_EDITS = 1000;

const isEdit = (value: unknown): value is Edit => {
  if (typeof value !== 'object' || value === null) return false;
  const { entry, file, row, column, text } = value as Readonly<Record<string, unknown>>;
  return [entry, row, column].every(Number.isInteger) && typeof file === 'string' && typeof text === 'string';
};

type Json = ReturnType<Kept<Desk>['pick']>;

const pick = ({ origin, recipe, touched, isLoaded, edits, outcome }: Desk): Json =>
  origin?.kind !== 'path' || recipe === null || outcome !== null
    ? null
    : // A recipe is JSON by its shape; that its optional parts may be absent is all its type adds.
      (JSON.parse(JSON.stringify({ path: origin.path, recipe, touched, isLoaded, edits: edits.slice(-MOST_EDITS) })) as Json);

const read = (value: unknown): Partial<Desk> => {
  const kept = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const recipe = recipeShape.safeParse(kept['recipe']);
  const { path } = kept;
  if (typeof path !== 'string' || path === '' || !recipe.success) return {};
  const list = (of: unknown): readonly unknown[] => (Array.isArray(of) ? of : []);
  return {
    origin: { kind: 'path', path },
    typed: path,
    recipe: recipe.data,
    isKept: true,
    isLoaded: kept['isLoaded'] === true,
    touched: list(kept['touched']).filter((name) => typeof name === 'string'),
    edits: list(kept['edits']).filter(isEdit),
  };
};

export const keptDesk: Kept<Desk> = { name: 'import', store: useDesk, pick, read };
