/** The views of a register; the one in front shows its count. */
import type { ReactElement } from 'react';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { Filter } from '../../../shared/domain/filter.ts';
import type { TableName } from '../../../shared/model/index.ts';
import type { RegisterColumns } from './useColumns.ts';
import type { Sort } from '../../grid/window/register.ts';
import { runCommand } from '../../state/commands.ts';
import { Button, IconButton } from '../../ui/Button.tsx';

export type RegisterView = {
  readonly key: string;
  readonly label: string;
  readonly filter: Filter | null;
  readonly sort?: Sort;
  /** Another table, where a screen holds several registers. */
  readonly table?: TableName;
  /** The columns of that table. */
  readonly columns?: RegisterColumns;
  /** Where its rows come from, where none is typed here. */
  readonly made?: string;
  /** Opens the page that has one of its rows, where that is not the screen's. */
  readonly onOpen?: (row: GridRow) => void;
  /** A person made it. */
  readonly isSaved?: true;
};

type Props = {
  readonly views: readonly RegisterView[];
  readonly current: string;
  readonly count: number | null;
  /** The view in front was saved and is shown differently now. */
  readonly isChanged: boolean;
  readonly onChoose: (key: string) => void;
};

/** What can be done with a saved view, beside its tab. */
const ViewActions = ({ isChanged }: { readonly isChanged: boolean }): ReactElement => (
  <span className="view-acts">
    {isChanged && (
      <>
        <Button kind="flat" command="view.save" onClick={() => void runCommand('view.save')}>
          Save
        </Button>
        <Button kind="flat" command="view.reset" onClick={() => void runCommand('view.reset')}>
          Reset
        </Button>
      </>
    )}
    <IconButton icon="note" size={14} label="Rename view" command="view.rename" onClick={() => void runCommand('view.rename')} />
    <IconButton icon="x" size={14} label="Delete view" command="view.delete" onClick={() => void runCommand('view.delete')} />
  </span>
);

/** The view in front is in sight also where there is no room for all of them. */
const showCurrent = (tab: HTMLButtonElement | null): void => tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });

export const Views = ({ views, current, count, isChanged, onChoose }: Props): ReactElement => (
  <nav className="views" aria-label="Views">
    {views.map(({ key, label }) => (
      <button
        key={key}
        type="button"
        className={key === current ? 'view on' : 'view'}
        aria-current={key === current || undefined}
        ref={key === current ? showCurrent : undefined}
        onClick={() => onChoose(key)}
      >
        {label}
        {key === current && isChanged && (
          <>
            <span className="view-dot" aria-hidden="true" />
            <span className="vh">, changed</span>
          </>
        )}
        {key === current && count !== null && <span className="n">{count.toLocaleString()}</span>}
      </button>
    ))}
    {views.some(({ key, isSaved }) => key === current && isSaved) && <ViewActions isChanged={isChanged} />}
  </nav>
);
