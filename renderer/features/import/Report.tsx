/** What an import did or would do, file by file, with what every guess rests on. */
import type { ReactElement } from 'react';
import { fieldOf, isTableName, tableOf } from '../../../shared/model/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import type { Report } from './useImport.ts';

type FileReport = Report['files'][number];
type Evidence = FileReport['encoding'];

const figure = (n: number): string => n.toLocaleString();
const cellsOf = (n: number): string => `${figure(n)} ${n === 1 ? 'cell' : 'cells'}`;

const Guess = ({ label, evidence }: { readonly label: string; readonly evidence: Evidence }): ReactElement => (
  <div className="ev">
    <h4 className="h3">{label}</h4>
    <b>{evidence.answer}</b>
    {!evidence.sure && <span className="warning-t small"> not certain</span>}
    <ul className="small muted">
      {evidence.because.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  </div>
);

/** A field by its label; a custom field, which has no name but that of its column, by what it is. */
const nameOf = (table: string, key: string): string => {
  if (key.startsWith('x_')) return 'a field of its own';
  return (isTableName(table) ? fieldOf(table, key)?.label : undefined) ?? key;
};

/** Open at once where a column needs looking at. */
const Columns = ({ report: { table, columns } }: { readonly report: FileReport }): ReactElement => (
  <details className="more" open={columns.some(({ issues }) => issues > 0)}>
    <summary>{figure(columns.length)} columns</summary>
    <table className="mini">
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">Goes to</th>
          <th scope="col">Read as</th>
          <th scope="col" className="num">
            Cells
          </th>
          <th scope="col" className="num">
            To fix
          </th>
        </tr>
      </thead>
      <tbody>
        {columns.map(({ header, to, type, cells, issues, evidence }) => (
          <tr key={header} title={evidence?.because.join(' ')}>
            <td>{header}</td>
            <td>{to === null ? <span className="muted">left out</span> : nameOf(table, to)}</td>
            <td>
              {type} {evidence !== null && <span className="muted">{evidence.answer}</span>}
            </td>
            <td className="num">{figure(cells)}</td>
            <td className={issues > 0 ? 'num danger-t' : 'num'}>{figure(issues)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </details>
);

const File = ({ report }: { readonly report: FileReport }): ReactElement => {
  const counts: readonly (readonly [string, number])[] = [
    ['new', report.added],
    ['updated', report.updated],
    ['the same', report.same],
    ['skipped', report.skipped],
    ['deleted here', report.deletedHere],
  ];
  return (
    <section className="sec" aria-label={report.file}>
      <h3 className="row">
        <Icon name="file" size={14} />
        <b>{report.file}</b>
        <span className="muted">
          {figure(report.rows)} rows to {isTableName(report.table) ? tableOf(report.table).many : report.table}
        </span>
      </h3>
      <p className="row">
        {counts
          .filter(([, count]) => count > 0)
          .map(([word, count]) => (
            <span key={word}>
              <b>{figure(count)}</b> {word}
            </span>
          ))}
        {report.issues > 0 && (
          <span className="danger-t">
            {cellsOf(report.issues)} to fix (
            {Object.entries(report.issuesByCode)
              .map(([code, n]) => `${code} ${n}`)
              .join(', ')}
            )
          </span>
        )}
        {report.lost > 0 && <span className="danger-t">{cellsOf(report.lost)} would be lost</span>}
      </p>
      <div className="evs">
        <Guess label="Text encoding" evidence={report.encoding} />
        <Guess label="Separator" evidence={report.delimiter} />
        <Guess label="Header row" evidence={report.headerRow} />
      </div>
      <Columns report={report} />
    </section>
  );
};

export const ReportView = ({ report }: { readonly report: Report }): ReactElement => (
  <>
    {report.files.map((file) => (
      <File key={`${file.file}/${file.table}`} report={file} />
    ))}
    {report.unmatched.length > 0 && (
      <section className="sec">
        <p className="warning-t">Not in the recipe, so not read: {report.unmatched.join(', ')}</p>
      </section>
    )}
  </>
);
