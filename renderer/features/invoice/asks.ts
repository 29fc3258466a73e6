/** What is asked on an invoice before something is done with it, each with its questions and the call it becomes. */
import type { CommandId } from '../../../shared/commands.ts';
import { minorDigits } from '../../../shared/domain/currency.ts';
import { fromScaled } from '../../../shared/domain/decimal.ts';
import { disputeReasons } from '../../../shared/domain/credit/disputes.ts';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { styleOf } from '../../../shared/domain/locale.ts';
import { client } from '../../client/client.ts';
import type { Answers, Question } from './AskDialog.tsx';

export type Story = OutputOf<WorkbenchContract['invoices.story']>;
type Totals = OutputOf<WorkbenchContract['invoices.totals']>;

/** What the questions start from. */
export type About = {
  readonly id: string;
  readonly account: string;
  readonly story: Story;
  readonly totals: Totals;
  readonly today: string;
  readonly locale: string;
  readonly person: { readonly id: string; readonly name: string } | null;
};

export type Ask = {
  readonly command: CommandId;
  readonly title: string;
  readonly done: string;
  readonly questions: (about: About) => readonly Question[];
  readonly run: (about: About, answers: Answers) => Promise<unknown>;
};

const text = (value: Answers[string] | undefined): string => String(value ?? '');
const textOrNull = (value: Answers[string] | undefined): string | null => (value == null || value === '' ? null : String(value));
const screenOf = ({ id }: About): string => `invoices/${id}`;

/** An amount of minor units as a person types it here. */
const typedMoney = (minor: bigint, { totals, locale }: About): string =>
  fromScaled(minor, minorDigits(totals.currency), minorDigits(totals.currency)).replace('.', styleOf(locale).decimal);

const openOf = ({ totals }: About): bigint => BigInt(totals.open) - BigInt(totals.disputed);

const amount = (about: About): Question => ({
  key: 'amount',
  label: 'Amount',
  kind: 'money',
  start: typedMoney(openOf(about), about),
});

const role = (key: string, label: string, { person }: About): Question => ({
  key,
  label,
  kind: 'person',
  ...(person === null ? {} : { start: person.id, startName: person.name }),
});

const openQueries = ({ story }: About): readonly { readonly value: string; readonly label: string }[] =>
  story.disputes.filter(({ status }) => status !== 'closed').map(({ id, number }) => ({ value: id, label: number ?? 'Query' }));

const query = (about: About): Question => {
  const options = openQueries(about);
  return { key: 'query', label: 'Query', kind: 'choice', options, ...(options[0] ? { start: options[0].value } : {}) };
};

const pay: Ask = {
  command: 'invoice.pay',
  title: 'Record payment',
  done: 'Payment recorded.',
  questions: (about) => [
    { ...amount(about), currencyIn: 'currency' },
    { key: 'on', label: 'Received on', kind: 'date', start: about.today },
    { key: 'reference', label: 'Reference', kind: 'text', isOptional: true },
    { key: 'currency', label: 'Currency', kind: 'text', start: about.totals.currency },
  ],
  run: (about, { amount: paid, on, reference, currency }) =>
    client['payments.record']({
      account: about.account,
      invoice: about.id,
      amount: Number(paid),
      on: text(on),
      reference: textOrNull(reference),
      currency: textOrNull(currency)?.toUpperCase() ?? null,
      screen: screenOf(about),
    }),
};

const dispute: Ask = {
  command: 'invoice.dispute',
  title: 'Open query',
  done: 'Query opened. What is disputed leaves the ageing and stays owed.',
  questions: (about) => [
    amount(about),
    {
      key: 'reason',
      label: 'Reason',
      kind: 'choice',
      options: disputeReasons.map(({ key, label }) => ({ value: key, label })),
      start: 'price',
    },
    { key: 'description', label: 'What they say', kind: 'text', isOptional: true },
    role('processor', 'Works on it', about),
    role('coordinator', 'Coordinates', about),
    role('responsible', 'Responsible', about),
  ],
  run: (about, answers) => {
    const reason = disputeReasons.find(({ key }) => key === answers['reason'])?.key ?? 'price';
    return client['invoices.dispute']({
      id: about.id,
      amount: Number(answers['amount']),
      reason,
      processor: textOrNull(answers['processor']),
      coordinator: textOrNull(answers['coordinator']),
      responsible: textOrNull(answers['responsible']),
      description: textOrNull(answers['description']),
      screen: screenOf(about),
    });
  },
};

