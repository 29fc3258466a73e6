/**
 * Whose workbench this is and who sits here: asked once. Guesses are filled in, and every one can be changed. In a team only who
 * sits here is asked, and nobody is guessed.
 */
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
const UNSAID = 'unsaid';

type Props = { readonly onDone: () => void; readonly onBack?: () => void; readonly isOfTeam?: boolean };

type Errors = { readonly who?: string; readonly name?: string; readonly currency?: string; readonly zone?: string };
type People = ReturnType<typeof usePeople>;

const asOne = (text: string): string => text.trim().toLocaleLowerCase();

/** Somebody new of a name that is taken tells themselves apart by an address. */
const checkName = (name: string, email: string, people: People): Errors => {
  if (name.trim() === '') return { name: 'Your name goes with what you write, so that others know.' };
  const owner = people.find((one) => email.trim() !== '' && asOne(one.email ?? '') === asOne(email));
  if (owner !== undefined) return { name: `${owner.name} has that e-mail address: choose them above, or give another one.` };
  const isTaken = people.some((one) => asOne(one.name) === asOne(name) && (email.trim() === '' || one.email === null));
  return isTaken
    ? { name: `There is a ${name.trim()} already: choose them above, or tell yourself apart by a name or an e-mail address.` }
    : {};
};

const checkCompany = (currency: string, zone: string): Errors => ({
  ...(/^[A-Z]{3}$/.test(currency) ? {} : { currency: 'Three letters, such as GBP or EUR.' }),
  ...(isZone(zone) ? {} : { zone: 'Not a time zone this computer knows.' }),
});

/** Two of one name are told apart by their addresses. */
const whoOptions = (people: People, isOfTeam: boolean) => {
  const known = people.map(({ id, name, email }) => ({
    value: id,
    label: isOfTeam && email !== null ? `${name} · ${email}` : name,
  }));
  return isOfTeam
    ? [{ value: UNSAID, label: 'Choose …' }, ...known, { value: NEW, label: 'I am new here' }]
    : [{ value: NEW, label: 'Someone new' }, ...known];
};

export const SetupForm = ({ onDone, onBack, isOfTeam = false }: Props): ReactElement => {
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
  const [chosen, setWho] = useState(info?.person?.id ?? null);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const who = chosen ?? (isOfTeam && people.length > 0 ? UNSAID : NEW);
  const claimed = people.find(({ id }) => id === who);
  const errors: Errors = {
    ...(who === UNSAID && { who: 'Say which of these you are, or that you are new here.' }),
    ...(who === NEW && checkName(name, email, people)),
    ...checkCompany(company.currency, company.zone),
  };

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (Object.keys(errors).length > 0) return;
    const person = claimed ?? { name: name.trim(), email: email.trim() || null };
    const { name: called, email: address } = person;
    // A promise and not a callback: by the time it is written, this page may have gone.
    setup
      .mutateAsync({ company, person: { name: called, email: address, claim: claimed?.id ?? null } })
      .then(onDone, () => undefined);
  };
  return (
    <form className="setup" onSubmit={submit} noValidate>
      {setup.error !== null && <ErrorBar error={setup.error} />}
      {!isOfTeam && <CompanyFields company={company} onChange={setCompany} errors={isChecked ? errors : {}} />}
      {!isOfTeam && <h2 className="h3">You</h2>}
      {people.length > 0 && (
        <Field label="I am" error={isChecked ? errors.who : undefined}>
          {(control) => (
            <Select {...control} value={who} options={whoOptions(people, isOfTeam)} onChange={(value) => setWho(value ?? NEW)} />
          )}
        </Field>
      )}
      {who === NEW && (
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
