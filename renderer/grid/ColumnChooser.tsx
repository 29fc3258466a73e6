/** Which columns are shown and in which order; every step by key as well as by pointer. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Button, IconButton } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import type { GridColumn } from './columns.ts';

type Props = {
  readonly columns: readonly GridColumn[];
  readonly onShow: (key: string, isShown: boolean) => void;
  readonly onMove: (key: string, by: -1 | 1) => void;
  readonly onReset: () => void;
  readonly onClose: () => void;
};

export const ColumnChooser = ({ columns, onShow, onMove, onReset, onClose }: Props): ReactElement => {
  const [list, setList] = useState(columns);
  const show = (key: string, isShown: boolean): void => {
    setList(list.map((column) => (column.key === key ? { ...column, hidden: !isShown } : column)));
    onShow(key, isShown);
  };
  const move = (at: number, by: -1 | 1): void => {
    const moved = list[at];
    const other = list[at + by];
    if (!moved || !other || other.frozen) return;
    setList(list.map((column, index) => (index === at ? other : index === at + by ? moved : column)));
    onMove(moved.key, by);
  };
  return (
    <Dialog
      title="Columns"
      onClose={onClose}
      foot={
        <>
          <Button onClick={onReset}>Reset</Button>
          <Button kind="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <ul className="chooser">
        {list.map((column, at) => (
          <li key={column.key} className="row">
            <label className="row grow">
              <input
                type="checkbox"
                checked={!column.hidden}
                disabled={column.frozen}
                onChange={(event) => show(column.key, event.target.checked)}
              />
              {column.label}
              {column.frozen && <span className="muted small">always shown</span>}
            </label>
            {!column.frozen && (
              <>
                <IconButton icon="arr-u" label={`Move ${column.label} up`} size={14} onClick={() => move(at, -1)} />
                <IconButton icon="arr-d" label={`Move ${column.label} down`} size={14} onClick={() => move(at, 1)} />
              </>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
};
