/**
 * A record chosen by typing: code, name or alias over rows that are looked up while typing. Enter and Tab take
 * the highlighted row, also when they are pressed before the rows are there. Text that finds nothing is handed
 * on as typed and never dropped.
 */
import { Autocomplete } from '@base-ui/react/autocomplete';
import type { FocusEvent, KeyboardEvent, ReactElement, Ref } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { ControlProps } from './Field.tsx';
import { Icon } from './Icon.tsx';

export type Choice = {
  readonly id: string;
  readonly code: string | null;
  readonly title: string | null;
  readonly note: string | null;
};

type Props = Partial<ControlProps> & {
  /** What is chosen now, as shown: '' for nothing. */
  readonly text: string;
  readonly lookup: (text: string) => Promise<readonly Choice[]>;
  readonly onChoose: (choice: Choice | null) => void;
  /** Typed text that names no row. */
  readonly onText: (text: string) => void;
  /** Offered last, when the text names no row. */
  readonly onCreate?: { readonly noun: string; readonly create: (text: string) => void };
  readonly label?: string;
  readonly placeholder?: string;
  readonly isReadOnly?: boolean;
  /** After a choice made with Enter. */
  readonly onEnter?: () => void;
  readonly inputRef?: Ref<HTMLInputElement>;
};

type Found = { readonly for: string; readonly rows: readonly Choice[] };
/** The row offered last: make a new one. */
const CREATE = 'create';

const shownAs = ({ code, title }: Choice): string => title ?? code ?? '';

const isNamedBy = (choice: Choice, text: string): boolean => {
  const wanted = text.trim().toLowerCase();
  return choice.code?.toLowerCase() === wanted || choice.title?.toLowerCase() === wanted;
};

export const Combobox = (props: Props): ReactElement => {
  const {
    text: current,
    lookup,
    onChoose,
    onText,
    onCreate,
    label,
    placeholder,
    isReadOnly = false,
    onEnter,
    inputRef,
    ...control
  } = props;
  const [text, setText] = useState(current);
  const [found, setFound] = useState<Found>({ for: '', rows: [] });
  const [isOpen, setIsOpen] = useState(false);
  const highlighted = useRef<Choice | undefined>(undefined);
  const asked = useRef('');
  useEffect(() => setText(current), [current]);

  const ask = async (typed: string): Promise<readonly Choice[]> => {
    asked.current = typed;
    const rows = await lookup(typed.trim());
    if (asked.current === typed) setFound({ for: typed, rows });
    return rows;
  };
  const finish = (): void => {
    asked.current = '';
    setIsOpen(false);
    highlighted.current = undefined;
  };
  const choose = (choice: Choice): void => {
    finish();
    if (choice.id === CREATE) return onCreate?.create(text.trim());
    setText(shownAs(choice));
    onChoose(choice);
  };
  /** `takes` says which of the rows the text stands for. */
  const settle = async (takes: (rows: readonly Choice[]) => Choice | undefined): Promise<void> => {
    const typed = text;
    if (typed === current) return finish();
    if (typed.trim() === '') {
      finish();
      return onChoose(null);
    }
    const rows = found.for === typed ? found.rows : await ask(typed);
    const taken = takes(rows);
    if (taken !== undefined) return choose(taken);
    finish();
    onText(typed);
  };

  const onKeyDown = (event: KeyboardEvent & { preventBaseUIHandler: () => void }): void => {
    if (event.nativeEvent.isComposing) return;
    const isTake = (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.altKey) || event.key === 'Tab';
    if (event.altKey && event.key === 'ArrowDown') {
      setIsOpen(true);
      void ask(text === current ? '' : text);
    }
    if (event.key === 'Escape' && text !== current) {
      event.stopPropagation();
      setText(current);
      finish();
    }
    if (!isTake) return;
    event.preventBaseUIHandler();
    const marked = highlighted.current;
    const isPicked = isOpen && marked !== undefined && found.for === asked.current;
    void (isPicked ? Promise.resolve(choose(marked)) : settle((rows) => rows[0])).then(
      () => event.key === 'Enter' && onEnter?.(),
    );
  };
  // Leaving with the mouse takes only what the text names: a guess is for the keys that say "take it".
  const onBlur = (event: FocusEvent): void => {
    if (!(event.relatedTarget instanceof Element) || event.relatedTarget.closest('.listbox') === null) {
      void settle((rows) => rows.find((row) => isNamedBy(row, text)));
    }
  };
  const create: Choice | undefined =
    onCreate === undefined || text.trim() === '' || found.rows.some((row) => isNamedBy(row, text))
      ? undefined
      : { id: CREATE, code: null, title: `Create ${onCreate.noun} “${text.trim()}”`, note: null };
  const items = create === undefined ? found.rows : [...found.rows, create];

  return (
    <Autocomplete.Root
      items={items}
      filter={null}
      mode="none"
      autoHighlight="always"
      value={text}
      open={isOpen && !isReadOnly}
      itemToStringValue={(choice: Choice) => shownAs(choice)}
      onOpenChange={setIsOpen}
      onItemHighlighted={(choice: Choice | undefined) => (highlighted.current = choice)}
      onValueChange={(typed, { reason }) => {
        if (reason === 'item-press') return;
        setText(typed);
        setIsOpen(true);
        void ask(typed);
      }}
    >
      <Autocomplete.InputGroup className={isReadOnly ? 'input ro' : 'input'}>
        <Autocomplete.Input
          {...control}
          ref={inputRef}
          aria-label={label}
          placeholder={placeholder}
          readOnly={isReadOnly}
          spellCheck={false}
          onKeyDown={onKeyDown}
          onBlur={onBlur}
          onFocus={(event) => event.target.select()}
        />
        <button type="button" tabIndex={-1} aria-hidden="true" onClick={() => void ask('').then(() => setIsOpen(true))}>
          <Icon name="chev-d" size={14} />
        </button>
      </Autocomplete.InputGroup>
      <Autocomplete.Portal>
        <Autocomplete.Positioner className="pop-place" sideOffset={2} align="start">
          <Autocomplete.Popup className="pop">
            <Autocomplete.Empty>
              <div className="option-none">{found.for === text ? 'Nothing found. The text is kept as typed.' : 'Looking …'}</div>
            </Autocomplete.Empty>
            <Autocomplete.List className="listbox">
              {(choice: Choice) => (
                <Autocomplete.Item key={choice.id} value={choice} className="option" onClick={() => choose(choice)}>
                  {choice.id === CREATE && <Icon name="plus" size={14} />}
                  <span>{shownAs(choice)}</span>
                  {choice.title !== null && choice.code !== null && <span className="code">{choice.code}</span>}
                  {choice.note !== null && <span className="note">{choice.note}</span>}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
};
