/** A file of any kind as a table of text. What it is, its content says; its name says nothing. */
import { basename } from 'node:path';
import { readDelimited } from './delimited.ts';
import { readBytes } from './disk.ts';
import type { Breathe, ReadOptions, SourceTable } from './table.ts';

/** Reads a file. @throws AppError `bad-file`, `too-large`, `io`, `bad-recipe` */
export const readSource = (path: string, options: ReadOptions, breathe: Breathe): Promise<SourceTable> =>
  readDelimited(basename(path), readBytes(path), options, breathe);
