/**
 * A day, typed: `12 nov`, `t+3`, `fri`, the locale's short date. It is shown in words while not being edited;
 * text that is no day is handed on as typed, with the reason.
 */
import type { ReactElement } from 'react';
import { useState } from 'react';
import type { FormatContext } from '../../shared/domain/format.ts';
import { editText, formatDay } from '../../shared/domain/format.ts';
import type { CellInput } from '../../shared/domain/kinds.ts';
import { isBad } from '../../shared/domain/kinds.ts';
import { styleOf } from '../../shared/domain/locale.ts';
import { parseCell } from '../../shared/domain/parse/cell.ts';
import type { ControlProps } from './Field.tsx';
import { TextInput } from './TextInput.tsx';

const dateField = { kind: 'date' } as const;

type Props = Partial<ControlProps> & {
  /** ISO day, or null. */
  readonly value: string | null;
  /** The text as typed, where it could not be read. */
  readonly raw?: string | null;
  readonly context: FormatContext;
  readonly onCommit: (value: CellInput) => void;
  readonly isReadOnly?: boolean;
  readonly label?: string;
  readonly onEnter?: () => void;
};

/** Reads typed text as a day: the stored value, or the text and why it is none. */
export const readDayText = (text: string, { locale, zone, today }: FormatContext): CellInput =>
  parseCell(dateField, text, { style: styleOf(locale), zone, today, currency: null, resolve: () => [] });

export const DateField = ({ value, raw = null, context, onCommit, ...rest }: Props): ReactElement => {
  const [isEditing, setIsEditing] = useState(false);
  const edited = raw ?? editText(dateField, value, context);
  const shown = raw ?? (value === null ? '' : formatDay(value, context));
  return (
    <span className="date" onFocus={() => setIsEditing(true)} onBlur={() => setIsEditing(false)}>
      <TextInput
        {...rest}
        value={isEditing ? edited : shown}
        onCommit={(text) => {
          const read = readDayText(text, context);
          if (isBad(read) || read !== value) onCommit(read);
        }}
      />
    </span>
  );
};
