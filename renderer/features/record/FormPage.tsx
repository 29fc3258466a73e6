/** The page of a record without lines: its fields as a form, its story beside it, its next step as the one primary button. */
import type { ReactElement, ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { goneText } from '../../../shared/domain/gone.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { isFocusInUse } from '../register/useRegisterFocus.ts';
import { TasksAbout } from '../tasks/TasksAbout.tsx';
import { Files } from '../files/Files.tsx';
import { FieldControl } from './FieldControl.tsx';
import { RecordStatus } from './RecordStatus.tsx';
import { useFieldFlash } from './useFieldFlash.ts';
import type { RecordHandle } from './useRecord.ts';
import { useRecordTab } from './useRecordTab.ts';
import './record.css';
import './form-page.css';

type Props = {
  readonly table: TableName;
  readonly id: string;
  readonly record: RecordHandle;
  readonly fields: readonly string[];
  /** Where its keys are heard. */
  readonly where: string;
  /** What can be done with it. */
  readonly acts: ReactNode;
  readonly story: ReactNode;
  /** What answers its commands. */
  readonly children: ReactNode;
};

export const FormPage = ({ table, id, record, fields, where, acts, story, children }: Props): ReactElement => {
  const form = useRef<HTMLDivElement>(null);
  useFieldFlash(record, form);
  const { row } = record;
  const name = useRecordTab(table, id, row);
  const isLoaded = row !== undefined;
  // Its keys are heard where the focus is: it begins with what can be changed, unless somebody is at something else already.
  useEffect(() => {
    if (!isLoaded || isFocusInUse()) return;
    const of = (what: string) => form.current?.querySelector<HTMLElement>(what);
    (of('input:not([readonly])') ?? of('input'))?.focus();
  }, [isLoaded]);
  const { one } = tableOf(table);
  if (record.error) return <ErrorBar error={record.error} onRetry={record.retry} />;
  if (record.isNew || row?.gone) return <EmptyState text={goneText(row?.gone ?? 'deleted', one)} />;
  return (
    <div className="form-page" data-where={where} data-testid={`${where}-page`} data-attach={`${table}/${id}`}>
      <div className="viewbar" data-region="bar">
        <h1 title={name}>{name}</h1>
        <RecordStatus record={record} />
        <span className="t2 head-sub">{row?.l?.['account_id']?.title ?? ''}</span>
        <span className="grow" />
        <div className="acts">{acts}</div>
      </div>
      <div className="form-body" data-region="head">
        <fieldset className="docform-box" aria-label={`${one} details`}>
          <div className="docform" ref={form}>
            {fields.map((field) => (
              <div key={field} data-field={field}>
                <FieldControl record={record} field={field} />
              </div>
            ))}
          </div>
        </fieldset>
        <div className="form-story">
          {story}
          <TasksAbout table={table} id={id} />
          <Files table={table} id={id} />
        </div>
      </div>
      {children}
    </div>
  );
};
