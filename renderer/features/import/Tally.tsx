/** Rows by what becomes of them: counted and worded the same before they are written and after. */
import type { ReactElement } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import type { Checked } from './types.ts';
import { figure, rowsOf } from './words.ts';

type Props = {
  readonly results: Checked['results'];
  /** Rows that are left out because of errors; they are among `out`. */
  readonly left: number;
};

export const Tally = ({ results, left }: Props): ReactElement => {
  const { new: added, update: updated, same, error: wrong, out } = results;
  const others = out - left;
  return (
    <>
      <li>
        <Icon name="plus" />
        {rowsOf(added)} new
      </li>
      <li>
        <Icon name="sync" />
        {rowsOf(updated)} updated
      </li>
      {wrong > 0 && (
        <li>
          <Icon name="alert" />
          {rowsOf(wrong)} with errors, their cells marked
        </li>
      )}
      {left > 0 && (
        <li>
          <Icon name="alert" />
          {rowsOf(left)} left out for errors, in a file of their own
        </li>
      )}
      {same + others > 0 && (
        <li>
          <Icon name="chev-r" />
          {rowsOf(same)} the same as here, {figure(others)} left out: nothing happens to them
        </li>
      )}
    </>
  );
};
