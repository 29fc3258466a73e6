/** Files in: what to read, how to read it, a check that writes nothing, and one undo step that writes it all. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import type { Recipe } from '../../../shared/contract/recipe.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableNames, tableOf } from '../../../shared/model/index.ts';
import { canPick, pickPath } from '../../client/pick.ts';
import { useDraft } from '../../state/drafts.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Select } from '../../ui/Select.tsx';
import { draftRecipe } from './draft.ts';
import { ReportView } from './Report.tsx';
import type { Progress, Report } from './useImport.ts';
import { inspectFile, readRecipe, useImport } from './useImport.ts';

const shownTables = tableNames.filter((table) => tableOf(table).shown === true && tableOf(table).insertOnly !== true);

type RecipeFieldProps = {
  readonly path: string;
  readonly recipe: Recipe | null;
  readonly onRecipe: (recipe: Recipe | null) => void;
  readonly onError: (error: unknown) => void;
};

/** A recipe file, or one drafted from the file's own headers. */
const RecipeField = ({ path, recipe, onRecipe, onError }: RecipeFieldProps): ReactElement => {
  const [problem, setProblem] = useState<string | undefined>();
  const [table, setTable] = useState<TableName>('accounts');
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const read = await readRecipe(file);
    setProblem(typeof read === 'string' ? read : undefined);
    onRecipe(typeof read === 'string' ? null : read);
  };
  const draft = (): void => {
    inspectFile(path.trim())
      .then((inspected) => onRecipe(draftRecipe(table, inspected)))
      .catch(onError);
  };
  return (
    <div className="two">
      <Field
        label="Recipe"
        error={problem}
        help={recipe === null ? 'A file that says which column is which field.' : `In use: ${recipe.name}`}
      >
        {(control) => (
          <input
            {...control}
            className="input file"
            type="file"
            accept=".json,application/json"
            onChange={(event) => void take(event.target.files?.[0])}
          />
        )}
      </Field>
      <Field label="No recipe? These rows are" help="Columns are met with fields by their headers; the rest is kept.">
        {(control) => (
          <span className="row">
            <Select
              {...control}
              value={table}
              options={shownTables.map((name) => ({ value: name, label: tableOf(name).many }))}
              onChange={(next) => setTable(next ?? table)}
            />
            <Button onClick={draft} blocked={path.trim() === '' ? 'say first which file' : undefined}>
              Read headers
            </Button>
          </span>
        )}
      </Field>
    </div>
  );
};

const Running = ({ progress, onCancel }: { readonly progress: Progress | null; readonly onCancel: () => void }): ReactElement => (
  <output className="bar info">
    <Icon name="import" />
    <span className="grow">
      {progress === null
        ? 'Reading …'
        : `${progress.what}: ${progress.done.toLocaleString()}${progress.total === null ? '' : ` of ${progress.total.toLocaleString()}`}`}
    </span>
    <Button onClick={onCancel}>Cancel</Button>
  </output>
);

const Outcome = ({ report }: { readonly report: Report }): ReactElement => {
  const rows = report.files.reduce((sum, file) => sum + file.rows, 0).toLocaleString();
  return (
    <output className={report.lost > 0 ? 'bar' : 'bar info'}>
      <Icon name={report.lost > 0 ? 'alert' : 'tick'} />
      <span className="grow">
        {report.dryRun ? `Checked ${rows} rows. Nothing has been written.` : `Imported ${rows} rows as one step. `}
        {!report.dryRun && <Kbd of="edit.undo" />}
        {!report.dryRun && ' takes it back.'}
        {report.lost > 0 && ` ${report.lost.toLocaleString()} cells have nowhere to go: map or keep their columns.`}
      </span>
    </output>
  );
};

export const ImportScreen = (): ReactElement => {
  const [path, setPath] = useDraft('import/path');
  const [recipe, setRecipe] = useState<Recipe | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { run, progress, cancel } = useImport();
  const blocked = run.isPending
    ? 'it is running'
    : path.trim() === ''
      ? 'say first which file or folder'
      : recipe === null
        ? 'choose a recipe or read the headers'
        : undefined;
  const start = (dryRun: boolean): void => {
    setError(null);
    if (recipe !== null) run.mutate({ path: path.trim(), recipe, dryRun });
  };
  const pick = (kind: 'file' | 'folder'): void => {
    pickPath(kind, 'Import')
      .then((picked) => picked !== null && setPath(picked))
      .catch(setError);
  };
  const failed = error ?? run.error;
  return (
    <>
      <div className="viewbar">
        <h1>Import</h1>
        <span className="grow" />
        <div className="acts">
          <Button blocked={blocked} onClick={() => start(true)}>
            Check
          </Button>
          <Button kind="primary" blocked={blocked} onClick={() => start(false)}>
            Import
          </Button>
        </div>
      </div>
      {failed !== null && <ErrorBar error={failed} />}
      {run.isPending && <Running progress={progress} onCancel={cancel} />}
      {run.data !== undefined && !run.isPending && <Outcome report={run.data} />}
      <div className="settings">
        <Field label="File or folder" help="CSV or text with separators. The whole path, as this computer names it.">
          {(control) => (
            <span className="row">
              <input
                {...control}
                className="input"
                data-focus-first
                value={path}
                spellCheck={false}
                onChange={(event) => setPath(event.target.value)}
              />
              {canPick() && <Button onClick={() => pick('file')}>Choose file …</Button>}
              {canPick() && <Button onClick={() => pick('folder')}>Choose folder …</Button>}
            </span>
          )}
        </Field>
        <RecipeField path={path} recipe={recipe} onRecipe={setRecipe} onError={setError} />
      </div>
      {run.data !== undefined && (
        <section className="scroll" aria-label="Report">
          <ReportView report={run.data} />
        </section>
      )}
    </>
  );
};
