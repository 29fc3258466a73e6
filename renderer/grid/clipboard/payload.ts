/**
 * The type of ours beside text and HTML: which rows and fields the cells are, and what links point at, so that a name
 * that two records have still pastes as the right one. It comes from the clipboard, so it is read as untrusted data.
 */
import { z } from 'zod';
import type { Taken } from '../edit/commit.ts';

export const ownType = 'application/x-account-workbench+json';

const longest = 32 * 2 ** 20;

const column = z.object({
  field: z.string().max(60),
  /** The tables its links point at; null where it has no links. */
  to: z.array(z.string().max(40)).max(40).nullable(),
});

const taken = z.object({
  value: z.string().max(200),
  code: z.string().max(1000).nullable(),
  title: z.string().max(1000).nullable(),
});

const payload = z.object({
  v: z.literal(1),
  /** Names this copy, so that a cut is moved once and by its own paste only. */
  copy: z.string().max(60),
  table: z.string().max(40),
  rows: z.array(z.string().max(60)).max(200_000),
  columns: z.array(column).max(500),
  /** By `row,column` of the block. */
  links: z.record(z.string().max(20), taken),
});

export type Payload = z.output<typeof payload>;

export const readPayload = (text: string): Payload | null => {
  if (text === '' || text.length > longest) return null;
  try {
    return payload.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};

/** The record a cell of the block points at, where the column it goes to may point there. */
export const takenAt = (from: Payload | null, row: number, col: number, to: readonly string[] | null): Taken | null => {
  const own = from?.columns[col]?.to;
  if (!from || !own || !to || own.join() !== to.join()) return null;
  return from.links[`${row},${col}`] ?? null;
};
