/** The first rows of the file as they stand, furniture too: the row that holds the headers is marked, and can be another. */
import type { ReactElement } from 'react';
import { useDesk } from './desk.ts';
import { readAs } from './open.ts';

const SHOWN_ROWS = 8;
const SHOWN_COLUMNS = 40;

/** `row 4` as the engine says it; 0 = none. */
const rowIn = (answer: string): number => Number(/\d+/.exec(answer)?.[0] ?? 0);

export const Preview = (): ReactElement | null => {
  const { inspected, reading } = useDesk();
  if (inspected === null || inspected.top.length === 0) return null;
  const header = reading.headerRow ?? rowIn(inspected.headerRow.answer);
  const rows = inspected.top.slice(0, Math.max(SHOWN_ROWS, Math.min(inspected.top.length, header + 3)));
  const width = Math.min(SHOWN_COLUMNS, Math.max(...rows.map((row) => row.length)));
  const choose = (row: number): void => void readAs({ headerRow: row });
  return (
    <section className="preview" aria-label="Top of the file">
      <div className="row">
        <h2 className="h3">Top of the file</h2>
        <span className="small t2 grow" title={inspected.headerRow.because.join('\n')}>
          Headers: {inspected.headerRow.answer}
          {!inspected.headerRow.sure && <span className="warning-t"> not certain</span>}
          {inspected.headerRow.because[0] !== undefined && <span className="muted"> · {inspected.headerRow.because[0]}</span>}
        </span>
        <label className="row small">
          <input type="radio" name="header-row" checked={header === 0} onChange={() => choose(0)} /> There is no header row
        </label>
      </div>
      <div className="preview-t">
        <table>
          <tbody>
            {rows.map((cells, at) => {
              const row = at + 1;
              return (
                <tr
                  // oxlint-disable-next-line react/no-array-index-key -- the row's number is what it is
                  key={row}
                  className={row === header ? 'is-header' : row < header ? 'is-above' : ''}
                >
                  <th scope="row">
                    <label>
                      <input
                        type="radio"
                        name="header-row"
                        aria-label={`Row ${row} holds the headers`}
                        checked={row === header}
                        onChange={() => choose(row)}
                      />
                      {row}
                    </label>
                  </th>
                  {Array.from({ length: width }, (_, column) => (
                    // oxlint-disable-next-line react/no-array-index-key -- so is the column's
                    <td key={column} title={cells[column]}>
                      {cells[column] ?? ''}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
};
