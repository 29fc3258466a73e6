/** The lines of a document: a grid with a ghost row to type into and the totals under it. */
import type { ReactElement, RefObject } from 'react';
import { useEffect, useMemo } from 'react';
import { formatMoney, formatScaled } from '../../../shared/domain/format.ts';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { agreedReason } from '../../../shared/model/agreed.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { DataGrid } from '../../grid/DataGrid.tsx';
import type { GridHandle } from '../../grid/handle.ts';
import type { LineSource } from '../../grid/lines/source.ts';
import { staleNote } from '../../grid/source.ts';
import { useSourceState } from '../../grid/useSource.ts';
import { setStatus } from '../../state/status.ts';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { savedRow, useExport } from '../export/useExport.ts';
import { importText } from '../import/handOver.ts';
import type { KeptColumns } from '../register/useColumns.ts';
import { isFocusInUse } from '../register/useRegisterFocus.ts';
import { useSetting } from '../register/useSetting.ts';
import { useDocumentTotals } from './DocumentSums.tsx';
import type { DocumentKind } from './kinds.ts';
import type { useLineFilter } from './useLineFilter.ts';

type Props = {
  readonly kind: DocumentKind;
  readonly id: string;
  readonly source: LineSource;
  readonly kept: KeptColumns;
  readonly currency: string | null;
  readonly isFrozen: boolean;
  /** The document as it stands: what was agreed of its lines is locked. */
  readonly head: GridRow | undefined;
  readonly isNew: boolean;
  /** A document that was opened to be read begins in its lines; a new one begins in its head. */
  readonly takesFocus: boolean;
  readonly name: string;
  readonly grid: RefObject<GridHandle | null>;
  readonly filter: ReturnType<typeof useLineFilter>;
  /** Hears which line has the focus. */
  readonly onLine: (id: string) => void;
};

/** What the column adds up to: what is billed bears its discount already, lines that are priced do not. */
const ofLines = ({ net, discount }: { readonly net: string; readonly discount: string }, isMade: boolean): string =>
  isMade ? net : String(BigInt(net) + BigInt(discount));

type Counts = { readonly lines: number; readonly counted: number; readonly faulty: number };

/** How many lines the sums are made of, and how many are marked: a line can be counted and still be wrong. */
const sayLines = ({ lines, counted, faulty }: Counts): string => {
  const noun = lines === 1 ? 'line' : 'lines';
  const sums = counted < lines ? `${counted} of ${lines} ${noun}` : `${lines} ${noun}`;
  return faulty === 0 ? sums : `${sums}, ${faulty} to fix`;
};

export const Lines = ({
  kind,
  id,
  source,
  kept,
  currency,
  isFrozen,
  head,
  isNew,
  takesFocus,
  name,
  grid,
  filter,
  onLine,
}: Props): ReactElement => {
  const setting = useSetting(currency);
  const state = useSourceState(source);
  const totals = useDocumentTotals(kind.table, id, !isNew);
  useExport(() => {
    grid.current?.commitOpen();
    if (isNew) return null;
    return {
      table: kind.lines,
      label: name,
      filter: { field: kind.link, is: 'eq', value: id },
      sort: [{ field: 'position', dir: 'asc' }],
      fields: kept.shown(),
      count: source.state().count,
      row: savedRow(grid, source),
    };
  });
  const { count, isStale } = state;
  const row = useMemo(() => {
    if (!totals || count === null || totals.lines === 0) return null;
    const isMade = kind.isMade === true;
    return {
      product_id: filter.isOn ? 'Totals of all' : 'Totals',
      qty: totals.qty === null ? '' : formatScaled(totals.qty, 6, 0, 6, setting.locale),
      [isMade ? 'amount' : 'net']: formatMoney(ofLines(totals, isMade), totals.currency, setting.locale),
      description: sayLines(totals),
    };
  }, [totals, count, filter.isOn, setting.locale, kind.isMade]);
  const isReady = count !== null && takesFocus;
  useEffect(() => {
    if (isReady && !isFocusInUse()) grid.current?.focusIndex(0);
  }, [isReady, grid]);
  useEffect(() => {
    const total = filter.isOn ? source.rows().length : (count ?? 0);
    const rows =
      count === null ? null : { shown: count, noun: total === 1 ? 'line' : 'lines', ...(filter.isOn ? { total } : {}) };
    setStatus({ rows, note: isStale ? staleNote : null });
  }, [source, count, isStale, filter.isOn]);
  return (
    <>
      {state.error && <ErrorBar error={state.error} onRetry={() => void source.reapply()} />}
      <div className="grid-area">
        <DataGrid
          ref={grid}
          source={source}
          columns={kept.columns}
          setting={setting}
          label={`${tableOf(kind.lines).many}, ${name}`}
          sort={[]}
          canAdd={!isFrozen && kind.isMade !== true}
          walks={false}
          ghost={{ column: 'product_id', hint: 'Type a SKU' }}
          lock={({ i: issues }, column) => agreedReason(kind.lines, column.key, head?.v, issues?.[column.key])}
          filterRow={filter.row}
          totals={row}
          onTooMuch={importText}
          onFocus={(cell) => cell && !source.isDraft(cell.row.id) && onLine(cell.row.id)}
          onLayout={kept.save}
        />
      </div>
    </>
  );
};
