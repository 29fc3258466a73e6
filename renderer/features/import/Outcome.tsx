/** What came of an import: where it can be seen, and whether it still stands or was taken back since. */
import type { ReactElement } from 'react';
import { useEffect, useRef } from 'react';
import type { Filter } from '../../../shared/domain/filter.ts';
import { noFilter } from '../../../shared/domain/filter-text.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableNames, tableOf } from '../../../shared/model/index.ts';
import { useSaid } from '../../state/announce.ts';
import { runCommand } from '../../state/commands.ts';
import type { ScreenId } from '../../state/tabs.ts';
import { openScreen } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { chooseView } from '../register/choice.ts';
import { remember } from '../register/remembered.ts';
import { checkAgain } from './checking.ts';
import { desk, nameOfOrigin, useDesk } from './desk.ts';
import { Keep } from './MapStep.tsx';
import { countLost, countWritten } from './mapping.ts';
import type { Outcome } from './desk.ts';
import type { Fate } from './fate.ts';
import { useFate } from './fate.ts';
import { openNext } from './open.ts';
import { Tally } from './Tally.tsx';
import { splitTarget } from './targets.ts';
import { countOf, figure, rowsOf } from './words.ts';

/** The screen a table's rows are seen on. */
const screenOf: Partial<Record<TableName, ScreenId>> = {
  accounts: 'accounts',
  contacts: 'contacts',
  products: 'catalogue',
  partners: 'partners',
  quotes: 'quotes',
  orders: 'orders',
  invoices: 'invoices',
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
  chooseView(screen, '');
  remember(`${screen}.${table}`, { query: { ...noFilter, filter } });
  openScreen(screen);
};

const Came = ({ table, rows, issues }: { readonly table: TableName; readonly rows: number; readonly issues: number }) => {
  const screen = screenOf[table];
  const many = tableOf(table).many.toLowerCase();
  return (
    <li>
      <Icon name="tick" />
      <span className="grow">
        {figure(rows)} {rows === 1 ? tableOf(table).one.toLowerCase() : many}
        {issues > 0 && <span className="danger-t"> · {countOf(issues, 'cell')} to fix</span>}
      </span>
      {screen !== undefined && <Button onClick={() => showCame(table, screen, false)}>Show the {many}</Button>}
      {screen !== undefined && issues > 0 && <Button onClick={() => showCame(table, screen, true)}>Only those to fix</Button>}
    </li>
  );
};

/** The ways on. What is offered acts on this import and on nothing else. */
const Onward = ({ fate }: { readonly fate: Fate }): ReactElement => {
  const next = useRef<HTMLButtonElement>(null);
  const waiting = useDesk(({ beside }) => beside.find(({ why }) => why === null));
  const { isBack, isNextToUndo, isNextToRedo, since } = fate;
  useEffect(() => next.current?.focus(), []);
  // A button that is gone leaves the focus nowhere.
  useEffect(() => {
    if (document.activeElement === document.body) next.current?.focus();
  });
  return (
    <>
      <p className="row">
        <Button ref={next} kind="primary" command="import.next" onClick={() => void openNext()}>
          Next file{waiting !== undefined && `: ${nameOfOrigin(waiting.origin)}`}
        </Button>
        {isNextToUndo && (
          <Button icon="undo" command="edit.undo" onClick={() => void runCommand('edit.undo')}>
            Undo
          </Button>
        )}
        {isNextToRedo && (
          <Button command="edit.redo" onClick={() => void runCommand('edit.redo')}>
            Do it again
          </Button>
        )}
        {isBack && <Button onClick={checkAgain}>Back to the rows</Button>}
      </p>
      {since !== null && (
        <p className="t2">
          Something was done since: “{since}”. <Kbd of="edit.undo" /> takes that back first.
        </p>
      )}
    </>
  );
};

const Head = ({ written, isBack }: { readonly written: number; readonly isBack: boolean }): ReactElement => {
  const text = isBack ? `The import of ${rowsOf(written)} was taken back` : `${rowsOf(written)} imported as one step`;
  useSaid(text);
  return (
    <h2 className="row">
      <Icon name={isBack ? 'undo' : 'tick'} className={isBack ? 'muted' : 'success-t'} />
      {text}
    </h2>
  );
};

type Files = Outcome['report']['files'];
const sumOf = (files: Files, pick: (file: Files[number]) => number): number => files.reduce((all, file) => all + pick(file), 0);

const WhatCame = ({ files }: { readonly files: Files }): ReactElement => (
  <ul className="facts came">
    {tableNames.flatMap((table) => {
      const own = files.filter((file) => file.table === table);
      const rows = sumOf(own, ({ added, updated }) => added + updated);
      return own.length === 0 ? [] : [<Came key={table} table={table} rows={rows} issues={sumOf(own, ({ issues }) => issues)} />];
    })}
  </ul>
);

const Notes = ({ files }: { readonly files: Files }): ReactElement | null => {
  const notes = files.flatMap(({ file, notes: own }) => own.map((note) => `${file}: ${note}`));
  if (notes.length === 0) return null;
  return (
    <details className="more">
      <summary>{countOf(notes.length, 'thing')} to know</summary>
      <ul className="list small">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </details>
  );
};

export const After = ({ outcome: { report, rest } }: { readonly outcome: Outcome }): ReactElement => {
  const fate = useFate(report.batch);
  const { files } = report;
  const lost = countLost(desk().check, desk().rows);
  return (
    <section className="import-in" aria-label="What came">
      <Head written={countWritten(report.results)} isBack={fate.isBack} />
      {fate.isBack && (
        <p className="t2">All is as it was before, but for values changed since. File, mapping and edits are still here.</p>
      )}
      {!fate.isBack && (
        <ul className="facts">
          <Tally results={report.results} left={report.left} />
          {lost > 0 && (
            <li>
              <Icon name="alert" />
              {countOf(lost, 'cell')} had nowhere to go
            </li>
          )}
        </ul>
      )}
      {rest !== null && (
        <p className="path">
          Rows with errors: <b>{rest}</b>
        </p>
      )}
      {!fate.isBack && <WhatCame files={files} />}
      <Onward fate={fate} />
      <Keep />
      <Notes files={files} />
    </section>
  );
};
