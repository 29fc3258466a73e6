/**
 * A line or a block of text that is committed on leaving or Enter. Escape gives back what was there; nothing
 * else throws typed text away: what was refused stays in the field.
 */
import type { KeyboardEvent, ReactElement } from 'react';
import { useRef, useState } from 'react';
import type { ControlProps } from './Field.tsx';
import { useLeaving } from './useLeaving.ts';

type Props = Partial<ControlProps> & {
  readonly value: string;
  /** How the value is written while nobody is in the field: `Fri 20 Mar` for what is typed as 20/03. */
  readonly shown?: string;
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

/** `base` is the value it was typed over: once that changes, and nobody is typing, the new value is shown. */
type Draft = { readonly text: string; readonly base: string; readonly isOpen: boolean };

const isPlainEnter = ({ key, ctrlKey, metaKey, altKey, nativeEvent }: KeyboardEvent): boolean =>
  key === 'Enter' && !ctrlKey && !metaKey && !altKey && !nativeEvent.isComposing;

export const TextInput = (props: Props): ReactElement => {
  const {
    value,
    shown = value,
    onCommit,
    onDraft,
    isReadOnly = false,
    isMultiline = false,
    placeholder,
    label,
    inputMode,
    onEnter,
    ...rest
  } = props;
  const { autoComplete = 'off', ...control } = rest;
  const [draft, setDraft] = useState<Draft | null>(null);
  // Enter hands over and moves on, and the blur of the move comes before the next render: once is enough.
  const handed = useRef<string | null>(null);
  const [isIn, setIsIn] = useState(false);
  // What was handed over has been answered: kept, it would come back with the value it was typed over, as undo brings.
  if (draft !== null && !draft.isOpen && draft.base !== value) setDraft(null);
  const isTyped = draft !== null && (draft.isOpen || draft.base === value);
  const text = isTyped ? draft.text : isIn ? value : shown;

  const commit = (): void => {
    if (draft === null || !draft.isOpen) return;
    setDraft({ ...draft, base: value, isOpen: false });
    if (draft.text === value || draft.text === handed.current) return;
    handed.current = draft.text;
    onCommit(draft.text);
  };
  useLeaving(commit);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && draft?.isOpen === true) {
      event.stopPropagation();
      setDraft(null);
      onDraft?.(value);
    }
    if (isMultiline || !isPlainEnter(event)) return;
    commit();
    onEnter?.();
  };
  const shared = {
    ...control,
    className: 'input',
    value: text,
    readOnly: isReadOnly,
    placeholder,
    'aria-label': label,
    onFocus: () => setIsIn(true),
    onBlur: () => {
      setIsIn(false);
      commit();
    },
    onKeyDown,
    onChange: ({ target }: { readonly target: { readonly value: string } }) => {
      handed.current = null;
      setDraft({ text: target.value, base: value, isOpen: true });
      onDraft?.(target.value);
    },
  };
  return isMultiline ? (
    <textarea {...shared} rows={3} spellCheck />
  ) : (
    <input {...shared} type="text" inputMode={inputMode} autoComplete={autoComplete} spellCheck={false} />
  );
};
