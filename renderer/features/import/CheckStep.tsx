/** Step 3: every row with what would become of it. Cells are mended in place; nothing is written. */
import type { ReactElement, RefObject } from 'react';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { isTableName, tableOf } from '../../../shared/model/index.ts';
import { canPick, pickPath } from '../../client/pick.ts';
import { DataGrid } from '../../grid/DataGrid.tsx';
import type { CellEntry } from '../../grid/edit/commit.ts';
import type { GridHandle } from '../../grid/handle.ts';
import { announce, useSaid } from '../../state/announce.ts';
import { runCommand, useCommand } from '../../state/commands.ts';
import { setStatus } from '../../state/status.ts';
import { say, sayPath } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { Select } from '../../ui/Select.tsx';
import { useSetting } from '../register/useSetting.ts';
import { Cards } from './Cards.tsx';
import { checkColumns, resultLooks } from './checkColumns.ts';
import { MOST_ROWS, editCells, redoEdit, undoEdit, whenChecked, writeRest } from './checking.ts';
import { CheckSource } from './checkSource.ts';
import { desk, nameOf, rowId, setDesk, useDesk } from './desk.ts';
import { Rule } from './Rule.tsx';
import { countLost } from './mapping.ts';
import { RowPanel } from './RowPanel.tsx';
import type { CheckedEntry, RowResult } from './types.ts';
import { countOf, figure, rowsOf } from './words.ts';

const tabs: readonly RowResult[] = ['new', 'update', 'same', 'error', 'out'];
const tabLabel = (result: RowResult): string => (result === 'error' ? 'Errors' : resultLooks[result].label);

/** Where the rows with errors go: asked where the host can ask; else a name, and the engine knows the place. */
export const placeOfRest = async (): Promise<string | null> => {
  const name = `${nameOf(desk()).replace(/\.[^.]*$/, '')} to fix.csv`;
  return canPick()
    ? pickPath('save', 'Rows with errors', { suggest: name, filters: [{ name: 'CSV', extensions: ['csv'] }] })
    : name;
};

const saveErrors = async (): Promise<void> => {
  if ((desk().check?.results.error ?? 0) === 0) return say('No row has an error.');
  await whenChecked();
  const to = await placeOfRest();
  if (to === null) return;
  const done = await writeRest(to);
  if (done !== undefined) sayPath(`${rowsOf(done.rows)} written to ${done.path}, with the reason at the end of each.`, done.path);
};

/** The rows of one entry of the check, and their edits on the way to the next one. */
const useCheckSource = (entry: CheckedEntry): CheckSource => {
  const rows = useDesk((state) => state.rows);
  const tab = useDesk((state) => state.tab);
  const table = isTableName(entry.table) ? entry.table : 'accounts';
  const source = useMemo(() => {
    const edit = (cells: readonly CellEntry[]): void => {
      const columns = desk().check?.entries.find((one) => one.entry === entry.entry)?.columns ?? [];
      editCells(
        cells.flatMap(({ row: id, column, entry: { text } }) => {
          const row = made.row(id);
          const at = columns[Number(column.key.slice(1))]?.at;
          return row === undefined || at === undefined
            ? []
            : [{ entry: row.entry, file: row.file, row: row.row, column: at, text }];
        }),
      );
    };
    const made: CheckSource = new CheckSource({ table, edit, settled: whenChecked });
    return made;
  }, [table, entry.entry]);
  useEffect(() => source.show(rows.filter((row) => row.entry === entry.entry)), [source, rows, entry.entry]);
  useEffect(() => source.filterBy(tab), [source, tab]);
  return source;
};

const Tabs = (): ReactElement | null => {
  const { check, tab, isStale, busy, error } = useDesk();
  if (check === null) return null;
  const all = tabs.reduce((sum, result) => sum + (check.results[result] ?? 0), 0);
  return (
    <div className="check-tabs">
      <nav className="views" aria-label="Rows shown">
        <button
          type="button"
          className={tab === null ? 'view on' : 'view'}
          aria-current={tab === null || undefined}
          onClick={() => setDesk({ tab: null })}
        >
          All<span className="n">{figure(all)}</span>
        </button>
        {tabs.map((result) => (
          <button
            key={result}
            type="button"
            className={tab === result ? 'view on' : 'view'}
            aria-current={tab === result || undefined}
            onClick={() => setDesk({ tab: result })}
          >
            {result === 'error' ? (
              <span className="danger-t row">
                <Icon name="alert" size={14} />
                Errors
              </span>
            ) : (
              tabLabel(result)
            )}
            <span className="n">{figure(check.results[result] ?? 0)}</span>
          </button>
        ))}
      </nav>
      <span className="small muted">
        {busy?.what === 'check' || (isStale && error === null)
          ? 'Checking …'
          : check.readable > MOST_ROWS
            ? `the first ${figure(MOST_ROWS)} rows`
            : ''}
      </span>
      <span className="acts">
        <Button kind="flat" command="problem.next" onClick={() => void runCommand('problem.next')}>
          Next error
        </Button>
        <Button kind="flat" command="file.export" onClick={() => void runCommand('file.export')}>
          Errors to a file
        </Button>
      </span>
    </div>
  );
};