const answerQuery: Ask = {
  command: 'invoice.answer',
  title: 'Answer query',
  done: 'Query answered.',
  questions: (about) => [query(about), { key: 'answer', label: 'Our answer', kind: 'text' }],
  run: (about, { query: id, answer }) =>
    client['disputes.answer']({ id: text(id), answer: text(answer), screen: screenOf(about) }),
};

const outcomes = [
  { value: 'credit', label: 'Credited' },
  { value: 'rejected', label: 'Rejected' },
  { value: 'rebill', label: 'Billed anew' },
] as const;

const closeQuery: Ask = {
  command: 'invoice.close-query',
  title: 'Close query',
  done: 'Query closed.',
  questions: (about) => {
    const credits = about.story.credits.map(({ id, number }) => ({ value: id, label: number ?? 'Credit note' }));
    const [last] = credits.toReversed();
    return [
      query(about),
      { key: 'outcome', label: 'Outcome', kind: 'choice', options: outcomes, start: last ? 'credit' : 'rejected' },
      {
        key: 'credit',
        label: 'Credit note',
        kind: 'choice',
        options: credits,
        isOptional: true,
        ...(last ? { start: last.value } : {}),
      },
      { key: 'cause', label: 'Root cause', kind: 'text', isOptional: true },
    ];
  },
  run: (about, { query: id, outcome, credit, cause }) => {
    const chosen = outcomes.find(({ value }) => value === outcome)?.value ?? 'rejected';
    return client['disputes.close']({
      id: text(id),
      outcome: chosen,
      credit: chosen === 'rejected' ? null : textOrNull(credit),
      cause: textOrNull(cause),
      screen: screenOf(about),
    });
  },
};

const promise: Ask = {
  command: 'invoice.promise',
  title: 'Promise to pay',
  done: 'Promise noted.',
  questions: (about) => [
    amount(about),
    { key: 'on', label: 'Promised for', kind: 'date', start: '' },
    { key: 'by', label: 'Said by', kind: 'text', isOptional: true },
  ],
  run: (about, { amount: promised, on, by }) =>
    client['invoices.promise']({
      id: about.id,
      amount: Number(promised),
      on: text(on),
      by: textOrNull(by),
      screen: screenOf(about),
    }),
};

const plan: Ask = {
  command: 'invoice.plan',
  title: 'Payment plan',
  done: 'Payment plan agreed.',
  questions: () => [
    { key: 'count', label: 'Instalments', kind: 'count', start: '3' },
    { key: 'first', label: 'First on', kind: 'date' },
    {
      key: 'every',
      label: 'Every',
      kind: 'choice',
      start: 'month',
      options: [
        { value: 'month', label: 'Month' },
        { value: 'week', label: 'Week' },
      ],
    },
  ],
  run: (about, { count, first, every }) =>
    client['invoices.plan']({
      id: about.id,
      count: Number(count),
      first: text(first),
      every: every === 'week' ? 'week' : 'month',
      screen: screenOf(about),
    }),
};

export const asks: readonly Ask[] = [pay, dispute, answerQuery, closeQuery, promise, plan];

/** What can be asked of an invoice as it stands. */
export const asksNow = (status: string | null, story: Story | undefined): readonly Ask[] => {
  if (status !== 'issued') return [];
  const hasOpen = story?.disputes.some((one) => one.status !== 'closed') === true;
  return asks.filter((ask) => hasOpen || (ask !== answerQuery && ask !== closeQuery));
};
