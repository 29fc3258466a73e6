/** An order that is delivered bit by bit, and all that bills and posts it with legal numbers. */
import { postingCommands, postingQueries } from '../../electron/engine/services/billing/posting.ts';
import { numberCommands, numberQueries } from '../../electron/engine/services/company/numbers.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { openBilling } from './billing.ts';

export const ELSEWHERE = '0195f000-0000-7000-8000-00000000beef';
export const LEGAL = '{yyyy}-{counter}';

export const openLegal = () => {
  const billing = openBilling();
  const { desk } = billing;
  const { store, env } = desk;
  const deps = { store, env: { ...env, locale: desk.locale } };
  const { 'numbers.post': post, 'invoices.ready': ready } = postingCommands(deps);
  const { 'numbers.set': set } = numberCommands({ store, env });
  const numbers = numberQueries({ read: store, local: store.local, env });
  const waiting = postingQueries({ read: store, local: store.local })['numbers.waiting'];
  return {
    ...billing,
    /** Names the device that gives the numbers of a kind, whoever said so. */
    name: (issuer: string, table = 'invoices', more: Record<string, unknown> = {}) =>
      desk.insert('settings', { key: `numbers.${table}`, value: JSON.stringify({ format: LEGAL, start: 1, issuer, ...more }) }),
    set: (table: string, format: string, issuer?: string | null, start = 1) => set({ table, format, start, issuer }, context),
    list: async () => contract['numbers.list'].output.parse(await numbers['numbers.list']({}, context)),
    given: async (table: string) =>
      contract['numbers.given'].output.parse(await numbers['numbers.given']({ table, limit: 200 }, context)),
    waiting: async () => contract['numbers.waiting'].output.parse(await waiting({}, context)),
    ready: (id: string, isReady = true) => ready({ id, isReady, screen: null }, context),
    post: async (...documents: readonly (readonly [table: string, id: string])[]) =>
      contract['numbers.post'].output.parse(
        await post(
          { documents: documents.length === 0 ? null : documents.map(([table, id]) => ({ table, id })), screen: null },
          context,
        ),
      ),
  };
};
