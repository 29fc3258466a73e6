/** A few rows of another table inside a panel. */
import type { ReactElement } from 'react';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { chipOf } from '../../grid/chips.ts';
import { columnsOf } from '../../grid/columns.ts';
import { viewCell } from '../../grid/display.ts';
import { Chip } from '../../ui/Chip.tsx';
import { useSetting } from '../register/useSetting.ts';

type Props = {
  readonly title: string;
  readonly table: TableName;
  /** Undefined while they are read. */
  readonly rows: readonly GridRow[] | undefined;
  readonly show: readonly string[];
  readonly currency?: string | null;
  readonly onOpen?: (row: GridRow) => void;
};

export const RowList = ({ title, table, rows, show, currency = null, onOpen }: Props): ReactElement => {
  const setting = useSetting(currency);
  const all = columnsOf(table);
  const columns = show.flatMap((key) => all.find((column) => column.key === key) ?? []);
  const cell = (row: GridRow, key: string) => {
    const column = columns.find((one) => one.key === key);
    if (!column) return null;
    const chip = chipOf(column.field, row, key);
    if (chip) {
      return (
        <Chip tone={chip.tone} icon={chip.icon} isQuiet={chip.isQuiet}>
          {chip.label}
        </Chip>
      );
    }
    const view = viewCell(column, row, null, setting);
    return (
      <span className={view.problem?.level === 'error' ? 'danger-t' : undefined} title={view.problem?.message}>
        {view.text}
      </span>
    );
  };
  return (
    <section className="sec">
      <h3 className="h3">
        {title}
        {rows && <span className="muted">{rows.length}</span>}
      </h3>
      {rows === undefined && <p className="muted">Reading …</p>}
      {rows?.length === 0 && <p className="muted">None yet.</p>}
      {rows && rows.length > 0 && (
        <table className="mini" aria-label={`${title}: ${tableOf(table).many}`}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key} className={column.align === 'right' ? 'num' : undefined} scope="col">
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                {columns.map((column, at) => (
                  <td key={column.key} className={column.align === 'right' ? 'num' : undefined}>
                    {at === 0 && onOpen ? (
                      <button type="button" className="link" onClick={() => onOpen(row)}>
                        {viewCell(column, row, null, setting).text || 'Draft'}
                      </button>
                    ) : (
                      cell(row, column.key)
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
