/** Step 2: what the rows are, which column goes where, and the few things that only a person can say. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { isTableName, tableOf } from '../../../shared/model/index.ts';
import { useSaid } from '../../state/announce.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { say } from '../../state/toasts.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { Cards } from './Cards.tsx';
import { setDesk, useDesk } from './desk.ts';
import { Mapping } from './Mapping.tsx';
import type { Question } from './mapping.ts';
import { columnsOf, isKey } from './mapping.ts';
import { chooseTable, keepMapping, recipeFile, setMapping, takeProposed, takeSaved } from './open.ts';
import { Preview } from './Preview.tsx';
import { Rule } from './Rule.tsx';
import { importTables } from './targets.ts';
import type { Recipe } from './types.ts';
import { countOf } from './words.ts';

const failed = (error: unknown): void => say(messageOf(error), { tone: 'danger' });

/** Several tables at once, as the recipe of a whole folder has them. */
const Entries = ({ recipe }: { readonly recipe: Recipe }): ReactElement | null => {
  const entry = useDesk((state) => state.entry);
  if (recipe.files.length === 1) return null;
  return (
    <nav className="views" aria-label="Files of the recipe">
      {recipe.files.map(({ pattern, table, system }, at) => (
        <button
          key={`${pattern}/${table}/${system}`}
          type="button"
          className={at === entry ? 'view on' : 'view'}
          aria-current={at === entry || undefined}
          onClick={() => setDesk({ entry: at })}
        >
          {pattern}
          <span className="n">{isTableName(table) ? tableOf(table).many : table}</span>
        </button>
      ))}
    </nav>
  );
};

const Defaults = ({ recipe }: { readonly recipe: Recipe }): ReactElement => {
  const set = (part: NonNullable<Recipe['defaults']>): void => {
    const next = Object.fromEntries(Object.entries({ ...recipe.defaults, ...part }).filter(([, value]) => value !== ''));
    setMapping({ ...recipe, defaults: next });
  };
  return (
    <>
      <Rule label="Currency" className="short">
        {(control) => (
          <TextInput
            {...control}
            value={recipe.defaults?.currency ?? ''}
            placeholder="as found"
            onCommit={(text) => {
              const currency = text.trim().toUpperCase();
              if (currency === '' || /^[A-Z]{3}$/.test(currency)) set({ currency });
              else say(`“${text}” is no currency: three letters, such as GBP.`, { tone: 'warning' });
            }}
          />
        )}
      </Rule>
      <Rule label="Time zone" className="medium">
        {(control) => (
          <TextInput
            {...control}
            value={recipe.defaults?.zone ?? ''}
            placeholder="of the company"
            onCommit={(text) => set({ zone: text.trim() })}
          />
        )}
      </Rule>
    </>
  );
};

/** Which saved mapping is used, and others that know these columns. */
const SavedRule = (): ReactElement | null => {
  const { proposal, saved } = useDesk();
  const recipes = proposal?.recipes ?? [];
  if (recipes.length === 0) return null;
  return (
    <Rule label="Mapping">
      {(control) => (
        <Select
          {...control}
          value={saved?.id ?? null}
          empty="Made for this file"
          options={recipes.map(({ id, name, known, of }) => ({
            value: id,
            label: `${name} (knows ${known} of ${countOf(of, 'column')})`,
          }))}
          onChange={(id) => {
            if (id === null) takeProposed();
            else void takeSaved(id).catch(failed);
          }}
        />
      )}
    </Rule>
  );
};

const Rules = ({ recipe }: { readonly recipe: Recipe }): ReactElement => {
  const { entry: index, inspected, proposal } = useDesk();
  const entry = recipe.files[index];
  const isOne = recipe.files.length === 1;
  const keys = entry === undefined ? [] : columnsOf(entry, isOne ? inspected : null).filter((mapped) => isKey(entry, mapped));
  return (
    <section className="rules" aria-label="What the rows are">
      {isOne && inspected !== null ? (
        <Rule label="Rows are">
          {(control) => (
            <Select
              {...control}
              value={importTables.find((table) => table === entry?.table) ?? null}
              options={importTables.map((table) => ({ value: table, label: tableOf(table).many }))}
              onChange={(table) => table !== null && void chooseTable(table)}
            />
          )}
        </Rule>
      ) : (
        <span className="rule">
          <span>Rows are</span>
          <b>{entry !== undefined && isTableName(entry.table) ? tableOf(entry.table).many : ''}</b>
        </span>
      )}
      {proposal !== null && isOne && (
        <span className="small muted" title={proposal.table.because.join('\n')}>
          {proposal.table.because[0]}
          {!proposal.table.sure && <span className="warning-t"> not certain</span>}
        </span>
      )}
      <span className="rule">
        <span>Matched by</span>
        {keys.length > 0 ? (
          <b>{keys.map(({ header }) => header).join(' + ')}</b>
        ) : (
          <span className="warning-t">nothing: each row is new unless all of it is the same</span>
        )}
      </span>
      <SavedRule />
      <Defaults recipe={recipe} />
    </section>
  );
};

const download = (file: File): void => {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};

/** The mapping for the next file of its kind: kept here, or as a file. */
export const Keep = (): ReactElement | null => {
  const { recipe, saved } = useDesk();
  const [typed, setTyped] = useState<string | null>(null);
  if (recipe === null) return null;
  const name = typed ?? saved?.name ?? recipe.name;
  const toFile = (): void => {
    const file = recipeFile();
    if (file !== null) download(file);
  };
  return (
    <section className="keep" aria-label="Keep this mapping">
      <Rule label="Use it for the next file of this kind, as">
        {(control) => (
          <input
            {...control}
            className="input"
            value={name}
            maxLength={200}
            spellCheck={false}
            autoComplete="off"
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
      </Rule>
      <Button
        icon="disk"
        onClick={() => void keepMapping(name.trim()).catch(failed)}
        blocked={name.trim() === '' ? 'give it a name first' : undefined}
      >
        {saved !== null && saved.name === name.trim() ? 'Save again' : 'Save mapping'}
      </Button>
      <Button kind="flat" icon="export" onClick={toFile}>
        As a recipe file
      </Button>
    </section>
  );
};

/** What a person has to know before they go on. */
const Notice = ({ text }: { readonly text: string }): ReactElement => {
  useSaid(text);
  return (
    <div className="bar warning">
      <Icon name="alert" />
      <span className="grow">{text}</span>
    </div>
  );
};

const Open = ({ questions }: { readonly questions: readonly Question[] }): ReactElement | null => {
  if (questions.length === 0) return null;
  const things = questions.length === 1 ? 'One thing only you can say' : `${questions.length} things only you can say`;
  const names = questions.map(({ header }) => header).join(', ');
  return <Notice text={`${things}: ${names}. The file can be read both ways, and it is never guessed.`} />;
};

/** What else a person should know of the file, beside what the cards say. */
const Notes = (): ReactElement | null => {
  const { proposal, inspected } = useDesk();
  const notes = (proposal?.notes ?? []).filter((note) => inspected?.encoding.because.includes(note) !== true);
  return notes.length === 0 ? null : <Notice text={notes.join('. ')} />;
};

export const MapStep = ({ questions }: { readonly questions: readonly Question[] }): ReactElement | null => {
  const recipe = useDesk((state) => state.recipe);
  if (recipe === null) return null;
  return (
    <>
      <Cards />
      <Open questions={questions} />
      <Notes />
      <Entries recipe={recipe} />
      <div className="step-body">
        <Rules recipe={recipe} />
        <Preview />
        <Mapping questions={questions} />
        <Keep />
      </div>
    </>
  );
};
