/** Why a document cannot move on: every cell, each a way to it. */
import type { ReactElement } from 'react';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { runCommand } from '../../state/commands.ts';
import type { Blocker } from './useDocument.ts';

type Props = {
  /** What was not done: `Not confirmed.` */
  readonly what: string;
  readonly blockers: readonly Blocker[];
  readonly onGo: (blocker: Blocker) => void;
  readonly onDismiss: () => void;
  /** Goes on in spite of it all, with a reason. */
  readonly onOverride?: () => void;
};

export const Blockers = ({ what, blockers, onGo, onDismiss, onOverride }: Props): ReactElement | null => {
  if (blockers.length === 0) return null;
  const { length } = blockers;
  return (
    <>
      <div className="bar" role="alert">
        <Icon name="alert" />
        <span>
          <b>{what}</b> {length === 1 ? 'One thing is' : `${length} things are`} in the way; everything is saved.
        </span>
        <span className="acts">
          {onOverride && <Button onClick={onOverride}>Confirm all the same …</Button>}
          <Button command="problem.next" onClick={() => void runCommand('problem.next')}>
            Next
          </Button>
          <IconButton icon="x" label="Dismiss" onClick={onDismiss} />
        </span>
      </div>
      <fieldset className="blockers" aria-label="In the way">
        {blockers.map((blocker) => (
          <button
            key={`${blocker.table}/${blocker.row}/${blocker.field}/${blocker.code}`}
            type="button"
            onClick={() => onGo(blocker)}
          >
            {blocker.message}
          </button>
        ))}
      </fieldset>
    </>
  );
};
