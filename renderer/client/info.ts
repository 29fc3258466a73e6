/** What is open and who works in it: asked once, kept true, shared by the whole window. */
import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { OutputOf } from '../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../shared/contract/index.ts';
import type { FormatContext } from '../../shared/domain/format.ts';
import { tableNames } from '../../shared/model/index.ts';
import { queryClient, useChanged, useEngine } from './cache.ts';
import { host } from './client.ts';
import { createPace } from './pace.ts';

export type Info = OutputOf<WorkbenchContract['app.info']>;

export const useInfo = (): UseQueryResult<Info> => useEngine('app.info', {}, { tables: ['settings', 'people'] });

/** Which host this window is in and which file it has open; asked again after each new connection. */
export const useHost = () => useQuery({ queryKey: ['host.info'], queryFn: () => host['host.info']({}) });

/** Counting goes through whole tables, and while an import runs, every table changes ten times a second. */
const pace = createPace(200);

/** How many rows each table has: follows each change, as far behind as counting takes. */
export const useCounts = (): Info['counts'] => {
  const { data, refetch } = useInfo();
  const [isDue, setIsDue] = useState(false);
  const [isReading, setIsReading] = useState(false);
  useChanged(tableNames, () => setIsDue(true));
  useEffect(() => {
    // What changes while it is counted is counted afterwards.
    if (!isDue || isReading) return undefined;
    const read = async (): Promise<void> => {
      setIsDue(false);
      setIsReading(true);
      const from = performance.now();
      // Not with a reading that is under way: it may be of before the change.
      await refetch({ cancelRefetch: true });
      pace.took(from, performance.now());
      setIsReading(false);
    };
    const timer = setTimeout(() => void read(), pace.wait(performance.now()));
    return () => clearTimeout(timer);
  }, [isDue, isReading, refetch]);
  return data?.counts ?? {};
};

/** Counts at once: something long has ended, and what it came to is looked for. */
export const recount = (): void => void queryClient.invalidateQueries({ queryKey: ['app.info'] });

/** How values are shown here: locale, company zone, today, base currency. */
export const useFormat = (currency: string | null = null): FormatContext => {
  const { data } = useInfo();
  const { locale = navigator.language, today, company } = data ?? {};
  const zone = company?.zone ?? 'UTC';
  // Until the engine has said what day it is, every date shows its year.
  return { locale, zone, today: today ?? '0001-01-01', currency: currency ?? company?.currency ?? null };
};
