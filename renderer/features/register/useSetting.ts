/** The person's locale and the company's day and money, as grids and forms of records need them. */
import { useMemo } from 'react';
import { useFormat, useInfo } from '../../client/info.ts';
import type { Setting } from '../../grid/display.ts';

export const useSetting = (currency: string | null = null): Setting => {
  const format = useFormat(currency);
  const { locale, zone, today, currency: money } = format;
  return useMemo(() => ({ locale, zone, today, currency: money }), [locale, zone, today, money]);
};

export const usePerson = (): string | null => useInfo().data?.person?.id ?? null;

export const useWeekStart = (): number => useInfo().data?.company?.weekStart ?? 1;
