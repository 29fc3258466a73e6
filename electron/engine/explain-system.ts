/** Errors of the file system in the words and codes of the contract; undefined for any other. */
import { AppError, type ErrorCode } from '../../shared/contract/define.ts';

type Words = readonly [code: ErrorCode, message: string];

const system: Readonly<Record<string, Words>> = {
  ENOENT: ['not-found', 'There is no such file.'],
  EACCES: ['io', 'You may not open this file.'],
  EPERM: ['io', 'You may not open this file.'],
  EROFS: ['io', 'This place is write-protected.'],
  ENOSPC: ['io', 'The disk is full.'],
  EISDIR: ['io', 'This is a folder, not a file.'],
  EMFILE: ['io', 'Too many files are open.'],
};

export const explainSystem = (error: unknown): AppError | undefined => {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const words = Object.hasOwn(system, error.code) ? system[error.code] : undefined;
  const path = 'path' in error && typeof error.path === 'string' ? { path: error.path } : {};
  return words && new AppError(words[0], words[1], { cause: error.code, ...path });
};
