/** Step 1: a file, dropped, chosen, typed as a path or pasted as a table; of a workbook, which sheet. */
import type { ReactElement } from 'react';
import { useEffect, useRef } from 'react';
import { tableOf } from '../../../shared/model/index.ts';
import { useCounts } from '../../client/info.ts';
import { canPick, pickPath } from '../../client/pick.ts';
import { useCommand } from '../../state/commands.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { platform } from '../../ui/platform.ts';
import { without } from './beside.ts';
import { desk, nameOf, nameOfOrigin, setDesk, useDesk } from './desk.ts';
import type { Beside } from './desk.ts';
import { chooseSheet, hasToChoose, loadRecipe, openFiles, openOrigin, openPath, openText } from './open.ts';
import { adviceOrder } from './targets.ts';
import { rowsOf } from './words.ts';

const failed = (error: unknown): void => setDesk({ error });

const kinds = [{ name: 'Tables', extensions: ['csv', 'tsv', 'txt', 'xlsx', 'xls', 'ods'] }];

const pick = (kind: 'file' | 'folder'): void => {
  pickPath(kind, kind === 'file' ? 'Import a file' : 'Import a folder', kind === 'file' ? { filters: kinds } : {})
    .then((path) => (path === null ? undefined : openPath(path)))
    .catch(failed);
};

/** A table on the clipboard: into a text field only text goes, with a line or a column break it is a table. */
const usePaste = (): void =>
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const isInField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      const isTable = /[\t\n\r].*\S/.test(text.trim()) || (!isInField && text.trim() !== '');
      if (!isTable || document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      void openText(text);
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, []);

