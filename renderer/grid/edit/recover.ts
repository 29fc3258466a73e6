/**
 * Text that was being typed when a window ended, laid back over its cells. It was never handed over, so it is shown
 * as not saved; opening the cell and Enter hand it over, Escape lets it go.
 */
import type { Edits } from './edits.ts';

/** The name a text being typed is kept under. */
export const draftName = (table: string, row: string, field: string): string => `cell/${table}/${row}/${field}`;

const reason = 'the window ended while this was being typed. F2 and Enter save it, Esc lets it go.';

/** @param texts all kept texts by name; those of other tables are left alone. Returns the names laid over cells. */
export const recoverDrafts = (edits: Edits, table: string, texts: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(texts).flatMap(([name, text]) => {
    const [kind, of, row, field] = name.split('/');
    if (kind !== 'cell' || of !== table || row === undefined || field === undefined) return [];
    edits.refuse(edits.hold({ row, field }, text, { value: text }), reason);
    return [name];
  });
