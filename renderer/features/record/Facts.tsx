/** Some fields of a record in the side panel: read at a glance, changed in place. */
import type { ReactElement } from 'react';
import { goneText } from '../../../shared/domain/gone.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { useSetting } from '../register/useSetting.ts';
import { FieldControl } from './FieldControl.tsx';
import type { RecordHandle } from './useRecord.ts';
import { useRecord } from './useRecord.ts';
import './record.css';

/** A record for a panel. Its changes are steps of the screen the panel stands beside. */
export const usePanelRecord = (table: TableName, id: string, screen: string): RecordHandle => {
  const setting = useSetting();
  return useRecord({ table, id, screen, setting });
};

export const Facts = ({
  record,
  fields,
}: {
  readonly record: RecordHandle;
  readonly fields: readonly string[];
}): ReactElement => {
  const { one } = tableOf(record.table);
  if (record.error) return <ErrorBar error={record.error} onRetry={record.retry} />;
  if (record.row?.gone || record.isNew) return <EmptyState text={goneText(record.row?.gone ?? 'deleted', one)} />;
  return (
    <section className="sec facts-form">
      {fields.map((field) => (
        <FieldControl key={field} record={record} field={field} />
      ))}
    </section>
  );
};
