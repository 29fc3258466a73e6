/**
 * Who answers a command now. A mounted screen registers its handlers; the last registered wins, and a command
 * without a handler is shown as unavailable. The table of commands itself is shared/commands.ts.
 */
import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import type { CommandId } from '../../shared/commands.ts';

/** Returning false lets the key through to whatever the focus is in. */
export type Handler = () => void | boolean | Promise<void>;
type Entry = { readonly run: Handler };

type Registry = { readonly handlers: ReadonlyMap<CommandId, readonly Entry[]> };

export const useCommandRegistry = create<Registry>(() => ({ handlers: new Map() }));

const change = (id: CommandId, next: (entries: readonly Entry[]) => readonly Entry[]): void =>
  useCommandRegistry.setState(({ handlers }) => ({ handlers: new Map(handlers).set(id, next(handlers.get(id) ?? [])) }));

/** Registers a handler outside React; returns how to take it back. */
export const registerCommand = (id: CommandId, run: Handler): (() => void) => {
  const entry = { run };
  change(id, (entries) => [...entries, entry]);
  return () => change(id, (entries) => entries.filter((e) => e !== entry));
};

export const isAvailable = (id: CommandId): boolean => (useCommandRegistry.getState().handlers.get(id)?.length ?? 0) > 0;

/** Runs a command; false when nobody answers it or its handler passed. Failures reach the window's error toast. */
export const runCommand = (id: CommandId): boolean => {
  const run = useCommandRegistry.getState().handlers.get(id)?.at(-1)?.run;
  if (run === undefined) return false;
  const result = run();
  if (result instanceof Promise) result.catch((error: unknown) => queueMicrotask(() => Promise.reject(error)));
  return result !== false;
};

/** Answers a command while mounted. `null` = not now. */
export const useCommand = (id: CommandId, handler: Handler | null): void => {
  const latest = useRef(handler);
  latest.current = handler;
  const isActive = handler !== null;
  useEffect(() => (isActive ? registerCommand(id, () => latest.current?.()) : undefined), [id, isActive]);
};
