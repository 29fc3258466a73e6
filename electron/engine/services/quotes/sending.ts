/**
 * Sending a quote (Q4, Q6): what is still missing is named cell by cell; what goes out is made into a paper and kept with
 * the revision in the step that sends it. Nothing is sent that is not kept, and nothing kept that was not sent.
 */
import { dirname, join } from 'node:path';
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { listItems } from '../../../../shared/domain/parse/list.ts';
import type { EngineEnv } from '../../env.ts';
import { makeDocument } from '../../files/document.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { whoIs } from '../approval/authority.ts';
import type { Asking } from '../approval/judge.ts';
import { approvalBlockers, approvalOf, sayMissing } from '../approval/standing.ts';
import type { QuoteAsking } from '../approval/approvals.ts';
import { documentBlockers, sayBlockers, type Blocker } from '../orders/blockers.ts';
import { companyToday } from '../company/company.ts';
import { quoteDocument } from '../document/quote.ts';
import { actorOf, changeBy } from '../access/identity.ts';
import { documentById, documentTotals } from '../orders/orders.ts';
import { capBlockers, usualValidity } from './quote-validity.ts';
import { pathTo } from '../rules/paths.ts';
import { keptPatch } from './sent-papers.ts';
import { applyStep } from '../access/step.ts';

type Env = Pick<EngineEnv, 'ids' | 'clock' | 'zone' | 'db' | 'locale'>;
type About = (call: CallContext) => { readonly author: string; readonly company: string };
type Deps = { readonly store: WriteStore; readonly env: Env; readonly about: About };
type Send = Commands['quotes.send'];
type Input = Parameters<Send>[0];

type Missing = { readonly words: string | null; readonly blockers: readonly Blocker[] };

/** All that is in the way of sending a quote: cells, then how long it holds, then who has to agree. */
const missingOf = (quote: StoredRow, actor: string, asking: Asking): Missing => {
  const approval = approvalOf(quote, actor, asking);
  const cells = [...documentBlockers('quotes', quote.id, asking.read), ...capBlockers(quote, asking)];
  const toAgree = approvalBlockers(approval, quote, asking);
  return { words: toAgree.length === 0 ? null : sayMissing(approval, asking.read), blockers: [...cells, ...toAgree] };
};

/** The first address of the contact, else their name; null where nobody is named. */
const recipientOf = (quote: StoredRow, read: Reader): string | null => {
  const contact = typeof quote['contact_id'] === 'string' ? read.get('contacts', quote['contact_id']) : undefined;
  const [emails, name] = [contact?.['emails'], contact?.['name']];
  const [first] = typeof emails === 'string' ? listItems(emails) : [];
  return first?.[1] ?? (typeof name === 'string' ? name : null);
};

export const sendingQueries = ({ read, today, actor }: QuoteAsking): Pick<Queries, 'quotes.sending'> => ({
  'quotes.sending': ({ id }, context) =>
    read.together(() => {
      const quote = documentById('quotes', read, id);
      const asking = { read, today: today() };
      const who = whoIs(actor(context), read);
      const { words, blockers } = missingOf(quote, who, asking);
      const usual = usualValidity(quote, who, asking);
      const said = quote['valid_to'];
      return {
        missing: words,
        blockers: [...blockers],
        recipient: recipientOf(quote, read),
        valid_to: typeof said === 'string' ? said : usual.until,
        usual: usual.until,
        cap: usual.cap && { name: usual.cap.name, until: usual.cap.until },
      };
    }),
});

const move = (id: string, to: string): StorePatch => ({
  kind: 'transition',
  table: 'quotes',
  id,
  field: 'status',
  to,
  why: null,
});
const set = (id: string, values: Record<string, string | null>): StorePatch => ({ kind: 'update', table: 'quotes', id, values });
const nameOf = (quote: StoredRow): string => (quote['number'] === null ? 'the draft' : String(quote['number']));