/** The advice is the model's order: what others point at comes first. */
const Advice = (): ReactElement => {
  const counts = useCounts();
  return (
    <section className="advice" aria-label="A good order">
      <h2 className="h3">Several files? In this order no reference stays open</h2>
      <ol>
        {adviceOrder.map((table) => {
          const count = counts[table] ?? 0;
          return (
            <li key={table} className={count > 0 ? 'done' : ''}>
              <Icon name={count > 0 ? 'tick' : 'draft'} size={14} />
              {tableOf(table).many}
              <span className="muted small">{count > 0 ? `${count.toLocaleString()} here` : 'none yet'}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
};

const Sheets = (): ReactElement | null => {
  const { inspected, reading } = useDesk();
  const first = useRef<HTMLButtonElement>(null);
  const isOpen = inspected !== null && hasToChoose(inspected, reading);
  useEffect(() => {
    if (isOpen) first.current?.focus();
  }, [isOpen]);
  if (!isOpen) return null;
  return (
    <section className="sheets" aria-label="Sheets">
      <h2 className="h3">{inspected.file} has several sheets. Which one?</h2>
      <ul>
        {inspected.sheets.map(({ name, rows, hidden }, at) => (
          <li key={name}>
            <Button ref={at === 0 ? first : undefined} icon="table" onClick={() => void chooseSheet(name)}>
              {name}
              <span className="muted small">
                {rowsOf(rows)}
                {hidden ? ', hidden' : ''}
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
};

const RecipeLine = (): ReactElement => {
  const { recipe, isLoaded } = useDesk();
  const input = useRef<HTMLInputElement>(null);
  return (
    <p className="row">
      <Button kind="flat" icon="open" onClick={() => input.current?.click()}>
        Use a recipe file …
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        aria-label="Recipe file"
        accept=".json,application/json"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) void loadRecipe(file);
          target.value = '';
        }}
      />
      <span className="muted small">
        {isLoaded && recipe !== null
          ? `In use: ${recipe.name}. Now the file or the folder it is for.`
          : 'A mapping made on another computer. Mappings saved here are found by themselves.'}
      </span>
    </p>
  );
};

const PathField = (): ReactElement => {
  const typed = useDesk((state) => state.typed);
  const open = (): void => {
    const path = desk().typed.trim();
    if (path !== '') void openPath(path);
  };
  return (
    <Field label="Or a path on this computer">
      {(control) => (
        <span className="row">
          <input
            {...control}
            className="input"
            data-focus-first
            value={typed}
            spellCheck={false}
            autoComplete="off"
            placeholder={platform === 'win' ? 'C:\\Exports\\customers.csv' : '/Users/me/Exports/customers.csv'}
            onChange={({ target }) => setDesk({ typed: target.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              open();
            }}
          />
          <Button onClick={open} blocked={typed.trim() === '' ? 'type a path first' : undefined}>
            Read
          </Button>
        </span>
      )}
    </Field>
  );
};

const BesideLine = ({ origin, why }: Beside): ReactElement => {
  const name = nameOfOrigin(origin);
  const remove = (): void => {
    without(origin);
    document.querySelector<HTMLElement>('.import-desk [data-focus-first]')?.focus();
  };
  return (
    <li className="row small">
      <Icon name={why === null ? 'clock' : 'alert'} size={14} {...(why === null ? {} : { className: 'danger-t' })} />
      <span className="grow">
        <b>{name}</b> {why === null && <span className="muted">waits for its turn</span>}
        {why !== null && (
          <p className="danger-t" role="alert">
            {why}
          </p>
        )}
      </span>
      <Button onClick={() => void openOrigin(origin)}>{why === null ? 'Read now' : 'Try again'}</Button>
      <Button onClick={remove}>Remove</Button>
    </li>
  );
};

/** The file in work, those that wait, and those that were refused. */
const OnDesk = (): ReactElement | null => {
  const name = useDesk(nameOf);
  const beside = useDesk((state) => state.beside);
  const needsSheet = useDesk(({ inspected, reading }) => inspected !== null && hasToChoose(inspected, reading));
  if (name === '' && beside.length === 0) return null;
  return (
    <ul className="on-desk" aria-label="Files on the desk">
      {name !== '' && (
        <li className="row small">
          <Icon name="file" size={14} />
          <span className="grow">
            <b>{name}</b> is on the desk; {needsSheet ? 'say which of its sheets' : 'the next step goes on with it'}.
          </span>
          {!needsSheet && <Kbd of="import.next" />}
        </li>
      )}
      {beside.map((one) => (
        <BesideLine key={one.origin.kind === 'path' ? one.origin.path : `${one.origin.name} ${one.origin.bytes.size}`} {...one} />
      ))}
    </ul>
  );
};

export const FileStep = (): ReactElement => {
  const input = useRef<HTMLInputElement>(null);
  const choose = (): void => (canPick() ? pick('file') : input.current?.click());
  useCommand('import.choose', choose);
  usePaste();
  return (
    <div className="step-body">
      <div className="import-in">
        <div className="dropzone">
          <Icon name="import" />
          <p className="dz-t">Drop a file anywhere in this window</p>
          <p className="t2">CSV, text with any separator, or a workbook: .xlsx, .xls, .ods. Nothing is written until Apply.</p>
          <div className="row">
            <Button kind="primary" command="import.choose" onClick={choose}>
              Choose a file …
            </Button>
            {canPick() && <Button onClick={() => pick('folder')}>Choose a folder …</Button>}
          </div>
          <p className="muted small">
            Or paste a table copied from a spreadsheet: <kbd>{platform === 'mac' ? '⌘V' : 'Ctrl+V'}</kbd>
          </p>
          <input
            ref={input}
            type="file"
            hidden
            tabIndex={-1}
            multiple
            aria-label="File to import"
            onChange={({ target }) => {
              const files = [...(target.files ?? [])];
              target.value = '';
              void openFiles(files.map((file) => ({ file, path: null })));
            }}
          />
        </div>
        <Sheets />
        <PathField />
        <OnDesk />
        <RecipeLine />
        <Advice />
      </div>
    </div>
  );
};
