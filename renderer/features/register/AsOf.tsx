/**
 * The day a register of prices is looked at: what holds on it. It is a part of the quick filter, so that it is seen there,
 * saved with a view and cleared with everything else; this is the field for who does not know the words. Registers without days have none.
 */
import type { ReactElement } from 'react';
import { useId } from 'react';
import type { Filter } from '../../../shared/domain/filter.ts';
import { noFilter, type FilterQuery } from '../../../shared/domain/filter-text.ts';
import { editText, formatCell } from '../../../shared/domain/format.ts';
import type { Setting } from '../../grid/display.ts';
import type { Filters } from '../../grid/filters.ts';
import { say } from '../../state/toasts.ts';
import { TextInput } from '../../ui/TextInput.tsx';

type Props = {
  readonly filters: Filters;
  readonly query: FilterQuery;
  readonly setting: Setting;
  readonly onChange: (query: FilterQuery) => void;
  /** Enter is done here: the focus goes on to the rows. */
  readonly onLeave: () => void;
};

const partsOf = (filter: Filter | null): readonly Filter[] => (filter === null ? [] : 'all' in filter ? filter.all : [filter]);

/** The day a filter asks for; null where it asks for none. */
export const dayOf = (filter: Filter | null): string | null => partsOf(filter).find((part) => 'on' in part)?.on ?? null;

/** The filter with another day in it, or with none. */
export const withDay = (filter: Filter | null, day: string | null): Filter | null => {
  const parts = [...partsOf(filter).filter((part) => !('on' in part)), ...(day === null ? [] : [{ on: day }])];
  return parts.length > 1 ? { all: parts } : (parts[0] ?? null);
};

const kind = { kind: 'date' } as const;

export const AsOf = ({ filters, query, setting, onChange, onLeave }: Props): ReactElement | null => {
  const id = useId();
  const day = dayOf(query.filter);
  const ask = async (text: string): Promise<void> => {
    const typed = text.trim();
    const { readable, errors } =
      typed === '' ? { readable: noFilter, errors: [] } : await filters.read(`on:"${typed.replaceAll('"', '')}"`);
    const [problem] = errors;
    if (problem) say(problem.message, { tone: 'warning' });
    else onChange({ ...query, filter: withDay(query.filter, dayOf(readable.filter)) });
  };
  if (!filters.hasDays) return null;
  return (
    <div className="as-of">
      <label htmlFor={id}>As of</label>
      <TextInput
        id={id}
        value={editText(kind, day, setting)}
        shown={formatCell(kind, day, setting)}
        placeholder="any day"
        onCommit={(text) => void ask(text)}
        onEnter={onLeave}
      />
    </div>
  );
};
