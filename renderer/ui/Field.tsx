/** A label over a control, with what is wrong with it under it. The control is told its id and descriptions. */
import type { ReactElement } from 'react';
import { useId } from 'react';
import { Icon } from './Icon.tsx';

/** What a control needs to be labelled and described. */
export type ControlProps = {
  readonly id: string;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: true | undefined;
  readonly 'aria-required'?: true | undefined;
};

type Props = {
  readonly label: string;
  readonly isRequired?: boolean;
  readonly help?: string | undefined;
  /** The reason the value needs attention. The value itself stays. */
  readonly error?: string | undefined;
  readonly children: (control: ControlProps) => ReactElement;
};

export const Field = ({ label, isRequired = false, help, error, children }: Props): ReactElement => {
  const id = useId();
  const described = [help === undefined ? '' : `${id}-help`, error === undefined ? '' : `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {isRequired && (
          <span className="req" aria-hidden="true">
            required
          </span>
        )}
      </label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error === undefined ? undefined : true,
        'aria-required': isRequired || undefined,
      })}
      {help !== undefined && (
        <span className="help" id={`${id}-help`}>
          {help}
        </span>
      )}
      {error !== undefined && (
        <span className="err" id={`${id}-error`}>
          <Icon name="alert" size={12} />
          {error}
        </span>
      )}
    </div>
  );
};
