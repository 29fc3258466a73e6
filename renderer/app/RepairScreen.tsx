/**
 * The engine could not be kept running. The file itself is as it was: this offers to try again, to open a copy,
 * or to set the file aside and begin anew. Nothing is deleted.
 */
import type { ReactElement } from 'react';
import { useState } from 'react';
import type { HostClient } from '../../shared/rpc/host.ts';
import { host, useConnection } from '../client/client.ts';
import { BackupList } from '../features/backups/BackupList.tsx';
import { Button } from '../ui/Button.tsx';
import { ErrorBar } from '../ui/ErrorBar.tsx';

type Way = Parameters<HostClient['host.repair']>[0];

export const RepairScreen = (): ReactElement => {
  const { reason, engine } = useConnection();
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const repair = (way: Way): void => {
    setIsBusy(true);
    setError(null);
    host['host.repair'](way)
      .catch(setError)
      .finally(() => setIsBusy(false));
  };
  const blocked = isBusy ? 'this is being done' : undefined;
  return (
    <main className="first" data-region="page">
      <div className="first-in">
        <p className="first-n">Account Workbench</p>
        <h1 className="first-t">The file could not be opened</h1>
        <p className="first-p t2">
          {engine?.error?.message ?? reason ?? 'The engine stopped several times in a row.'} Everything that was shown as saved is
          still in the file; nothing has been deleted.
        </p>
        {error !== null && <ErrorBar error={error} />}
        <div className="repair">
          <section>
            <h2 className="h3">Try again</h2>
            <p className="t2">If another program held the file, or the disk was full, this is enough.</p>
            <Button kind="primary" isFirst blocked={blocked} onClick={() => repair({ action: 'retry' })}>
              Try again
            </Button>
          </section>
          <section>
            <h2 className="h3">Open a copy</h2>
            <p className="t2">The file as it is now is set aside, and the copy takes its place.</p>
            <BackupList act="Open this copy" blocked={blocked} onChoose={(path) => repair({ action: 'backup', path })} />
          </section>
          <section>
            <h2 className="h3">Set it aside</h2>
            <p className="t2">Keep the file beside the new one and begin with an empty workbench.</p>
            <Button blocked={blocked} onClick={() => repair({ action: 'aside' })}>
              Set the file aside
            </Button>
          </section>
        </div>
        <p className="muted small">{engine?.file}</p>
      </div>
    </main>
  );
};
