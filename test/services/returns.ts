/** A confirmed order of 50 at 8.50 that was delivered, and everything that takes part of it back. */
import { returnCommands, returnQueries } from '../../electron/engine/services/returns/returns.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { openBilling, UNIT } from './billing.ts';

export const openReturns = (prepare?: Parameters<typeof openBilling>[0]) => {
  const billing = openBilling(prepare);
  const { desk, order, line } = billing;
  const env = { ...desk.env, locale: desk.locale };
  const commands = returnCommands({ store: desk.store, env });
  const queries = returnQueries({ read: desk.store, env });
  const ask = (name: keyof typeof commands, input: object): unknown =>
    // The contract is what the wire parses with: defaults are filled in here as there.
    (commands[name] as (input: unknown, call: typeof context) => unknown)(contract[name].input.parse(input), context);
  const open = (qty: number, more: object = {}): string => {
    const asked = { order, lines: [{ line, qty: qty * UNIT }], operation: 'refund', reason: 'Scratched', ...more };
    return (ask('returns.ask', asked) as { readonly id: string }).id;
  };
  const row = (id: string) => desk.row('returns', id);
  const story = (id: string) => contract['returns.story'].output.parse(queries['returns.story']({ id }, context));
  const returnable = () => contract['returns.returnable'].output.parse(queries['returns.returnable']({ order }, context)).lines;
  const left = (): number => Number(returnable()[0]?.returnable) / UNIT;
  /** What stands on the order line, in whole units. */
  const buckets = () =>
    Object.fromEntries(
      ['delivered', 'returned', 'invoiced', 'credited'].map((kind) => [
        kind,
        desk.store
          .children('schedule_lines', line)
          .flatMap(({ id }) => desk.store.children('fulfilments', id))
          .filter((event) => event['kind'] === kind)
          .reduce((sum, { qty }) => sum + Number(qty) / UNIT, 0),
      ]),
    );
  const notes = (id: string) => desk.store.match('credit_notes', 'return_id', id).map((note) => desk.row('credit_notes', note));
  const linesOfNote = (note: Readonly<Record<string, unknown>>) => desk.store.children('credit_lines', String(note['id']));
  /** All the way to what was found. */
  const inspected = (qty: number, accepted: number, more: object = {}): string => {
    const id = open(qty, more);
    ask('returns.authorise', { id });
    ask('returns.receive', { id });
    ask('returns.inspect', { id, qty: accepted * UNIT, reason: 'As it is' });
    return id;
  };
  return { ...billing, ask, open, row, story, returnable, left, buckets, notes, linesOfNote, inspected };
};
