/**
 * A record chosen by typing: code, name or alias over rows that are looked up while typing. Enter and Tab take
 * the highlighted row, also when they are pressed before the rows are there. Text that finds nothing is handed
 * on as typed and never dropped.
 */
import { Autocomplete } from '@base-ui/react/autocomplete';
import type { FocusEvent, KeyboardEvent, ReactElement, Ref } from 'react';
import { useRef } from 'react';
import type { ControlProps } from './Field.tsx';
import { Icon } from './Icon.tsx';
import type { Choice, ComboboxInput } from './useCombobox.ts';
import { CREATE, namedBy, shownAs, useCombobox } from './useCombobox.ts';

export type { Choice } from './useCombobox.ts';

type Props = Partial<ControlProps> &
  ComboboxInput & {
    readonly label?: string;
    readonly placeholder?: string;
    readonly isReadOnly?: boolean;
    /** After a choice made with Enter. */
    readonly onEnter?: () => void;
    readonly inputRef?: Ref<HTMLInputElement>;
  };

const Row = ({ choice }: { readonly choice: Choice }): ReactElement => (
  <>
    {choice.id === CREATE && <Icon name="plus" size={14} />}
    <span>{shownAs(choice)}</span>
    {choice.title !== null && choice.code !== null && <span className="code">{choice.code}</span>}
    {choice.note !== null && <span className="note">{choice.note}</span>}
  </>
);

type ListProps = { readonly isLooking: boolean; readonly onChoose: (choice: Choice) => void };

const List = ({ isLooking, onChoose }: ListProps): ReactElement => (
  <Autocomplete.Portal>
    <Autocomplete.Positioner className="pop-place" sideOffset={2} align="start">
      <Autocomplete.Popup className="pop">
        <Autocomplete.Empty>
          <div className="option-none">{isLooking ? 'Looking …' : 'Nothing found. The text is kept as typed.'}</div>
        </Autocomplete.Empty>
        <Autocomplete.List className="listbox">
          {(choice: Choice) => (
            <Autocomplete.Item key={choice.id} value={choice} className="option" onClick={() => onChoose(choice)}>
              <Row choice={choice} />
            </Autocomplete.Item>
          )}
        </Autocomplete.List>
      </Autocomplete.Popup>
    </Autocomplete.Positioner>
  </Autocomplete.Portal>
);

type BaseKey = KeyboardEvent & { readonly preventBaseUIHandler: () => void };

const isTake = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  key === 'Tab' || (key === 'Enter' && !ctrlKey && !metaKey && !altKey);

export const Combobox = (props: Props): ReactElement => {
  const { text: current, lookup, onChoose, onText, onCreate, label, placeholder, isReadOnly = false, ...rest } = props;
  const { onEnter, inputRef, ...control } = rest;
  const box = useCombobox({ text: current, lookup, onChoose, onText, onCreate });

  const isTaking = useRef(false);
  // The focus moves on at once: what is typed while the rows are looked up belongs to the next field.
  const take = async (isEnter: boolean): Promise<void> => {
    isTaking.current = true;
    const taken = box.take();
    if (isEnter) onEnter?.();
    try {
      await taken;
    } finally {
      isTaking.current = false;
    }
  };
  const onKeyDown = (event: BaseKey): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.altKey && event.key === 'ArrowDown') box.list();
    if (event.key === 'Escape' && box.giveBack()) event.stopPropagation();
    if (!isTake(event)) return;
    event.preventBaseUIHandler();
    void take(event.key === 'Enter');
  };
  // Leaving with the mouse takes only what the text names: a guess is for the keys that say "take it".
  const onBlur = ({ relatedTarget }: FocusEvent): void => {
    if (isTaking.current) return;
    if (relatedTarget instanceof Element && relatedTarget.closest('.listbox') !== null) return;
    void box.settle((rows) => namedBy(rows, box.text));
  };
  return (
    <Autocomplete.Root
      items={box.items}
      filter={null}
      mode="none"
      autoHighlight={box.hasRows && 'always'}
      value={box.text}
      open={box.isOpen && !isReadOnly}
      itemToStringValue={shownAs}
      onOpenChange={box.setIsOpen}
      onItemHighlighted={box.mark}
      onValueChange={(typed, { reason }) => reason !== 'item-press' && box.type(typed)}
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
          onFocus={({ target }) => target.select()}
        />
        <button type="button" tabIndex={-1} aria-hidden="true" onClick={box.list}>
          <Icon name="chev-d" size={14} />
        </button>
      </Autocomplete.InputGroup>
      <List isLooking={box.isLooking} onChoose={box.choose} />
    </Autocomplete.Root>
  );
};
