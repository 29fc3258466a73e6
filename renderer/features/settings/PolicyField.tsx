/** One number of a policy, with its bounds and what it means: read as it is typed, handed on when it is one. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Field } from '../../ui/Field.tsx';
import type { NumberKind } from '../record/useReading.ts';
import { useSetting } from '../register/useSetting.ts';
import { ReadInput } from './ReadInput.tsx';

export type PolicyPart<K extends string> = {
  readonly key: K;
  readonly label: string;
  readonly kind: NumberKind;
  readonly most: number;
  /** Empty means something. */
  readonly isOptional?: true;
  readonly help: string;
};

type Props = {
  readonly part: PolicyPart<string>;
  readonly value: number | null;
  readonly onValue: (value: number | null) => void;
};

export const PolicyField = ({ part, value, onValue }: Props): ReactElement => {
  const { label, kind, most, help, isOptional } = part;
  const { currency } = useSetting();
  const [error, setError] = useState<string | null>(null);
  const name = kind === 'money' && currency !== null ? `${label}, ${currency}` : label;
  return (
    <Field label={name} help={help} error={error ?? undefined}>
      {(control) => (
        <ReadInput
          {...control}
          label={name}
          kind={kind}
          most={most}
          isOptional={isOptional === true}
          value={value}
          onError={setError}
          onValue={onValue}
        />
      )}
    </Field>
  );
};
