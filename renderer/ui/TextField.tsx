/** A line of text in a box, with its label: handed over at each key, and Enter does what the box is for. */
import type { ReactElement } from 'react';
import { Field } from './Field.tsx';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly onEnter: () => void;
  readonly isRequired?: boolean;
  readonly help?: string;
  /** What is wrong with it; null = nothing. */
  readonly error?: string | null;
  readonly maxLength?: number;
};

export const TextField = ({ label, value, onText, onEnter, error = null, maxLength = 500, ...told }: Props): ReactElement => (
  <Field label={label} {...told} {...(error === null ? {} : { error })}>
    {(control) => (
      <input
        {...control}
        className="input"
        value={value}
        maxLength={maxLength}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && onEnter()}
      />
    )}
  </Field>
);
