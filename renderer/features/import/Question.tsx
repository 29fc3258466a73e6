/** What only a person can say of a column: asked with the cells that speak for one thing and for the other, never answered beforehand. */
import type { ReactElement } from 'react';
import { useId } from 'react';
import { dayUnder, readDate } from '../../../shared/domain/import/dates.ts';
import { useFormat } from '../../client/info.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { Question } from './mapping.ts';
import type { Column, DateOrder } from './types.ts';

export const orderOptions: readonly { readonly value: DateOrder; readonly label: string }[] = [
  { value: 'dmy', label: 'Day first' },
  { value: 'mdy', label: 'Month first' },
  { value: 'ymd', label: 'Year first' },
];
export const markOptions: readonly { readonly value: '.' | ','; readonly label: string }[] = [
  { value: '.', label: '1,234.56' },
  { value: ',', label: '1.234,56' },
];

/** To the first question that is open, else to what goes on. */
export const focusQuestion = (): void => {
  const open = document.querySelector<HTMLElement>('[data-question] button');
  (open ?? document.querySelector<HTMLElement>('[data-goes-on] button'))?.focus();
};

type Choice = { readonly value: string; readonly label: string; readonly example?: string };

/** What the first cell that fits more than one order is under each of them: the choice in plain dates. */
const examplesOf = (because: readonly string[], now: number, locale: string) => {
  const texts = because.flatMap((reason) => [...reason.matchAll(/“([^”]+)” \(row/g)].map(([, text]) => text ?? ''));
  const open = texts.map((text) => ({ text, date: readDate(text, now) })).filter(({ date }) => date?.kind === 'open');
  const show = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const under = (order: DateOrder): string | null => {
    for (const { text, date } of open) {
      const day = date?.kind === 'open' ? dayUnder(date.parts, order, now) : null;
      if (day !== null) return `${text} is ${show.format(new Date(`${day}T00:00:00Z`))}`;
    }
    return null;
  };
  return orderOptions.flatMap(({ value, label }) => {
    const example = under(value);
    return example === null ? [] : [{ value, label, example }];
  });
};

const titles: Readonly<Record<Question['asks'], (header: string) => string>> = {
  dateOrder: (header) => `How are the dates of ${header} written?`,
  decimal: (header) => `What separates decimals in ${header}?`,
  type: (header) => `What does a 1 in ${header} stand for?`,
};

type Props = { readonly question: Question; readonly column: Column; readonly onAnswer: (column: Column) => void };

export const QuestionBox = ({ question, column, onAnswer }: Props): ReactElement => {
  const id = useId();
  const { header, asks, because, candidates } = question;
  const isDates = asks === 'dateOrder';
  const { locale, today } = useFormat();
  const examples = isDates ? examplesOf(because, Number(today.slice(0, 4)), locale) : [];
  const told = candidates.map(({ value, label, reads }): Choice => ({ value, label, example: reads }));
  const plain: readonly Choice[] = isDates ? orderOptions : told.length > 0 ? told : markOptions;
  const options: readonly Choice[] = examples.length > 1 ? examples : plain;
  const answer = (value: string): void => {
    requestAnimationFrame(focusQuestion);
    const order = orderOptions.find((one) => one.value === value);
    const mark = markOptions.find((one) => one.value === value);
    if (isDates && order) onAnswer({ ...column, dateOrder: order.value });
    if (asks === 'decimal' && mark) onAnswer({ ...column, decimal: mark.value });
    if (asks === 'type' && (value === 'decimal' || value === 'percent')) onAnswer({ ...column, type: value });
  };
  return (
    <fieldset className="ask" aria-describedby={`${id}-why`} data-question>
      <legend>
        <Icon name="alert" size={14} />
        {titles[asks](header)}
      </legend>
      <span className="ask-a">
        {options.map(({ value, label, example }) => (
          <Button key={value} onClick={() => answer(value)}>
            {label}
            {example !== undefined && <span className="t2 small">{example}</span>}
          </Button>
        ))}
      </span>
      <ul id={`${id}-why`}>
        {because.slice(0, 3).map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </fieldset>
  );
};
