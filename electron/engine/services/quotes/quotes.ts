/**
 * What is done with a quote as a whole: revised, made current, answered, copied, and made an order of. Each is one
 * step; what may not be done is refused in words, with the way out.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { judgeAnswer } from '../../../../shared/domain/quote/acceptance.ts';
import { canRevise, readRevision, revise as reviseOf, revisionNumber } from '../../../../shared/domain/quote/revisions.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { documentBlockers } from '../orders/blockers.ts';
import { companyToday } from '../company/company.ts';
import { copiedCells } from '../orders/copies.ts';
import { documentById, documentTotals } from '../orders/orders.ts';
import { acceptAnswer, lineRows, orderPatches, orderRefusal, orderableLines } from './quote-orders.ts';
import { revisionsOf } from './quote-rows.ts';
import { applyStep } from '../access/step.ts';

type Env = Pick<EngineEnv, 'ids' | 'clock' | 'zone'>;
type Names = `quotes.${'revise' | 'current' | 'reject' | 'accept' | 'order' | 'duplicate'}`;
type QuoteCommands = Pick<Commands, Names>;
type Deps = { readonly store: WriteStore; readonly env: Env };

const nameOf = (quote: StoredRow): string => (quote['number'] === null ? 'the draft' : String(quote['number']));

export const quoteQueries = ({
  read,
  today,
}: {
  readonly read: Reader;
  readonly today: () => string;
}): Pick<Queries, 'quotes.totals' | 'quotes.blockers' | 'quotes.orderable'> => ({
  'quotes.totals': ({ id }) => documentTotals('quotes', read, id),
  'quotes.blockers': ({ id }) => {
    documentById('quotes', read, id);
    return { blockers: [...documentBlockers('quotes', id, read)] };
  },
  'quotes.orderable': ({ id }) => {
    const quote = documentById('quotes', read, id);
    return { refusal: orderRefusal(quote, read, today()), lines: [...orderableLines(quote, read, today())] };
  },
});

const moveTo = (id: string, to: string, why: string | null = null): StorePatch => ({
  kind: 'transition',
  table: 'quotes',
  id,
  field: 'status',
  to,
  why,
});

const set = (id: string, values: Record<string, string | number | null>): StorePatch => ({
  kind: 'update',
  table: 'quotes',
  id,
  values,
});

/** What is a quote's own, and no copy's. */
const OWN_TO_QUOTE: readonly string[] = [
  'id',
  'number',
  'status',
  'quoted_on',
  'valid_to',
  'sent_on',
  'recipient',
  'channel',
  'decided_on',
  'loss_reason',
  'competitor',
  'price_on',
  'base_number',
  'revision',
  'revised_from',
  'tax_policy',
  'fx_policy',
];
const OWN_TO_LINE: readonly string[] = ['id', 'quote_id', 'position', 'net', 'accepted_qty'];

const copyPatches = (quote: StoredRow, own: Record<string, string | number | null>, { store, env }: Deps) => {
  const id = env.ids();
  const lines = lineRows(quote.id, store).map((line): StorePatch => ({
    kind: 'insert',
    table: 'quote_lines',
    id: env.ids(),
    values: { ...copiedCells('quote_lines', line, OWN_TO_LINE, store), quote_id: id },
  }));
  const values = { ...copiedCells('quotes', quote, OWN_TO_QUOTE, store), ...own };
  return { id, patches: [{ kind: 'insert', table: 'quotes', id, values } satisfies StorePatch, ...lines] };
};

const revise =
  (deps: Deps): QuoteCommands['quotes.revise'] =>
  ({ id, screen }, context) => {
    const quote = documentById('quotes', deps.store, id);
    const [own, ...others] = revisionsOf(quote, deps.store);
    if (own === undefined || !canRevise(own.status) || quote['number'] === null) {
      const way = own?.status.endsWith('accepted') === true ? 'Duplicate it to quote again.' : 'Change it as it is.';
      throw new AppError('blocked', `Only what was sent and not accepted is revised. ${way}`, { id });
    }
    const base = own.base ?? readRevision(String(quote['number'])).base;
    const from = { ...own, base };
    const { revision } = reviseOf([from, ...others], from, '');
    const next = { number: revisionNumber(base, revision), base_number: base, revision, revised_from: id };
    const copy = copyPatches(quote, next, deps);
    // A quote of another system learns its base number when it is first revised.
    const named = own.base === null ? [set(id, { base_number: base })] : [];
    return {
      ...applyStep(deps.store, context, { label: `Revise ${nameOf(quote)}`, screen }, [...named, ...copy.patches]),
      id: copy.id,
    };
  };

const accept =
  (deps: Deps): QuoteCommands['quotes.accept'] =>
  ({ id, lines, screen }, context) => {
    const quote = documentById('quotes', deps.store, id);
    return applyStep(
      deps.store,
      context,
      { label: `Accept ${nameOf(quote)}`, screen },
      acceptAnswer(quote, lines, deps.store, judgeAnswer),
    );
  };

const order =
  (deps: Deps): QuoteCommands['quotes.order'] =>
  ({ id, lines, screen }, context) => {
    const { store, env } = deps;
    const quote = documentById('quotes', store, id);
    const today = companyToday(store, env);
    const refusal = orderRefusal(quote, store, today);
    if (refusal !== null) throw new AppError('blocked', refusal, { id });
    const accepted = quote['status'] === 'sent' ? acceptAnswer(quote, lines, store, judgeAnswer) : [];
    const made = orderPatches(quote, { lines, isNew: accepted.length > 0, today }, store, env.ids);
    const label = `Order from ${nameOf(quote)}`;
    return { ...applyStep(deps.store, context, { label, screen }, [...accepted, ...made.patches]), id: made.id };
  };

export const quoteCommands = (deps: Deps): QuoteCommands => ({
  'quotes.revise': revise(deps),
  'quotes.current': ({ id, screen }, context) => {
    const quote = documentById('quotes', deps.store, id);
    return applyStep(deps.store, context, { label: `Make ${nameOf(quote)} current`, screen }, [moveTo(id, 'sent')]);
  },
  'quotes.reject': ({ id, reason, competitor, screen }, context) => {
    const quote = documentById('quotes', deps.store, id);
    const said = set(id, { loss_reason: reason, ...(competitor === null ? {} : { competitor }) });
    return applyStep(deps.store, context, { label: `Reject ${nameOf(quote)}`, screen }, [said, moveTo(id, 'rejected')]);
  },
  'quotes.accept': accept(deps),
  'quotes.order': order(deps),
  'quotes.duplicate': ({ id, screen }, context) => {
    const quote = documentById('quotes', deps.store, id);
    const copy = copyPatches(quote, {}, deps);
    return { ...applyStep(deps.store, context, { label: `Duplicate ${nameOf(quote)}`, screen }, copy.patches), id: copy.id };
  },
});
