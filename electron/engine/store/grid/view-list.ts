/** The open views of all connections: bounded in number and memory, the one used longest ago goes first. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../../../shared/contract/define.ts';
import type { Filter } from '../../../../shared/domain/filter.ts';
import type { SortBy } from './register-sql.ts';

/** Views a connection may hold, and row numbers all of them together (256 MB). */
const MAX_VIEWS = 40;
const MAX_NUMBERS = 64_000_000;

export type Asked = { readonly table: string; readonly filter: Filter | null; readonly sort: SortBy };
export type View = { readonly connection: string; readonly asked: Asked; numbers: Uint32Array };

export const createViewList = () => {
  const views = new Map<string, View>();
  // A window outlives the engine: a name from before a restart must never be that of another list after it.
  const life = randomUUID();
  let made = 0;
  /** Oldest first, forgets what is over the bounds; never the newest. */
  const makeRoom = (connection: string): void => {
    const own = [...views].filter(([, view]) => view.connection === connection);
    for (const [name] of own.slice(0, Math.max(0, own.length - MAX_VIEWS))) views.delete(name);
    let kept = [...views.values()].reduce((sum, view) => sum + view.numbers.length, 0);
    for (const [name, view] of [...views].slice(0, -1)) {
      if (kept <= MAX_NUMBERS) return;
      views.delete(name);
      kept -= view.numbers.length;
    }
  };
  return {
    add(view: View): string {
      made += 1;
      const name = `${life}/${made}`;
      views.set(name, view);
      makeRoom(view.connection);
      return name;
    },
    /** @throws AppError `view-gone` where the connection has no such view */
    find(connection: string, name: string): View {
      const view = views.get(name);
      if (view === undefined || view.connection !== connection) {
        throw new AppError('view-gone', 'This list was closed. Open it again.', { view: name });
      }
      views.delete(name);
      views.set(name, view);
      return view;
    },
    close(connection: string, name: string): void {
      if (views.get(name)?.connection === connection) views.delete(name);
    },
    forget(connection: string): void {
      for (const [name, view] of views) if (view.connection === connection) views.delete(name);
    },
  };
};
