/** The views of a register; the one in front shows its count. */
import type { ReactElement } from 'react';
import type { Filter } from '../../../shared/domain/filter.ts';
import type { TableName } from '../../../shared/model/index.ts';
import type { Sort } from '../../grid/window/register.ts';

export type RegisterView = {
  readonly key: string;
  readonly label: string;
  readonly filter: Filter | null;
  readonly sort?: Sort;
  /** Another table, where a screen holds two registers. */
  readonly table?: TableName;
};

type Props = {
  readonly views: readonly RegisterView[];
  readonly current: string;
  readonly count: number | null;
  readonly onChoose: (key: string) => void;
};

export const Views = ({ views, current, count, onChoose }: Props): ReactElement => (
  <nav className="views" aria-label="Views">
    {views.map(({ key, label }) => (
      <button
        key={key}
        type="button"
        className={key === current ? 'view on' : 'view'}
        aria-current={key === current || undefined}
        onClick={() => onChoose(key)}
      >
        {label}
        {key === current && count !== null && <span className="n">{count.toLocaleString()}</span>}
      </button>
    ))}
  </nav>
);
