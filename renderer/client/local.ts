/**
 * Keeps a store of UI state on this device, through the engine: read once at boot, written a moment after each
 * change. What comes back is untrusted: each store says what it takes.
 */
import type { StoreApi } from 'zustand';
import { client } from './client.ts';
import { dropHandedOver, handedOver, handOver } from './handOver.ts';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const WRITE_AFTER_MS = 300;

export type Kept<S> = {
  readonly name: string;
  readonly store: Pick<StoreApi<S>, 'getState' | 'setState' | 'subscribe'>;
  readonly pick: (state: S) => Json;
  /** The part of the state to set, from a value of unknown shape. */
  readonly read: (value: unknown) => Partial<S>;
};

const key = (name: string): string => `ui.${name}`;

/** Reads what was kept, then follows the store. */
export const keepStore = <S>({ name, store, pick, read }: Kept<S>, values: Readonly<Record<string, unknown>>): (() => void) => {
  const kept = values[key(name)];
  if (kept !== undefined) store.setState(read(kept));
  let written = JSON.stringify(pick(store.getState()));
  let acknowledged = written;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    const text = JSON.stringify(pick(store.getState()));
    if (text === written) return;
    written = text;
    // A lost preference is not worth a message; the next change writes all of it again.
    client['local.set']({ values: { [key(name)]: pick(store.getState()) } }).then(
      () => (acknowledged = text),
      () => (written = ''),
    );
  };
  const stop = store.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(write, WRITE_AFTER_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
    write();
    const last = pick(store.getState());
    if (JSON.stringify(last) !== acknowledged) handOver(key(name), last);
  };
};

/** What was kept, and over it what the page before this one could not be sure of: it is kept now, too. */
export const readKept = async (): Promise<Readonly<Record<string, unknown>>> => {
  const { values } = await client['local.get']({ prefix: 'ui.' });
  const last = handedOver();
  if (Object.keys(last).length > 0) {
    // Where it cannot be kept now, the next page finds it again.
    await client['local.set']({ values: last }).then(dropHandedOver, () => undefined);
  }
  return { ...values, ...last };
};
