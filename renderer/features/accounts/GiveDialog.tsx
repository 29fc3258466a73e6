/** Asks to which territory an account goes, and says what that does. */
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { givingWords } from '../../../shared/domain/giving.ts';
import { client } from '../../client/client.ts';
import { say } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { nameOfRow } from '../record/names.ts';
import { useRow } from '../record/useRow.ts';
import { useSyncState } from '../sync/team.ts';

/** A large account is many records. */
const GIVE_MS = 600_000;

type Giving = { readonly territory: string; readonly called: string };

const blockedBy = (territories: readonly string[], to: string | null, isPending: boolean): string | undefined => {
  if (territories.length < 2) return 'this file works in one territory: join the team with another one too, on the Sync screen';
  if (to === null) return 'no territory is chosen';
  return isPending ? 'it is being given' : undefined;
};

export const GiveDialog = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactElement => {
  const { data: account } = useRow('accounts', id);
  const name = nameOfRow('accounts', account);
  const territories = useSyncState().data?.territories ?? [];
  const others = territories.filter((territory) => territory !== account?.v['territory']);
  const [chosen, setChosen] = useState<string | null>(null);
  const to = chosen ?? (others.length === 1 ? (others[0] ?? null) : null);
  const give = useMutation({
    mutationFn: ({ territory }: Giving) => client['sync.move']({ account: id, territory }, { timeoutMs: GIVE_MS }),
    // By then this record is not here any more: it is told by the name that it had.
    onSuccess: ({ rows }, { territory, called }) => {
      say(`${called} is in ${territory} now, with ${rows - 1} records that hang on it.`);
      onClose();
    },
  });
  const blocked = blockedBy(territories, to, give.isPending);
  return (
    <Dialog
      title={`Give ${name} to another territory`}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Keep it where it is</Button>
          <Button
            kind="primary"
            blocked={blocked}
            onClick={() => blocked === undefined && to !== null && give.mutate({ territory: to, called: name })}
          >
            Give the account
          </Button>
        </>
      }
    >
      <Field label="Territory">
        {(control) => (
          <Select
            {...control}
            value={to}
            options={others.map((territory) => ({ value: territory, label: territory }))}
            onChange={setChosen}
          />
        )}
      </Field>
      <ul className="list">
        {givingWords.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {give.error !== null && <ErrorBar error={give.error} />}
    </Dialog>
  );
};
