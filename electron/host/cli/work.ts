/** What every command is given. */
import { AppError, type CallOptions } from '../../../shared/contract/define.ts';
import type { Client } from '../../../shared/contract/index.ts';
import type { Output } from './output.ts';
import type { Asked } from './usage.ts';

export type Work = {
  readonly client: Client;
  readonly asked: Asked;
  readonly output: Output;
  /** How long jobs are followed and stopped. */
  readonly options: CallOptions;
  /** The folder that relative paths count from. */
  readonly folder: string;
  /** The file is one of a moment's, of nobody: it is never named. */
  readonly isAside: boolean;
};

export const usage = (message: string): AppError => new AppError('usage', message);
