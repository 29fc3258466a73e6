/** What a typed line was understood as, in words: said while it is typed, so that nothing is a surprise afterwards. */
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { weekdayOf } from '../../../shared/domain/dates.ts';
import { formatCell, type FormatContext } from '../../../shared/domain/format.ts';
import { tasks } from '../../../shared/model/tasks.ts';

export type ReadLine = OutputOf<WorkbenchContract['tasks.read']>;

export type Understood = { readonly said: readonly string[]; readonly unread: readonly string[] };

const weekdays = new Map<string, Intl.DateTimeFormat>();

/** `Fri 16 Jan`: the weekday is what a person checks; the year only where it is another. */
export const dayWithName = (day: string, context: FormatContext): string => {
  const { locale } = context;
  const format = weekdays.get(locale) ?? new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  weekdays.set(locale, format);
  // 5 January 2026 is a Monday.
  return `${format.format(Date.UTC(2026, 0, 4 + weekdayOf(day)))} ${formatCell({ kind: 'date' }, day, context)}`;
};

const labelOf = (field: 'kind' | 'priority', key: string | null): string | null =>
  tasks.fields[field].choices.find((choice) => choice.key === key)?.label ?? null;

export const sayUnderstood = (line: ReadLine, context: FormatContext): Understood => {
  const { account, due, time, priority, kind, repeat, unread } = line;
  const called = labelOf('priority', priority);
  const said = [
    due === null ? null : [dayWithName(due, context), time].filter((part) => part !== null).join(' '),
    repeat,
    account?.label?.title ?? account?.label?.code ?? null,
    called === null ? null : `${called} priority`,
    kind === 'do' ? null : labelOf('kind', kind),
  ].filter((part) => part !== null);
  const unknown = account !== null && account.id === null ? [`“@${account.typed}” is no account, or more than one`] : [];
  return { said, unread: [...unknown, ...unread.map(({ text, why }) => `“${text}” stays in the text: ${why}`)] };
};
