/** What a whole view comes to: sums of its money columns, never over several currencies. */
import { useEffect, useMemo, useState } from 'react';
import { formatMoney } from '../../../shared/domain/format.ts';
import type { GridColumn } from '../../grid/columns.ts';
import type { Setting } from '../../grid/display.ts';
import type { GridSource, SourceState } from '../../grid/source.ts';
import type { Totals } from '../../grid/window/register.ts';
import type { Stat } from '../../state/status.ts';

const readAfterMs = 150;

type Sums = {
  /** Texts of the totals row; null where there is nothing to add up. */
  readonly row: Readonly<Record<string, string>> | null;
  /** The same for the status bar, currency by currency. */
  readonly stats: readonly Stat[];
};

const amounts = (sums: Readonly<Record<string, string>>, setting: Setting): readonly (readonly [string, string])[] =>
  Object.entries(sums).map(([code, sum]) => {
    const currency = code === '' ? setting.currency : code;
    return [currency ?? '', formatMoney(sum, currency, setting.locale)];
  });

const textOf = (sums: Readonly<Record<string, string>>, setting: Setting): string => {
  const all = amounts(sums, setting);
  const [only] = all;
  if (!only) return '';
  if (all.length > 1) return `${all.length} currencies`;
  return only[0] === setting.currency ? only[1] : `${only[1]} ${only[0]}`;
};

export const useTotals = (
  source: GridSource | null,
  state: SourceState,
  columns: readonly GridColumn[],
  setting: Setting,
): Sums => {
  const [totals, setTotals] = useState<Totals>({});
  const money = useMemo(() => columns.filter((column) => column.kind === 'money'), [columns]);
  const { count, version, isLoading } = state;
  useEffect(() => {
    if (!source || money.length === 0 || count === null || isLoading) return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      source.totals(money.map(({ key }) => key)).then(
        (sums) => isCurrent && setTotals(sums),
        () => isCurrent && setTotals({}),
      );
    }, readAfterMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [source, money, count, version, isLoading]);
  return useMemo(() => {
    const shown = columns.filter((column) => !column.hidden);
    const summed = money.filter(({ key }) => Object.keys(totals[key] ?? {}).length > 0);
    if (!count || summed.length === 0) return { row: null, stats: [] };
    const label = shown.find((column) => column.kind !== 'money')?.key;
    const texts = summed.map(({ key }) => [key, textOf(totals[key] ?? {}, setting)] as const);
    return {
      row: Object.fromEntries([...(label === undefined ? [] : [[label, 'Totals'] as const]), ...texts]),
      stats: summed
        .filter(({ hidden }) => !hidden)
        .map(({ key, field }) => ({
          label: field.label,
          value: amounts(totals[key] ?? {}, setting)
            .map(([code, text]) => `${text} ${code}`)
            .join(' · '),
        })),
    };
  }, [totals, money, columns, count, setting]);
};
