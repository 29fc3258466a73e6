/** The rows of the order pad: what was bought, how often, and a quantity to type. */
import type { KeyboardEvent, ReactElement } from 'react';
import { formatDate, formatScaled } from '../../../shared/domain/format.ts';
import { Chip } from '../../ui/Chip.tsx';
import { useSetting } from '../register/useSetting.ts';
import type { PadRow, Typed } from './padRows.ts';

type Props = {
  readonly rows: readonly PadRow[];
  readonly typed: Typed;
  readonly onType: (product: string, value: string) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>, row: PadRow) => void;
};

const Habit = ({ row }: { readonly row: PadRow }): ReactElement | null => {
  if (row.is_stopped)
    return (
      <Chip tone="warning" icon="alert">
        Discontinued
      </Chip>
    );
  if (row.is_not_lately)
    return (
      <Chip tone="warning" icon="clock">
        Not lately
      </Chip>
    );
  return row.is_usual ? (
    <Chip tone="neutral" icon="tick">
      Usual
    </Chip>
  ) : null;
};

const rhythm = ({ every_days: every, times }: PadRow): string =>
  every === null ? (times === 1 ? 'Once' : `${times} times`) : every === 1 ? 'Every day' : `Every ${every} days`;

const Row = ({ row, value, isFirst, onType, onKeyDown }: Omit<Props, 'rows' | 'typed'> & PadCell): ReactElement => {
  const { locale } = useSetting();
  const shown = (qty: string): string => formatScaled(qty, 6, 0, 6, locale);
  return (
    <tr>
      <td>{row.sku}</td>
      <td className="stretch">{row.name}</td>
      <td>
        <Habit row={row} />
      </td>
      <td>{rhythm(row)}</td>
      <td className="num">{formatDate(row.last_on, locale)}</td>
      <td className="num">{shown(row.last_qty)}</td>
      <td className="num">{row.here === '0' ? '' : shown(row.here)}</td>
      <td className="num">{shown(row.suggested)}</td>
      <td className="num">
        <input
          className="input num"
          data-pad
          data-focus-first={isFirst || undefined}
          aria-label={`Quantity, ${row.sku}, suggested ${shown(row.suggested)}`}
          value={value}
          onChange={(event) => onType(row.product, event.target.value)}
          onFocus={(event) => event.target.select()}
          onKeyDown={(event) => onKeyDown(event, row)}
        />
      </td>
    </tr>
  );
};

type PadCell = { readonly row: PadRow; readonly value: string; readonly isFirst: boolean };

export const PadTable = ({ rows, typed, onType, onKeyDown }: Props): ReactElement => (
  <table className="mini fulfil">
    <thead>
      <tr>
        <th scope="col">SKU</th>
        <th scope="col">Product</th>
        <th scope="col">Habit</th>
        <th scope="col">Ordered</th>
        <th scope="col" className="num">
          Last
        </th>
        <th scope="col" className="num">
          Last qty
        </th>
        <th scope="col" className="num">
          On this order
        </th>
        <th scope="col" className="num">
          Suggested
        </th>
        <th scope="col" className="num">
          Quantity
        </th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row, at) => (
        <Row
          key={row.product}
          row={row}
          value={typed.get(row.product) ?? ''}
          isFirst={at === 0}
          onType={onType}
          onKeyDown={onKeyDown}
        />
      ))}
    </tbody>
  </table>
);
