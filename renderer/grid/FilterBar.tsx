/**
 * The quick filter: chips while one reads, text while one types, one tree behind both. A token that cannot be read
 * is underlined and explained, the rows stay as they were, and the text stays until it is mended or cleared.
 */
import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { FilterError, FilterQuery } from '../../shared/domain/filter-text.ts';
import { noFilter } from '../../shared/domain/filter-text.ts';
import { announce } from '../state/announce.ts';
import { useCommand } from '../state/commands.ts';
import { IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { FilterHelp } from './FilterHelp.tsx';
import type { FilterChip, Filters } from './filters.ts';

export type UnreadText = { readonly text: string; readonly errors: readonly FilterError[] };

type Props = {
  readonly filters: Filters;
  readonly query: FilterQuery;
  /** The text it opens with, where parts of it cannot be read: the query is of the others. */
  readonly first?: UnreadText | null;
  /** @param text what it was typed as; null where it was not typed here */
  readonly onChange: (query: FilterQuery, text: string | null) => void;
  /** `@name` and Enter open a view; false where there is none of that name. */
  readonly onView?: (name: string) => boolean;
  /** Leaving the text with Enter or Escape goes back to the rows. */
  readonly onLeave: () => void;
  /** Whether the text cannot be read, so that the rows are those of an earlier one. */
  readonly onUnread?: (isUnread: boolean) => void;
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

type ChipsProps = { readonly chips: readonly FilterChip[]; readonly onChange: Props['onChange'] };

const Chips = ({ chips, onChange }: ChipsProps): ReactElement[] =>
  chips.map(({ head, value, without }) => (
    <span className="fchip" key={`${head}${value}`}>
      <span>{head}</span>
      <span className="fv">{value}</span>
      <button
        type="button"
        className="fx"
        aria-label={`Remove ${head}${value}`}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onChange(without, null)}
      >
        <Icon name="x" size={12} />
      </button>
    </span>
  ));

/** The text while it is typed: read a moment after each key, dropped when a newer one is read. */
const isName = (text: string): boolean => text.startsWith('@');

const useTyping = ({ filters, query, first = null, onChange, onView, onUnread }: Props) => {
  const [text, show] = useState(first?.text ?? '');
  // What leaving the text hands over is what it is by then, not what was drawn last.
  const latest = useRef(text);
  const setText = (next: string): void => {
    latest.current = next;
    show(next);
  };
  const [isTyping, setIsTyping] = useState(false);
  const [errors, setErrors] = useState<readonly FilterError[]>(first?.errors ?? []);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(0);
  const isUnread = errors.length > 0;
  const isPart = isUnread && text === first?.text;
  const tell = useEffectEvent((now: boolean) => onUnread?.(now));
  useEffect(() => tell(isUnread && !isPart), [isUnread, isPart]);
  const read = async (typed: string): Promise<void> => {
    clearTimeout(timer.current);
    asked.current += 1;
    const mine = asked.current;
    // The name of a view is no filter until Enter says that it is meant.
    if (isName(typed)) return setErrors([]);
    const result = await filters.read(typed, query);
    if (mine !== asked.current) return;
    setErrors(result.errors);
    if (result.errors.length === 0) onChange(result.query, typed);
  };
  const clear = (): void => {
    clearTimeout(timer.current);
    asked.current += 1;
    setText('');
    setErrors([]);
    onChange(noFilter, '');
  };
  return {
    text,
    isTyping,
    isPart,
    errors,
    read,
    clear,
    /** Another number after everything that was typed or read. */
    step: (): number => asked.current,
    type: (typed: string): void => {
      setText(typed);
      clearTimeout(timer.current);
      // What is still being read or printed for the text before comes too late.
      asked.current += 1;
      timer.current = setTimeout(() => void read(typed), readAfterMs);
    },
    open: async (): Promise<void> => {
      if (isTyping) return;
      setIsTyping(true);
      if (isUnread) return;
      const mine = asked.current;
      const printed = await filters.print(query);
      if (mine === asked.current) setText(printed);
    },
    /** Opens the view that was named. */
    openView: (typed: string): boolean => {
      const name = typed.slice(1).trim();
      if (onView?.(name)) {
        setText('');
        return true;
      }
      setErrors([{ from: 0, to: typed.length, message: `There is no view “${name}” here.` }]);
      return false;
    },
    close: (): void => {
      setIsTyping(false);
      if (isName(latest.current)) {
        setText('');
        setErrors([]);
        return;
      }
      if (latest.current !== '') void read(latest.current);
      else if (query !== noFilter) clear();
    },
  };
};

const useChips = (filters: Filters, query: FilterQuery): readonly FilterChip[] => {
  const [chips, setChips] = useState<readonly FilterChip[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const make = async (): Promise<void> => {
      const made = await filters.chips(query);
      if (isCurrent) setChips(made);
    };
    void make();
    return () => {
      isCurrent = false;
    };
  }, [filters, query]);
  return chips;
};

export const FilterBar = (props: Props): ReactElement => {
  const { filters, query, onChange, onLeave, children } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { text, isTyping, isPart, errors, read, clear, type, open, openView, close, step } = useTyping(props);
  const chips = useChips(filters, query);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    if (event.key === 'Enter' && isName(text)) {
      event.preventDefault();
      if (!openView(text)) return;
    } else if (event.key === 'Enter') void read(text);
    else clear();
    event.stopPropagation();
    onLeave();
  };
  useCommand('filter.focus', () => {
    input.current?.focus();
    const before = step();
    // The text stands there after the next drawing; what was typed until then must not be selected and typed over, and
    // whoever has gone on by then is not called back.
    requestAnimationFrame(() => {
      if (before === step() && document.activeElement === input.current) input.current?.select();
    });
  });
  useCommand('filter.clear', query.filter === null && errors.length === 0 ? null : clear);
  const [problem] = errors;
  const isText = isTyping || problem !== undefined;
  const said = problem?.message ?? '';
  useEffect(() => announce('find', said), [said]);
  const [isHelpOpen, setHelpOpen] = useState(false);
  return (
    <div className="filterbar" data-region="filter">
      <div className={problem ? 'qf has-error' : 'qf'}>
        <Icon name="filter" size={14} />
        {!isText && <Chips chips={chips} onChange={onChange} />}
        <span className="qf-text">
          {isText && <Underlines text={text} errors={errors} />}
          <input
            ref={input}
            type="text"
            aria-label="Filter"
            aria-describedby={problem ? `${id}-problem ${id}-old` : undefined}
            aria-invalid={problem ? true : undefined}
            placeholder={chips.length > 0 && !isText ? 'Add a filter' : 'Filter: words, status:open, due<7d …'}
            value={isText ? text : ''}
            autoComplete="off"
            spellCheck={false}
            onFocus={() => void open()}
            onBlur={close}
            onChange={(event) => type(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </span>
        {problem && (
          <span className="qf-problem danger-t small" id={`${id}-problem`}>
            {problem.message}
          </span>
        )}
        {!isTyping && <Kbd of="filter.focus" />}
      </div>
      {problem && (
        <span className="qf-old warning-t small" id={`${id}-old`}>
          {isPart ? 'Rows are those of the rest of this filter.' : 'Rows are those of the last filter that could be read.'}
        </span>
      )}
      <IconButton icon="help" size={14} label="How to write a filter" onClick={() => setHelpOpen(true)} />
      {isHelpOpen && <FilterHelp hasChips={filters.hasChips} hasDays={filters.hasDays} onClose={() => setHelpOpen(false)} />}
      {children}
    </div>
  );
};
