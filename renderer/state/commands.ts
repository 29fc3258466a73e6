/**
 * Who answers a command now. A mounted screen registers its handlers; the last registered wins, and a command
 * without a handler is shown as unavailable. The table of commands itself is shared/commands.ts.
 */
import { useEffect, useEffectEvent } from 'react';
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

/** Runs a command; false when nobody answers it or its handler passed. A promise it gives back is its own to look after. */
export const runCommand = (id: CommandId): boolean => {
  const run = useCommandRegistry.getState().handlers.get(id)?.at(-1)?.run;
  return run !== undefined && run() !== false;
};

/** Answers a command while mounted. `null` = not now. */
export const useCommand = (id: CommandId, handler: Handler | null): void => {
  const answer = useEffectEvent(() => handler?.());
  const isActive = handler !== null;
  useEffect(() => (isActive ? registerCommand(id, () => answer()) : undefined), [id, isActive]);
};