/** What would be lost is said before it can be: every column goes somewhere, or is ignored by name. */
const Lost = (): ReactElement | null => {
  const lost = useDesk(({ check, rows }) => countLost(check, rows));
  const ways = 'Map their columns, keep them as fields of their own, or ignore them by name.';
  const text = lost === 0 ? '' : `${countOf(lost, 'cell')} ${lost === 1 ? 'has' : 'have'} nowhere to go. ${ways}`;
  useSaid(text);
  if (lost === 0) return null;
  return (
    <div className="bar warning">
      <Icon name="alert" />
      <span className="grow">{text}</span>
      <Button onClick={() => void runCommand('import.back')}>Back to the columns</Button>
    </div>
  );
};

const EntryChoice = (): ReactElement | null => {
  const { check, entry } = useDesk();
  if (check === null || check.entries.length < 2) return null;
  return (
    <Rule label="File" className="entry-choice">
      {(control) => (
        <Select
          {...control}
          value={String(entry)}
          options={check.entries.map((one) => ({
            value: String(one.entry),
            label: `${one.file} · ${isTableName(one.table) ? tableOf(one.table).many : one.table}`,
          }))}
          onChange={(value) => setDesk({ entry: Number(value ?? 0) })}
        />
      )}
    </Rule>
  );
};

const useCheckStatus = (entry: CheckedEntry): void => {
  const check = useDesk((state) => state.check);
  const saved = useDesk((state) => state.saved);
  useEffect(() => {
    if (check === null) return;
    const parts = tabs.flatMap((result) => {
      const count = check.results[result] ?? 0;
      return count === 0 ? [] : [`${figure(count)} ${tabLabel(result).toLowerCase()}`];
    });
    const all = tabs.reduce((sum, result) => sum + (check.results[result] ?? 0), 0);
    const by = saved === null ? '' : ` · Mapping “${saved.name}” used`;
    setStatus({
      rows: { shown: all, noun: `${all === 1 ? 'row' : 'rows'}, ${countOf(entry.columns.length, 'column')}` },
      note: `${parts.join(' + ')}${by}`,
    });
  }, [check, saved, entry]);
  const errors = check?.results.error ?? 0;
  useEffect(() => announce('rows', errors === 0 ? 'No row has an error' : `${rowsOf(errors)} with errors`), [errors]);
};

const noneWords: Readonly<Record<RowResult, string>> = {
  new: 'No row is new.',
  update: 'No row updates a record.',
  same: 'No row is the same as a record here.',
  error: 'No row has an error.',
  out: 'No row is left out.',
};

const EmptyTab = ({ tab }: { readonly tab: RowResult | null }): ReactElement => (
  <div className="grid-empty">
    <EmptyState text={tab === null ? 'There are no rows in this file.' : noneWords[tab]}>
      {tab !== null && <Button onClick={() => setDesk({ tab: null })}>Show all rows</Button>}
    </EmptyState>
  </div>
);

type GridProps = { readonly entry: CheckedEntry; readonly grid: RefObject<GridHandle | null> };

const CheckGrid = ({ entry, grid }: GridProps): ReactElement => {
  const source = useCheckSource(entry);
  const setting = useSetting();
  const [focus, setFocus] = useState<string | null>(null);
  const [isPanelOpen, setIsPanelOpen] = useState(true);
  const rows = useDesk((state) => state.rows);
  const tab = useDesk((state) => state.tab);
  const isEmpty = useSyncExternalStore(source.subscribe, () => !source.state().isLoading && source.state().count === 0);
  useEffect(() => {
    if (isEmpty) setStatus({ reason: null });
  }, [isEmpty]);
  // The columns stay as they are while rows are checked again: their widths are the person's by then.
  const [columns] = useState(() => checkColumns(entry, rows, (id) => source.row(id)));
  const togglePanel = (): void => setIsPanelOpen((isOpen) => !isOpen);
  useCommand('peek.toggle', togglePanel);
  useCommand('peek.show', togglePanel);
  useCommand('edit.undo', undoEdit);
  useCommand('edit.redo', redoEdit);
  useCommand('file.export', () => void saveErrors().catch((error: unknown) => say(messageOf(error), { tone: 'danger' })));
  useCheckStatus(entry);
  useEffect(() => {
    const timer = requestAnimationFrame(() => grid.current?.focus());
    return () => cancelAnimationFrame(timer);
  }, [grid]);
  const row = useMemo(() => rows.find((one) => rowId(one) === focus) ?? null, [focus, rows]);
  return (
    <div className="split">
      <div className="grid-area check-area">
        <DataGrid
          ref={grid}
          source={source}
          columns={columns}
          setting={setting}
          label={`Import check, ${entry.file}`}
          sort={[]}
          canAdd={false}
          onFocus={(cell) => setFocus(cell?.row.id ?? null)}
        />
        {isEmpty && <EmptyTab tab={tab} />}
      </div>
      {isPanelOpen && <RowPanel row={isEmpty ? null : row} entry={entry} onClose={togglePanel} />}
    </div>
  );
};

export const CheckStep = ({ grid }: { readonly grid: RefObject<GridHandle | null> }): ReactElement => {
  const { check, entry, busy } = useDesk();
  const shown = check?.entries.find((one) => one.entry === entry) ?? check?.entries[0];
  return (
    <>
      <Cards />
      <Tabs />
      <Lost />
      <EntryChoice />
      {shown === undefined ? (
        <div className="step-body" aria-busy={busy !== null}>
          {busy === null && <p className="import-in t2">Nothing has been checked yet.</p>}
        </div>
      ) : (
        <CheckGrid key={shown.entry} entry={shown} grid={grid} />
      )}
    </>
  );
};
