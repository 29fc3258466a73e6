/** What is open and who works in it: asked once, kept true, shared by the whole window. */
import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { OutputOf } from '../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../shared/contract/index.ts';
import type { FormatContext } from '../../shared/domain/format.ts';
import { tableNames } from '../../shared/model/index.ts';
import { useChanged, useEngine } from './cache.ts';
import { host } from './client.ts';

export type Info = OutputOf<WorkbenchContract['app.info']>;

export const useInfo = (): UseQueryResult<Info> => useEngine('app.info', {}, { tables: ['settings', 'people'] });

/** Which host this window is in and which file it has open; asked again after each new connection. */
export const useHost = () => useQuery({ queryKey: ['host.info'], queryFn: () => host['host.info']({}) });

/** At most this often: while an import runs, every table changes ten times a second. */
const COUNT_EVERY_MS = 2000;

/** How many rows each table has, a moment behind. */
export const useCounts = (): Info['counts'] => {
  const { data, refetch } = useInfo();
  const [isDue, setIsDue] = useState(false);
  useChanged(tableNames, () => setIsDue(true));
  useEffect(() => {
    if (!isDue) return undefined;
    const timer = setTimeout(() => {
      setIsDue(false);
      void refetch();
    }, COUNT_EVERY_MS);
    return () => clearTimeout(timer);
  }, [isDue, refetch]);
  return data?.counts ?? {};
};

/** How values are shown here: locale, company zone, today, base currency. */
export const useFormat = (currency: string | null = null): FormatContext => {
  const { data } = useInfo();
  const { locale = navigator.language, today, company } = data ?? {};
  const zone = company?.zone ?? 'UTC';
  // Until the engine has said what day it is, every date shows its year.
  return { locale, zone, today: today ?? '0001-01-01', currency: currency ?? company?.currency ?? null };
};
