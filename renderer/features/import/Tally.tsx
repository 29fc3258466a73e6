/** Rows by what becomes of them: counted and worded the same before they are written and after. */
import type { ReactElement } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import type { Checked } from './types.ts';
import { rowsOf } from './words.ts';

type Props = {
  readonly results: Checked['results'];
  /** Rows that are left out because of errors; they are among `out`. */
  readonly left: number;
};

export const Tally = ({ results, left }: Props): ReactElement => {
  const { new: added, update: updated, same, error: wrong, out } = results;
  const others = out - left;
  const untouched = [
    ...(same > 0 ? [`${rowsOf(same)} the same as here`] : []),
    ...(others > 0 ? [`${rowsOf(others)} left out`] : []),
  ];
  return (
    <>
      <li>
        <Icon name="plus" />
        {rowsOf(added)} new
      </li>
      {updated > 0 && (
        <li>
          <Icon name="sync" />
          {rowsOf(updated)} updated
        </li>
      )}
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
          {untouched.join(', ')}: nothing happens to {same + others === 1 ? 'it' : 'them'}
        </li>
      )}
    </>
  );
};
