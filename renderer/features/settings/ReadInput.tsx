/**
 * A number of a setting: read as a cell of its kind would be and handed over once it is one. What cannot be read stays as
 * it was typed, with the reason for the place beside it.
 */
import type { ReactElement } from 'react';
import { editText, formatCell } from '../../../shared/domain/format.ts';
import type { ControlProps } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useReading, type NumberKind } from '../record/useReading.ts';
import { useSetting } from '../register/useSetting.ts';

type Props = Partial<ControlProps> & {
  readonly label: string;
  readonly kind: NumberKind;
  readonly value: number | null;
  /** Nothing typed is an answer. */
  readonly isOptional?: boolean;
  readonly most: number;
  readonly onValue: (value: number | null) => void;
  /** Why what was typed is none; null once it is one. */
  readonly onError: (error: string | null) => void;
};

export const ReadInput = (props: Props): ReactElement => {
  const { label, kind, value, isOptional = false, most, onValue, onError, ...control } = props;
  const setting = useSetting();
  const read = useReading(setting.currency);
  const written = (of: number): string => formatCell({ kind }, of, setting);
  const commit = (text: string): void => {
    const typed = read(kind, label, text);
    const next = typeof typed.value === 'number' ? typed.value : null;
    const isOutside = next === null ? !isOptional : next < 0 || next > most;
    const wrong = typed.error ?? (isOutside ? `${label} is a number from ${written(0)} to ${written(most)}` : null);
    onError(wrong);
    if (wrong === null) onValue(next);
  };
  return (
    <TextInput
      {...control}
      label={label}
      inputMode="decimal"
      value={value === null ? '' : editText({ kind }, value, setting)}
      shown={value === null ? '' : written(value)}
      onCommit={commit}
    />
  );
};
