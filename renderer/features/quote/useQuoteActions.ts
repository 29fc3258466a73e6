/** What is done with a quote as a whole. Each is one call. */
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { client } from '../../client/client.ts';
import { openRecord } from '../../state/tabs.ts';
import { newName } from '../record/names.ts';
import type { Sending } from './SendDialog.tsx';
import { useAttempts } from './useAttempts.ts';

export type QuoteActions = {
  /** What was in the way when something was last tried. */
  readonly held: ReturnType<typeof useAttempts>['held'];
  /** To whom it would go and until when; null where something is in the way, which is listed then. */
  readonly sending: () => Promise<OutputOf<WorkbenchContract['quotes.sending']> | null>;
  readonly send: (sending: Sending) => Promise<void>;
  readonly ask: (note: string | null) => Promise<void>;
  readonly approve: (note: string | null) => Promise<void>;
  readonly decline: (note: string | null) => Promise<void>;
  readonly recall: () => Promise<void>;
  readonly revise: () => Promise<void>;
  readonly makeCurrent: () => Promise<void>;
  readonly withdraw: () => Promise<void>;
  readonly reject: (reason: string, competitor: string | null) => Promise<void>;
  readonly accept: (lines: readonly string[] | null) => Promise<void>;
  readonly order: (lines: readonly string[] | null) => Promise<void>;
  /** The charges of a mode of transport that are not on it yet. */
  readonly charge: (mode: string) => Promise<void>;
  readonly duplicate: () => Promise<void>;
  /** Makes it into a PDF. */
  readonly document: () => Promise<void>;
};

/** The longest that printing thousands of lines may take. */
const LONGEST_MS = 600_000;

/** `settle` waits for everything typed so far. */
export const useQuoteActions = (id: string, settle: () => Promise<void>): QuoteActions => {
  const screen = `quotes/${id}`;
  const { held, attempt, sending, document } = useAttempts(id, settle);
  const made = (table: 'quotes' | 'orders', done: string, act: () => Promise<{ readonly id: string }>): Promise<void> =>
    attempt(done, async () => openRecord(table, (await act()).id, newName(table)), true);
  const linesOf = (lines: readonly string[] | null) => (lines === null ? null : [...lines]);
  return {
    held,
    sending,
    document,
    send: (said) =>
      attempt('Quote sent, and kept as it was sent.', () =>
        client['quotes.send']({ id, ...said, screen }, { timeoutMs: LONGEST_MS }),
      ),
    ask: (note) => attempt('Asked for approval.', () => client['quotes.ask']({ id, note, screen }), true),
    approve: (note) => attempt('Approved.', () => client['quotes.approve']({ id, note, screen }), true),
    decline: (note) => attempt('Declined. It is a draft again.', () => client['quotes.decline']({ id, note, screen }), true),
    recall: () => attempt('Asked back. It is a draft again.', () => client['quotes.recall']({ id, screen }), true),
    revise: () => made('quotes', 'The next revision is a draft.', () => client['quotes.revise']({ id, screen })),
    makeCurrent: () => attempt('This revision is the current one.', () => client['quotes.current']({ id, screen })),
    withdraw: () =>
      attempt('Quote withdrawn.', () =>
        client['records.transition']({ table: 'quotes', id, field: 'status', to: 'withdrawn', why: null, screen }),
      ),
    reject: (reason, competitor) => attempt('Quote rejected.', () => client['quotes.reject']({ id, reason, competitor, screen })),
    accept: (lines) => attempt('Quote accepted.', () => client['quotes.accept']({ id, lines: linesOf(lines), screen })),
    order: (lines) => made('orders', 'Draft order made.', () => client['quotes.order']({ id, lines: linesOf(lines), screen })),
    charge: (mode) => attempt(`Charges of ${mode} added.`, () => client['quotes.charge']({ id, mode, screen }), true),
    duplicate: () => made('quotes', 'Quote duplicated.', () => client['quotes.duplicate']({ id, screen })),
  };
};
