/** An issue as its page and panel need it: its row, its story, and both again as the minutes pass. */
import { useEffect } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { queryClient, useEngine } from '../../client/cache.ts';

export type Story = OutputOf<WorkbenchContract['cases.story']>;

const MINUTE = 60_000;

/** What is left of a clock is another after a minute, though nothing was written. */
const useMinutes = (): void => {
  useEffect(() => {
    const timer = setInterval(() => {
      void queryClient.invalidateQueries({ queryKey: ['cases.story'] });
      void queryClient.invalidateQueries({ queryKey: ['cases.why'] });
    }, MINUTE);
    return () => clearInterval(timer);
  }, []);
};

export const useStory = (id: string) => {
  useMinutes();
  const tables = [['cases', id], 'case_events', 'sla_versions', 'people'] as const;
  const { data, error, refetch } = useEngine('cases.story', { id }, { tables, isKept: true });
  return { story: data, error, retry: () => void refetch() };
};
