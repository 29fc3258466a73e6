/**
 * The tax table and how it is worked (M3). Each change is a version of the day: drafts follow it at once, what was agreed on
 * keeps the version it was agreed on by (M6).
 */
import type { ReactElement } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { useEngine } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { TaxRates } from './TaxRates.tsx';
import { useWhole } from './useWhole.ts';

type Known = NonNullable<OutputOf<WorkbenchContract['app.tax']>['tax']>;
export type TaxTable = Omit<Known, 'version'>;

const ABOUT =
  'Drafts follow the table as it stands. What was confirmed, sent or issued keeps the version it was agreed on by. ' +
  'A line without a code is not taxed; a code without a rate is in the way of confirming, sending and issuing.';

const scopes = [
  { value: 'line', label: 'Line by line' },
  { value: 'document', label: 'Over the document, code by code' },
] as const;
const sides = [
  { value: 'top', label: 'On top of the prices' },
  { value: 'inside', label: 'Inside the prices' },
] as const;
const modes = [
  { value: 'half_up', label: 'Half up' },
  { value: 'half_even', label: 'Half to even' },
  { value: 'up', label: 'Up' },
  { value: 'down', label: 'Down' },
] as const;

/** Of a company that has not set any tax up: what its first rate begins with. */
const firstTable: TaxTable = { scope: 'line', isIncluded: false, mode: 'half_up', freight: null, rates: {} };

type FormProps = { readonly table: TaxTable; readonly onChange: (table: TaxTable) => void };

const Ways = ({ table, onChange }: FormProps): ReactElement => {
  const codes = Object.keys(table.rates).map((code) => ({ value: code, label: code }));
  return (
    <div className="two">
      <Field label="Worked">
        {(control) => (
          <Select
            {...control}
            value={table.scope}
            options={scopes}
            onChange={(scope) => onChange({ ...table, scope: scope ?? table.scope })}
          />
        )}
      </Field>
      <Field label="Tax is">
        {(control) => (
          <Select
            {...control}
            value={table.isIncluded ? 'inside' : 'top'}
            options={sides}
            onChange={(side) => onChange({ ...table, isIncluded: side === 'inside' })}
          />
        )}
      </Field>
      <Field label="Rounded">
        {(control) => (
          <Select
            {...control}
            value={table.mode}
            options={modes}
            onChange={(mode) => onChange({ ...table, mode: mode ?? table.mode })}
          />
        )}
      </Field>
      <Field label="Code of freight">
        {(control) => (
          <Select
            {...control}
            value={table.freight}
            empty="Outside tax"
            options={codes}
            onChange={(freight) => onChange({ ...table, freight })}
          />
        )}
      </Field>
    </div>
  );
};

export const TaxSection = (): ReactElement | null => {
  const asked = useEngine('app.tax', {}, { tables: ['settings'] });
  const known = asked.data?.tax ?? null;
  const standing = known === null ? firstTable : withoutVersion(known);
  const { value, error, change } = useWhole(asked, standing, (tax: TaxTable) => client['app.setTax']({ tax }));
  if (asked.data === undefined || value === undefined) return null;
  return (
    <>
      <h2 className="h3">Tax</h2>
      <p className="muted">{ABOUT}</p>
      <p>{known === null ? 'No tax is worked: there is no rate yet.' : `Version ${known.version}`}</p>
      {error !== null && <ErrorBar error={error} />}
      {known !== null && <Ways table={value} onChange={change} />}
      <TaxRates table={value} onChange={change} />
    </>
  );
};

const withoutVersion = ({ scope, isIncluded, mode, freight, rates }: Known): TaxTable => ({
  scope,
  isIncluded,
  mode,
  freight,
  rates,
});
