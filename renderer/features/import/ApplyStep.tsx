/** Step 4: what becomes of rows with errors, the import itself, and where what came can be seen. */
import type { ReactElement } from 'react';
import { useEffect, useRef } from 'react';
import { AppError } from '../../../shared/contract/define.ts';
import type { Filter } from '../../../shared/domain/filter.ts';
import { noFilter } from '../../../shared/domain/filter-text.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { isTableName, tableNames, tableOf } from '../../../shared/model/index.ts';
import { runCommand } from '../../state/commands.ts';
import type { ScreenId } from '../../state/tabs.ts';
import { openScreen } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { remember } from '../register/remembered.ts';
import { clearDesk, desk, setDesk, useDesk } from './desk.ts';
import { Keep } from './MapStep.tsx';
import { countLost, countRows } from './mapping.ts';
import type { Outcome } from './desk.ts';
import { splitTarget } from './targets.ts';

const figure = (n: number): string => n.toLocaleString();
const rowsOf = (n: number): string => `${figure(n)} ${n === 1 ? 'row' : 'rows'}`;

/** The screen a table's rows are seen on. */
const screenOf: Partial<Record<TableName, ScreenId>> = {
  accounts: 'accounts',
  contacts: 'contacts',
  products: 'catalogue',
  partners: 'partners',
  orders: 'orders',
};

/** As many codes as a filter takes. */
const MOST_CODES = 1000;

/** The rows that came, found again by the code they came with; null where they have none, or are too many. */
const cameFilter = (table: TableName): Filter | null => {
  const { check, rows } = desk();
  const { code } = tableOf(table);
  const entries = check?.entries.filter((entry) => entry.table === table) ?? [];
  const codes = entries.flatMap((entry) => {
    const at = entry.columns.findIndex(({ to }) => splitTarget(to).key === code);
    const came = rows.filter(
      (row) => row.entry === entry.entry && (row.result === 'new' || row.result === 'update' || row.result === 'error'),
    );
    return at < 0 ? [] : came.map((row) => row.cells[at]?.text.trim() ?? '');
  });
  const some = [...new Set(codes)].filter((text) => text !== '');
  return code === undefined || some.length === 0 || some.length > MOST_CODES ? null : { field: code, in: some };
};

/** Opens the register at the rows that came, or at all of its rows. */
const showCame = (table: TableName, screen: ScreenId, onlyErrors: boolean): void => {
  const filter = onlyErrors ? ({ flag: 'invalid' } as const) : cameFilter(table);
  remember(screen, { view: '' });
  remember(`${screen}.${table}`, { query: { ...noFilter, filter } });
  openScreen(screen);
};

const Choice = (): ReactElement | null => {
  const { check, leaveErrors } = useDesk();
  const wrong = check?.results.error ?? 0;
  if (wrong === 0) return null;
  const choose = (leave: boolean): void => setDesk({ leaveErrors: leave });
  return (
    <fieldset className="choices">
      <legend>{rowsOf(wrong)} with errors</legend>
      <label>
        <input type="radio" name="rest" checked={!leaveErrors} onChange={() => choose(false)} />
        Import them with their cells marked
      </label>
      <p className="t2">The text stays as it is in the file; F8 walks the cells, and mending one is an ordinary edit.</p>
      <label>
        <input type="radio" name="rest" checked={leaveErrors} onChange={() => choose(true)} />
        Leave them out and write them to a file
      </label>
      <p className="t2">With the reason at the end of each row, to be mended there and imported later.</p>
    </fieldset>
  );
};

const Before = ({ onApply }: { readonly onApply: () => void }): ReactElement | null => {
  const { check, leaveErrors, busy, edits } = useDesk();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  if (check === null) return null;
  const { new: added, update: updated, same, out, error: wrong } = check.results;
  const count = countRows(check.results, leaveErrors);
  return (
    <section className="import-in" aria-label="Before it is written">
      <h2>{count === 0 ? 'There is nothing to write' : `${rowsOf(count)} will be written as one step`}</h2>
      <ul className="facts">
        <li>
          <Icon name="plus" />
          {rowsOf(added)} new
        </li>
        <li>
          <Icon name="sync" />
          {rowsOf(updated)} updated
        </li>
        {wrong > 0 && (
          <li>
            <Icon name="alert" />
            {rowsOf(wrong)} with errors
          </li>
        )}
        {same + out > 0 && (
          <li>
            <Icon name="chev-r" />
            {rowsOf(same)} the same as here, {rowsOf(out)} left out: nothing happens to them
          </li>
        )}
        {edits.length > 0 && (
          <li>
            <Icon name="note" />
            {figure(edits.length)} {edits.length === 1 ? 'cell' : 'cells'} mended here. The file itself stays as it is.
          </li>
        )}
        <li>
          <Icon name="undo" />
          <span>
            All of it or nothing, and <Kbd of="edit.undo" /> takes it back
          </span>
        </li>
      </ul>
      <Choice />
      {busy === null && (
        <p className="row">
          <Button
            kind="primary"
            ref={button}
            command="import.next"
            onClick={onApply}
            blocked={count === 0 ? 'there is nothing to write' : undefined}
          >
            Apply {rowsOf(count)}
          </Button>
        </p>
      )}
    </section>
  );
};

