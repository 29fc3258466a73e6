/** The columns of a register: from the model, with custom fields, as this person left them. */
import { useMemo, useRef, useState } from 'react';
import type { TableName } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';
import type { ColumnOptions, GridColumn } from '../../grid/columns.ts';
import { columnsOf } from '../../grid/columns.ts';
import type { Setting } from '../../grid/display.ts';
import type { Layout } from '../../grid/layout.ts';
import { applyLayout } from '../../grid/layout.ts';
import { useLayout } from '../../grid/useLayout.ts';

export type RegisterColumns = Omit<ColumnOptions, 'custom'>;

/** A layout with a place of its own, that of a saved view: then the device keeps none. */
export type OwnLayout = { readonly layout: Layout; readonly save: (layout: Layout) => void };

const nothing = (): void => undefined;

export type KeptColumns = {
  /** As they are shown. */
  readonly columns: readonly GridColumn[];
  /** As the model has them. */
  readonly all: readonly GridColumn[];
  /** Keys of those that are shown, in order, as the person has them now. */
  readonly shown: () => readonly string[];
  readonly save: (layout: Layout) => void;
  readonly reset: () => void;
};

/** Room for a currency code in a header, CSS px. */
const currencyWidth = 24;

const isAmount = ({ kind, field }: GridColumn): boolean =>
  kind === 'money' || (field.kind === 'decimal' && field.per === 'price');

/**
 * Money and prices say their currency in the header, so that cells need not. Not where currencies are among what a register
 * is of: there each row says its own, as prices of contracts do.
 */
const withCurrency = (
  columns: readonly GridColumn[],
  currency: string | null,
  order: readonly string[] = [],
): readonly GridColumn[] => {
  if (currency === null || order.includes('currency')) return columns;
  return columns.map((column) =>
    isAmount(column) ? { ...column, label: `${column.label} ${currency}`, width: column.width + currencyWidth } : column,
  );
};

/** Null until the kept layout and the custom fields are known. */
export const useColumns = (
  name: string,
  table: TableName,
  setting: Setting,
  options: RegisterColumns = {},
  own: OwnLayout | null = null,
): KeptColumns | null => {
  const device = useLayout(name);
  const [firstOwn] = useState(own);
  const kept = useMemo(() => (device && firstOwn ? { ...firstOwn, reset: nothing } : device), [device, firstOwn]);
  const { data: custom, isError } = useEngine('fields.list', { table }, { tables: ['field_defs'] });
  const [resets, setResets] = useState(0);
  const [first] = useState(options);
  const latest = useRef<Layout>([]);
  return useMemo(() => {
    if (!kept || (!custom && !isError)) return null;
    const all = columnsOf(table, { ...first, custom: custom?.fields ?? [] });
    const columns = applyLayout(withCurrency(all, setting.currency, first.order), resets > 0 ? [] : kept.layout);
    return {
      all,
      columns,
      shown: () => applyLayout(columns, latest.current).flatMap(({ key, hidden }) => (hidden ? [] : [key])),
      save: (layout) => {
        latest.current = layout;
        kept.save(layout);
      },
      reset: () => {
        latest.current = [];
        kept.reset();
        setResets((n) => n + 1);
      },
    };
  }, [kept, custom, isError, table, first, resets, setting.currency]);
};
