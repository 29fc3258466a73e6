/** Registers and search, as the contract asks them: opened per connection, built in slices that other calls pass. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import type { Queries } from '../../../../shared/contract/index.ts';
import { isTableName } from '../../../../shared/model/index.ts';
import type { ReadContext } from '../../store/grid/computed.ts';
import type { ReadStore } from '../../store/read/read-store.ts';
import { searchView } from './find.ts';

type ViewQueries = Pick<Queries, Extract<keyof Queries, `view.${string}`> | 'search.everywhere'>;

/** Lets waiting calls run, and ends the work of a caller that has gone. */
const pauseOf =
  ({ signal }: CallContext) =>
  async (): Promise<void> => {
    await nextTurn();
    if (signal.aborted) throw new AppError('cancelled', 'The list was no longer wanted.');
  };

/** @param context what a reading depends on beside the rows, as it is now */
export const createViewService = (store: ReadStore, context: () => ReadContext): ViewQueries => {
  const { views } = store;
  return {
    'view.first': async (input, call) => ({
      rows: [...(await views.first(call.connection, input, input.limit, context(), pauseOf(call)))],
    }),
    'view.open': async (input, call) => views.open(call.connection, input, context(), pauseOf(call)),
    'view.rows': ({ view, from, to }, call) => ({ rows: [...views.rows(call.connection, view, from, to, context())] }),
    'view.find': ({ view, id }, call) => ({ index: views.find(call.connection, view, id) }),
    'view.edge': async ({ view, field, from, back }, call) => ({
      index: await views.edge(call.connection, view, from, { field, back }, context(), pauseOf(call)),
    }),
    'view.figures': async ({ view, parts }, call) => {
      const { filled, figures } = await views.figures(call.connection, view, parts, context(), pauseOf(call));
      return { filled, figures: [...figures] };
    },
    'view.search': (asked, call) => searchView(store, call.connection, asked, context(), pauseOf(call)),
    'view.ids': ({ view, from, to }, call) => ({ ids: [...views.ids(call.connection, view, from, to)] }),
    'view.totals': async ({ view, fields }, call) => ({
      sums: await views.totals(call.connection, view, fields, context(), pauseOf(call)),
    }),
    'view.values': ({ table, field, text, limit }) => ({ values: [...store.valuesOf(table, field, text, limit)] }),
    'view.saved': () => ({ rows: [...store.savedViews(context())] }),
    'view.refresh': async ({ view }, call) => ({ count: await views.refresh(call.connection, view, context(), pauseOf(call)) }),
    'view.close': ({ view }, call) => {
      views.close(call.connection, view);
      return {};
    },
    'search.everywhere': ({ text, limit, tables }) => ({
      hits: [...store.search(text, tables === null ? null : tables.filter(isTableName), limit)],
    }),
  };
};
