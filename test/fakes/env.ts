/** A clock that moves when told, ids and random bytes that are the same in every run. */
import type { EngineEnv } from '../../electron/engine/env.ts';
import { createFileSecrets } from '../../electron/engine/secrets/files.ts';
import { random } from './random.ts';

/** A UUIDv7-shaped id for a number. */
const fakeId = (n: number): string => {
  const hex = n.toString(16).padStart(12, '0');
  return `01900000-0000-7000-8000-${hex}`;
};

export type FakeEnv = Pick<EngineEnv, 'clock' | 'ids' | 'random' | 'zone' | 'locale' | 'secrets'> & {
  /** Moves the clock by milliseconds. */
  readonly tick: (ms: number) => void;
};

/** @param seed keeps the ids of two engines apart */
export const fakeEnv = (seed = 0): FakeEnv => {
  let now = Date.UTC(2026, 0, 15, 9, 0, 0);
  let count = 0;
  const next = random(seed + 1);
  return {
    clock: () => now,
    tick: (ms) => {
      now += ms;
    },
    ids: () => fakeId(seed * 1_000_000_000 + (count += 1)),
    random: (n) => Uint8Array.from({ length: n }, () => Math.floor(next() * 256)),
    zone: 'UTC',
    locale: 'en-GB',
    secrets: createFileSecrets(),
  };
};
