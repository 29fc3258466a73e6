/** The columns of Today: why, what, whose, when, how long, what next, what is at stake. */
import { formatInstant, formatMoney, type FormatContext } from '../../../shared/domain/format.ts';
import type { CellView } from '../../grid/cellView.ts';
import type { GridColumn } from '../../grid/columns.ts';
import type { TodayRow, TodaySource } from './rows.ts';
import { bandOfRow } from './rows.ts';
import { bandWords, sayDue, sayTimeLeft, whyOf } from './words.ts';

const plain: CellView = { text: '', beside: null, chip: null, problem: null, isMuted: false };

const column = (
  key: string,
  label: string,
  width: number,
  view: GridColumn['view'],
  more: Partial<GridColumn> = {},
): GridColumn => ({
  key,
  label,
  field: { kind: 'text', label },
  kind: 'text',
  align: 'left',
  width,
  frozen: false,
  hidden: false,
  editor: null,
  isSortable: false,
  view,
  ...more,
});

const bandChips = {
  overdue: { tone: 'danger', icon: 'alert' },
  today: { tone: 'warning', icon: 'clock' },
  week: { tone: 'neutral', icon: 'today' },
} as const;

/** What stands in the first cells of the line above a band, and in those of its rows. */
const whyView =
  (source: TodaySource, format: FormatContext): NonNullable<GridColumn['view']> =>
  ({ id }) => {
    const band = bandOfRow(id);
    const list = source.said();
    if (band !== null && list !== null)
      return { ...plain, chip: { ...bandChips[band], label: bandWords(list, format)[band].split(',')[0] ?? '', isQuiet: false } };
    const row = source.row(id);
    if (row === undefined) return plain;
    const { label, icon } = whyOf(row);
    return { ...plain, chip: { label, icon, tone: row.why === 'failed' ? 'danger' : 'neutral', isQuiet: true } };
  };

const itemView =
  (source: TodaySource, format: FormatContext): NonNullable<GridColumn['view']> =>
  ({ id, v }) => {
    const band = bandOfRow(id);
    const list = source.said();
    if (band === null || list === null) return { ...plain, text: source.row(id)?.item ?? '' };
    const end = bandWords(list, format)[band].split(', ')[1];
    return { ...plain, text: [String(v['n'] ?? 0), end].filter((part) => part !== undefined).join(', '), isMuted: true };
  };

const textView =
  (source: TodaySource) =>
  (say: (row: TodayRow) => string, isBad: (row: TodayRow) => boolean = () => false): NonNullable<GridColumn['view']> =>
  ({ id }) => {
    const row = source.row(id);
    if (row === undefined) return plain;
    return { ...plain, text: say(row), ...(isBad(row) ? { tone: 'danger-t' } : {}) };
  };

const sayMoney = ({ money, currency }: TodayRow, locale: string): string =>
  money === null ? '' : `${formatMoney(money, currency, locale)} ${currency ?? ''}`.trim();

/** @param isOff the rows are those that were put off */
export const todayColumns = (source: TodaySource, format: FormatContext, isOff: boolean): readonly GridColumn[] => {
  const { locale } = format;
  const text = textView(source);
  const left = (row: TodayRow): string => {
    const said = source.said();
    return said === null ? '' : sayTimeLeft(row, said);
  };
  const until = ({ snoozed_until: at }: TodayRow): string => (at === null ? '' : formatInstant(at, format));
  const right = { align: 'right' } as const;
  return [
    column('why', 'Why', 132, whyView(source, format), { frozen: true }),
    column('item', 'Item', 260, itemView(source, format), { frozen: true }),
    column(
      'account',
      'Account',
      152,
      text(({ account }) => account?.name ?? ''),
    ),
    column(
      'due',
      'Due',
      148,
      text((row) => sayDue(row, format)),
      right,
    ),
    column(
      'left',
      'Left',
      130,
      text(left, ({ band }) => band === 'overdue'),
    ),
    column(
      'next',
      'Next step',
      200,
      text(({ next }) => next),
      { flex: true },
    ),
    column(
      'money',
      'Value',
      110,
      text((row) => sayMoney(row, locale)),
      right,
    ),
    column(
      'owner',
      'Owner',
      120,
      text(({ owner }) => owner ?? ''),
    ),
    ...(isOff ? [column('until', 'Snoozed until', 140, text(until))] : []),
  ];
};
