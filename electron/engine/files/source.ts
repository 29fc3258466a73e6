/** A file of any kind as a table of text. What it is, its content says; its name says nothing. */
import { basename } from 'node:path';
import { readDelimited } from './delimited.ts';
import { readBytes, readHead } from './disk.ts';
import type { Breathe, ReadOptions, SourceTable } from './table.ts';
import { readWorkbook } from './workbook.ts';
import { mayBeWorkbook } from './workbook-kind.ts';

/** Reads a file. @throws AppError `bad-file`, `too-large`, `io`, `bad-recipe` */
export const readSource = async (path: string, options: ReadOptions, breathe: Breathe): Promise<SourceTable> => {
  const workbook = mayBeWorkbook(readHead(path)) ? await readWorkbook(path, options, breathe) : null;
  return workbook ?? readDelimited(basename(path), readBytes(path), options, breathe);
};
