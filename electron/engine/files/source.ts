/** A file of any kind as a table of text. What it is, its content says; its name says nothing. */
import { basename } from 'node:path';
import type { Evidence } from '../../../shared/domain/import/evidence.ts';
import { readApart, type ReadApart } from './apart.ts';
import { readDelimited, textTable } from './delimited.ts';
import { readBytes, readHead } from './disk.ts';
import { makeTable, type Breathe, type ReadOptions, type SourceTable } from './table.ts';
import { createMarks } from './workbook-marks.ts';
import { mayBeWorkbook } from './workbook-kind.ts';

/** A text of so many bytes is read sooner than a thread starts. */
const SMALL = 500_000;

const sure = (answer: string, because: readonly string[]): Evidence => ({ answer, sure: true, because });

type Sheet = Extract<ReadApart['done'], { readonly k: 'sheet' }>;

const sheetEvidence = ({ sheets, sheet }: Sheet, wanted: string | null): Evidence => {
  if (wanted !== null) return sure(`sheet “${sheet}”`, ['given']);
  const others = sheets.filter(({ name, rows }) => name !== sheet && rows > 0);
  const because = others.length === 0 ? ['the only sheet with cells'] : ['the first sheet that is shown and has cells'];
  return { answer: `sheet “${sheet}”`, sure: others.every(({ hidden }) => hidden), because };
};

const sheetTable = (file: string, { rows, marks }: ReadApart, done: Sheet, options: ReadOptions): SourceTable => {
  const { sheets, sheet, notes } = done;
  const encoding = sure('workbook', ['cells of a workbook have no encoding of their own']);
  const delimiter = { ...sheetEvidence(done, options.sheet ?? null), mark: '' };
  const isNumber = createMarks(marks);
  return makeTable({ file, kind: 'workbook', sheets, sheet, encoding, delimiter, notes, isNumber }, rows, options);
};

/** Reads a file. @throws AppError `bad-file`, `too-large`, `io`, `bad-recipe` */
export const readSource = async (path: string, options: ReadOptions, breathe: Breathe): Promise<SourceTable> => {
  const { head, size } = readHead(path);
  const file = basename(path);
  if (size <= SMALL && !mayBeWorkbook(head)) return readDelimited(file, readBytes(path), options, breathe);
  const { sheet, encoding, delimiter } = options;
  const read = await readApart(path, { sheet, encoding, delimiter }, breathe);
  const { rows, done } = read;
  return done.k === 'sheet' ? sheetTable(file, read, done, options) : textTable(file, rows, done, options);
};
