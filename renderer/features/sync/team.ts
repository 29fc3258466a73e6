/** How this window knows its team: what the engine says of rounds, and which part of the screen is looked at. */
import { create } from 'zustand';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { tableNames } from '../../../shared/model/index.ts';
import { queryClient, useEngine } from '../../client/cache.ts';
import { client, onEvent } from '../../client/client.ts';
import { openScreen } from '../../state/tabs.ts';
import { say } from '../../state/toasts.ts';

export type SyncState = OutputOf<WorkbenchContract['sync.state']>;
export type Conflict = OutputOf<WorkbenchContract['sync.review']>['fields'][number];

export type SyncPart = 'team' | 'review' | 'away';

type Looked = {
  readonly isRunning: boolean;
  readonly part: SyncPart;
  /** The record whose conflicts come first: `<table>/<id>`. */
  readonly record: string | null;
  /** Conflicts were asked for: the first gets the focus. */
  readonly isAsked: boolean;
};

export const useSync = create<Looked>(() => ({ isRunning: false, part: 'team', record: null, isAsked: false }));

export const showPart = (part: SyncPart): void => useSync.setState({ part, record: null, isAsked: false });
export const showReview = (record: string | null): void => useSync.setState({ part: 'review', record, isAsked: true });

/** The conflict to give the focus to, once: what comes later takes nobody's focus away. @param keys undefined while they are looked for */
export const takeAsked = (keys: readonly string[] | undefined): string | null => {
  if (keys === undefined || !useSync.getState().isAsked) return null;
  useSync.setState({ isAsked: false });
  return keys[0] ?? null;
};

const isOfSync = (key: unknown): boolean => typeof key === 'string' && key.startsWith('sync.');

/** Starts listening. Called once, at boot. */
export const followSync = (): void => {
  onEvent('sync', ({ isRunning }) => {
    useSync.setState({ isRunning });
    void queryClient.invalidateQueries({ predicate: ({ queryKey: [method] }) => isOfSync(method) });
  });
};

/** Any change may wait to be sent, and any may end a conflict. */
export const useSyncState = () => useEngine('sync.state', {}, { tables: tableNames });

/** Begins a round; without a team, shows how to join one. */
export const syncNow = async (): Promise<void> => {
  const { org } = await client['sync.state']({});
  if (org === null) {
    showPart('team');
    openScreen('sync');
    return say('This file is in no team yet.');
  }
  await client['sync.now']({});
};
