/**
 * Joining a team, or starting one, in one form: where it meets and where its key lies. A password is never typed here, nor
 * kept: the file it is in is named. What stands in the way is found
 * before anything is written, and said with what to do about it.
 */
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { client } from '../../client/client.ts';
import { canPick, pickPath } from '../../client/pick.ts';
import { useSaid } from '../../state/announce.ts';
import { say } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBar, messageOf } from '../../ui/ErrorBar.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Select } from '../../ui/Select.tsx';
import './sync.css';

/** A server that does not answer says so itself before. */
export const TEST_MS = 60_000;

type Tested = OutputOf<WorkbenchContract['sync.test']>;
type Way = 'join' | 'start' | 'database';

const ways = [
  { value: 'join', label: 'Join a team that meets in a folder' },
  { value: 'database', label: 'Join a team that meets in a database' },
  { value: 'start', label: 'Start a new team in a folder' },
] as const;

type PathProps = {
  readonly label: string;
  readonly help: string;
  readonly value: string;
  /** What is chosen; null: it is typed. */
  readonly kind: 'file' | 'folder' | 'save' | null;
  readonly isRequired?: boolean;
  readonly onChange: (path: string) => void;
};

const PathField = ({ label, help, value, kind, isRequired = true, onChange }: PathProps): ReactElement => {
  const pick = (what: NonNullable<typeof kind>): void => {
    pickPath(what, label)
      .then((path) => path !== null && onChange(path))
      .catch((error: unknown) => say(messageOf(error), { tone: 'danger' }));
  };
  return (
    <Field label={label} help={help} isRequired={isRequired}>
      {(control) => (
        <span className="row">
          <input
            {...control}
            className="input"
            value={value}
            spellCheck={false}
            maxLength={4096}
            onChange={(event) => onChange(event.target.value)}
          />
          {kind !== null && canPick() && <Button onClick={() => pick(kind)}>Choose …</Button>}
        </span>
      )}
    </Field>
  );
};

/** What a test found, one line each. */
export const Findings = ({ tested }: { readonly tested: Tested }): ReactElement => {
  const { problems, devices } = tested;
  const met = devices === 0 ? 'Nobody meets there yet' : devices === 1 ? '1 device meets there' : `${devices} devices meet there`;
  const isUsable = problems.every(({ isFatal }) => !isFatal);
  const good = `The team can meet there. ${met}.`;
  useSaid([...problems.map(({ message }) => message), ...(isUsable ? [good] : [])].join(' '));
  return (
    <ul className="list sync-found">
      {problems.map(({ code, message, isFatal }) => (
        <li key={code} className={isFatal ? 'danger-t' : 'warning-t'} data-problem={code}>
          <Icon name="alert" size={14} />
          <span>{message}</span>
        </li>
      ))}
      {isUsable && (
        <li data-problem="none">
          <Icon name="tick" size={14} />
          <span>{good}</span>
        </li>
      )}
    </ul>
  );
};

const missingOf = (way: Way, hub: string, team: string): string | undefined => {
  const isDatabase = way === 'database';
  if (hub === '') return isDatabase ? 'say first which database it is' : 'say first which folder your team shares';
  if (isDatabase && !/^postgres(?:ql)?:/i.test(hub)) return 'an address begins with postgres://';
  return team === '' && !isDatabase ? 'say first where its key lies' : undefined;
};

/** A path as some programs copy it, in quotes. */
const unquoted = (text: string): string => text.trim().replace(/^"(.*)"$/, '$1');

const textOrNull = (text: string): string | null => (unquoted(text) === '' ? null : unquoted(text));

/** The first is that of new accounts. */
const territoriesOf = (text: string): { readonly territory: string | null; readonly also: string[] } => {
  const [territory, ...also] = text.split(',').flatMap((name) => textOrNull(name) ?? []);
  return { territory: territory ?? null, also };
};

/** A folder and a database each have their own fields. */
const useForm = () => {
  const [way, setWay] = useState<Way>('join');
  const [folder, setFolder] = useState('');
  const [database, setDatabase] = useState('');
  const [password, setPassword] = useState('');
  const [team, setTeam] = useState('');
  const [territory, setTerritory] = useState('');
  const isDatabase = way === 'database';
  const hub = isDatabase ? database : folder;
  return {
    values: { way, hub, password, team, territory, isDatabase },
    setWay,
    setHub: isDatabase ? setDatabase : setFolder,
    setPassword,
    setTeam,
    setTerritory,
    missing: missingOf(way, hub.trim(), team.trim()),
    asked: {
      hub: unquoted(hub),
      password: isDatabase ? textOrNull(password) : null,
      team: textOrNull(team),
      isNew: way === 'start',
    },
    ...territoriesOf(territory),
  };
};

