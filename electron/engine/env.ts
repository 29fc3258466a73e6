import type { Events } from '../../shared/contract/events.ts';
import type { Secrets } from './secrets/secrets.ts';

/** Everything the engine needs from outside. Nothing under engine/ reads a clock, a random source or a global. */
export type EngineEnv = {
  /** Path of the database file; made when missing. */
  readonly db: string;
  /** UTC milliseconds. */
  readonly clock: () => number;
  /** A new UUIDv7. */
  readonly ids: () => string;
  /** `n` random bytes. */
  readonly random: (n: number) => Uint8Array;
  /** Where the key of this device and passwords are kept. */
  readonly secrets: Secrets;
  readonly log: (level: 'info' | 'warn' | 'error', text: string, details?: unknown) => void;
  /** BCP 47, for parsing and showing numbers and dates. */
  readonly locale: string;
  /** IANA zone of this computer; the company's own zone is a setting. */
  readonly zone: string;
  readonly version: string;
};

/** What is said to every window. `changed` is numbered and spaced out where it is sent on, not here. */
export type Emit = <K extends keyof Events>(
  name: K,
  payload: K extends 'changed' ? Omit<Events['changed'], 'seq'> : Events[K],
) => void;
