/** The panel of a record that has none of its own: its filled fields, as the model names them. */
import type { ReactElement } from 'react';
import { formatCell } from '../../shared/domain/format.ts';
import { goneText } from '../../shared/domain/gone.ts';
import { outsideOf } from '../../shared/domain/limits.ts';
import { describeProblem } from '../../shared/domain/problems.ts';
import type { TableName } from '../../shared/model/index.ts';
import { tableOf } from '../../shared/model/index.ts';
import { useFormat } from '../client/info.ts';
import { useRow } from '../features/record/useRow.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorBar } from '../ui/ErrorBar.tsx';
import type { Pair } from '../ui/KeyValue.tsx';
import { KeyValue } from '../ui/KeyValue.tsx';

type Props = { readonly table: TableName; readonly id: string };

export const RecordFields = ({ table, id }: Props): ReactElement | null => {
  const { data: row, error, refetch } = useRow(table, id);
  const currency = row?.v['currency'];
  const format = useFormat(typeof currency === 'string' ? currency : null);
  if (error !== null) return <ErrorBar error={error} onRetry={() => void refetch()} />;
  if (row === undefined) return null;
  if (row === null || row.gone) return <EmptyState text={goneText(row?.gone ?? 'deleted', tableOf(table).one)} />;
  const pairs = Object.entries(tableOf(table).fields).flatMap(([key, field]): Pair[] => {
    const issue = row.i?.[key];
    if (issue !== undefined) {
      const about = { label: field.label, raw: issue.raw, outside: outsideOf(field, row.v[key] ?? null, format) };
      return [
        {
          label: field.label,
          value: <span className="danger-t">{issue.raw ?? describeProblem(issue.code, about).message}</span>,
        },
      ];
    }
    const value = row.v[key] ?? null;
    if (value === null || value === '') return [];
    const label = row.l?.[key];
    return [{ label: field.label, value: label?.title ?? label?.code ?? formatCell(field, value, format) }];
  });
  return (
    <section className="sec">
      <KeyValue pairs={pairs} />
    </section>
  );
};
