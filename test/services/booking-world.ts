/** Bookings on a real file, with whom they are made. Thursday 15 January 2026, in London. */
import { bookingCommands, bookingQueries } from '../../electron/engine/services/booking/bookings.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext } from '../fakes/context.ts';
import { openDesk, withOrder } from './open.ts';

export const UNIT = 1_000_000;
export const at = (day: string, time = '12:00'): number => Date.parse(`${day}T${time}:00Z`);

/** A confirmed order of 12 crates of 20 kg to Leith, two carriers with rates, a contractor, somebody at the desk. */
export const openBookings = () => {
  const desk = openDesk();
  const { account, product, order } = withOrder(desk);
  desk.update('products', product, { weight: 20 * UNIT });
  desk.update('orders', order, { ship_city: 'Leith', ship_postcode: 'EH6 6JJ', ship_country: 'GB', promised: '2026-01-20' });
  desk.update('orders', order, { status: { '?': 'confirmed' } });
  const ann = desk.insert('people', { name: 'Ann', email: 'ann@x.example' });
  const partner = (code: string, name: string, kind: string) => desk.insert('partners', { code, name, kind });
  const [northline, coastway] = [partner('NLF', 'Northline', 'carrier'), partner('CST', 'Coastway', 'carrier')];
  const rate = { kind: 'contract', code: 'FRT', basis: 'kg', price: 500_000, minimum: 4_500, fuel: 100_000, currency: 'GBP' };
  desk.insert('partner_rates', { ...rate, partner_id: northline, destination: 'EH' });
  desk.insert('partner_rates', { ...rate, partner_id: coastway, kind: 'spot', price: 100_000 });
  desk.insert('partner_services', { partner_id: northline, name: 'Economy', cutoff: '16:00' });
  desk.insert('charge_rules', { code: 'FRT', markup: 200_000 });
  const context = { ...pageContext, as: ann };
  const deps = { store: desk.store, env: { ...desk.env, locale: desk.locale } };
  const commands = bookingCommands(deps);
  const queries = bookingQueries({
    read: desk.store,
    now: desk.env.clock,
    today: () => '2026-01-15',
    zone: () => 'Europe/London',
  });
  const ask = (name: keyof typeof commands, input: object) =>
    // The contract is what the wire parses with: defaults are filled in here as there.
    (commands[name] as (input: unknown, call: typeof context) => unknown)(contract[name].input.parse(input), context);
  const book = (more: object = {}): string => {
    const made = ask('bookings.book', { order, partner: northline, pickup: at('2026-01-16', '09:00'), stage: 'tender', ...more });
    return (made as { readonly id: string }).id;
  };
  const story = (id: string) => contract['bookings.story'].output.parse(queries['bookings.story']({ id }, context));
  const row = (id: string) => desk.row('bookings', id);
  return { desk, account, order, product, ann, northline, coastway, partner, ask, book, story, row, queries, context };
};
