/**
 * The lines of a quote before they are accepted or ordered: what was quoted, what is on order, what remains, and where a
 * product's price has changed since. Of a quote that was only sent the lines can be chosen.
 */
import type { ReactElement } from 'react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { formatScaled } from '../../../shared/domain/format.ts';
import { useEngine } from '../../client/cache.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { useSetting } from '../register/useSetting.ts';

type Line = OutputOf<WorkbenchContract['quotes.orderable']>['lines'][number];

type Props = {
  readonly id: string;
  readonly title: string;
  /** Whether lines are chosen here: the customer's answer is not in yet. */
  readonly canChoose: boolean;
  /** Lines as chosen; null = all that remain. */
  readonly onDone: (lines: readonly string[] | null) => void;
  readonly onClose: () => void;
};

const Row = ({
  line,
  isTaken,
  onTake,
}: {
  readonly line: Line;
  readonly isTaken: boolean;
  readonly onTake: (() => void) | null;
}): ReactElement => {
  const { locale } = useSetting();
  const say = (value: string | number | null, places: number): string =>
    value === null ? '' : formatScaled(String(value), 6, places, 6, locale);
  const name = `${line.sku ?? ''} ${line.description ?? ''}`.trim();
  return (
    <tr>
      {onTake && (
        <td>
          <input type="checkbox" aria-label={`Take ${name}`} checked={isTaken} onChange={onTake} />
        </td>
      )}
      <td>{name}</td>
      <td className="num">{say(line.quoted, 0)}</td>
      <td className="num">{say(line.ordered, 0)}</td>
      <td className="num">{say(line.remaining, 0)}</td>
      <td className="num">{say(line.price, 2)}</td>
      <td className="num">{line.list_now === null ? '' : say(line.list_now, 2)}</td>
    </tr>
  );
};

export const LinesSheet = ({ id, title, canChoose, onDone, onClose }: Props): ReactElement => {
  const { data, error, refetch } = useEngine(
    'quotes.orderable',
    { id },
    { tables: [['quotes', id], 'quote_lines', 'order_lines', 'orders', 'products'] },
  );
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map());
  const lines = data?.lines ?? [];
  const isTaken = ({ id: line, is_counted: isCounted }: Line): boolean => changed.get(line) ?? isCounted;
  const taken = lines.filter(isTaken).map((line) => line.id);
  const refusal =
    data === undefined ? 'Reading the lines.' : (data.refusal ?? (taken.length === 0 && canChoose ? 'Take a line.' : null));
  const changes = lines.filter(({ list_now: now }) => now !== null).length;
  return (
    <Dialog
      title={title}
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            kind="primary"
            isFirst
            blocked={refusal ?? undefined}
            onClick={() => onDone(canChoose && changed.size > 0 ? taken : null)}
          >
            {title}
          </Button>
        </>
      }
    >
      {error && <ErrorBar error={error} onRetry={() => void refetch()} />}
      {data?.refusal != null && <p className="warning-t">{data.refusal}</p>}
      <table className="mini">
        <thead>
          <tr>
            {canChoose && <th scope="col">Take</th>}
            <th scope="col">Line</th>
            <th scope="col">Quoted</th>
            <th scope="col">Ordered</th>
            <th scope="col">Remaining</th>
            <th scope="col">Price</th>
            <th scope="col">List now</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row
              key={line.id}
              line={line}
              isTaken={isTaken(line)}
              onTake={canChoose ? () => setChanged(new Map(changed).set(line.id, !isTaken(line))) : null}
            />
          ))}
        </tbody>
      </table>
      <p className="muted">
        {changes === 0
          ? 'No price has changed since.'
          : `${changes === 1 ? 'One price has' : `${changes} prices have`} changed since; the order keeps those that were quoted.`}
      </p>
    </Dialog>
  );
};
