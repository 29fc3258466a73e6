/** The row in focus: what would change, old to new, how it stands in the file, and what happens then. */
import type { ReactElement } from 'react';
import { isTableName, tableOf } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { IconName } from '../../ui/Icon.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { useDesk } from './desk.ts';
import { countWritten, resultsOf } from './mapping.ts';
import type { CheckedEntry, CheckedRow } from './types.ts';
import { countOf, rowsOf } from './words.ts';

type Shown = { readonly row: CheckedRow; readonly entry: CheckedEntry };
type Cell = CheckedRow['cells'][number];

/** `null` stands for "nothing changes", an empty text for "nothing stands here now". */
const isChange = (row: CheckedRow, cell: Cell): boolean =>
  row.id === null && row.result !== 'update' ? cell.text !== '' : cell.old !== null && cell.old !== cell.text;

/** What becomes of the row, in a few words; `name` is what it is called. */
const sayRow = ({ result, id }: CheckedRow, name: string): string => {
  if (result === 'new') return 'is new';
  if (result === 'update') return `updates ${name}`;
  if (result === 'same') return `same as ${name}`;
  if (result === 'out') return 'left out';
  return id === null ? 'new, to fix' : `updates ${name}, to fix`;
};

/** The name of the row: what the first column that names it says. */
const nameOfRow = ({ row, entry }: Shown): string => {
  const { code, title } = isTableName(entry.table) ? tableOf(entry.table) : { code: undefined, title: '' };
  const at = [code, title].map((key) => entry.columns.findIndex(({ to }) => to === key)).find((index) => index >= 0);
  return row.cells[at ?? 0]?.text ?? '';
};

const Changes = ({ row, entry }: Shown): ReactElement => {
  const pairs = entry.columns.flatMap((column, at) => {
    const cell = row.cells[at];
    return cell === undefined ? [] : [{ column, cell }];
  });
  // Of a record that is not here yet nothing stands here now.
  const isNew = row.id === null && row.result !== 'update';
  const changed = pairs.filter(({ cell }) => isChange(row, cell));
  const rest = pairs.filter(({ cell }) => !isChange(row, cell) && cell.text !== '');
  return (
    <section className="sec" aria-label="What changes">
      <h3 className="h3">
        What changes
        <span className="n">
          {changed.length} of {pairs.length} fields
        </span>
      </h3>
      <table className="mini diff">
        <thead>
          <tr>
            <th scope="col">Field</th>
            {!isNew && <th scope="col">Here now</th>}
            <th scope="col">In the file</th>
          </tr>
        </thead>
        <tbody>
          {changed.map(({ column, cell }) => (
            <tr key={column.at}>
              <th scope="row">{column.label}</th>
              {!isNew && (
                <td>{cell.old === null || cell.old === '' ? <span className="muted">empty</span> : <del>{cell.old}</del>}</td>
              )}
              <td>
                {cell.kept ? <span className="muted">{cell.text}, yours stays</span> : <ins>{cell.text || 'empty'}</ins>}
                {cell.value !== null && !cell.kept && <span className="t2 small"> read as {cell.value}</span>}
              </td>
            </tr>
          ))}
          {rest.map(({ column, cell }, at) => (
            <tr key={column.at} className={at === 0 && changed.length > 0 ? 'line' : ''}>
              <th scope="row">{column.label}</th>
              <td colSpan={isNew ? 1 : 2}>{cell.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

const Problems = ({ row, entry }: Shown): ReactElement | null => {
  const bad = row.cells.flatMap(({ code, why }, at) =>
    code === null ? [] : [{ code, why, label: entry.columns[at]?.label ?? '', at }],
  );
  // The row's own words are those of its first bad cell, where it has one.
  const whole = bad.length === 0 ? row.problem : null;
  if (bad.length === 0 && whole === null) return null;
  const title = row.result === 'error' ? 'To fix' : row.result === 'out' ? 'Why' : 'To look at';
  return (
    <section className="sec" aria-label={title}>
      <h3 className="h3">{title}</h3>
      <ul className="facts">
        {whole !== null && (
          <li className={row.result === 'error' ? 'danger-t' : ''}>
            <Icon name="alert" />
            {whole}
          </li>
        )}
        {bad.map(({ code, why, label, at }) => (
          <li key={at}>
            <Icon name="alert" />
            <span>
              <b>{label}</b> {why ?? ''} <span className="muted small">{code}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** A cell as a file of text writes it. */
const quoted = (text: string, mark: string): string =>
  text.includes('"') || text.includes(mark) || /[\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** All cells of the row as the file has them, also those that go nowhere, and under whatever was mended. */
const AsRead = ({ row, entry }: Shown): ReactElement => {
  const check = useDesk((state) => state.check?.check ?? '');
  const place = { check, entry: row.entry, file: row.file, row: row.row };
  const { data } = useEngine('import.raw', place, { tables: [], isEnabled: check !== '', isKept: true });
  const edited = row.cells.filter((cell) => cell.edited).length;
  const { mark } = entry;
  const text =
    mark === null ? data?.cells.join(' ⇥ ') : data?.cells.map((cell) => quoted(cell, mark)).join(mark === '\t' ? ' ⇥ ' : mark);
  return (
    <section className="sec" aria-label="As read">
      <h3 className="h3">
        As read
        {edited > 0 && <span className="n">{countOf(edited, 'cell')} mended here since</span>}
      </h3>
      <pre className="raw">{text}</pre>
    </section>
  );
};

const Fact = ({ icon, children }: { readonly icon: IconName; readonly children: ReactElement | string }): ReactElement => (
  <li>
    <Icon name={icon} />
    <span>{children}</span>
  </li>
);

const Then = (): ReactElement | null => {
  const { check, leaveErrors } = useDesk();
  if (check === null) return null;
  const rows = countWritten(resultsOf(check, leaveErrors));
  const wrong = leaveErrors ? check.report.left : check.results.error;
  return (
    <section className="sec" aria-label="Then">
      <h3 className="h3">Then</h3>
      <ul className="facts">
        <Fact icon="disk">Nothing is written until Apply</Fact>
        <Fact icon="undo">
          <>
            {rowsOf(rows)} {rows === 1 ? 'is' : 'are'} one undo step <Kbd of="edit.undo" />
          </>
        </Fact>
        {wrong > 0 && (
          <Fact icon="alert">
            {leaveErrors
              ? `${rowsOf(wrong)} left out for errors, in a file of their own`
              : `${rowsOf(wrong)} with errors, their cells marked`}
          </Fact>
        )}
      </ul>
    </section>
  );
};

type Props = { readonly row: CheckedRow | null; readonly entry: CheckedEntry; readonly onClose: () => void };

export const RowPanel = ({ row, entry, onClose }: Props): ReactElement => (
  <aside className="peek" aria-label={row === null ? 'Row' : `Row ${row.row}, what changes`} data-region="peek">
    <div className="peek-head">
      <h2>{row === null ? 'Row' : `Row ${row.row}`}</h2>
      <span className="t2 grow clip">{row !== null && sayRow(row, nameOfRow({ row, entry }))}</span>
      <IconButton icon="x" label="Close panel" command="peek.show" onClick={onClose} />
    </div>
    {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls and holds nothing else that takes the focus */}
    <div className="peek-body" tabIndex={0}>
      {row === null ? (
        <EmptyState text="Move to a row to see what it changes." />
      ) : (
        <>
          <Problems row={row} entry={entry} />
          <Changes row={row} entry={entry} />
          <AsRead row={row} entry={entry} />
          <Then />
        </>
      )}
    </div>
  </aside>
);
