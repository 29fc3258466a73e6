/** The ways to paste other than onto the focused cell; new rows come first. */
import type { ReactElement } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import type { PasteMode } from './paste.ts';

type Props = {
  readonly rows: number;
  readonly columns: number;
  readonly canAdd: boolean;
  readonly hasHeaders: boolean;
  readonly onChoose: (mode: PasteMode) => void;
  readonly onClose: () => void;
};

export const PasteSpecial = ({ rows, columns, canAdd, hasHeaders, onChoose, onClose }: Props): ReactElement => {
  const counted = `${rows.toLocaleString()} ${rows === 1 ? 'row' : 'rows'} × ${columns}`;
  return (
    <Dialog title="Paste special" onClose={onClose}>
      <div className="paste-ways">
        <p className="muted">{counted} on the clipboard.</p>
        {canAdd && hasHeaders && (
          <Button isFirst kind="primary" onClick={() => onChoose('named-rows')}>
            As new rows, by the names in the first row
          </Button>
        )}
        {canAdd && (
          <Button isFirst={!hasHeaders} kind={hasHeaders ? 'plain' : 'primary'} onClick={() => onChoose('rows')}>
            {hasHeaders ? 'As new rows, the first row too' : 'As new rows'}
          </Button>
        )}
        <Button isFirst={!canAdd} onClick={() => onChoose('values')}>
          Values, from the focused cell on
        </Button>
        {hasHeaders && (
          <Button onClick={() => onChoose('headers')}>By the names in the first row, from the focused row on</Button>
        )}
        <Button onClick={() => onChoose('turned')}>Turned: rows become columns</Button>
      </div>
    </Dialog>
  );
};
