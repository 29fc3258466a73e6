/** The lines of a confirmed order as they stand, each with what may be typed in its place. */
import type { KeyboardEvent, ReactElement } from 'react';
import { formatDate, formatScaled } from '../../../shared/domain/format.ts';
import { fieldOf } from '../../../shared/model/index.ts';
import { useSetting } from '../register/useSetting.ts';
import type { AmendLine } from './AmendDialog.tsx';
import { amendFields, type Amended, type AmendField, type LineChange } from './amendRows.ts';

type Props = {
  readonly lines: readonly AmendLine[];
  readonly typed: Amended;
  readonly onType: (line: string, change: LineChange) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

const labelOf = (field: AmendField): string => fieldOf('order_lines', field)?.label ?? field;

/** A value of a line in words; nothing where there is none. */
export const sayAmended = (field: AmendField, value: string | null, locale: string): string => {
  if (value === null) return '';
  if (field === 'promised') return formatDate(value, locale);
  if (field === 'discount') return formatScaled(value, 4, 0, 4, locale);
  return formatScaled(value, 6, field === 'price' ? 2 : 0, 6, locale);
};

const Row = ({ line, at, change, onType, onKeyDown }: Omit<Props, 'lines' | 'typed'> & RowProps): ReactElement => {
  const { locale } = useSetting();
  const name = `Line ${line.position ?? at + 1}`;
  return (
    <tr>
      <td>{line.position ?? at + 1}</td>
      <td className="stretch">{line.product}</td>
      {amendFields.map((field) => (
        <td key={field} className="num">
          <input
            className="input num"
            aria-label={`${labelOf(field)}, ${name}`}
            placeholder={sayAmended(field, line[field], locale)}
            disabled={change.cancel === true}
            value={change[field] ?? ''}
            onChange={(event) => onType(line.id, { [field]: event.target.value })}
            onKeyDown={onKeyDown}
          />
        </td>
      ))}
      <td>
        <input
          type="checkbox"
          aria-label={`Cancel, ${name}`}
          disabled={line.open === '0'}
          checked={change.cancel === true}
          onChange={(event) => onType(line.id, { cancel: event.target.checked })}
        />
      </td>
    </tr>
  );
};

type RowProps = { readonly line: AmendLine; readonly at: number; readonly change: LineChange };

export const AmendTable = ({ lines, typed, onType, onKeyDown }: Props): ReactElement => (
  <table className="mini fulfil" aria-label="Lines">
    <thead>
      <tr>
        <th scope="col">#</th>
        <th scope="col">Product</th>
        {amendFields.map((field) => (
          <th key={field} scope="col" className="num">
            {labelOf(field)}
          </th>
        ))}
        <th scope="col">Cancel</th>
      </tr>
    </thead>
    <tbody>
      {lines.map((line, at) => (
        <Row key={line.id} line={line} at={at} change={typed.get(line.id) ?? {}} onType={onType} onKeyDown={onKeyDown} />
      ))}
    </tbody>
  </table>
);