type FieldsProps = {
  readonly form: ReturnType<typeof useForm>;
  readonly changed: <T>(set: (value: T) => void) => (value: T) => void;
};

const keyHelp: Readonly<Record<Way, string>> = {
  join: 'The key file that the owner of the team gave you. It is read once and stays where it is.',
  start: 'The file that will hold the key. Keep it out of the shared folder. Who has it can let devices in and take them out.',
  database: 'Leave it empty if you have none: the administrator of the team lets this device in.',
};

const Fields = ({ form, changed }: FieldsProps): ReactElement => {
  const { way, hub, password, team, territory, isDatabase } = form.values;
  return (
    <>
      {isDatabase ? (
        <>
          <PathField
            label="Database of the team"
            help="As the administrator gave it: postgres://NAME@HOST/DATABASE, without a password."
            kind={null}
            value={hub}
            onChange={changed(form.setHub)}
          />
          <PathField
            label="File with the password"
            help="A file that only you can read. Empty: the one beside the file of this workbench, with .password after its name, else the one that is kept."
            kind="file"
            isRequired={false}
            value={password}
            onChange={changed(form.setPassword)}
          />
        </>
      ) : (
        <PathField
          label="Shared folder"
          help="A folder that OneDrive, a share or another program carries between your computers. Its whole path."
          kind="folder"
          value={hub}
          onChange={changed(form.setHub)}
        />
      )}
      <PathField
        label="Territory"
        help={`Whose accounts you work on, as the administrator called it; several with commas, new accounts in the first. Empty: ${isDatabase ? 'the one that you were let into' : 'accounts, as in a team that has no territories'}.`}
        kind={null}
        isRequired={false}
        value={territory}
        onChange={changed(form.setTerritory)}
      />
      <PathField
        label="Key of the team"
        help={keyHelp[way]}
        kind={way === 'start' ? 'save' : 'file'}
        isRequired={!isDatabase}
        value={team}
        onChange={changed(form.setTeam)}
      />
    </>
  );
};

const sayJoined = ({ isWaiting, code, fingerprint, spent }: OutputOf<WorkbenchContract['sync.join']>): string => {
  const joined = isWaiting
    ? `This file is device ${code} of the team, fingerprint ${fingerprint}. Read both out to the administrator; it meets the team once it has been let in.`
    : 'This file meets its team now.';
  return spent === null ? joined : `${joined} The password is in the key store of this computer: delete ${spent}.`;
};

type SetupProps = {
  readonly title: string;
  /** A file in which there is nothing yet begins no team of its own here. */
  readonly isJoining?: boolean;
};

export const Setup = ({ title, isJoining = false }: SetupProps): ReactElement => {
  const form = useForm();
  const { setWay, missing, asked, territory, also } = form;
  const { way } = form.values;
  const test = useMutation({ mutationFn: () => client['sync.test']({ ...asked, territory, also }, { timeoutMs: TEST_MS }) });
  const join = useMutation({
    mutationFn: async () => {
      const tested = await test.mutateAsync();
      if (tested.problems.some(({ isFatal }) => isFatal)) return null;
      return client['sync.join']({ ...asked, territory, also }, { timeoutMs: 600_000 });
    },
    onSuccess: (joined) => joined && say(sayJoined(joined)),
  });
  const changed =
    <T,>(set: (value: T) => void) =>
    (value: T): void => {
      test.reset();
      join.reset();
      set(value);
    };
  const isBusy = test.isPending || join.isPending;
  const blocked = missing ?? (isBusy ? 'it is being tried' : undefined);
  return (
    <section className="sync-form" aria-label={title}>
      <h2 className="h3">{title}</h2>
      <Field label="What to do">
        {(control) => (
          <Select
            {...control}
            value={way}
            options={isJoining ? ways.filter(({ value }) => value !== 'start') : ways}
            onChange={(value) => changed(setWay)(value ?? 'join')}
          />
        )}
      </Field>
      <Fields form={form} changed={changed} />
      <div className="row">
        <Button blocked={blocked} onClick={() => test.mutate()}>
          Test it
        </Button>
        <Button kind="primary" blocked={blocked} onClick={() => join.mutate()}>
          {way === 'start' ? 'Start the team' : 'Join the team'}
        </Button>
        {isBusy && <span className="muted">Trying …</span>}
      </div>
      {test.data && <Findings tested={test.data} />}
      {(test.error ?? join.error) !== null && <ErrorBar error={test.error ?? join.error} />}
    </section>
  );
};