/** @throws AppError `blocked`, `illegal-transition` */
const refuseUnready = (quote: StoredRow, actor: string, input: Input, asking: Asking): readonly string[] => {
  const { id, channel, recipient } = input;
  const { words, blockers } = missingOf(quote, actor, asking);
  if (blockers.length > 0) {
    const said = [words, sayBlockers(blockers)].filter((part) => part !== null).join(' ');
    throw new AppError('blocked', said, { blockers });
  }
  if (channel !== 'told' && (recipient ?? '').trim() === '') throw new AppError('blocked', 'Say to whom it goes.', { id });
  const path = pathTo('quotes', String(quote['status']), 'sent');
  if (path.length > 0 && quote['status'] !== 'superseded') return path;
  throw new AppError('illegal-transition', `${nameOf(quote)} is ${quote['status']} and cannot be sent.`, { id });
};

/** What is made into a paper. Two readings that are equal say that nobody changed it between them. */
const paperOf = (quote: StoredRow, day: string, { store, env, about }: Deps, call: CallContext, at: number) =>
  store.together(() => {
    const totals = documentTotals('quotes', store, quote.id);
    const { author, company } = about(call);
    const going = { ...quote, status: 'sent', sent_on: day };
    return quoteDocument(going, totals, store, { author, company, created: at, locale: env.locale });
  });

const textOf = (data: unknown): string =>
  JSON.stringify(data, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

/** Writes down how long it holds and gives it its number: the paper says both. */
const number = (deps: Deps, quote: StoredRow, patches: readonly StorePatch[], context: CallContext): StoredRow => {
  const { store } = deps;
  const what = { label: `Number ${nameOf(quote)}`, silent: true, isCommand: true };
  if (patches.length > 0) store.apply(patches, changeBy(store, context, what));
  return documentById('quotes', store, quote.id);
};

/** The day a quote is valid to: as asked, as it says, else as is usual. @throws AppError `blocked` for a day that is past */
const lastDay = ({ id, valid_to: asked }: Input, quote: StoredRow, actor: string, asking: Asking): string => {
  const said = quote['valid_to'];
  const day = asked ?? (typeof said === 'string' ? said : usualValidity(quote, actor, asking).until);
  if (day >= asking.today) return day;
  throw new AppError('blocked', `It would be valid to ${day}, which is past.`, { id, field: 'valid_to' });
};

/** What comes before the move that sends: another last day takes back an approval, which stands where nobody is asked. */
const stepsBefore = (quote: StoredRow, validTo: string, path: readonly string[]): readonly StorePatch[] => {
  const isOther = validTo !== quote['valid_to'];
  const moves = isOther && quote['status'] === 'approved' ? ['approved'] : path.slice(0, -1);
  return [...(isOther ? [set(quote.id, { valid_to: validTo })] : []), ...moves.map((to) => move(quote.id, to))];
};

/** Sends a quote. Its number is given first; if the paper cannot be made, it is approved and not sent. */
export const sendQuote =
  (deps: Deps): Send =>
  async (input, context) => {
    const { store, env } = deps;
    const { id, channel, screen } = input;
    const asking = { read: store, today: companyToday(store, env) };
    const actor = whoIs(actorOf(store, context), store);
    const before = documentById('quotes', store, id);
    const validTo = lastDay(input, before, actor, asking);
    const path = refuseUnready({ ...before, valid_to: validTo }, actor, input, asking);
    const quote = number(deps, before, stepsBefore(before, validTo, path), context);
    const at = env.clock();
    const data = paperOf(quote, asking.today, deps, context, at);
    const made = await makeDocument({ data, page: null, own: join(dirname(env.db), 'documents') }, () => {
      if (context.signal.aborted) throw new AppError('cancelled', 'Sending was cancelled. Nothing was sent.');
    });
    const now = documentById('quotes', store, id);
    if (now['status'] !== quote['status'] || textOf(paperOf(now, asking.today, deps, context, at)) !== textOf(data))
      throw new AppError('conflict', 'The quote was changed while it was being sent. Nothing was sent.', { id });
    const recipient = input.recipient?.trim() || null;
    const { hash: content } = approvalOf(now, actor, asking).judged;
    const revision = typeof now['revision'] === 'number' ? now['revision'] : 1;
    const kept = keptPatch(env.ids(), { quote: id, content, revision, recipient, channel, actor, at }, data, made);
    const what = { label: `Send ${nameOf(now)}`, screen };
    return applyStep(store, context, what, [set(id, { channel, recipient }), kept, move(id, 'sent')]);
  };
