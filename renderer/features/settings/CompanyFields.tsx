/** The company's own settings: name, base currency, zone, week and year. Used at the first run and in Settings. */
import type { ReactElement } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextInput } from '../../ui/TextInput.tsx';

export type Company = NonNullable<OutputOf<WorkbenchContract['app.info']>['company']>;

type Props = {
  readonly company: Company;
  readonly onChange: (company: Company) => void;
  readonly errors?: { readonly currency?: string; readonly zone?: string };
};

/** 5 January 2026 is a Monday. */
const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
  value: String(day),
  label: new Intl.DateTimeFormat(undefined, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, 0, 4 + day)),
}));
const months = Array.from({ length: 12 }, (_, index) => ({
  value: String(index + 1),
  label: new Intl.DateTimeFormat(undefined, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, index, 1)),
}));

const zones = (now: string): readonly { value: string; label: string }[] =>
  [...new Set([now, 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
  }));

const noErrors: NonNullable<Props['errors']> = {};

export const CompanyFields = ({ company, onChange, errors = noErrors }: Props): ReactElement => {
  const set = (part: Partial<Company>): void => onChange({ ...company, ...part });
  return (
    <>
      <h2 className="h3">Company</h2>
      <div className="two">
        <Field label="Name">
          {(control) => (
            <TextInput {...control} value={company.name} autoComplete="organization" onCommit={(name) => set({ name })} />
          )}
        </Field>
        <Field label="Base currency" isRequired error={errors.currency} help="Totals over several accounts are shown in it.">
          {(control) => (
            <TextInput {...control} value={company.currency} onCommit={(text) => set({ currency: text.trim().toUpperCase() })} />
          )}
        </Field>
        <Field label="Time zone" isRequired error={errors.zone} help="Decides what today is.">
          {(control) => (
            <Select
              {...control}
              value={company.zone}
              options={zones(company.zone)}
              onChange={(zone) => set({ zone: zone ?? company.zone })}
            />
          )}
        </Field>
        <Field label="Week begins on">
          {(control) => (
            <Select
              {...control}
              value={String(company.weekStart)}
              options={weekdays}
              onChange={(day) => set({ weekStart: Number(day ?? company.weekStart) })}
            />
          )}
        </Field>
        <Field label="Year begins in">
          {(control) => (
            <Select
              {...control}
              value={String(company.fiscalMonth)}
              options={months}
              onChange={(month) => set({ fiscalMonth: Number(month ?? company.fiscalMonth) })}
            />
          )}
        </Field>
      </div>
    </>
  );
};
