/**
 * The head of a document. Tab walks every field; Enter walks those a new one cannot do without and that are still
 * empty, and then goes to the first line.
 */
import type { ReactElement, RefObject } from 'react';
import { useEffect, useRef } from 'react';
import { client } from '../../client/client.ts';
import { foldText } from '../../../shared/domain/fold.ts';
import type { Choice } from '../../ui/Combobox.tsx';
import { FieldControl } from '../record/FieldControl.tsx';
import { useFieldFlash } from '../record/useFieldFlash.ts';
import { tableOf } from '../../../shared/model/index.ts';
import type { RecordHandle } from '../record/useRecord.ts';
import type { DocumentKind } from './kinds.ts';

type Props = {
  readonly kind: Pick<DocumentKind, 'table' | 'fields' | 'walked'>;
  readonly record: RecordHandle;
  readonly onDone: () => void;
  readonly hasFocus: boolean;
};

const isEmpty = (record: RecordHandle, field: string): boolean => {
  const value = record.row?.v[field];
  return (value === undefined || value === null || value === '') && record.row?.i?.[field]?.raw == null;
};

/** The control of a field, found by where it stands: the form is short and its fields are in order. */
const focusField = (form: RefObject<HTMLDivElement | null>, field: string): void =>
  form.current?.querySelector<HTMLInputElement>(`[data-field="${field}"] input`)?.focus();

/** The sites of the account that is chosen; all sites before one is. */
const useSites =
  (account: unknown) =>
  async (text: string): Promise<readonly Choice[]> => {
    if (typeof account !== 'string') {
      const { rows } = await client['records.lookup']({ table: 'sites', text });
      return rows;
    }
    const { rows } = await client['records.children']({ table: 'sites', owner: account });
    const sought = foldText(text);
    return rows
      .map((row): Choice => ({
        id: row.id,
        code: row.v['code'] === undefined ? null : (row.v['code'] as string | null),
        title: String(row.v['name'] ?? ''),
        note: row.v['city'] === undefined ? null : (row.v['city'] as string | null),
      }))
      .filter(({ code, title }) => foldText(`${code ?? ''} ${title ?? ''}`).includes(sought));
  };

export const HeaderForm = ({ kind, record, onDone, hasFocus }: Props): ReactElement => {
  const { fields, walked } = kind;
  const form = useRef<HTMLDivElement>(null);
  useFieldFlash(record, form);
  const isReady = record.row !== undefined;
  const sites = useSites(record.row?.v['account_id']);
  useEffect(() => {
    if (hasFocus && isReady) focusField(form, 'account_id');
  }, [hasFocus, isReady]);
  const next = (from: string): void => {
    const order = walked.slice(walked.indexOf(from) + 1);
    const empty = walked.includes(from)
      ? order.find((field) => isEmpty(record, field))
      : walked.find((field) => isEmpty(record, field));
    if (empty !== undefined && empty !== from) focusField(form, empty);
    else onDone();
  };
  return (
    <fieldset className="docform-box" data-region="head" aria-label={`${tableOf(kind.table).one} details`}>
      <div className="docform" ref={form}>
        {fields.map((field) => (
          <div key={field} data-field={field}>
            <FieldControl
              record={record}
              field={field}
              isRequired={record.columns.get(field)?.field.required === true}
              onEnter={() => next(field)}
              {...(field === 'site_id' ? { lookup: sites } : {})}
            />
          </div>
        ))}
      </div>
    </fieldset>
  );
};
