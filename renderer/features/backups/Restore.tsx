/** Going back to a copy: one of the list, or a workbench file from elsewhere. It replaces the file, so it is asked first. */
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { canPick, pickPath } from '../../client/pick.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { Field } from '../../ui/Field.tsx';
import { BackupList } from './BackupList.tsx';
import { restoreBackup } from './backups.ts';

type ConfirmProps = { readonly path: string; readonly onClose: () => void };

const Confirm = ({ path, onClose }: ConfirmProps): ReactElement => {
  const restore = useMutation({ mutationFn: () => restoreBackup(path), onSuccess: onClose });
  return (
    <Dialog
      title="Restore this copy?"
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Keep what is open</Button>
          <Button
            kind="primary"
            blocked={restore.isPending ? 'it is being restored' : undefined}
            onClick={() => restore.mutate()}
          >
            Restore
          </Button>
        </>
      }
    >
      {restore.error !== null && <ErrorBar error={restore.error} />}
      <div className="prose">
        <p>
          The copy takes the place of the file that is open. That file is kept beside it under another name; nothing is deleted.
        </p>
        <p className="muted path">{path}</p>
      </div>
    </Dialog>
  );
};

/** The list, a path for a copy from elsewhere, and the question before it is done. */
export const Restore = (): ReactElement => {
  const [path, setPath] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const typed = path.trim();
  const pick = (): void => {
    pickPath('file', 'Restore a backup')
      .then((picked) => picked !== null && setPath(picked))
      .catch(setError);
  };
  return (
    <div className="restore">
      <BackupList act="Restore …" onChoose={setChosen} />
      {error !== null && <ErrorBar error={error} />}
      <Field label="A copy from elsewhere" help="The whole path of a workbench file, as this computer names it.">
        {(control) => (
          <span className="row">
            <input
              {...control}
              className="input"
              data-focus-first
              value={path}
              spellCheck={false}
              onChange={(event) => setPath(event.target.value)}
              onKeyDown={(event) => event.key === 'Enter' && typed !== '' && setChosen(typed)}
            />
            {canPick() && <Button onClick={pick}>Choose file …</Button>}
            <Button blocked={typed === '' ? 'say first which file' : undefined} onClick={() => setChosen(typed)}>
              Restore …
            </Button>
          </span>
        )}
      </Field>
      {chosen !== null && <Confirm path={chosen} onClose={() => setChosen(null)} />}
    </div>
  );
};
