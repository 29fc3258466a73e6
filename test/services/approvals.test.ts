/** Who has to agree before a quote goes out, on real rows: limits, requests and answers, and what a change voids. */
import { describe, expect, test } from 'vitest';
import { approvalCommands, approvalQueries } from '../../electron/engine/services/approval/approvals.ts';
import { actorOf } from '../../electron/engine/services/access/identity.ts';
import type { CallContext } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import type { CellInput } from '../../shared/domain/kinds.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, openDesk } from './open.ts';

const UNIT = 1_000_000;
const screen = null;

/** Ann sells within the limits the workbench ships with; Bo gives step 1, Cat both; Dee has limits of her own. */
const openOffice = () => {
  const desk = openDesk();
  const person = (name: string) => desk.insert('people', { name, email: `${name.toLowerCase()}@example.com`, role: 'member' });
  const [ann, bo, cat, dee] = [person('Ann'), person('Bo'), person('Cat'), person('Dee')];
  const limit = (values: Readonly<Record<string, CellInput>>) => desk.insert('approval_limits', values);
  limit({ person_id: bo, approves: 'first' });
  limit({ person_id: cat, approves: 'both' });
  limit({ person_id: dee, floor: 50_000, hard_floor: 0, own_discount: 500_000 });
  const account = desk.insert('accounts', { code: 'HARB', name: 'Harbour Foods', terms: '30 days' });
  const product = desk.insert('products', {
    sku: 'CRT',
    name: 'Crate',
    uom: 'EA',
    list_price: 10 * UNIT,
    cost: 8 * UNIT,
    cost_on: '2026-01-02',
    currency: 'GBP',
  });
  const quote = desk.insert('quotes', { account_id: account });
  const line = desk.insert('quote_lines', { quote_id: quote, product_id: product, qty: 10 * UNIT });
  const queries = approvalQueries({
    read: desk.store,
    today: () => '2026-01-15',
    actor: (call) => actorOf(desk.store, call),
  });
  const commands = approvalCommands({ store: desk.store, env: desk.env });
  const as = (id: string, call: CallContext = context) => {
    desk.env.tick(1000);
    desk.store.local.setPerson(id);
    return {
      read: () => contract['quotes.approval'].output.parse(queries['quotes.approval']({ id: quote }, call)),
      ask: (note: string | null = null) => void commands['quotes.ask']({ id: quote, note, screen }, call),
      approve: (note: string | null = null) => void commands['quotes.approve']({ id: quote, note, screen }, call),
      decline: (note: string | null = null) => void commands['quotes.decline']({ id: quote, note, screen }, call),
      recall: () => void commands['quotes.recall']({ id: quote, screen }, call),
      move: (to: string) =>
        desk.store.apply([{ kind: 'transition', table: 'quotes', id: quote, field: 'status', to, why: null }], {
          ...edit,
          actor: id,
        }),
    };
  };
  return { desk, ann, bo, cat, dee, quote, line, product, limit, as, status: () => desk.row('quotes', quote)['status'] };
};

const discount = ({ desk, line }: ReturnType<typeof openOffice>, percent: number) =>
  desk.update('quote_lines', line, { discount: percent * 10_000 });

