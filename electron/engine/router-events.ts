/**
 * `changed` numbered and spaced out: the first at once, then at most ten a second with all that came meanwhile.
 * Above 500 ids of a table the ids are left out, and a reader takes the whole table as changed.
 */
import type { Events } from '../../shared/contract/events.ts';

type Tables = Events['changed']['tables'];

const SPACING_MS = 100;
const IDS_MAX = 500;

const merge = (into: Map<string, Set<string> | undefined>, tables: Tables): void => {
  for (const [table, { ids }] of Object.entries(tables)) {
    const known = into.has(table) ? into.get(table) : new Set<string>();
    for (const id of ids ?? []) known?.add(id);
    into.set(table, ids === undefined || known === undefined || known.size > IDS_MAX ? undefined : known);
  }
};

export type ChangeStream = { readonly add: (tables: Tables) => void; readonly stop: () => void };

export const createChangeStream = (send: (payload: Events['changed']) => void): ChangeStream => {
  const gathered = new Map<string, Set<string> | undefined>();
  let timer: NodeJS.Timeout | undefined;
  let seq = 0;

  const flush = (): void => {
    timer = undefined;
    if (gathered.size === 0) return;
    seq += 1;
    send({ seq, tables: Object.fromEntries([...gathered].map(([table, ids]) => [table, ids ? { ids: [...ids] } : {}])) });
    gathered.clear();
    timer = setTimeout(flush, SPACING_MS);
  };
  return {
    add: (tables) => {
      merge(gathered, tables);
      if (!timer) flush();
    },
    stop: () => clearTimeout(timer),
  };
};
