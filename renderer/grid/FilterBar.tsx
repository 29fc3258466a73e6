/**
 * The quick filter: chips while one reads, text while one types, one tree behind both. A token that cannot be read
 * is underlined and explained, and the rows stay as they were.
 */
import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import type { FilterError, FilterQuery } from '../../shared/domain/filter-text.ts';
import { noFilter } from '../../shared/domain/filter-text.ts';
import { useCommand } from '../state/commands.ts';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import type { FilterChip, Filters } from './filters.ts';

type Props = {
  readonly filters: Filters;
  readonly query: FilterQuery;
  readonly onChange: (query: FilterQuery) => void;
  /** Leaving the text with Enter or Escape goes back to the rows. */
  readonly onLeave: () => void;
  readonly children?: ReactNode;
};

const readAfterMs = 150;

/** The text again, drawn under the input, with what cannot be read underlined. */
const Underlines = ({ text, errors }: { readonly text: string; readonly errors: readonly FilterError[] }): ReactElement => {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { from, to } of errors) {
    parts.push(text.slice(at, from), <u key={from}>{text.slice(from, to)}</u>);
    at = to;
  }
  return (
    <span className="qf-under" aria-hidden="true">
      {parts}
      {text.slice(at)}
    </span>
  );
};

const Chips = ({
  chips,
  onChange,
}: {
  readonly chips: readonly FilterChip[];
  readonly onChange: Props['onChange'];
}): ReactElement => (
  <>
    {chips.map(({ head, value, without }) => (
      <span className="fchip" key={`${head}${value}`}>
        <span className="fk">{head}</span>
        <span className="fv">{value}</span>
        <button
          type="button"
          className="fx"
          aria-label={`Remove ${head}${value}`}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChange(without)}
        >
          <Icon name="x" size={12} />
        </button>
      </span>
    ))}
  </>
);

export const FilterBar = ({ filters, query, onChange, onLeave, children }: Props): ReactElement => {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [isTyping, setIsTyping] = useState(false);
  const [errors, setErrors] = useState<readonly FilterError[]>([]);
  const [chips, setChips] = useState<readonly FilterChip[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(0);

  useEffect(() => {
    let isCurrent = true;
    void filters.chips(query).then((made) => isCurrent && setChips(made));
    return () => {
      isCurrent = false;
    };
  }, [filters, query]);

  const read = async (typed: string): Promise<void> => {
    clearTimeout(timer.current);
    asked.current += 1;
    const mine = asked.current;
    const result = await filters.read(typed, query);
    if (mine !== asked.current) return;
    setErrors(result.errors);
    if (result.errors.length === 0) onChange(result.query);
  };
  const type = (typed: string): void => {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void read(typed), readAfterMs);
  };
  const open = async (): Promise<void> => {
    if (isTyping) return;
    setIsTyping(true);
    setText(errors.length > 0 ? text : await filters.print(query));
  };
  const clear = (): void => {
    clearTimeout(timer.current);
    asked.current += 1;
    setText('');
    setErrors([]);
    onChange(noFilter);
  };
  const close = (): void => {
    setIsTyping(false);
    if (text !== '') void read(text);
    else if (query !== noFilter) clear();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      void read(text).then(onLeave);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      clear();
      onLeave();
    }
  };
  useCommand('filter.focus', () => {
    input.current?.focus();
    requestAnimationFrame(() => input.current?.select());
  });
  useCommand('filter.clear', query.filter === null && errors.length === 0 ? null : clear);

  const [problem] = errors;
  return (
    <div className="filterbar">
      <div className={problem ? 'qf has-error' : 'qf'} onClick={() => input.current?.focus()}>
        <Icon name="filter" size={14} />
        {!isTyping && <Chips chips={chips} onChange={onChange} />}
        <span className="qf-text">
          {isTyping && <Underlines text={text} errors={errors} />}
          <input
            ref={input}
            type="text"
            aria-label="Filter"
            aria-describedby={problem ? `${id}-problem` : undefined}
            aria-invalid={problem ? true : undefined}
            placeholder={chips.length > 0 ? 'Add a filter' : 'Filter: words, status:open, due<7d …'}
            value={isTyping ? text : ''}
            autoComplete="off"
            spellCheck={false}
            onFocus={() => void open()}
            onBlur={close}
            onChange={(event) => type(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </span>
        {problem && (
          <span className="danger-t small" id={`${id}-problem`} role="status">
            {problem.message}
          </span>
        )}
        {!isTyping && <Kbd of="filter.focus" />}
      </div>
      {children}
    </div>
  );
};