describe('A1, A2: what needs an approval, and whose', () => {
  test('A2: at the floor nobody is asked; a figure below it names itself, its limit and the step', () => {
    const office = openOffice();
    expect(office.as(office.ann).read()).toMatchObject({ status: 'free', missing: null, blockers: [] });
    discount(office, 10);
    const said = office.as(office.ann).read();
    expect(said).toMatchObject({ status: 'needed', missing: 'It needs approval before it is sent.' });
    expect(said.blockers.map(({ row, field, message }) => [row, field, message])).toEqual([
      [office.line, 'price', 'Line 1: the margin of 11.1 % is below the floor of 20 %: approver 1 has to agree'],
      [office.line, 'discount', 'Line 1: a discount of 10 % is over the limit of 5 %: approver 1 has to agree'],
      [office.line, 'price', 'The quote: the margin of 11.1 % is below the floor of 20 %: approver 1 has to agree'],
    ]);
  });

  test('A2: a price set below the list is a discount, with the one on the line', () => {
    const office = openOffice();
    office.desk.update('quote_lines', office.line, { price: 20 * UNIT });
    office.desk.update('products', office.product, { list_price: 30 * UNIT });
    office.desk.update('quote_lines', office.line, { qty: 11 * UNIT });
    expect(
      office
        .as(office.ann)
        .read()
        .blockers.map(({ code }) => code),
    ).toContain('DISCOUNT');
  });

  test.each<readonly [string, Readonly<Record<string, CellInput>>, string]>([
    ['terms', { terms: '60 days' }, '60 days to pay are more than 30'],
    ['validity', { valid_to: '2026-03-31' }, 'valid for 75 days, more than 30'],
    ['wording', { wording: 'Subject to board approval' }, 'wording is not the standard one'],
  ])('A2: %s beyond the limit asks approver 1', (_, values, words) => {
    const office = openOffice();
    office.desk.update('quotes', office.quote, values);
    expect(office.as(office.ann).read().blockers).toEqual([
      expect.objectContaining({ table: 'quotes', message: expect.stringContaining(words) as string }),
    ]);
  });

  test('A1: a cost of long ago, or of no day, counts as below the floor', () => {
    const office = openOffice();
    office.desk.update('products', office.product, { cost_on: '2025-10-01' });
    expect(
      office
        .as(office.ann)
        .read()
        .blockers.map(({ code }) => code),
    ).toEqual(['COST_STALE']);
  });

  test('A4: inside delegated limits nobody is asked, and an owner without limits is asked nothing', () => {
    const office = openOffice();
    discount(office, 15);
    expect(office.as(office.dee).read().status).toBe('free');
    office.desk.update('people', office.ann, { role: 'owner' });
    expect(office.as(office.ann).read().status).toBe('free');
    office.limit({ role: 'owner', floor: 200_000 });
    expect(office.as(office.ann).read().status).toBe('needed');
    office.limit({ person_id: office.ann, floor: 0, own_discount: 200_000, hard_floor: 0 });
    expect(office.as(office.ann).read().status).toBe('free');
  });
});

