/** Single edits of random rows of the large file, and their limit: 12 KB appended to a file and on the disk. */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { openReader } from '../../electron/engine/store/file/db.ts';

type Edited = (typeof EDITS)[number]['table'];
const DRAFTS: Readonly<Record<Edited, string>> = {
  orders: `SELECT id FROM live_orders WHERE status = 'draft'`,
  order_lines: `SELECT l.id FROM live_orders o JOIN live_order_lines l ON l.order_id = o.id WHERE o.status = 'draft'`,
};

const BLOCK = Buffer.alloc(12 * 1024, 7);

export const createAppend = (path: string) => {
  const handle = openSync(path, 'a');
  return {
    append: (): void => {
      writeSync(handle, BLOCK);
      fdatasyncSync(handle);
    },
    close: (): void => closeSync(handle),
  };
};

/** The ids of random rows that may be edited: quantities stand still once an order is confirmed. */
export const pickIds = (file: string, table: Edited, count: number, int: (n: number) => number): readonly string[] => {
  const db = openReader(file);
  const all = db.prepare<[], string>(DRAFTS[table]).pluck().all();
  db.close();
  return Array.from({ length: count }, () => all[int(all.length)] ?? '');
};

/** The fields that are edited: a plain one, and one that sums and search hang on. */
export const EDITS = [
  { table: 'orders', field: 'po_ref', name: "an order's reference", valueOf: (at: number) => `PO ${at}` },
  { table: 'order_lines', field: 'qty', name: "a line's quantity", valueOf: (at: number) => (1 + (at % 400)) * 1_000_000 },
] as const;

export const editCall = ({ table, field, valueOf }: (typeof EDITS)[number], id: string, at: number) => ({
  label: 'Edit',
  patches: [{ kind: 'update' as const, table, id, values: { [field]: valueOf(at) } }],
});
