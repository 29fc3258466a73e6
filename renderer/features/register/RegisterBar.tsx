/** The head of a register: what it is called, its views, and what is done with it as a whole. */
import type { ReactElement, ReactNode } from 'react';
import { runCommand } from '../../state/commands.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import type { RegisterView } from './Views.tsx';
import { Views } from './Views.tsx';

type Props = {
  readonly title: string;
  /** What one of its rows is called. */
  readonly one: string;
  readonly view: RegisterView;
  readonly views: readonly RegisterView[];
  readonly count: number | null;
  readonly isChanged: boolean;
  /** Beside the actions every register has. */
  readonly acts?: ReactNode;
  readonly onView: (key: string) => void;
  readonly onColumns: () => void;
};

export const RegisterBar = ({ title, one, view, views, count, isChanged, acts, onView, onColumns }: Props): ReactElement => (
  <div className="viewbar" data-region="bar">
    <h1>{title}</h1>
    <Views views={views} current={view.key} count={count} isChanged={isChanged} onChoose={onView} />
    <div className="acts">
      {acts}
      <IconButton icon="export" label="Export" command="file.export" onClick={() => void runCommand('file.export')} />
      <IconButton icon="columns" label="Columns" command="view.columns" onClick={onColumns} />
      {view.made === undefined && (
        <Button icon="plus" command="new.here" onClick={() => void runCommand('new.here')}>
          {one}
        </Button>
      )}
    </div>
  </div>
);
