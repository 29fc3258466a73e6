/** What goes into a file, and where to; and what to do when that file is open in Excel. */
import type { ReactElement, RefCallback } from 'react';
import { useCallback, useState } from 'react';
import { inSentence } from '../../../shared/domain/in-sentence.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { useInfo } from '../../client/info.ts';
import { canPick } from '../../client/pick.ts';
import { useLatest } from '../../grid/useLatest.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import type { Option } from '../../ui/Select.tsx';
import { Select } from '../../ui/Select.tsx';
import type { Choice, Exported, Format } from './useExport.ts';
import { closeExport, fileName, startExport, useExports } from './useExport.ts';
import './export.css';

const formats: readonly Option<Format>[] = [
  { value: 'xlsx', label: 'Excel workbook (.xlsx)' },
  { value: 'csv', label: 'CSV (.csv)' },
];

const rowsOf = ({ table, filter, count, row }: Exported): readonly Option<Choice['rows']>[] => {
  const { one, many } = tableOf(table);
  const all = `All ${count === null ? '' : `${count.toLocaleString()} `}${inSentence(count === 1 ? one : many)}`;
  return [
    { value: 'all', label: filter === null ? all : `${all} of this filter` },
    ...(row === null ? [] : [{ value: 'row', label: `Only the ${inSentence(one)} in focus` } as const]),
  ];
};

const columnsOf = ({ fields }: Exported): readonly Option<Choice['columns']>[] => [
  { value: 'shown', label: `As shown (${fields.length})` },
  { value: 'all', label: 'All there are' },
];

type FieldsProps = {
  readonly asked: Exported;
  readonly choice: Choice;
  readonly onChoice: (change: Partial<Choice>) => void;
  /** The name of the file; null where the host asks for the place. */
  readonly name: string | null;
  readonly onName: (name: string) => void;
};

const Fields = ({ asked, choice, onChoice, name, onName }: FieldsProps): ReactElement => (
  <>
    <Field label="Format" help={choice.format === 'csv' ? 'Plain text, for other programs.' : 'Real dates, amounts and totals.'}>
      {(control) => (
        <Select {...control} value={choice.format} options={formats} onChange={(format) => format && onChoice({ format })} />
      )}
    </Field>
    <Field label="Rows">
      {(control) => (
        <Select {...control} value={choice.rows} options={rowsOf(asked)} onChange={(rows) => rows && onChoice({ rows })} />
      )}
    </Field>
    <Field label="Columns">
      {(control) => (
        <Select
          {...control}
          value={choice.columns}
          options={columnsOf(asked)}
          onChange={(columns) => columns && onChoice({ columns })}
        />
      )}
    </Field>
    {name !== null && (
      <Field label="File" help="It goes into the folder “exports” beside your file; a full path goes where it says.">
        {(control) => (
          <input {...control} className="input" value={name} maxLength={4096} onChange={(event) => onName(event.target.value)} />
        )}
      </Field>
    )}
  </>
);

/** A name keeps its ending in step with the format, as long as it has one of ours. */
const withEnding = (name: string, format: Format): string => name.replace(/\.(?:xlsx|csv)$/i, `.${format}`);

/** Enter means Export, in a list as in a field. Gives the ref of the form, which comes later than the dialog. */
const useEnter = (start: () => void): RefCallback<HTMLDivElement> => {
  const latest = useLatest(start);
  return useCallback(
    (form: HTMLDivElement) => {
      const listen = (event: KeyboardEvent): void => {
        if (event.key !== 'Enter' || event.isComposing) return;
        event.preventDefault();
        latest.current();
      };
      form.addEventListener('keydown', listen);
      return () => form.removeEventListener('keydown', listen);
    },
    [latest],
  );
};

const Ask = ({ asked, today }: { readonly asked: Exported; readonly today: string }): ReactElement => {
  const kept = useExports((state) => state.choice);
  const [choice, setChoice] = useState<Choice>({ ...kept, rows: 'all' });
  const [name, setName] = useState(() => fileName(asked, kept.format, today));
  const change = (part: Partial<Choice>): void => {
    const next = { ...choice, ...part };
    setChoice(next);
    setName(withEnding(name, next.format));
  };
  const isNamed = /[^\\/]\.(?:xlsx|csv)$/i.test(name.trim());
  const start = (): void => {
    if (isNamed) void startExport(asked, choice, name.trim());
  };
  const form = useEnter(start);
  return (
    <Dialog
      title={`Export ${inSentence(tableOf(asked.table).many)}`}
      onClose={closeExport}
      foot={
        <>
          <Button onClick={closeExport}>Cancel</Button>
          <Button
            kind="primary"
            icon="export"
            blocked={isNamed ? undefined : 'The name of the file ends in .xlsx or .csv.'}
            onClick={start}
          >
            Export
          </Button>
        </>
      }
    >
      <div className="export-form" ref={form}>
        <Fields asked={asked} choice={choice} onChoice={change} name={canPick() ? null : name} onName={setName} />
      </div>
    </Dialog>
  );
};

export const ExportDialog = (): ReactElement | null => {
  const { asked, busy } = useExports();
  const { data: info } = useInfo();
  if (busy !== null) {
    return (
      <Dialog
        title="The file is open elsewhere"
        onClose={closeExport}
        foot={
          <>
            <Button onClick={closeExport}>Cancel</Button>
            <Button kind="primary" onClick={busy.saveCopy}>
              Save a copy
            </Button>
          </>
        }
      >
        <p data-focus-first>{busy.message}</p>
      </Dialog>
    );
  }
  return asked === null ? null : <Ask key={`${asked.table} ${asked.label}`} asked={asked} today={info?.today ?? ''} />;
};