describe('A3: asked and decided', () => {
  test('A3: one step, given by the one whose it is, for this content', () => {
    const office = openOffice();
    discount(office, 10);
    expect(() => office.as(office.ann).move('approved')).toThrow(/needs approval.*Line 1/);
    expect(() => office.as(office.ann).move('in_review')).toThrow(/Ask for approval/);
    expect(() => office.as(office.bo).approve()).toThrow(/Nobody has asked/);
    office.as(office.ann).ask('They order every week');
    expect(office.status()).toBe('in_review');
    expect(office.as(office.ann).read()).toMatchObject({
      status: 'pending',
      asked: { by: 'Ann', note: 'They order every week' },
      open: [{ level: 1, people: ['Bo', 'Cat'] }],
      may: { decide: false, recall: true },
    });
    expect(() => office.as(office.ann).approve()).toThrow(/You asked for this yourself/);
    expect(() => office.as(office.dee).approve()).toThrow(/belongs to approver 1/);
    expect(office.as(office.bo).read()).toMatchObject({
      may: { decide: true, recall: false, needsReason: false },
      blockers: [{ code: 'BELOW_FLOOR' }, { code: 'DISCOUNT' }, { code: 'BELOW_FLOOR' }],
    });
    office.as(office.bo).approve();
    expect(office.status()).toBe('approved');
    expect(office.as(office.ann).read()).toMatchObject({
      status: 'approved',
      missing: null,
      decided: [{ by: 'Bo', isApproved: true }],
    });
  });

  test('A2, A3: below the hard floor the second approver agrees too, and says why', () => {
    const office = openOffice();
    discount(office, 15);
    office.as(office.ann).ask();
    office.as(office.bo).approve();
    expect(office.status()).toBe('in_review');
    expect(office.as(office.ann).read().open).toEqual([{ level: 2, people: ['Cat'] }]);
    expect(() => office.as(office.bo).approve()).toThrow(/belongs to approver 2/);
    expect(() => office.as(office.cat).approve()).toThrow(/needs a reason/);
    office.as(office.cat).approve('Opens the account');
    expect(office.status()).toBe('approved');
  });

  test('A3: a change after approval makes it void, and says so; the same content again is approved again', () => {
    const office = openOffice();
    discount(office, 10);
    office.as(office.ann).ask();
    office.as(office.bo).approve();
    office.desk.update('quote_lines', office.line, { qty: 12 * UNIT });
    expect(office.status()).toBe('draft');
    expect(office.as(office.ann).read()).toMatchObject({
      status: 'needed',
      missing: 'What Bo approved was changed since: it needs approval again.',
      voided: { by: 'Bo' },
    });
    office.desk.update('quote_lines', office.line, { qty: 10 * UNIT });
    expect(office.as(office.ann).read().status).toBe('approved');
    office.as(office.ann).move('approved');
    expect(office.status()).toBe('approved');
  });

  test('A3: declined with a reason; asked again it is decided anew', () => {
    const office = openOffice();
    discount(office, 10);
    office.as(office.ann).ask();
    expect(() => office.as(office.bo).decline(' ')).toThrow(/Say why/);
    office.as(office.bo).decline('Too low');
    expect(office.status()).toBe('draft');
    expect(office.as(office.ann).read()).toMatchObject({ status: 'refused', missing: 'Bo declined it: Too low.' });
    office.as(office.ann).ask('They pay in advance');
    expect(office.as(office.ann).read()).toMatchObject({ status: 'pending', decided: [] });
    office.as(office.bo).approve();
    expect(office.status()).toBe('approved');
  });

  test('A3: the one who asked may ask it back, nobody else', () => {
    const office = openOffice();
    discount(office, 10);
    office.as(office.ann).ask();
    expect(() => office.as(office.bo).recall()).toThrow(/Only the one who asked/);
    office.as(office.ann).recall();
    expect(office.status()).toBe('draft');
    expect(office.as(office.ann).read().status).toBe('recalled');
    office.as(office.ann).ask();
    office.as(office.bo).approve();
    expect(office.status()).toBe('approved');
  });

  test('nobody agrees to their own request by another name, and an approver may decide by the command line', () => {
    const office = openOffice();
    office.limit({ person_id: office.ann, approves: 'both' });
    discount(office, 10);
    office.as(office.ann).ask();
    const named = (as: string): CallContext => ({ ...context, client: 'cli', as });
    expect(() => office.as(office.ann, named('A. <ann@example.com>')).approve()).toThrow(/You asked for this yourself/);
    expect(() => office.as(office.ann, named('Eve <eve@example.com>')).approve('x')).toThrow(/belongs to approver 1/);
    office.as(office.ann, named('Bo <BO@example.com>')).approve();
    expect(office.status()).toBe('approved');
  });

  test('undo takes a decision back; no hand changes what was decided', () => {
    const office = openOffice();
    discount(office, 10);
    office.as(office.ann).ask();
    office.as(office.bo).approve();
    const [row] = office.desk.store.children('approvals', office.quote);
    expect(() => office.desk.store.apply([{ kind: 'delete', table: 'approvals', id: row?.id ?? '' }], edit)).toThrow(
      /not changed by hand/,
    );
    office.desk.store.undo({ ...edit, actor: office.bo });
    expect(office.status()).toBe('in_review');
    expect(office.as(office.ann).read().status).toBe('pending');
  });
});

test('A4: an answer counts after what it answers, whatever the clock of who answers', () => {
  const office = openOffice();
  discount(office, 10);
  office.as(office.ann).ask();
  office.as(office.bo).decline('Ask for less');
  office.as(office.ann).ask('Still needed');
  // On a computer whose clock is an hour slow.
  office.desk.env.tick(-3_600_000);
  office.as(office.bo).approve();
  expect(office.status()).toBe('approved');
  expect(office.as(office.ann).read()).toMatchObject({ status: 'approved', missing: null });
});
