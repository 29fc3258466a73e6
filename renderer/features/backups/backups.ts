/** Copies of the file: made, listed, and put in its place. Whoever makes one is seen by whoever lists them. */
import { useQuery } from '@tanstack/react-query';
import { queryClient } from '../../client/cache.ts';
import { client, host, whenWritten } from '../../client/client.ts';
import { say, sayPath } from '../../state/toasts.ts';

const KEY = ['host.backups'] as const;

export const useBackups = () => useQuery({ queryKey: KEY, queryFn: () => host['host.backups']({}), staleTime: 0 });

/** @returns where the copy lies */
export const makeBackup = async (): Promise<string> => {
  const { path } = await client['backup.make']({}, { timeoutMs: 600_000 });
  await queryClient.invalidateQueries({ queryKey: KEY });
  return path;
};

/** Puts a copy in the place of the open file, which is kept beside it. Edits under way are written to the old one first. */
export const restoreBackup = async (path: string): Promise<void> => {
  await whenWritten();
  const { aside } = await host['host.repair']({ action: 'backup', path });
  await queryClient.invalidateQueries({ queryKey: KEY });
  if (aside === null) say('The copy is open.');
  else sayPath('The copy is open. The file as it was is kept beside it.', aside);
};
