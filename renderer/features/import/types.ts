/** What the import desk speaks of, in the words of its contract. */
import type { ArgsOf, OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import type { Recipe } from '../../../shared/contract/recipe.ts';

export type Inspected = OutputOf<WorkbenchContract['import.inspect']>;
export type Proposal = OutputOf<WorkbenchContract['import.propose']>;
export type Checked = OutputOf<WorkbenchContract['import.check']>;
export type CheckedEntry = Checked['entries'][number];
export type CheckedRow = OutputOf<WorkbenchContract['import.rows']>['rows'][number];
export type RowResult = CheckedRow['result'];
export type Report = OutputOf<WorkbenchContract['import.run']>;
export type Evidence = Inspected['encoding'];
export type Edit = NonNullable<ArgsOf<WorkbenchContract['import.check']>['edits']>[number];

export type { Recipe };
export type Entry = Recipe['files'][number];
export type Column = Entry['columns'][string];
export type DateOrder = NonNullable<Column['dateOrder']>;

/** How the file is to be read where the person knows better; null = found out. */
export type Reading = {
  readonly sheet: string | null;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly headerRow: number | null;
};
export const asFound: Reading = { sheet: null, encoding: null, delimiter: null, headerRow: null };

export type Progress = { readonly done: number; readonly total: number | null; readonly what: string };
