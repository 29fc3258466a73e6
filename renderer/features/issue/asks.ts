/** What is asked before something is done with an issue, in which states, and the call it becomes. */
import type { CommandId } from '../../../shared/commands.ts';
import { addDays, instantAt } from '../../../shared/domain/dates.ts';
import { complaintSteps } from '../../../shared/domain/sla/complaint.ts';
import { channels, clockNames, rootCauses, severities, waitsOn } from '../../../shared/domain/sla/kinds.ts';
import { client } from '../../client/client.ts';
import type { Answers, Question } from '../invoice/AskDialog.tsx';
import type { Story } from './useIssue.ts';

/** What the questions start from. */
export type About = {
  readonly id: string;
  readonly status: string;
  readonly severity: string;
  readonly story: Story;
  readonly today: string;
  readonly zone: string;
  readonly screen: string;
};

export type Ask = {
  readonly command: CommandId;
  readonly title: string;
  readonly done: string;
  readonly states: readonly string[];
  readonly questions: (about: About) => readonly Question[];
  readonly run: (about: About, answers: Answers) => Promise<unknown>;
};

const OPEN = ['new', 'open', 'waiting'];
const ANY = [...OPEN, 'resolved', 'closed'];

type Words = readonly { readonly key: string; readonly label: string }[];

const text = (value: Answers[string] | undefined): string => String(value ?? '');
const orNull = (value: Answers[string] | undefined): string | null => (value == null || value === '' ? null : String(value));

/** The key that was chosen; the first where none was, which the question does not let happen. */
const pick = <T extends string>(words: readonly { readonly key: T; readonly label: string }[], value: unknown): T =>
  words.find(({ key }) => key === value)?.key ?? (words[0]?.key as T);

const choose = (key: string, label: string, words: Words, start: string): Question => ({
  key,
  label,
  kind: 'choice',
  options: words.map((word) => ({ value: word.key, label: word.label })),
  start,
});

const say = (label: string): Question => ({ key: 'note', label, kind: 'text' });
const how = choose('channel', 'By', channels, 'mail');
const one = ({ id, screen }: About) => ({ id, screen });

/** Ten at night is the last a due time is looked for; the middle of the day is what most mean. */
const DUE_TIME = '17:00';

export const asks: readonly Ask[] = [
  {
    command: 'issue.answer',
    title: 'Tell the customer',
    done: 'Noted what the customer was told.',
    states: ANY,
    questions: () => [say('What they were told'), how],
    run: (about, { note, channel }) =>
      client['cases.respond']({ ...one(about), note: text(note), channel: pick(channels, channel) }),
  },
  {
    command: 'issue.customer',
    title: 'Customer came back',
    done: 'Noted. A pause ends with it.',
    states: ANY,
    questions: () => [say('What they said'), how],
    run: (about, { note, channel }) =>
      client['cases.customer']({ ...one(about), note: text(note), channel: pick(channels, channel) }),
  },
  {
    command: 'issue.pause',
    title: 'Pause',
    done: 'Paused. What is not over yet gets the working time back.',
    states: OPEN,
    questions: ({ today }) => [
      { key: 'reason', label: 'We wait for', kind: 'text' },
      choose('on', 'From', waitsOn, 'customer'),
      { key: 'resume', label: 'Until', kind: 'date', start: addDays(today, 2) },
    ],
    run: (about, { reason, on, resume }) =>
      client['cases.pause']({ ...one(about), reason: text(reason), on: pick(waitsOn, on), resume: text(resume) }),
  },
  {
    command: 'issue.resolve',
    title: 'Resolve',
    done: 'Resolved.',
    states: OPEN,
    questions: () => [choose('cause', 'Cause', rootCauses, 'process'), say('What the customer was told')],
    run: (about, { cause, note }) => client['cases.resolve']({ ...one(about), cause: pick(rootCauses, cause), note: text(note) }),
  },
  {
    command: 'issue.escalate',
    title: 'Escalate',
    done: 'Escalated.',
    states: OPEN,
    questions: ({ severity }) => [
      say('Why'),
      { key: 'person', label: 'To', kind: 'person', isOptional: true },
      choose('severity', 'Severity', severities, severity),
    ],
    run: (about, { note, person, severity }) =>
      client['cases.escalate']({
        ...one(about),
        note: text(note),
        person: orNull(person),
        severity: severity === about.severity ? null : pick(severities, severity),
      }),
  },
  {
    command: 'issue.assign',
    title: 'Assign',
    done: 'Assigned.',
    states: OPEN,
    questions: () => [{ key: 'person', label: 'To', kind: 'person' }],
    run: (about, { person }) => client['cases.assign']({ ...one(about), person: text(person) }),
  },
  {
    command: 'issue.due',
    title: 'Set due time',
    done: 'Due time set. It sticks until it is set again.',
    states: OPEN,
    questions: ({ today }) => [
      choose('clock', 'Of', clockNames, 'resolve'),
      { key: 'day', label: 'Day', kind: 'date', start: addDays(today, 1) },
      { key: 'time', label: 'Time', kind: 'text', start: DUE_TIME },
      { key: 'reason', label: 'Why', kind: 'text' },
    ],
    run: async (about, { clock, day, time, reason }) => {
      if (!/^([01]?\d|2[0-3]):[0-5]\d$/.test(text(time)))
        throw new Error(`“${text(time)}” is no time of day: write it as 16:30.`);
      const due = instantAt(about.zone, text(day), text(time).padStart(5, '0'));
      return client['cases.setDue']({ ...one(about), clock: pick(clockNames, clock), due, reason: text(reason) });
    },
  },
  {
    command: 'issue.step',
    title: 'Complaint step',
    done: 'Step noted.',
    states: ANY,
    questions: ({ story }) => [
      choose('step', 'Step', complaintSteps, story.next_step ?? 'objected'),
      { key: 'note', label: 'Note', kind: 'text', isOptional: true },
    ],
    run: (about, { step, note }) => client['cases.step']({ ...one(about), step: pick(complaintSteps, step), note: orNull(note) }),
  },
  {
    command: 'issue.note',
    title: 'Add note',
    done: 'Note added.',
    states: ANY,
    questions: () => [say('Note')],
    run: (about, { note }) => client['cases.note']({ ...one(about), note: text(note) }),
  },
  {
    command: 'issue.reopen',
    title: 'Reopen',
    done: 'Open again.',
    states: ['resolved', 'closed'],
    questions: () => [{ key: 'reason', label: 'Why', kind: 'text' }],
    run: (about, { reason }) => client['cases.reopen']({ ...one(about), reason: text(reason) }),
  },
];
