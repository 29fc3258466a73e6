/**
 * What can be done with the prices of a document's lines: explain one, take what the prices say, price all of them again.
 * It answers the commands while the page is in front.
 */
import type { ReactElement } from 'react';
import { useEffect, useState } from 'react';
import { client } from '../../client/client.ts';
import type { GridHandle } from '../../grid/handle.ts';
import type { LineSource } from '../../grid/lines/source.ts';
import type { DocumentTable, LineTable } from '../../../shared/model/documents.ts';
import { useCommand } from '../../state/commands.ts';
import { setPeekLine, togglePeek, usePeek } from '../../state/peek.ts';
import { markSaved } from '../../state/status.ts';
import { say } from '../../state/toasts.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { RepriceDialog } from './RepriceDialog.tsx';
import { sayUndoable } from '../../state/undoable.ts';

type Props = {
  readonly document: {
    readonly kind: { readonly table: DocumentTable; readonly lines: LineTable };
    readonly id: string;
    readonly record: { readonly isNew: boolean };
    readonly isFrozen: boolean;
    readonly source: Pick<LineSource, 'isDraft'>;
    readonly grid: { readonly current: Pick<GridHandle, 'focused'> | null };
    readonly settle: () => Promise<void>;
  };
};

/** Counts what was written, and says it with the way back. */
const sayTaken = (written: number, nothing: string): void => {
  if (written === 0) return say(nothing);
  markSaved(Date.now());
  sayUndoable(written === 1 ? 'The price of one line was taken.' : `The prices of ${written} lines were taken.`);
};

export const LinePrices = ({ document }: Props): ReactElement | null => {
  const { kind, id, record, isFrozen, source, grid, settle } = document;
  const { table, lines } = kind;
  const [isAsking, setIsAsking] = useState(false);
  const canChange = !record.isNew && !isFrozen;
  useEffect(() => () => setPeekLine(null), []);
  /** The line in focus; away from the lines, the one that was. */
  const lineInFocus = (): string | null => {
    const cell = grid.current?.focused();
    if (cell && !source.isDraft(cell.row.id)) setPeekLine({ table: lines, id: cell.row.id });
    return usePeek.getState().line?.id ?? null;
  };
  const take = async (taken: readonly string[], nothing: string): Promise<void> => {
    try {
      const { rows } = await client['prices.reprice']({ table, id, lines: [...taken], screen: `${table}/${id}` });
      sayTaken(rows.filter((row) => row.table === lines).length, nothing);
    } catch (error) {
      say(messageOf(error), { tone: 'danger' });
    }
  };
  const takeOne = async (): Promise<void> => {
    await settle();
    const line = lineInFocus();
    if (line === null) say('Move to a line first.');
    else await take([line], 'The price of this line is what the prices say already, or they say nothing.');
  };
  useCommand(
    'price.trace',
    record.isNew
      ? null
      : () => (lineInFocus() === null ? say('Move to a line to see how its price came about.') : togglePeek('price')),
  );
  useCommand('price.take', canChange ? takeOne : null);
  useCommand('price.reprice', canChange ? () => settle().then(() => setIsAsking(true)) : null);
  if (!isAsking) return null;
  return (
    <RepriceDialog
      table={table}
      id={id}
      onClose={() => setIsAsking(false)}
      onTake={(taken) => {
        setIsAsking(false);
        void take(taken, 'No price changed.');
      }}
    />
  );
};
