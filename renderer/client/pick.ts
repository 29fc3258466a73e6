/** The system's own file dialogs, where the host has them. A browser has none: there a path is typed. */
import type { HostClient } from '../../shared/rpc/host.ts';
import { host } from './client.ts';

type Wanted = Parameters<HostClient['host.pick']>[0];

export const canPick = (): boolean => window.workbenchShell !== undefined;

/** @returns the chosen path; null when the person cancelled */
export const pickPath = async (kind: Wanted['kind'], title: string, more: Pick<Wanted, 'suggest' | 'filters'> = {}) =>
  (await host['host.pick']({ kind, title, ...more })).path;
