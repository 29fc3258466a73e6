/** How an account stands, in six figures, each with the words that make it one. */
import type { ReactElement } from 'react';
import { daysBetween } from '../../../shared/domain/dates.ts';
import type { RecordHandle } from '../record/useRecord.ts';

type Reader = {
  /** A field as it is shown. */
  readonly text: (field: string) => string;
  /** A date in words, from today. */
  readonly away: (field: string) => string;
  readonly number: (field: string) => number;
};
type Fact = {
  readonly field: string;
  readonly label: string;
  readonly sub: (read: Reader) => string;
  readonly isLoud?: (read: Reader) => boolean;
};

const said = (before: string, value: string, otherwise: string): string => (value === '' ? otherwise : `${before}${value}`);

const facts: readonly Fact[] = [
  {
    field: 'revenue_12m',
    label: 'Revenue, 12 months',
    sub: ({ text }) => said('Credit limit ', text('credit_limit'), 'No credit limit set'),
  },
  { field: 'open_orders', label: 'Open orders', sub: ({ text }) => said('Terms ', text('terms'), 'No terms set') },
  {
    field: 'overdue_orders',
    label: 'Overdue',
    sub: ({ number }) => (number('overdue_orders') > 0 ? 'Past their promised day' : 'Everything on time'),
    isLoud: ({ number }) => number('overdue_orders') > 0,
  },
  { field: 'last_contact_on', label: 'Last contact', sub: ({ away }) => said('', away('last_contact_on'), 'Log the first one') },
  {
    field: 'next_step_on',
    label: 'Next step',
    sub: ({ text, away }) => text('next_step') || said('', away('next_step_on'), 'Nothing planned'),
  },
  { field: 'renewal_on', label: 'Renewal', sub: ({ away }) => said('', away('renewal_on'), 'No date set') },
];

const readerOf = ({ columns, row, display }: RecordHandle): Reader => {
  const { locale, today } = display.setting;
  return {
    text: (field) => {
      const column = columns.get(field);
      return column && row ? display.cell(column, row).text : '';
    },
    away: (field) => {
      const day = row?.v[field];
      if (typeof day !== 'string' || day === '') return '';
      return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(daysBetween(today, day), 'day');
    },
    number: (field) => Number(row?.v[field] ?? 0),
  };
};

export const FactStrip = ({ record }: { readonly record: RecordHandle }): ReactElement => {
  const read = readerOf(record);
  const isRead = record.row !== undefined;
  const unitOf = (field: string): string | null => {
    const column = record.columns.get(field);
    if (column?.kind !== 'money' || !record.row) return null;
    return record.display.cell(column, record.row).beside ?? record.display.setting.currency;
  };
  return (
    <div className="facts-strip">
      {facts.map(({ field, label, sub, isLoud }) => {
        const text = read.text(field);
        return (
          <dl className="fact" key={field}>
            <dt>{label}</dt>
            <dd>
              {text || (isRead ? '–' : '')}
              {text !== '' && unitOf(field) !== null && <span className="unit">{unitOf(field)}</span>}
            </dd>
            <dd className={isLoud?.(read) === true ? 'sub danger-t' : 'sub'}>{isRead ? sub(read) : ''}</dd>
          </dl>
        );
      })}
    </div>
  );
};
