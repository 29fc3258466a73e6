/**
 * Who answers a command now. A mounted screen registers its handlers; the last registered is asked first, and a
 * command without a handler is shown as unavailable. The table of commands itself is shared/commands.ts.
 */
import { useEffect, useEffectEvent } from 'react';
import { create } from 'zustand';
import type { CommandId } from '../../shared/commands.ts';

/** By its key, or chosen by name: in a menu, the palette, a button. */
export type Via = 'key' | 'name';

/** Returning false passes the command on to whoever answered it before, and the key to what has the focus. */
export type Handler = (via: Via) => void | boolean | Promise<void>;
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

/**
 * Runs a command: the handler registered last, or the one before where that passes by giving false. False when
 * nobody took it. A promise given back is the handler's own to look after.
 */
export const runCommand = (id: CommandId, via: Via = 'name'): boolean =>
  [...(useCommandRegistry.getState().handlers.get(id) ?? [])].reverse().some(({ run }) => run(via) !== false);

/** Answers a command while mounted. `null` = not now. */
export const useCommand = (id: CommandId, handler: Handler | null): void => {
  const answer = useEffectEvent((via: Via) => handler?.(via));
  const isActive = handler !== null;
  useEffect(() => (isActive ? registerCommand(id, (via) => answer(via)) : undefined), [id, isActive]);
};
