/**
 * Files that came together are worked on one after another. One that is refused is no longer in work: it stays in the
 * list with its reason until it is taken away, and keeps none of the others waiting.
 */
import { AppError } from '../../../shared/contract/define.ts';
import type { Beside, Desk, Origin } from './desk.ts';
import { desk, setDesk } from './desk.ts';

export const isSameOrigin = (a: Origin, b: Origin): boolean =>
  a.kind === 'path' ? b.kind === 'path' && a.path === b.path : b.kind === 'bytes' && a.bytes === b.bytes;

/** Faults of the file itself: looking at it again changes nothing while it stays as it is. */
const faults: ReadonlySet<string> = new Set(['bad-file', 'too-large', 'io']);
export const isRefusal = (error: unknown): error is AppError => error instanceof AppError && faults.has(error.code);

/** A file that was refused and comes again by its name, mended. */
const isAgain = ({ origin, why }: Beside, next: Origin): boolean =>
  why !== null && origin.kind === 'bytes' && next.kind === 'bytes' && origin.name === next.name;

/** Takes a file out of the list. */
export const without = (origin: Origin): void =>
  setDesk({ beside: desk().beside.filter((one) => !isSameOrigin(one.origin, origin) && !isAgain(one, origin)) });

/** The file in work cannot be read: it goes into the list with the reason. */
export const refuse = (origin: Origin, why: string): void =>
  setDesk({ origin: null, inspected: null, error: null, beside: [{ origin, why }, ...desk().beside] });

export const nextWaiting = (): Origin | null => desk().beside.find(({ why }) => why === null)?.origin ?? null;

/** Whether the path that is typed is that of a file that was refused. */
export const isTypedRefused = ({ typed, beside }: Pick<Desk, 'typed' | 'beside'>): boolean =>
  beside.some(({ origin, why }) => why !== null && origin.kind === 'path' && origin.path === typed.trim());
