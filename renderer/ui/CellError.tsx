/** Why what was typed in a table does not hold, under the input that names it. */
import type { ReactElement } from 'react';
import { Icon } from './Icon.tsx';

export const CellError = ({ id, error }: { readonly id: string; readonly error: string | null }): ReactElement | null =>
  error === null ? null : (
    <span className="err" id={id} role="alert">
      <Icon name="alert" size={12} />
      {error}
    </span>
  );

/** How an input says that it is wrong, and where that is told. */
export const toldBy = (id: string, error: string | null): { 'aria-invalid'?: true; 'aria-describedby'?: string } =>
  error === null ? {} : { 'aria-invalid': true, 'aria-describedby': id };
