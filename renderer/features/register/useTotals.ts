/**
 * What a whole view comes to: sums of its money columns, never over several currencies. A sum stands beside the count
 * it belongs to: until the sums of another list are there, their places say that they are on the way.
 */
import { useEffect, useMemo, useState } from 'react';
import type { Filter } from '../../../shared/domain/filter.ts';
import { editText, formatMoney } from '../../../shared/domain/format.ts';
import type { GridColumn } from '../../grid/columns.ts';
import type { Setting } from '../../grid/display.ts';
import type { GridSource, SourceState } from '../../grid/source.ts';
import type { Totals } from '../../grid/window/register.ts';
import type { Stat } from '../../state/status.ts';

const readAfterMs = 150;
const onTheWay = '…';
const none: readonly GridColumn[] = [];

/** Sums, and the list they are of. */
type Read = { readonly totals: Totals; readonly filter: Filter | null; readonly count: number | null };

type Sums = {
  /** Texts of the totals row; null where there is nothing to add up. */
  readonly row: Readonly<Record<string, string>> | null;
  /** The same for the status bar, currency by currency. */
  readonly stats: readonly Stat[];
};

type Amount = { readonly code: string; readonly text: string; readonly plain: string };

/** Currency by currency, as they are read and as other programs read them. */
const amounts = (sums: Readonly<Record<string, string>>, setting: Setting): readonly Amount[] =>
  Object.entries(sums).map(([code, sum]) => {
    const currency = code === '' ? setting.currency : code;
    const plain = editText({ kind: 'money' }, sum, { ...setting, currency });
    return { code: currency ?? '', text: formatMoney(sum, currency, setting.locale), plain };
  });

const textOf = (sums: Readonly<Record<string, string>>, setting: Setting): string => {
  const all = amounts(sums, setting);
  const [only] = all;
  if (!only) return '';
  if (all.length > 1) return `${all.length} currencies`;
  return only.code === setting.currency ? only.text : `${only.text} ${only.code}`;
};

const statOf = (label: string, sums: Readonly<Record<string, string>>, setting: Setting): Stat => {
  const all = amounts(sums, setting);
  return {
    label,
    value: all.map(({ code, text }) => `${text} ${code}`).join(' · '),
    copy: all.map(({ plain }) => plain).join('\t'),
  };
};

export const useTotals = (
  source: GridSource,
  state: SourceState,
  filter: Filter | null,
  columns: readonly GridColumn[] | undefined,
  setting: Setting,
): Sums => {
  const [{ totals, ...of }, setRead] = useState<Read>({ totals: {}, filter: null, count: null });
  const known = columns ?? none;
  const money = useMemo(() => known.filter((column) => column.kind === 'money'), [known]);
  const { count, version, isLoading } = state;
  const key = count === null || isLoading ? null : `${count}/${version}`;
  useEffect(() => {
    if (money.length === 0 || key === null) return undefined;
    let isCurrent = true;
    const read = async (): Promise<void> => {
      const sums = await source.totals(money.map((column) => column.key)).catch(() => ({}));
      if (isCurrent) setRead({ totals: sums, filter, count });
    };
    const timer = setTimeout(() => void read(), readAfterMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [source, money, key, filter, count]);
  const isKnown = of.filter === filter && of.count === count;
  return useMemo(() => {
    const shown = known.filter((column) => !column.hidden);
    const summed = money.filter(({ key }) => Object.keys(totals[key] ?? {}).length > 0);
    if (!count || summed.length === 0) return { row: null, stats: [] };
    const label = shown.find((column) => column.kind !== 'money')?.key;
    const texts = summed.map(({ key }) => [key, isKnown ? textOf(totals[key] ?? {}, setting) : onTheWay] as const);
    return {
      row: Object.fromEntries([...(label === undefined ? [] : [[label, 'Totals'] as const]), ...texts]),
      stats: summed
        .filter(({ hidden }) => !hidden)
        .map(({ key, field: { label } }) => (isKnown ? statOf(label, totals[key] ?? {}, setting) : { label, value: onTheWay })),
    };
  }, [totals, isKnown, money, known, count, setting]);
};
