/** Looking at files, checking and importing them. A run can be cancelled; what was written by then is taken back. */
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import type { Recipe } from '../../../shared/contract/recipe.ts';
import { recipe as recipeShape } from '../../../shared/contract/recipe.ts';
import { client } from '../../client/client.ts';

export type Report = OutputOf<WorkbenchContract['import.run']>;
export type Progress = { readonly done: number; readonly total: number | null; readonly what: string };
type Run = { readonly path: string; readonly recipe: Recipe; readonly dryRun: boolean };

/** An import of a year of orders takes minutes; progress keeps it from being given up sooner. */
const PATIENCE_MS = 120_000;

export const useImport = () => {
  const [progress, setProgress] = useState<Progress | null>(null);
  const stop = useRef<AbortController | null>(null);
  const run = useMutation({
    mutationFn: (input: Run) => {
      stop.current = new AbortController();
      return client['import.run'](input, {
        signal: stop.current.signal,
        timeoutMs: PATIENCE_MS,
        onProgress: (done, total, what) => setProgress({ done, total, what }),
      });
    },
    onSettled: () => setProgress(null),
  });
  return { run, progress, cancel: () => stop.current?.abort() };
};

export const inspectFile = (path: string) => client['import.inspect']({ path });

/** Reads a recipe file. @returns the recipe, or in words why it is none */
export const readRecipe = async (file: File): Promise<Recipe | string> => {
  if (file.size > 1_000_000) return `${file.name} is too large to be a recipe.`;
  try {
    const parsed = recipeShape.safeParse(JSON.parse(await file.text()));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return `${file.name} is no recipe: ${issue?.path.join(' › ') ?? ''} ${issue?.message ?? ''}`.trim();
  } catch {
    return `${file.name} is not JSON.`;
  }
};
