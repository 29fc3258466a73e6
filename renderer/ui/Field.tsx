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
  /** Why it cannot be typed into now: a sign beside the label, the reason as its description. */
  readonly locked?: string | null;
  /** The reason the value needs attention. The value itself stays. */
  readonly error?: string | undefined;
  readonly children: (control: ControlProps) => ReactElement;
};

export const Field = ({ label, isRequired = false, help, locked = null, error, children }: Props): ReactElement => {
  const id = useId();
  const described = [
    help === undefined ? '' : `${id}-help`,
    locked === null ? '' : `${id}-lock`,
    error === undefined ? '' : `${id}-error`,
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {locked !== null && (
          <span className="req" title={locked}>
            <Icon name="lock" size={12} />
          </span>
        )}
        {isRequired && locked === null && (
          <span className="req" aria-hidden="true">
            required
          </span>
        )}
      </label>
      {locked !== null && (
        <span className="vh" id={`${id}-lock`}>
          {locked}
        </span>
      )}
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
