/** What is asked before something is done with a return, in which states, and the call it becomes. */
import type { CommandId } from '../../../shared/commands.ts';
import { fromScaled } from '../../../shared/domain/decimal.ts';
import { formatMoney } from '../../../shared/domain/format.ts';
import { styleOf } from '../../../shared/domain/locale.ts';
import { operationOf, returnOperations } from '../../../shared/domain/returns/states.ts';
import { client } from '../../client/client.ts';
import type { Answers, Question } from '../invoice/AskDialog.tsx';
import type { ReturnStory } from './useReturn.ts';

export type About = {
  readonly id: string;
  readonly status: string;
  readonly operation: string;
  /** Millionths; null = not known yet. */
  readonly asked: number | null;
  readonly authorised: number | null;
  readonly received: number | null;
  readonly story: ReturnStory | undefined;
  readonly today: string;
  readonly locale: string;
};

export type ReturnAsk = {
  readonly command: CommandId;
  readonly title: string;
  readonly done: string;
  readonly isNow: (about: About) => boolean;
  readonly questions: (about: About) => readonly Question[];
  /** Said above the questions. */
  readonly note?: (about: About) => string;
  readonly run: (about: About, answers: Answers) => Promise<unknown>;
};

const text = (value: Answers[string] | undefined): string => String(value ?? '');
const textOrNull = (value: Answers[string] | undefined): string | null => (value == null || value === '' ? null : String(value));
const one = ({ id }: About) => ({ id, screen: `returns/${id}` });

const staysThere = ({ operation }: About): boolean => operationOf(operation)?.comesBack === false;

const quantity = (label: string, start: number | null, { locale }: About): Question => ({
  key: 'qty',
  label,
  kind: 'quantity',
  start: start === null ? '' : fromScaled(BigInt(start), 6).replace('.', styleOf(locale).decimal),
});

const operations = (about: About): Question => ({
  key: 'operation',
  label: 'What is done',
  kind: 'choice',
  options: returnOperations
    .filter(({ key }) => (about.operation === 'not_ordered') === (key === 'not_ordered'))
    .map(({ key, label }) => ({ value: key, label })),
  start: about.operation,
});

const answer: ReturnAsk = {
  command: 'return.authorise',
  title: 'Authorise or deny',
  done: 'Answer noted.',
  isNow: ({ status }) => status === 'requested',
  questions: (about) => [
    {
      key: 'answer',
      label: 'Answer',
      kind: 'choice',
      options: [
        { value: 'authorise', label: 'Authorise' },
        { value: 'deny', label: 'Deny' },
      ],
      start: 'authorise',
    },
    quantity('How many', about.asked, about),
    operations(about),
    { key: 'reason', label: 'Why, if it is denied', kind: 'text', isOptional: true },
  ],
  run: (about, { answer: said, qty, operation, reason }) =>
    said === 'deny'
      ? client['returns.deny']({ ...one(about), reason: text(reason) })
      : client['returns.authorise']({
          ...one(about),
          qty: Number(qty),
          operation: operationOf(text(operation))?.key ?? null,
        }),
};

const label: ReturnAsk = {
  command: 'return.label',
  title: 'Send label',
  done: 'Label noted.',
  isNow: (about) => about.status === 'authorised' && !staysThere(about),
  questions: () => [{ key: 'shipment', label: 'Number of the label', kind: 'text', isOptional: true }],
  run: (about, { shipment }) => client['returns.label']({ ...one(about), shipment: textOrNull(shipment) }),
};

const receive: ReturnAsk = {
  command: 'return.receive',
  title: 'Receive',
  done: 'Received. What was delivered stays as it was.',
  isNow: (about) => (about.status === 'authorised' && !staysThere(about)) || about.status === 'labelled',
  questions: (about) => [
    quantity('How many came back', about.authorised, about),
    { key: 'on', label: 'Came back on', kind: 'date', start: about.today },
  ],
  run: (about, { qty, on }) => client['returns.receive']({ ...one(about), qty: Number(qty), on: text(on) }),
};

const inspect: ReturnAsk = {
  command: 'return.inspect',
  title: 'Inspect',
  done: 'Inspected.',
  isNow: ({ status }) => status === 'received',
  questions: (about) => [
    quantity('How many are accepted', about.received, about),
    { key: 'reason', label: 'Why not all', kind: 'text', isOptional: true },
  ],
  run: (about, { qty, reason }) => client['returns.inspect']({ ...one(about), qty: Number(qty), reason: textOrNull(reason) }),
};

/** What settling comes to, in words. */
const saySettlement = ({ story, locale }: About): string => {
  if (story === undefined) return '';
  const { credit, fee, currency, unbilled } = story;
  const money = (minor: string): string => formatMoney(minor, currency, locale);
  if (credit === '0') return 'Nothing is credited.';
  const kept = fee === '0' ? '' : ` less a restocking fee of ${money(fee)}`;
  const rest = unbilled === '0' ? '' : ' Part of it is on no invoice, and is not credited.';
  return `A credit note of ${money(credit)} before tax${kept}. It is not taken back.${rest}`;
};

const settle: ReturnAsk = {
  command: 'return.settle',
  title: 'Settle',
  done: 'Settled.',
  isNow: (about) =>
    about.status === 'accepted' || about.status === 'rejected' || (about.status === 'authorised' && staysThere(about)),
  questions: () => [],
  note: saySettlement,
  run: (about) => client['returns.settle'](one(about)),
};

export const asks: readonly ReturnAsk[] = [answer, label, receive, inspect, settle];

/** What comes next of a return as it stands. A label is sent by who wants to; receiving does not wait for it. */
export const nextOf = (about: About): ReturnAsk | undefined => [answer, receive, inspect, settle].find((one) => one.isNow(about));
