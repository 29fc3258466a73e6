/**
 * A few questions over a page: amounts, days, words, a choice, a person. What is missing or cannot be read is said at its
 * field; what the engine refuses is said below, and everything typed stays.
 */
import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { useState } from 'react';
import type { TableName } from '../../../shared/model/index.ts';
import { client } from '../../client/client.ts';
import { Combobox } from '../../ui/Combobox.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import type { ControlProps } from '../../ui/Field.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { useReading, type Reading } from '../record/useReading.ts';
import { StepFoot } from '../../ui/StepFoot.tsx';
import { useOnce } from '../../ui/useOnce.ts';

export type Question = {
  readonly key: string;
  readonly label: string;
  readonly kind: 'money' | 'quantity' | 'date' | 'moment' | 'text' | 'count' | 'choice' | 'person';
  /** Where names are looked up, where that is not among people. */
  readonly table?: TableName;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly isOptional?: true;
  /** Of an amount: the question that says its currency. */
  readonly currencyIn?: string;
  /** As it is typed; of a person and a choice the key. */
  readonly start?: string;
  /** The name of the person it starts with. */
  readonly startName?: string;
};

export type Answers = Readonly<Record<string, string | number | null>>;

type Props = {
  readonly title: string;
  readonly questions: readonly Question[];
  readonly currency: string;
  /** Said above the fields. */
  readonly note?: string;
  /** Shown below the fields: what helps to answer. */
  readonly children?: ReactNode;
  /** Why it was refused, in words; null where it is done. */
  readonly onDone: (answers: Answers) => Promise<string | null>;
  readonly onClose: () => void;
};

type Typed = Readonly<Record<string, string>>;

const findIn =
  (table: TableName = 'people') =>
  async (text: string) =>
    (await client['records.lookup']({ table, text })).rows;

const Control = ({
  question,
  text,
  name,
  onText,
  onKeyDown,
  control,
}: {
  readonly question: Question;
  readonly text: string;
  readonly name: string;
  readonly onText: (text: string, name?: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly control: ControlProps;
}): ReactElement => {
  if (question.kind === 'choice')
    return (
      <Select
        {...control}
        value={text === '' ? null : text}
        options={question.options ?? []}
        onChange={(next) => onText(next ?? '')}
        onKeyDown={onKeyDown}
      />
    );
  if (question.kind === 'person')
    return (
      <Combobox
        {...control}
        text={name}
        lookup={findIn(question.table)}
        onChoose={(choice) => onText(choice?.id ?? '', choice?.title ?? choice?.code ?? '')}
        onText={(typed) => onText('', typed)}
      />
    );
  return (
    <input
      {...control}
      className={question.kind === 'money' || question.kind === 'quantity' ? 'input num' : 'input'}
      value={text}
      maxLength={2000}
      onFocus={(event) => event.target.select()}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={onKeyDown}
    />
  );
};

/** A name that was typed and is nobody's: the list was not asked, or had no such name. */
const unknown = (label: string, name: string): string => `${label}: “${name}” was not found; choose from the list`;

const useAnswers = (questions: readonly Question[], typed: Typed, names: Typed, currency: string) => {
  const read = useReading(currency);
  return questions.map((question): Reading & { readonly question: Question } => {
    const { key, label, kind, isOptional, currencyIn } = question;
    const text = (typed[key] ?? '').trim();
    const name = (names[key] ?? '').trim();
    if (text === '' && name !== '') return { question, value: null, error: unknown(label, name) };
    if (text === '') return { question, value: null, error: isOptional === true ? null : `${label} is missing` };
    if (kind === 'moment') return { question, ...read('instant', label, text) };
    if (kind === 'quantity') return { question, ...read('decimal', label, text) };
    const money = currencyIn === undefined ? currency : (typed[currencyIn] ?? currency).trim().toUpperCase();
    if (kind === 'money' || kind === 'date') return { question, ...read(kind, label, text, money) };
    if (kind === 'count')
      return /^\d{1,2}$/.test(text)
        ? { question, value: Number(text), error: null }
        : { question, value: null, error: `“${text}” is not a number of instalments` };
    return { question, value: text, error: null };
  });
};

const startOf = (questions: readonly Question[]): Typed =>
  Object.fromEntries(questions.map(({ key, start }) => [key, start ?? '']));

export const AskDialog = ({ title, questions, currency, note, children, onDone, onClose }: Props): ReactElement => {
  const [typed, setTyped] = useState(() => startOf(questions));
  const [names, setNames] = useState<Typed>(() =>
    Object.fromEntries(questions.map(({ key, startName }) => [key, startName ?? ''])),
  );
  const [refusal, setRefusal] = useState<string | null>(null);
  const answers = useAnswers(questions, typed, names, currency);
  const missing = answers.find(({ error }) => error !== null)?.error ?? null;
  const done = useOnce(async () => {
    if (missing !== null) return setRefusal(`${missing}.`);
    setRefusal(await onDone(Object.fromEntries(answers.map(({ question, value }) => [question.key, value]))));
  });
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <StepFoot
          label={title}
          blocked={missing === null ? null : `${missing}.`}
          isFirst={questions.length === 0}
          onDone={done}
          onClose={onClose}
        />
      }
    >
      {note !== undefined && <p className="t2">{note}</p>}
      {answers.map(({ question, error }) => {
        const { key, label, isOptional } = question;
        const isTyped = ((typed[key] ?? '') !== '' || (names[key] ?? '').trim() !== '') && error !== null;
        return (
          <Field key={key} label={label} isRequired={isOptional !== true} {...(isTyped ? { error } : {})}>
            {(control) => (
              <Control
                question={question}
                text={typed[key] ?? ''}
                name={names[key] ?? ''}
                control={control}
                onKeyDown={(event) => event.key === 'Enter' && done()}
                onText={(text, name) => {
                  setTyped((now) => ({ ...now, [key]: text }));
                  if (name !== undefined) setNames((now) => ({ ...now, [key]: name }));
                }}
              />
            )}
          </Field>
        );
      })}
      {children}
      <p className="err" role="alert">
        {refusal}
      </p>
    </Dialog>
  );
};
