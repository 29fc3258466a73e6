/**
 * One field of a record in a form: the control its kind asks for, with the same reading, the same words for what is
 * wrong and the same keeping of what was typed as a cell of a grid.
 */
import type { ReactElement, Ref } from 'react';
import { agreedReason } from '../../../shared/model/agreed.ts';
import { client } from '../../client/client.ts';
import { createdBy, sayCreate, takeNew } from '../../grid/edit/create.ts';
import type { Option } from '../../grid/edit/options.ts';
import { lookupFor } from '../../grid/edit/options.ts';
import type { Choice } from '../../ui/Combobox.tsx';
import { Combobox } from '../../ui/Combobox.tsx';
import type { ControlProps } from '../../ui/Field.tsx';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import type { RecordHandle } from './useRecord.ts';

type Props = {
  readonly record: RecordHandle;
  readonly field: string;
  readonly label?: string;
  readonly isRequired?: boolean;
  /** Enter, after the value was handed over. */
  readonly onEnter?: () => void;
  readonly inputRef?: Ref<HTMLInputElement>;
  /** Rows to choose from, where they are fewer than the whole table. */
  readonly lookup?: (text: string) => Promise<readonly Choice[]>;
};

const asChoice = (option: Option): Choice => ({
  id: String(option.value),
  code: option.code,
  title: option.title,
  note: option.note,
});

type InField = Props & { readonly control: ControlProps; readonly locked: string | null };

const Control = (props: InField): ReactElement => {
  const { record, field, control, locked, onEnter, inputRef, lookup } = props;
  const column = record.columns.get(field);
  const { row, display, table } = record;
  if (!column || !row) return <input {...control} className="input" readOnly />;
  const isReadOnly = column.editor === null || locked !== null;
  const text = display.cell(column, row).text;
  if (isReadOnly) return <input {...control} className="input" readOnly value={text} title={locked ?? undefined} />;
  if (column.editor === 'text' || column.editor === 'note') {
    return (
      <TextInput
        {...control}
        value={display.open(column, row)}
        {...(column.align === 'right' ? { shown: text } : {})}
        isMultiline={column.editor === 'note'}
        onCommit={(typed) => void record.commit(field, { text: typed, taken: null })}
        {...(onEnter ? { onEnter } : {})}
      />
    );
  }
  const options = lookupFor(client, table, column, row);
  const find = lookup ?? (async (typed: string) => (await options(typed)).map(asChoice));
  const taken = (choice: Choice) => ({
    value: column.field.kind === 'flag' ? Number(choice.id) : choice.id,
    code: choice.code,
    title: choice.title,
  });
  const creates = lookup === undefined ? createdBy(column.field) : null;
  const onCreate = creates && {
    label: (typed: string) => sayCreate(creates, typed),
    create: (typed: string) => void record.commit(field, { text: typed, taken: takeNew(creates, typed) }),
  };
  return (
    <Combobox
      {...control}
      text={text}
      lookup={find}
      onCreate={onCreate ?? undefined}
      onChoose={(choice) =>
        void record.commit(
          field,
          choice ? { text: choice.title ?? choice.code ?? '', taken: taken(choice) } : { text: '', taken: null },
        )
      }
      onText={(typed) => void record.commit(field, { text: typed, taken: null })}
      {...(onEnter ? { onEnter } : {})}
      {...(inputRef ? { inputRef } : {})}
    />
  );
};

export const FieldControl = (props: Props): ReactElement => {
  const { record, field, label, isRequired = false } = props;
  const column = record.columns.get(field);
  const problem = column && record.row ? record.display.cell(column, record.row).problem : null;
  const locked = agreedReason(record.table, field, record.row?.v, record.row?.i?.[field]);
  return (
    <Field
      label={label ?? column?.label ?? field}
      isRequired={isRequired}
      locked={locked}
      {...(problem ? { error: problem.message } : {})}
    >
      {(control) => <Control {...props} control={control} locked={locked} />}
    </Field>
  );
};
