/** The copies the workbench made of the open file, newest first. Needs no engine: the host lists them. */
import type { ReactElement } from 'react';
import { Button } from '../../ui/Button.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { useBackups } from './backups.ts';

type Props = {
  /** What the button of a copy says. */
  readonly act: string;
  readonly blocked?: string | undefined;
  readonly onChoose: (path: string) => void;
};

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const size = (bytes: number): string => `${(bytes / 1_048_576).toLocaleString(undefined, { maximumFractionDigits: 1 })} MB`;

export const BackupList = ({ act, blocked, onChoose }: Props): ReactElement => {
  const { data, error } = useBackups();
  if (error !== null) return <ErrorBar error={error} />;
  if (data === undefined) return <p className="muted">Looking for copies …</p>;
  if (data.backups.length === 0) return <p className="muted">There are no copies of this file yet.</p>;
  return (
    <ul className="backups">
      {data.backups.map(({ path, at, bytes }) => (
        <li key={path} className="row" title={path}>
          <span className="grow">
            {when.format(at)} <span className="muted">{size(bytes)}</span>
          </span>
          <Button blocked={blocked} onClick={() => onChoose(path)}>
            {act}
          </Button>
        </li>
      ))}
    </ul>
  );
};
