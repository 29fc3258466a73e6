/** What was agreed is locked, and why: the same fields and words for the engine, forms and grids. */
import { describe, expect, it } from 'vitest';
import { agreedReason, isAgreed } from '../../shared/model/agreed.ts';
import { isPaperTable, paperOfLines } from '../../shared/model/documents.ts';
import { tableNames, tableOf } from '../../shared/model/index.ts';

const confirmed = { status: 'confirmed', number: 'O26-K7M-0042' };

describe('O5, Q6: what was agreed', () => {
  it.each([
    ['orders', 'account_id', confirmed, /^Order O26-K7M-0042 is confirmed: its account.* no longer change here\. Amend it/],
    ['order_lines', 'qty', confirmed, /^Order O26-K7M-0042 is confirmed: its quantities.*Amend it/],
    ['order_lines', 'note', confirmed, null],
    ['orders', 'promised', confirmed, null],
    ['orders', 'account_id', { status: 'draft', number: null }, null],
    ['orders', 'account_id', { status: 'cancelled', number: null }, /^This order is cancelled: .*Duplicate it/],
    ['quotes', 'valid_to', { status: 'sent', number: 'Q26-K7M-0001' }, /is sent: .*Revise it/],
    ['quote_lines', 'chosen', { status: 'accepted', number: 'Q26-K7M-0001' }, /is accepted: its lines.*Duplicate it/],
    ['invoices', 'due_on', { status: 'issued', number: 'I26-K7M-0001' }, /is issued: .*Credit what is wrong/],
    ['accounts', 'name', { status: 'active' }, null],
    ['orders', 'account_id', undefined, null],
  ] as const)('%s.%s of %o', (table, field, document, reason) => {
    const said = agreedReason(table, field, document);
    if (reason === null) expect(said).toBeNull();
    else expect(said).toMatch(reason);
  });

  it.each(tableNames.filter((name) => isPaperTable(name) || paperOfLines(name) !== undefined))('names fields of %s', (name) => {
    expect(Object.keys(tableOf(name).fields).filter((field) => isAgreed(name, field)).length).toBeGreaterThan(2);
  });
});
