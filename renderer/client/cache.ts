/**
 * What was read from the engine, kept until a change says it is stale. The engine names the tables and rows that
 * changed; a gap in the numbering, or a new connection, means everything is read anew. A network has nothing to
 * do with it: the engine is on this computer.
 */
import type { UseQueryResult } from '@tanstack/react-query';
import { keepPreviousData, QueryClient, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { ArgsOf, OutputOf } from '../../shared/contract/define.ts';
import type { Events } from '../../shared/contract/events.ts';
import type { MethodName, WorkbenchContract } from '../../shared/contract/index.ts';
import type { TableName } from '../../shared/model/index.ts';
import { client, onEvent } from './client.ts';

/** A table, or one row of it: what a piece of data was made from. */
export type Source = TableName | readonly [table: TableName, id: string];

/** `null` = anything may have changed. */
export type Change = Events['changed']['tables'] | null;

/** Whether a change concerns any of the sources. Rows are compared only where the engine named them. */
export const concerns = (change: Change, sources: readonly Source[]): boolean =>
  change === null ||
  sources.some((source) => {
    const [table, id] = typeof source === 'string' ? [source, undefined] : source;
    if (!Object.hasOwn(change, table)) return false;
    const ids = change[table]?.ids;
    return id === undefined || ids === undefined || ids.includes(id);
  });

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { networkMode: 'always', retry: false, staleTime: Infinity, refetchOnWindowFocus: false },
    mutations: { networkMode: 'always', retry: false },
  },
});

const listeners = new Set<(change: Change) => void>();

/** Turns the engine's numbered events into changes; a gap becomes "anything". */
export const createSequence = (): ((event: Events['changed']) => Change) => {
  let last: number | null = null;
  return ({ seq, tables }) => {
    const isNext = last === null || seq === last + 1;
    last = seq;
    return isNext ? tables : null;
  };
};

const spread = (change: Change): void => {
  void queryClient.invalidateQueries({
    predicate: ({ meta }) => concerns(change, (meta?.['sources'] as readonly Source[] | undefined) ?? []),
  });
  for (const listener of listeners) listener(change);
};

/** Starts listening. Called once, at boot. */
export const followChanges = (): void => {
  let next = createSequence();
  onEvent('changed', (event) => spread(next(event)));
  onEvent('connected', () => {
    next = createSequence();
    spread(null);
  });
};

type Method<M extends MethodName> = WorkbenchContract[M];
type Options = {
  /** What the answer is made from: it is read again when one of them changes. */
  readonly tables: readonly Source[];
  readonly isEnabled?: boolean;
  /** Shows the last answer while the arguments change, as in a search while typing. */
  readonly isKept?: boolean;
};

/** Reads from the engine and stays true. */
export const useEngine = <M extends MethodName>(
  method: M,
  args: ArgsOf<Method<M>>,
  { tables, isEnabled = true, isKept = false }: Options,
): UseQueryResult<OutputOf<Method<M>>> =>
  useQuery({
    queryKey: [method, args],
    // The proxy answers every method of the contract; its type per name cannot be followed through a type parameter.
    queryFn: ({ signal }) => (client[method] as (a: unknown, o: unknown) => Promise<OutputOf<Method<M>>>)(args, { signal }),
    enabled: isEnabled,
    meta: { sources: tables },
    ...(isKept ? { placeholderData: keepPreviousData } : {}),
  });

/** Runs when rows of the tables change; `null` when anything may have. */
export const useChanged = (tables: readonly Source[], listener: (change: Change) => void): void => {
  const hear = useEffectEvent((change: Change) => {
    if (concerns(change, tables)) listener(change);
  });
  useEffect(() => {
    const entry = (change: Change): void => hear(change);
    listeners.add(entry);
    return () => void listeners.delete(entry);
  }, []);
};
