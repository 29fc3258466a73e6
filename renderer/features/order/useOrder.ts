/** The parts of an order's page: its record, its lines, and what can be done with them together. */
import { useMemo, useRef } from 'react';
import { isFrozen as isFrozenState } from '../../../shared/domain/lifecycle.ts';
import type { GridHandle } from '../../grid/handle.ts';
import { useLines } from '../../grid/useSource.ts';
import { useRecord } from '../record/useRecord.ts';
import { useColumns } from '../register/useColumns.ts';
import { usePerson, useSetting } from '../register/useSetting.ts';
import { accountOfNew, isOpenedNew } from './newOrder.ts';
import { useOrderActions } from './useOrderActions.ts';

const lineColumns = {
  order: ['position', 'product_id', 'qty', 'uom', 'price', 'discount', 'net', 'description', 'requested', 'promised', 'note'],
  frozenTo: 'product_id',
  stretch: 'description',
  without: ['order_id'],
};

/** What a new order starts with; undefined for one that was not opened as new. */
const useStart = (id: string) => {
  const { today, currency } = useSetting();
  const person = usePerson();
  return useMemo(() => {
    if (!isOpenedNew(id)) return undefined;
    const account = accountOfNew(id);
    return {
      ordered_on: today,
      ...(currency === null ? {} : { currency }),
      ...(person === null ? {} : { owner_id: person }),
      ...(account === null ? {} : { account_id: account }),
    };
  }, [id, today, currency, person]);
};

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export const useOrder = (id: string) => {
  const screen = `orders/${id}`;
  const setting = useSetting();
  const start = useStart(id);
  const record = useRecord({ table: 'orders', id, screen, setting, start });
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
  /** Hands over whatever is open, and waits until the engine has answered everything. */
  const settle = async (): Promise<void> => {
    grid.current?.commitOpen();
    const { activeElement } = document;
    if (activeElement instanceof HTMLInputElement && activeElement.closest('.docform')) activeElement.blur();
    await record.settled();
    await source.commit.settled();
  };
  const actions = useOrderActions(id, settle);
  return { id, record, kept, source, grid, currency, status, isFrozen, isStarted: start !== undefined, settle, actions };
};
