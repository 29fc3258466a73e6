/** One line of a setting: its word, then its control. */
import type { ReactElement } from 'react';
import { useId } from 'react';

type Props = {
  readonly label: string;
  readonly className?: string;
  readonly children: (control: { readonly id: string }) => ReactElement;
};

export const Rule = ({ label, className = '', children }: Props): ReactElement => {
  const id = useId();
  return (
    <span className={`rule ${className}`}>
      <label htmlFor={id}>{label}</label>
      {children({ id })}
    </span>
  );
};
