/** Asks before a contact is erased, in words that say what goes, what stays and that nothing brings it back. */
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { eraseWords } from '../../../shared/domain/erasure.ts';
import { client } from '../../client/client.ts';
import { say } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { useRecordName } from '../record/useRow.ts';

/** A large file is written anew. */
const ERASE_MS = 600_000;

const sayErased = (fields: readonly string[], isWiped: boolean): string => {
  if (fields.length === 0) return 'The contact held nothing of a person.';
  const done = `Erased for good: ${fields.join(', ')}.`;
  return isWiped ? done : `${done} Free parts of the file may hold some of it until they are written over.`;
};

export const EraseDialog = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactElement => {
  const name = useRecordName('contacts', id);
  const erase = useMutation({
    mutationFn: () => client['records.erase']({ table: 'contacts', id }, { timeoutMs: ERASE_MS }),
    onSuccess: ({ fields, isWiped }) => {
      say(sayErased(fields, isWiped));
      onClose();
    },
  });
  return (
    <Dialog
      title={`Erase ${name}`}
      onClose={onClose}
      foot={
        <>
          <Button isFirst onClick={onClose}>
            Keep the contact
          </Button>
          <Button
            kind="primary"
            blocked={erase.isPending ? 'it is being erased' : undefined}
            onClick={() => !erase.isPending && erase.mutate()}
          >
            Erase for good
          </Button>
        </>
      }
    >
      <ul className="list">
        {eraseWords.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {erase.error !== null && <ErrorBar error={erase.error} />}
    </Dialog>
  );
};
