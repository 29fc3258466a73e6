/** What stands in the place of rows: nothing yet, or nothing that the view or the filter lets through. */
import type { ReactElement } from 'react';
import { useEffect } from 'react';
import { inSentence } from '../../../shared/domain/in-sentence.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { runCommand } from '../../state/commands.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';

type Props = {
  readonly table: TableName;
  /** What hides the rows, if anything does. */
  readonly hiddenBy: 'filter' | 'view' | null;
  /** Where its rows come from, where none is typed here. */
  readonly made: string | null;
  readonly onClear: () => void;
};

const useEscape = (run: (() => void) | null): void =>
  useEffect(() => {
    if (run === null) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      const isOnPage = event.target instanceof Element && event.target.closest('[data-region="page"]') !== null;
      if (event.key === 'Escape' && isOnPage && !event.defaultPrevented) run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [run]);

export const EmptyRegister = ({ table, hiddenBy, made, onClear }: Props): ReactElement => {
  const { one, many } = tableOf(table);
  useEscape(hiddenBy === null ? null : onClear);
  if (hiddenBy !== null) {
    return (
      <EmptyState text={`No ${inSentence(many)} match this ${hiddenBy}. Esc shows all.`}>
        <Button onClick={onClear}>{hiddenBy === 'filter' ? 'Clear filter' : 'Show all'}</Button>
      </EmptyState>
    );
  }
  if (made !== null) return <EmptyState text={`No ${inSentence(many)} yet. ${made}`} />;
  return (
    <EmptyState text={`No ${inSentence(many)} yet.`}>
      <Button kind="primary" icon="plus" command="new.here" onClick={() => void runCommand('new.here')}>
        New {inSentence(one)}
      </Button>
      <Button icon="import" onClick={() => void runCommand('go.import')}>
        Import from files
      </Button>
    </EmptyState>
  );
};
