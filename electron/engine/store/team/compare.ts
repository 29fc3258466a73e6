/** Where two replicas of a team differ: tables by their hashes, and in those that differ the rows. */
import { createHash } from 'node:crypto';
import type { Replica, ReplicaHash } from './replica-hash.ts';

type Side = Omit<ReplicaHash, 'table'>;
export type ComparedTable = { readonly table: string; readonly here: Side; readonly there: Side };
/** `where`: on which side the row is; on both it says different things. */
export type DifferingRow = { readonly table: string; readonly row: string; readonly where: 'here' | 'there' | 'both' };
export type Compared = {
  readonly tables: readonly ComparedTable[];
  readonly rows: readonly DifferingRow[];
  /** Rows that differ and are not listed. */
  readonly more: number;
};

const short = (text: string): string => createHash('sha256').update(text).digest('base64').slice(0, 22);

const differingRows = (here: Replica, there: Replica, table: string): readonly DifferingRow[] => {
  const left = new Map<string, string>();
  for (const { name, text } of here.rows(table)) left.set(name, short(text));
  const found: DifferingRow[] = [];
  for (const { name, text } of there.rows(table)) {
    const known = left.get(name);
    left.delete(name);
    if (known !== short(text)) found.push({ table, row: name, where: known === undefined ? 'there' : 'both' });
  }
  return [...found, ...[...left.keys()].map((row) => ({ table, row, where: 'here' as const }))];
};

/** @param most rows that are listed */
export const compareReplicas = (here: Replica, there: Replica, most: number): Compared => {
  const others = new Map(there.hashes().map((one) => [one.table, one]));
  const tables = here.hashes().map(({ table, rows, hash }): ComparedTable => {
    const other = others.get(table);
    return { table, here: { rows, hash }, there: { rows: other?.rows ?? 0, hash: other?.hash ?? '' } };
  });
  const differing = tables.filter((one) => one.here.hash !== one.there.hash);
  const rows = differing.flatMap(({ table }) => differingRows(here, there, table));
  return { tables, rows: rows.slice(0, most), more: Math.max(0, rows.length - most) };
};
