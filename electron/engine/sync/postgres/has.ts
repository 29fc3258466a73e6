/** What the schema of a hub has: one that was made by an earlier version lacks some of it, until `hub init` is run again. */
import type { Ask } from './connection.ts';

/** A table or an index. */
export const hasTable = async (ask: Ask, name: string): Promise<boolean> => {
  const there = await ask(
    `SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'workbench' AND c.relname = $1`,
    [name],
  );
  return there.length > 0;
};

export const hasFunction = async (ask: Ask, name: string): Promise<boolean> => {
  const there = await ask(
    `SELECT 1 FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname = 'workbench' AND p.proname = $1`,
    [name],
  );
  return there.length > 0;
};