const Came = ({ table, rows, issues }: { readonly table: TableName; readonly rows: number; readonly issues: number }) => {
  const screen = screenOf[table];
  const many = tableOf(table).many.toLowerCase();
  return (
    <li>
      <Icon name="tick" />
      <span className="grow">
        {figure(rows)} {rows === 1 ? tableOf(table).one.toLowerCase() : many}
        {issues > 0 && (
          <span className="danger-t">
            {' '}
            · {figure(issues)} {issues === 1 ? 'cell' : 'cells'} to fix
          </span>
        )}
      </span>
      {screen !== undefined && <Button onClick={() => showCame(table, screen, false)}>Show the {many}</Button>}
      {screen !== undefined && issues > 0 && <Button onClick={() => showCame(table, screen, true)}>Only those to fix</Button>}
    </li>
  );
};

const After = ({ outcome: { report, rest } }: { readonly outcome: Outcome }): ReactElement => {
  const heading = useRef<HTMLButtonElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const sum = (pick: (file: (typeof report.files)[number]) => number): number =>
    report.files.reduce((all, file) => all + pick(file), 0);
  const lost = countLost(desk().check, desk().rows);
  const written = sum(({ added, updated }) => added + updated);
  const tables = tableNames.filter((table) => report.files.some((file) => file.table === table));
  const notes = report.files.flatMap(({ file, notes: own }) => own.map((note) => `${file}: ${note}`));
  return (
    <section className="import-in" aria-label="What came">
      <output>
        <h2 className="row">
          <Icon name="tick" className="success-t" />
          {rowsOf(written)} imported as one step
        </h2>
      </output>
      <p className="t2">
        {figure(sum(({ added }) => added))} new, {figure(sum(({ updated }) => updated))} updated,{' '}
        {figure(sum(({ same }) => same))} the same
        {report.left > 0 && `, ${figure(report.left)} left out`}.{lost > 0 && ` ${figure(lost)} cells had nowhere to go.`}
      </p>
      {rest !== null && (
        <p className="path">
          Rows with errors: <b>{rest}</b>
        </p>
      )}
      <ul className="facts came">
        {tables.filter(isTableName).map((table) => {
          const own = report.files.filter((file) => file.table === table);
          const add = (pick: (file: (typeof own)[number]) => number): number => own.reduce((all, file) => all + pick(file), 0);
          return (
            <Came
              key={table}
              table={table}
              rows={add(({ added, updated }) => added + updated)}
              issues={add(({ issues }) => issues)}
            />
          );
        })}
      </ul>
      <p className="row">
        <Button ref={heading} kind="primary" command="import.next" onClick={() => clearDesk()}>
          Next file
        </Button>
        <Button icon="undo" command="edit.undo" onClick={() => void runCommand('edit.undo')}>
          Undo
        </Button>
      </p>
      <Keep />
      {notes.length > 0 && (
        <details className="more">
          <summary>{figure(notes.length)} things to know</summary>
          <ul className="list small">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
};

/** What a failure means for the data, beside its own words. */
export const safety = (error: unknown): string => {
  const code = error instanceof AppError ? error.code : null;
  if (code === 'engine-gone')
    return 'What was written by then is taken back when the engine starts again: nothing of this import is kept. File, mapping and edits are still here.';
  return 'Nothing of this import has been written. File, mapping and edits are still here.';
};

export const ApplyStep = ({ onApply }: { readonly onApply: () => void }): ReactElement => {
  const outcome = useDesk((state) => state.outcome);
  return <div className="step-body">{outcome === null ? <Before onApply={onApply} /> : <After outcome={outcome} />}</div>;
};
