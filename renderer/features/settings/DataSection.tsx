/** Where the data lies, copies of it, and the fields this company added. */
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { tableNames, tableOf } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import { useInfo } from '../../client/info.ts';
import { useSaid } from '../../state/announce.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { makeBackup } from '../backups/backups.ts';
import { Restore } from '../backups/Restore.tsx';

const CustomFields = ({ table }: { readonly table: (typeof tableNames)[number] }): ReactElement | null => {
  const { data } = useEngine('fields.list', { table }, { tables: ['field_defs'] });
  if (data === undefined || data.fields.length === 0) return null;
  return (
    <tr>
      <td>{tableOf(table).many}</td>
      <td>{data.fields.map(({ label, kind }) => `${label} (${kind})`).join(', ')}</td>
    </tr>
  );
};

/** How an action of this page stands, beside its button and to the ear. */
const Standing = ({ text, isBad = false }: { readonly text: string; readonly isBad?: boolean }): ReactElement => {
  useSaid(text);
  return <span className={isBad ? 'danger-t' : 'muted'}>{text}</span>;
};

const Check = (): ReactElement => {
  const check = useMutation({ mutationFn: () => client['check.run']({ full: true }, { timeoutMs: 600_000 }) });
  const found = check.data === undefined ? '' : check.data.ok ? 'The file is sound.' : 'Something is wrong:';
  return (
    <>
      <div className="row">
        <Button onClick={() => check.mutate()} blocked={check.isPending ? 'the check is running' : undefined}>
          Check the file
        </Button>
        <Standing text={check.isPending ? 'Checking …' : found} isBad={check.data?.ok === false} />
      </div>
      {check.error !== null && <ErrorBar error={check.error} />}
      {check.data?.ok === false && (
        <ul className="list">
          {check.data.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </>
  );
};

export const DataSection = (): ReactElement | null => {
  const { data: info } = useInfo();
  const backup = useMutation({ mutationFn: makeBackup });
  if (info === undefined) return null;
  return (
    <>
      <h2 className="h3">File</h2>
      <KeyValue
        pairs={[
          { label: 'Path', value: info.path },
          { label: 'Version', value: `${info.version}, schema ${info.schema}` },
          { label: 'Device', value: info.device.code },
          { label: 'Signed in', value: info.person?.name ?? 'nobody yet' },
        ]}
      />
      <Check />
      <h2 className="h3">Backups</h2>
      <div className="row">
        <Button onClick={() => backup.mutate()} blocked={backup.isPending ? 'a copy is being made' : undefined}>
          Back up now
        </Button>
        <Standing text={backup.isPending ? 'Copying …' : backup.data === undefined ? '' : `Copied to ${backup.data}`} />
      </div>
      {backup.error !== null && <ErrorBar error={backup.error} />}
      <Restore />
      <h2 className="h3">Custom fields</h2>
      <table className="mini">
        <tbody>
          {tableNames
            .filter((table) => tableOf(table).shown === true)
            .map((table) => (
              <CustomFields key={table} table={table} />
            ))}
        </tbody>
      </table>
      <p className="muted small">Columns an import keeps without a field of their own are listed here.</p>
    </>
  );
};
