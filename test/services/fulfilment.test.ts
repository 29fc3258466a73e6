import { describe, expect, test } from 'vitest';
import { fulfilmentCommands, fulfilmentQueries } from '../../electron/engine/services/fulfilment/fulfilment.ts';
import { AppError, type ArgsOf } from '../../shared/contract/define.ts';
import { contract, type WorkbenchContract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { byCommand, type Desk, edit, imported, openDesk, withOrder } from './open.ts';

const typed = (text: string) => ({ '?': text });
type Asked = Parameters<ReturnType<typeof fulfilmentCommands>['orders.fulfil']>[0];
type Kind = Asked['kind'];
type Lines = ArgsOf<WorkbenchContract['orders.fulfil']>['lines'];

const serve = (desk: Desk, order: string) => {
  const commands = fulfilmentCommands({ store: desk.store, env: desk.env });
  const queries = fulfilmentQueries({ read: desk.store });
  return {
    /** Throws at once where it is refused. */
    record: (kind: Kind, lines: Lines = null, more: Partial<Asked> = {}): void => {
      void commands['orders.fulfil'](
        contract['orders.fulfil'].input.parse({ id: order, kind, lines, on: '2026-01-15', reason: 'Because', ...more }),
        context,
      );
    },
    lines: async () => {
      const found = await queries['orders.fulfilment']({ id: order }, context);
      return contract['orders.fulfilment'].output.parse(found).lines;
    },
  };
};
const caught = (run: () => unknown): AppError => {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('nothing was thrown');
};

/** A confirmed order of one line of 50. */
const confirmed = () => {
  const desk = openDesk();
  const { order, line } = withOrder(desk);
  desk.update('order_lines', line, { qty: 50_000_000 });
  desk.update('orders', order, { status: typed('confirmed') });
  return { desk, order, line, ...serve(desk, order) };
};
const of = (line: string, qty: number) => [{ line, qty: qty * 1_000_000 }];
const chips = (desk: Desk, line: string) => {
  const [schedule] = desk.store.children('schedule_lines', line);
  return desk.store.children('fulfilments', schedule?.id ?? '').map(({ kind, qty }) => `${kind} ${Number(qty) / 1_000_000}`);
};

describe('F1: what nobody can read the kind of', () => {
  test('is marked and counts for nothing: the order is shipped as if it were not there', async () => {
    const { desk, line, lines, record } = confirmed();
    const [schedule] = desk.store.children('schedule_lines', line);
    const event = { schedule_id: schedule?.id ?? '', qty: 20_000_000, happened_on: '2026-01-14' };
    const none = desk.insert('fulfilments', event, imported);
    const other = desk.insert('fulfilments', { ...event, kind: typed('teleported') }, imported);
    expect([none, other].map((id) => desk.issues('fulfilments', id))).toEqual([['kind REQUIRED'], ['kind ENUM_UNKNOWN']]);
    expect(await lines()).toMatchObject([{ open: '50000000' }]);
    record('shipped', of(line, 50));
    expect(await lines()).toMatchObject([{ open: '0' }]);
  });
});

describe('O1: an order that ships complete', () => {
  test('nothing of it goes out in parts; all of it does, also once the rest is closed short or partials are allowed', async () => {
    const { desk, order, line, record } = confirmed();
    desk.update('orders', order, { delivery: 'complete' });
    expect(caught(() => record('shipped', of(line, 30))).message).toBe(
      'Line 1: this order ships complete, and some of it would stay open. Ship all of it, close the rest short first, or set the delivery of the order to partials allowed.',
    );
    expect(chips(desk, line)).toEqual([]);
    record('short_closed', of(line, 20));
    record('shipped', of(line, 30));
    const other = confirmed();
    other.desk.update('orders', other.order, { delivery: 'complete' });
    other.record('shipped');
    expect(chips(other.desk, other.line)).toEqual(['shipped 50']);
    const free = confirmed();
    free.desk.update('orders', free.order, { delivery: 'complete' });
    free.desk.update('orders', free.order, { delivery: 'partials' });
    free.record('shipped', of(free.line, 30));
    expect(chips(free.desk, free.line)).toEqual(['shipped 30']);
  });
});

describe('what is recorded where nobody says how much', () => {
  test('F4: the tolerance is what may go out beyond the order, and not what does', async () => {
    const { desk, order, line, record, lines } = confirmed();
    desk.update('products', String(desk.row('order_lines', line)['product_id']), { over_share: 100_000 });
    expect(await lines()).toMatchObject([{ most: { shipped: '55000000' }, usual: { shipped: '50000000' } }]);
    record('shipped');
    expect(chips(desk, line)).toEqual(['shipped 50']);
    expect(caught(() => record('shipped', of(line, 6))).code).toBe('blocked');
    record('shipped', of(line, 5));
    expect(desk.row('orders', order)['status']).toBe('confirmed');
  });

  test('O4: what went out is not cancelled, its remainder is', () => {
    const { desk, order, line, record } = confirmed();
    record('shipped', of(line, 45));
    expect(() => desk.move(order, 'cancelled')).toThrow('Cancel the remainder');
    desk.update('orders', order, { status: typed('cancelled') });
    expect(desk.row('orders', order)['status']).toBe('confirmed');
    record('cancelled');
    expect(chips(desk, line)).toEqual(['shipped 45', 'cancelled 5']);
    const other = confirmed();
    other.desk.move(other.order, 'cancelled');
    expect(other.desk.row('orders', other.order)['status']).toBe('cancelled');
  });
});

describe('orders.fulfil', () => {
  test('F1: 45 of 50 go out, the 5 that remain are open, then closed short with a reason', async () => {
    const { desk, line, record, lines } = confirmed();
    record('shipped', of(line, 45));
    expect(await lines()).toMatchObject([
      {
        ordered: '50000000',
        open: '5000000',
        recorded: { shipped: '45000000' },
        most: { shipped: '5000000', delivered: '45000000' },
      },
    ]);
    expect(caught(() => record('short_closed', of(line, 5), { reason: ' ' })).message).toBe(
      'Say why: it stands in the history of the order.',
    );
    record('short_closed', of(line, 5));
    expect(await lines()).toMatchObject([{ open: '0', recorded: { short_closed: '5000000' } }]);
    record('delivered');
    expect(chips(desk, line)).toEqual(['shipped 45', 'short_closed 5', 'delivered 45']);
  });

  test('F4: what was closed short is opened again and goes out; each is one undo step', async () => {
    const { desk, line, record, lines } = confirmed();
    record('shipped', of(line, 45));
    record('short_closed', of(line, 5));
    record('short_closed', of(line, -5), { reason: null });
    record('shipped');
    expect(await lines()).toMatchObject([{ open: '0', recorded: { shipped: '50000000', short_closed: '0' } }]);
    for (let step = 0; step < 3; step += 1) expect(desk.store.undo({ ...edit, actor: desk.store.device.id }).refused).toEqual([]);
    expect(await lines()).toMatchObject([{ open: '5000000', recorded: { shipped: '45000000', short_closed: '0' } }]);
  });

  test('F5: a return leaves what was delivered', async () => {
    const { line, record, lines } = confirmed();
    record('shipped');
    record('delivered');
    record('returned', of(line, 8), { by: 'customer' });
    expect(await lines()).toMatchObject([
      { open: '0', recorded: { shipped: '50000000', delivered: '50000000', returned: '8000000' } },
    ]);
  });

  test.each<[Kind, number, string]>([
    ['shipped', 6, 'Line 1: You cannot ship 6: only 5 is open.'],
    ['delivered', 46, 'Line 1: You cannot record as delivered 46: only 45 is on its way.'],
    ['returned', 1, 'Line 1: You cannot take back 1: nothing is delivered and not returned.'],
    ['cancelled', 6, 'Line 1: You cannot cancel 6: only 5 is open.'],
    ['short_closed', -1, 'Line 1: 1 cannot be reopened: 0 is closed short.'],
    ['shipped', -1, 'Line 1: What was recorded is not taken back by a negative quantity: record a return.'],
    ['shipped', 0, 'Line 1: The quantity is zero.'],
  ])('refuses %s %d in words and writes nothing', (kind, qty, words) => {
    const { desk, line, record } = confirmed();
    record('shipped', of(line, 45));
    const error = caught(() => record(kind, of(line, qty)));
    expect([error.code, error.message]).toEqual(['blocked', words]);
    expect(chips(desk, line)).toEqual(['shipped 45']);
  });

  test('F3: a service is never shipped; it is accepted as it was ordered', async () => {
    const { desk, line, record, lines } = confirmed();
    desk.update('products', String(desk.row('order_lines', line)['product_id']), { nature: 'service' });
    expect(caught(() => record('shipped', of(line, 1))).message).toBe('Line 1: A service is accepted, not shipped.');
    record('accepted', of(line, 20));
    expect(await lines()).toMatchObject([{ recorded: { accepted: '20000000' }, most: { shipped: '0', accepted: '30000000' } }]);
  });

  test('F4: what the item or the account tolerates may go out beyond what was ordered, and no more', async () => {
    const { desk, order, line, record, lines } = confirmed();
    desk.update('accounts', String(desk.row('orders', order)['account_id']), { over_share: 200_000 });
    expect(await lines()).toMatchObject([{ most: { shipped: '60000000' } }]);
    desk.update('products', String(desk.row('order_lines', line)['product_id']), { over_share: 100_000 });
    expect(caught(() => record('shipped', of(line, 56))).message).toBe('Line 1: You cannot ship 56: only 55 is open.');
    record('shipped', of(line, 55));
    expect(await lines()).toMatchObject([{ open: '0', over: '5000000' }]);
  });

  test('F4: what goes beyond the order goes once all of it went, and of what was cancelled nothing does', async () => {
    const { desk, line, record, lines } = confirmed();
    desk.update('products', String(desk.row('order_lines', line)['product_id']), { over_share: 100_000 });
    const [first] = desk.store.children('schedule_lines', line);
    desk.update('schedule_lines', first?.id ?? '', { qty: 30_000_000 }, byCommand);
    desk.insert('schedule_lines', { line_id: line, qty: 20_000_000, requested: '2026-03-01' }, byCommand);
    record('shipped', of(line, 50));
    expect(await lines()).toMatchObject([{ open: '0', over: '0' }]);
    record('shipped', of(line, 2));
    expect(await lines()).toMatchObject([{ open: '0', over: '2000000' }]);
    const other = confirmed();
    other.desk.update('products', String(other.desk.row('order_lines', other.line)['product_id']), { over_share: 100_000 });
    other.record('cancelled', of(other.line, 50));
    expect(caught(() => other.record('shipped', of(other.line, 1))).message).toMatch(/Line 1/);
  });

  test('F4: with less missing than the tolerance a line is closed short without a reason, and offered as such', async () => {
    const { desk, line, record, lines } = confirmed();
    desk.update('products', String(desk.row('order_lines', line)['product_id']), { under_share: 50_000 });
    record('shipped', of(line, 47));
    expect(await lines()).toMatchObject([{ is_within_under: false }]);
    expect(caught(() => record('short_closed', null, { reason: null })).message).toMatch(/^Say why/);
    record('shipped', of(line, 1));
    expect(await lines()).toMatchObject([{ is_within_under: true, open: '2000000' }]);
    record('short_closed', null, { reason: null });
    expect(await lines()).toMatchObject([{ is_within_under: false, open: '0' }]);
    expect(chips(desk, line)).toEqual(['shipped 47', 'shipped 1', 'short_closed 2']);
  });

  test('F4: another product goes out only with the customer’s word, which stands with the event; the line stays what it is', async () => {
    const { desk, line, record, lines } = confirmed();
    const other = desk.insert('products', { sku: 'CRT-6041', name: 'Crate, grey', uom: 'EA' });
    const service = desk.insert('products', { sku: 'FIT', name: 'Fitting', nature: 'service' });
    const own = String(desk.row('order_lines', line)['product_id']);
    desk.update('products', own, { substitute_id: other });
    expect(await lines()).toMatchObject([{ substitute: { id: other, product: 'CRT-6041 · Crate, grey' }, sent_instead: [] }]);
    const instead = (substitute: string, qty = 5) => [{ line, qty: qty * 1_000_000, substitute }];
    const refusals: readonly (readonly [string, Kind, string | null])[] = [
      [other, 'shipped', null],
      [other, 'delivered', 'Ann'],
      [own, 'shipped', 'Ann'],
      [service, 'shipped', 'Ann'],
    ];
    record('shipped', of(line, 1));
    expect(
      refusals.map(([product, kind, consent]) => caught(() => record(kind, instead(product, 1), { consent })).message),
    ).toEqual([
      'Say who of the customer agreed to it.',
      'Only what goes out can be something else than what was ordered.',
      'Line 1: That is what was ordered.',
      'Line 1: A service does not go out in place of goods.',
    ]);
    record('shipped', instead(other), { consent: 'Ann, by phone' });
    expect(await lines()).toMatchObject([
      {
        recorded: { shipped: '6000000' },
        sent_instead: [{ product: 'CRT-6041 · Crate, grey', qty: '5000000', consent: 'Ann, by phone' }],
      },
    ]);
    expect(desk.row('order_lines', line)).toMatchObject({ product_id: own, price: 8_500_000 });
  });

  test('F3: an order of a service is open until all of it is accepted, and then is done, whatever was never delivered', async () => {
    const { desk, order, line, record, lines } = confirmed();
    const isOpen = (): unknown =>
      desk.look((db) =>
        db.prepare('SELECT s.is_open FROM order_sums s JOIN orders o ON o._n = s.n WHERE o.id = ?').pluck().get(order),
      );
    const product = String(desk.row('order_lines', line)['product_id']);
    desk.update('products', product, { nature: 'service' });
    record('accepted', of(line, 20));
    expect([isOpen(), (await lines())[0]?.open]).toEqual([1, '30000000']);
    record('accepted');
    expect([isOpen(), (await lines())[0]?.open]).toEqual([0, '0']);
    desk.update('products', product, { nature: 'goods' });
    expect(isOpen()).toBe(1);
    desk.update('products', product, { nature: 'service' });
    expect(isOpen()).toBe(0);
  });

  test('a quantity goes over the schedule lines in their order', async () => {
    const { desk, line, record, lines } = confirmed();
    desk.insert('schedule_lines', { line_id: line, qty: 10_000_000, requested: '2026-03-01' }, byCommand);
    record('shipped', of(line, 55));
    const sent = desk.store
      .children('schedule_lines', line)
      .map(({ id }) => desk.store.children('fulfilments', id).map(({ qty }) => qty));
    expect(sent).toEqual([[50_000_000], [5_000_000]]);
    expect(await lines()).toMatchObject([{ open: '5000000' }]);
  });

  test('records what is still open, once, beside what a file brought', () => {
    const { desk, order, line, record } = confirmed();
    const [schedule] = desk.store.children('schedule_lines', line);
    desk.insert('fulfilments', { schedule_id: schedule?.id ?? '', kind: 'shipped', qty: 5_000_000 }, imported);
    record('shipped');
    expect(chips(desk, line)).toEqual(['shipped 5', 'shipped 45']);
    expect(caught(() => record('shipped')).message).toBe('Nothing is open on this order.');
    expect(caught(() => serve(desk, desk.env.ids()).record('shipped')).code).toBe('not-found');
    expect(caught(() => record('delivered', of(order, 1))).code).toBe('not-found');
    expect(caught(() => record('delivered', [...of(line, 1), ...of(line, 1)])).message).toBe('A line is named twice.');
  });

  test('only of a confirmed order; of a closed one only what came after', () => {
    const desk = openDesk();
    const { order, line } = withOrder(desk);
    const { record } = serve(desk, order);
    expect(caught(() => record('shipped')).message).toBe('Only a confirmed order can go out. Confirm it first.');
    expect(caught(() => record('delivered')).message).toMatch(/^Nothing is recorded of an order that is not confirmed/);
    desk.update('orders', order, { status: typed('confirmed') });
    record('shipped');
    desk.move(order, 'closed');
    expect(caught(() => record('cancelled')).message).toMatch(/^The order is closed/);
    record('delivered');
    expect(chips(desk, line)).toEqual(['shipped 12', 'delivered 12']);
  });
});
