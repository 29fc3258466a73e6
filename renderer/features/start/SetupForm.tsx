/** Whose workbench this is and who sits here: asked once. Guesses are filled in, and every one can be changed. */
import type { ReactElement, SubmitEvent } from 'react';
import { useState } from 'react';
import { isZone } from '../../../shared/domain/dates.ts';
import { useInfo } from '../../client/info.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { CompanyFields } from '../settings/CompanyFields.tsx';
import { guessCurrency, usePeople, useSetup } from './useSetup.ts';

const NEW = 'new';

type Props = { readonly onDone: () => void; readonly onBack?: () => void };

type Errors = { readonly name?: string; readonly currency?: string; readonly zone?: string };

const check = (name: string, claim: string | null, currency: string, zone: string): Errors => ({
  ...(claim === null && name.trim() === '' ? { name: 'Your name goes with what you write, so that others know.' } : {}),
  ...(/^[A-Z]{3}$/.test(currency) ? {} : { currency: 'Three letters, such as GBP or EUR.' }),
  ...(isZone(zone) ? {} : { zone: 'Not a time zone this computer knows.' }),
});

export const SetupForm = ({ onDone, onBack }: Props): ReactElement => {
  const { data: info } = useInfo();
  const people = usePeople();
  const setup = useSetup();
  const [company, setCompany] = useState(
    () =>
      info?.company ?? {
        name: '',
        zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        currency: guessCurrency(info?.locale ?? navigator.language),
        weekStart: 1,
        fiscalMonth: 1,
      },
  );
  const [claim, setClaim] = useState<string | null>(info?.person?.id ?? null);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const errors = check(name, claim, company.currency, company.zone);
  const claimed = people.find(({ id }) => id === claim);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (Object.keys(errors).length > 0) return;
    const person = claimed ?? { name: name.trim(), email: email.trim() || null };
    // A promise and not a callback: by the time it is written, this page may have gone.
    setup.mutateAsync({ company, person: { name: person.name, email: person.email, claim } }).then(onDone, () => undefined);
  };
  return (
    <form className="setup" onSubmit={submit} noValidate>
      {setup.error !== null && <ErrorBar error={setup.error} />}
      <CompanyFields company={company} onChange={setCompany} errors={isChecked ? errors : {}} />
      <h2 className="h3">You</h2>
      {people.length > 0 && (
        <Field label="I am">
          {(control) => (
            <Select
              {...control}
              value={claim ?? NEW}
              options={[{ value: NEW, label: 'Someone new' }, ...people.map((p) => ({ value: p.id, label: p.name }))]}
              onChange={(value) => setClaim(value === NEW ? null : value)}
            />
          )}
        </Field>
      )}
      {claim === null && (
        <div className="two">
          <Field label="Name" isRequired error={isChecked ? errors.name : undefined}>
            {(control) => (
              <input
                {...control}
                className="input"
                data-focus-first
                value={name}
                autoComplete="name"
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label="E-mail">
            {(control) => (
              <input
                {...control}
                className="input"
                type="email"
                value={email}
                autoComplete="email"
                onChange={(event) => setEmail(event.target.value)}
              />
            )}
          </Field>
        </div>
      )}
      <div className="row">
        <Button kind="primary" type="submit" onClick={() => undefined} blocked={setup.isPending ? 'being written' : undefined}>
          Begin
        </Button>
        {onBack !== undefined && (
          <Button kind="flat" onClick={onBack}>
            Back
          </Button>
        )}
        <span className="muted small">All of this can be changed in Settings.</span>
      </div>
    </form>
  );
};
