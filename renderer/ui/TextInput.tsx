/**
 * A line or a block of text that is committed on leaving or Enter. Escape gives back what was there; nothing
 * else throws typed text away.
 */
import type { KeyboardEvent, ReactElement } from 'react';
import { useEffect, useState } from 'react';
import type { ControlProps } from './Field.tsx';

type Props = Partial<ControlProps> & {
  readonly value: string;
  /** Called with the text when it changed and the field is left or Enter is pressed. */
  readonly onCommit: (text: string) => void;
  /** Called at each key, where the text must survive a crash. */
  readonly onDraft?: (text: string) => void;
  readonly isReadOnly?: boolean;
  readonly isMultiline?: boolean;
  readonly placeholder?: string;
  readonly label?: string;
  readonly inputMode?: 'text' | 'email' | 'decimal';
  readonly autoComplete?: string;
  /** Enter in a single line field, after the commit. */
  readonly onEnter?: () => void;
};

export const TextInput = ({
  value,
  onCommit,
  onDraft,
  isReadOnly = false,
  isMultiline = false,
  placeholder,
  label,
  inputMode,
  autoComplete = 'off',
  onEnter,
  ...control
}: Props): ReactElement => {
  const [text, setText] = useState(value);
  const [isEditing, setIsEditing] = useState(false);
  useEffect(() => {
    // What the person is typing is theirs: a change from elsewhere waits until they are done.
    if (!isEditing) setText(value);
  }, [value, isEditing]);

  const commit = (): void => {
    setIsEditing(false);
    if (text !== value) onCommit(text);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && text !== value) {
      event.stopPropagation();
      setText(value);
      onDraft?.(value);
    }
    if (
      event.key === 'Enter' &&
      !isMultiline &&
      !event.nativeEvent.isComposing &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey
    ) {
      commit();
      onEnter?.();
    }
  };
  const shared = {
    ...control,
    className: 'input',
    value: text,
    readOnly: isReadOnly,
    placeholder,
    'aria-label': label,
    onFocus: () => setIsEditing(true),
    onBlur: commit,
    onKeyDown,
    onChange: (event: { readonly target: { readonly value: string } }) => {
      setText(event.target.value);
      onDraft?.(event.target.value);
    },
  };
  return isMultiline ? (
    <textarea {...shared} rows={3} spellCheck />
  ) : (
    <input {...shared} type="text" inputMode={inputMode} autoComplete={autoComplete} spellCheck={false} />
  );
};
