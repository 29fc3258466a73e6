/** A short fixed list, by the system's own control. Longer or changing lists use Combobox. */
import type { KeyboardEvent, ReactElement } from 'react';
import type { ControlProps } from './Field.tsx';
import { Icon } from './Icon.tsx';

export type Option<V extends string> = { readonly value: V; readonly label: string };

type Props<V extends string> = Partial<ControlProps> & {
  readonly value: V | null;
  readonly options: readonly Option<V>[];
  readonly onChange: (value: V | null) => void;
  /** Offered first, as "nothing chosen". */
  readonly empty?: string;
  readonly label?: string;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
};

export const Select = <V extends string>({ value, options, onChange, empty, label, ...control }: Props<V>): ReactElement => (
  <span className="select">
    <select
      {...control}
      className="input"
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(options.find((o) => o.value === event.target.value)?.value ?? null)}
    >
      {(empty !== undefined || value === null) && <option value="">{empty ?? ''}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
    <Icon name="chev-d" size={14} />
  </span>
);
