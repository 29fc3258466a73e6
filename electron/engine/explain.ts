/** Errors of the store and the file system in the words and codes of the contract; undefined for any other. */
import { AppError } from '../../shared/contract/define.ts';
import { explainSystem } from './explain-system.ts';
import { toAppError } from './store/file/db.ts';

export const explain = (error: unknown): AppError | undefined => {
  const named = toAppError(error);
  return named instanceof AppError ? named : explainSystem(error);
};
