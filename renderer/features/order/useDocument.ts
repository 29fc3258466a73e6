/** The parts of a document's page: its record and its lines, and how all that was typed is handed over. */
import { useEffect, useMemo, useRef } from 'react';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { isFrozen as isFrozenState } from '../../../shared/domain/lifecycle.ts';
import { papers } from '../../../shared/model/documents.ts';
import type { TableName } from '../../../shared/model/index.ts';
import type { GridHandle } from '../../grid/handle.ts';
import { useLines } from '../../grid/useSource.ts';
import { nameOfRow } from '../record/names.ts';
import { settleForm } from '../record/settleForm.ts';
import { useRecord } from '../record/useRecord.ts';
import { useRow } from '../record/useRow.ts';
import { useColumns } from '../register/useColumns.ts';
import { usePerson, useSetting } from '../register/useSetting.ts';
import { accountOfNew, isOpenedNew, noteNew } from './newOrder.ts';
import type { DocumentKind } from './kinds.ts';
import { useLineFilter } from './useLineFilter.ts';

export type Blocker = OutputOf<WorkbenchContract['orders.blockers']>['blockers'][number];

type Start = Readonly<Record<string, string>>;

/** What a document that is not there yet starts with. */
const useStart = (day: string, id: string): Start => {
  const { today, currency } = useSetting();
  const person = usePerson();
  return useMemo(() => {
    const account = accountOfNew(id);
    return {
      [day]: today,
      ...(currency === null ? {} : { currency }),
      ...(person === null ? {} : { owner_id: person }),
      ...(account === null ? {} : { account_id: account }),
    };
  }, [day, id, today, currency, person]);
};

/** How the links of a start are called: their rows are there, the document is not. */
const useStartLabels = ({ account_id: account, owner_id: owner }: Start): GridRow['l'] => {
  const accounts = useRow('accounts', account ?? '', account !== undefined).data;
  const people = useRow('people', owner ?? '', owner !== undefined).data;
  const label = (table: TableName, row: GridRow | null | undefined) => ({ code: null, title: row ? nameOfRow(table, row) : '' });
  return { account_id: label('accounts', accounts), owner_id: label('people', people) };
};

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export const useDocument = (kind: DocumentKind, id: string) => {
  const { table, lines, link } = kind;
  const screen = `${table}/${id}`;
  const setting = useSetting();
  const start = useStart(kind.day, id);
  const record = useRecord({ table, id, screen, setting, start, startLabels: useStartLabels(start) });
  useEffect(() => {
    if (record.isNew) noteNew(id);
  }, [id, record.isNew]);
  const currency = textOf(record.row?.v['currency']) ?? setting.currency;
  const lineSetting = useSetting(currency);
  const kept = useColumns(lines, lines, lineSetting, kind.columns);
  const status = textOf(record.row?.v['status']);
  const isFrozen = status !== null && isFrozenState(papers[table].lifecycle, status);
  const grid = useRef<GridHandle>(null);
  const source = useLines({
    table: lines,
    owner: id,
    screen,
    setting: lineSetting,
    start: useMemo(() => ({ [link]: id }), [link, id]),
    hasGhost: !isFrozen && kind.isMade !== true,
    before: record.make,
  });
  const lineFilter = useLineFilter(source, kept, lineSetting, grid);
  /** Hands over whatever is open, and waits until the engine has answered everything. */
  const settle = async (): Promise<void> => {
    grid.current?.commitOpen();
    await settleForm(record);
    await source.commit.settled();
  };
  return {
    kind,
    id,
    record,
    kept,
    source,
    grid,
    lineFilter,
    currency,
    status,
    isFrozen,
    isStarted: record.isNew || isOpenedNew(id),
    settle,
  };
};
