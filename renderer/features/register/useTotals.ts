/** What a whole view comes to: sums of its money columns, never over several currencies. */
import { useEffect, useMemo, useState } from 'react';
import { formatMoney } from '../../../shared/domain/format.ts';
import type { GridColumn } from '../../grid/columns.ts';
import type { Setting } from '../../grid/display.ts';
import type { GridSource, SourceState } from '../../grid/source.ts';
import type { Totals } from '../../grid/window/register.ts';
import type { Stat } from '../../state/status.ts';

const readAfterMs = 150;
const none: readonly GridColumn[] = [];

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
  source: GridSource,
  state: SourceState,
  columns: readonly GridColumn[] | undefined,
  setting: Setting,
): Sums => {
  const [totals, setTotals] = useState<Totals>({});
  const known = columns ?? none;
  const money = useMemo(() => known.filter((column) => column.kind === 'money'), [known]);
  const { count, version, isLoading } = state;
  const key = count === null || isLoading ? null : `${count}/${version}`;
  useEffect(() => {
    if (money.length === 0 || key === null) return undefined;
    let isCurrent = true;
    const read = async (): Promise<void> => {
      const sums = await source.totals(money.map((column) => column.key)).catch(() => ({}));
      if (isCurrent) setTotals(sums);
    };
    const timer = setTimeout(() => void read(), readAfterMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [source, money, key]);
  return useMemo(() => {
    const shown = known.filter((column) => !column.hidden);
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
  }, [totals, money, known, count, setting]);
};
