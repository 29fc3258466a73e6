/** What the command line prints: results on standard output, everything else on standard error. */
import type { AppError } from '../../../shared/contract/define.ts';

type Cell = string | number | null;

export type Output = {
  /** A line of the result. */
  readonly print: (text: string) => void;
  readonly json: (value: unknown) => void;
  /** A remark that is no part of the result. */
  readonly note: (text: string) => void;
  readonly progress: (done: number, total: number | null, what: string) => void;
  readonly fail: (error: AppError) => void;
};

const WIDEST = 60;

/** One line, short enough for a terminal. */
const shown = (cell: Cell): string => {
  if (cell === null) return '';
  const text = String(cell).replace(/\s+/gu, ' ');
  return text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text;
};

/** Columns that are aligned: numbers to the right. */
export const formatTable = (headers: readonly string[], rows: readonly (readonly Cell[])[]): string => {
  const text = rows.map((row) => headers.map((_, at) => shown(row[at] ?? null)));
  const widths = headers.map((header, at) => text.reduce((most, row) => Math.max(most, row[at]?.length ?? 0), header.length));
  const isNumber = headers.map((_, at) => rows.length > 0 && rows.every((row) => typeof (row[at] ?? 0) === 'number'));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (isNumber[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(headers), widths.map((width) => '─'.repeat(width)).join('  '), ...text.map(line)].join('\n');
};

/** What would drive a terminal instead of being read: names and notes come from anywhere. */
const harmless = (text: string): string =>
  text.replaceAll(/\p{Cc}/gu, (sign) => (sign === '\n' || sign === '\t' ? sign : '\ufffd'));

type Streams = {
  readonly out: { write(text: string): unknown };
  readonly err: { write(text: string): unknown; readonly isTTY?: boolean };
};

/** Progress is for eyes: it is shown only where standard error is a terminal, on one line that goes away. */
export const createOutput = ({ out, err }: Streams): Output => {
  let isDirty = false;
  const clear = (): void => {
    if (isDirty) err.write('\r\u001b[K');
    isDirty = false;
  };
  return {
    print: (text) => {
      clear();
      out.write(`${harmless(text)}\n`);
    },
    json: (value) => {
      clear();
      out.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    note: (text) => {
      clear();
      err.write(`${harmless(text)}\n`);
    },
    progress: (done, total, what) => {
      if (err.isTTY !== true) return;
      const part = total === null || total === 0 ? String(done) : `${Math.floor((done / total) * 100)} %`;
      err.write(`\r\u001b[K${what} ${part}`);
      isDirty = true;
    },
    fail: ({ code, message }) => {
      clear();
      err.write(`workbench: ${code}: ${harmless(message.replace(/\s+/gu, ' ').trim())}\n`);
    },
  };
};
