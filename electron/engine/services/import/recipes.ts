/**
 * Recipes that were kept for the next file of their kind: each a synced setting of its own, so that two devices that
 * keep two of them both win. All have one key; the row's id is the recipe's.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import { recipe as recipeSchema, type Recipe } from '../../../../shared/contract/recipe.ts';
import type { Reader, StorePatch } from '../../store/api.ts';
import { checkRecipe } from './recipe.ts';

/** The setting that a recipe is kept as. */
export const RECIPE = 'import.recipe';
/** More would be a list nobody reads. */
const MOST = 200;

export type SavedRecipe = { readonly id: string; readonly name: string; readonly recipe: Recipe };

const read = (json: unknown): Recipe | null => {
  try {
    const parsed = recipeSchema.safeParse(JSON.parse(String(json)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

/** The recipes as they stand, by name. One that a newer version wrote and this one cannot read is left out. */
export const savedRecipes = (store: Pick<Reader, 'match' | 'get'>): readonly SavedRecipe[] =>
  store
    .match('settings', 'key', RECIPE)
    .flatMap((id) => {
      const recipe = read(store.get('settings', id)?.['value']);
      return recipe === null ? [] : [{ id, name: recipe.name, recipe }];
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

/**
 * The patch that keeps, replaces or removes a recipe, and what the step is called.
 * @throws AppError `bad-recipe`, `not-found`, `too-large`
 */
export const keepRecipe = (
  store: Pick<Reader, 'match' | 'get'>,
  newId: () => string,
  { id, recipe }: { readonly id: string | null; readonly recipe: Recipe | null },
): { readonly id: string | null; readonly patch: StorePatch | null; readonly label: string } => {
  const saved = savedRecipes(store);
  const old = saved.find((one) => one.id === id);
  if (id !== null && old === undefined) throw new AppError('not-found', 'That recipe is no longer here.', { id });
  if (recipe === null) {
    const patch: StorePatch | null = id === null ? null : { kind: 'delete', table: 'settings', id };
    return { id: null, patch, label: `Remove recipe ${old?.name ?? ''}`.trim() };
  }
  checkRecipe(recipe);
  const value = JSON.stringify(recipe);
  const label = `Keep recipe ${recipe.name}`;
  if (id !== null) return { id, patch: { kind: 'update', table: 'settings', id, values: { value } }, label };
  if (saved.length >= MOST) throw new AppError('too-large', `There are ${MOST} recipes: remove one first.`);
  const made = newId();
  return { id: made, patch: { kind: 'insert', table: 'settings', id: made, values: { key: RECIPE, value } }, label };
};
