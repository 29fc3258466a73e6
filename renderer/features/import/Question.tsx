/** What only a person can say of a column: asked with the cells that speak for one thing and for the other, never answered beforehand. */
import type { ReactElement } from 'react';
import { useId } from 'react';
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

type Props = { readonly question: Question; readonly column: Column; readonly onAnswer: (column: Column) => void };

export const QuestionBox = ({ question, column, onAnswer }: Props): ReactElement => {
  const id = useId();
  const { header, asks, because } = question;
  const isDates = asks === 'dateOrder';
  const options = isDates ? orderOptions : markOptions;
  const answer = (value: string): void => {
    requestAnimationFrame(focusQuestion);
    const order = orderOptions.find((one) => one.value === value);
    const mark = markOptions.find((one) => one.value === value);
    if (isDates && order) onAnswer({ ...column, dateOrder: order.value });
    if (!isDates && mark) onAnswer({ ...column, decimal: mark.value });
  };
  return (
    <fieldset className="ask" aria-describedby={`${id}-why`} data-question>
      <legend>
        <Icon name="alert" size={14} />
        {isDates ? `How are the dates of ${header} written?` : `What separates decimals in ${header}?`}
      </legend>
      <span className="row">
        {options.map(({ value, label }) => (
          <Button key={value} onClick={() => answer(value)}>
            {label}
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
