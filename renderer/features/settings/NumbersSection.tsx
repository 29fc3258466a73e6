/** How each kind of document is numbered, by whom, and the numbers given: a void one stays listed (N1, N2). */
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useId, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { isTableName, type TableName } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import { openRecord } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { IssuerField } from './IssuerField.tsx';

type Numbers = OutputOf<WorkbenchContract['numbers.list']>;
type Series = Numbers['series'][number];
type Given = OutputOf<WorkbenchContract['numbers.given']>['given'][number];

/** Documents that have a page of their own. */
const PAGES: readonly TableName[] = ['orders', 'quotes', 'invoices'];

const ABOUT =
  '{letter} {yy} {yyyy} {mm} {device} are filled in; {counter} or {counter:6} stands last and begins again with what is before ' +
  'it. A new form is for new documents: no number a customer has seen changes. Where one device gives the numbers of all, they need ' +
  'no {device} and have no gaps: elsewhere a document waits for it as ready to post.';

/** A whole number from one on; null = the text is none. */
const readStart = (text: string): number | null => {
  const start = /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
  return start > 0 ? start : null;
};

type RowProps = {
  readonly series: Series;
  readonly devices: Numbers['devices'];
  readonly isOpen: boolean;
  readonly onGiven: () => void;
};

const SeriesRow = ({ series, devices, isOpen, onGiven }: RowProps): ReactElement => {
  const { table, label, next } = series;
  const errorId = useId();
  const [badStart, setBadStart] = useState<string | null>(null);
  const set = useMutation({
    mutationFn: (wanted: Pick<Series, 'format' | 'start'>) => client['numbers.set']({ table, ...wanted }),
  });
  const error = badStart ?? (set.error === null ? null : messageOf(set.error));
  const shown = set.isPending || set.error !== null ? set.variables : series;
  const onStart = (text: string): void => {
    const start = readStart(text);
    setBadStart(start === null ? `“${text}” is not a whole number from 1 on.` : null);
    if (start !== null) set.mutate({ format: series.format, start });
  };
  const told = error === null ? {} : ({ 'aria-invalid': true, 'aria-describedby': errorId } as const);
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className="field">
        <TextInput
          {...told}
          label={`Form of the numbers of ${label.toLowerCase()}`}
          value={shown?.format ?? series.format}
          onCommit={(format) => set.mutate({ format: format.trim(), start: series.start })}
        />
        {error !== null && (
          <span className="err" id={errorId} role="alert">
            <Icon name="alert" size={12} />
            {error}
          </span>
        )}
      </td>
      <td>
        <TextInput
          label={`First counter of ${label.toLowerCase()}`}
          inputMode="decimal"
          value={String(series.start)}
          onCommit={onStart}
        />
      </td>
      <td className="nowrap">{next}</td>
      <td className="field">{series.is_legal && <IssuerField series={series} devices={devices} />}</td>
      <td>
        <Button onClick={onGiven}>{isOpen ? 'Hide' : 'Numbers given'}</Button>
      </td>
    </tr>
  );
};

const GivenRow = ({ given, table }: { readonly given: Given; readonly table: TableName }): ReactElement => {
  const { number, id, status, is_void: isVoid } = given;
  return (
    <tr>
      <td className="nowrap">
        {id !== null && PAGES.includes(table) ? (
          <button type="button" className="link" onClick={() => openRecord(table, id, number)}>
            {number}
          </button>
        ) : (
          number
        )}
      </td>
      <td>{status ?? (id === null ? 'On no document' : '')}</td>
      <td className={isVoid ? 'danger-t' : 'muted'}>{isVoid ? 'Void' : 'In use'}</td>
    </tr>
  );
};

const GivenList = ({ table, label }: { readonly table: TableName; readonly label: string }): ReactElement | null => {
  const { data } = useEngine('numbers.given', { table }, { tables: [table, 'settings'] });
  if (data === undefined) return null;
  if (data.given.length === 0) return <p className="muted">No number that begins with {data.prefix} is known here.</p>;
  return (
    <section aria-label={`Numbers given to ${label.toLowerCase()}`}>
      <h3 className="h3">{label}, the latest first</h3>
      <table className="mini">
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col">State</th>
            <th scope="col">Use</th>
          </tr>
        </thead>
        <tbody>
          {data.given.map((given) => (
            <GivenRow key={given.number} given={given} table={table} />
          ))}
        </tbody>
      </table>
      {data.more > 0 && <p className="muted">{data.more} earlier ones are not shown.</p>}
    </section>
  );
};

export const NumbersSection = (): ReactElement | null => {
  const { data } = useEngine('numbers.list', {}, { tables: ['settings', 'quotes', 'orders', 'invoices', 'credit_notes'] });
  const [open, setOpen] = useState<string | null>(null);
  if (data === undefined) return null;
  const shown = data.series.find(({ table }) => table === open);
  return (
    <>
      <h2 className="h3">Numbers</h2>
      <p className="muted">{ABOUT}</p>
      <table className="mini numbers">
        <thead>
          <tr>
            <th scope="col">Documents</th>
            <th scope="col">Form</th>
            <th scope="col">Begins at</th>
            <th scope="col">Next</th>
            <th scope="col">By</th>
            <th scope="col">Given</th>
          </tr>
        </thead>
        <tbody>
          {data.series.map((series) => (
            <SeriesRow
              key={series.table}
              series={series}
              devices={data.devices}
              isOpen={series.table === open}
              onGiven={() => setOpen(series.table === open ? null : series.table)}
            />
          ))}
        </tbody>
      </table>
      {shown !== undefined && isTableName(shown.table) && <GivenList table={shown.table} label={shown.label} />}
    </>
  );
};
