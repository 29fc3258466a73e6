/** The parts of an order's page: its record, its lines, and what can be done with them together. */
import { useEffect, useMemo, useRef } from 'react';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { isFrozen as isFrozenState } from '../../../shared/domain/lifecycle.ts';
import type { TableName } from '../../../shared/model/index.ts';
import type { GridHandle } from '../../grid/handle.ts';
import { useLines } from '../../grid/useSource.ts';
import { nameOfRow } from '../record/names.ts';
import { useRecord } from '../record/useRecord.ts';
import { useRow } from '../record/useRow.ts';
import { useColumns } from '../register/useColumns.ts';
import { usePerson, useSetting } from '../register/useSetting.ts';
import { accountOfNew, isOpenedNew, noteNew } from './newOrder.ts';
import { useLineFilter } from './useLineFilter.ts';
import { useOrderActions } from './useOrderActions.ts';

const lineColumns = {
  order: ['position', 'product_id', 'qty', 'uom', 'price', 'discount', 'net', 'description', 'requested', 'promised', 'note'],
  frozenTo: 'product_id',
  stretch: 'description',
  without: ['order_id'],
};

/** What an order that is not there yet starts with. */
const useStart = (id: string) => {
  const { today, currency } = useSetting();
  const person = usePerson();
  return useMemo(() => {
    const account = accountOfNew(id);
    return {
      ordered_on: today,
      ...(currency === null ? {} : { currency }),
      ...(person === null ? {} : { owner_id: person }),
      ...(account === null ? {} : { account_id: account }),
    };
  }, [id, today, currency, person]);
};

/** How the links of a start are called: their rows are there, the order is not. */
const useStartLabels = ({ account_id: account, owner_id: owner }: ReturnType<typeof useStart>): GridRow['l'] => {
  const accounts = useRow('accounts', account ?? '', account !== undefined).data;
  const people = useRow('people', owner ?? '', owner !== undefined).data;
  const label = (table: TableName, row: GridRow | null | undefined) => ({ code: null, title: row ? nameOfRow(table, row) : '' });
  return { account_id: label('accounts', accounts), owner_id: label('people', people) };
};

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export const useOrder = (id: string) => {
  const screen = `orders/${id}`;
  const setting = useSetting();
  const start = useStart(id);
  const record = useRecord({ table: 'orders', id, screen, setting, start, startLabels: useStartLabels(start) });
  useEffect(() => {
    if (record.isNew) noteNew(id);
  }, [id, record.isNew]);
  const currency = textOf(record.row?.v['currency']) ?? setting.currency;
  const lineSetting = useSetting(currency);
  const kept = useColumns('order_lines', 'order_lines', lineSetting, lineColumns);
  const status = textOf(record.row?.v['status']);
  const isFrozen = status !== null && isFrozenState('order', status);
  const grid = useRef<GridHandle>(null);
  const source = useLines({
    table: 'order_lines',
    owner: id,
    screen,
    setting: lineSetting,
    start: useMemo(() => ({ order_id: id }), [id]),
    hasGhost: !isFrozen,
    before: record.make,
  });
  const lineFilter = useLineFilter(source, kept, lineSetting, grid);
  /** Hands over whatever is open, and waits until the engine has answered everything. */
  const settle = async (): Promise<void> => {
    grid.current?.commitOpen();
    const { activeElement } = document;
    if (activeElement instanceof HTMLInputElement && activeElement.closest('.docform')) activeElement.blur();
    await record.settled();
    await source.commit.settled();
  };
  const actions = useOrderActions(id, settle);
  return {
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
    actions,
  };
};
