/** What is asked before something is done with a claim, in which states, and the call it becomes. */
import type { CommandId } from '../../../shared/commands.ts';
import { answersIn, evidenceKinds, type ClaimAnswer } from '../../../shared/domain/claims/claim.ts';
import { client } from '../../client/client.ts';
import type { Answers, Question } from '../invoice/AskDialog.tsx';

export type About = { readonly id: string; readonly status: string; readonly today: string; readonly missing: readonly string[] };

export type ClaimAsk = {
  readonly command: CommandId;
  readonly title: string;
  readonly done: string;
  readonly states: readonly string[];
  readonly questions: (about: About) => readonly Question[];
  readonly run: (about: About, answers: Answers) => Promise<unknown>;
};

const OPEN = ['filed', 'acknowledged', 'offered', 'declined'];

const text = (value: Answers[string] | undefined): string => String(value ?? '');
const textOrNull = (value: Answers[string] | undefined): string | null => (value == null || value === '' ? null : String(value));
const one = ({ id }: About) => ({ id, screen: `claims/${id}` });

const labels: Readonly<Record<ClaimAnswer, string>> = {
  acknowledged: 'It has the claim',
  report: 'How it goes',
  offered: 'It offers an amount',
  paid: 'It pays',
  declined: 'It declines',
};

export const file: ClaimAsk = {
  command: 'claim.file',
  title: 'File claim',
  done: 'Filed. The carrier has it in writing; it is fixed from now on.',
  states: ['draft'],
  questions: ({ today }) => [{ key: 'on', label: 'Filed on', kind: 'date', start: today }],
  run: (about, { on }) => client['claims.file']({ ...one(about), on: text(on) }),
};

export const answer: ClaimAsk = {
  command: 'claim.answer',
  title: 'Carrier’s answer',
  done: 'Answer noted.',
  states: OPEN,
  questions: ({ status, today }) => [
    {
      key: 'answer',
      label: 'Answer',
      kind: 'choice',
      options: answersIn(status).map((value) => ({ value, label: labels[value] })),
      start: answersIn(status)[0] ?? 'paid',
    },
    { key: 'amount', label: 'Amount, if it offers or pays', kind: 'money', isOptional: true },
    { key: 'reason', label: 'What it says', kind: 'text', isOptional: true },
    { key: 'on', label: 'On', kind: 'date', start: today },
  ],
  run: (about, { answer: said, amount, reason, on }) =>
    client['claims.answer']({
      ...one(about),
      answer: answersIn(about.status).find((value) => value === said) ?? 'report',
      amount: typeof amount === 'number' ? amount : null,
      reason: textOrNull(reason),
      on: text(on),
    }),
};

const evidence: ClaimAsk = {
  command: 'claim.evidence',
  title: 'Add evidence',
  done: 'Evidence added.',
  states: ['draft', ...OPEN],
  questions: ({ missing }) => [
    {
      key: 'kind',
      label: 'Kind',
      kind: 'choice',
      options: evidenceKinds.map(({ key, label }) => ({ value: key, label })),
      start: evidenceKinds.find(({ label }) => label === missing[0])?.key ?? 'other',
    },
    { key: 'name', label: 'What it is', kind: 'text', isOptional: true },
    { key: 'file', label: 'File', kind: 'text', isOptional: true },
  ],
  run: (about, { kind, name, file: place }) =>
    client['claims.evidence']({
      ...one(about),
      kind: evidenceKinds.find(({ key }) => key === kind)?.key ?? 'other',
      name: text(name),
      file: textOrNull(place),
    }),
};

const withdraw: ClaimAsk = {
  command: 'claim.withdraw',
  title: 'Withdraw claim',
  done: 'Withdrawn.',
  states: ['draft', ...OPEN],
  questions: () => [{ key: 'reason', label: 'Why', kind: 'text' }],
  run: (about, { reason }) => client['claims.withdraw']({ ...one(about), reason: text(reason) }),
};

export const asks: readonly ClaimAsk[] = [file, answer, evidence, withdraw];
