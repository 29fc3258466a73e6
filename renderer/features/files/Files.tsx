/** The files kept with a record, on its page: pictures as pictures, everything else by its name. */
import type { ReactElement } from 'react';
import { useRef, useState } from 'react';
import { attachmentEndings, isPicture } from '../../../shared/domain/attachments.ts';
import { formatInstant } from '../../../shared/domain/format.ts';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import { useCommand } from '../../state/commands.ts';
import { sayUndoable } from '../../state/undoable.ts';
import { say, sayPath } from '../../state/toasts.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorBar, messageOf } from '../../ui/ErrorBar.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useSetting } from '../register/useSetting.ts';
import { attachFiles } from './attach.ts';
import './files.css';

type Kept = OutputOf<WorkbenchContract['attachments.list']>['files'][number];

const sizeOf = (bytes: number, locale: string): string => {
  const isLarge = bytes >= 2 ** 20;
  const amount = bytes / (isLarge ? 2 ** 20 : 2 ** 10);
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: isLarge ? 1 : 0 }).format(Math.max(amount, 1))} ${isLarge ? 'MB' : 'KB'}`;
};

/** Errors are said; nothing else on the page is touched. */
const attempt = async (act: () => Promise<void>): Promise<void> =>
  act().catch((error: unknown) => say(messageOf(error), { tone: 'danger' }));

const save = async (id: string): Promise<void> => {
  const { path } = await client['attachments.save']({ id });
  sayPath(`Written to ${path}.`, path);
};

/** What is in a picture, as far as it can be shown; the engine says why not. */
const Picture = ({ file, isWhole = false }: { readonly file: Kept; readonly isWhole?: boolean }): ReactElement => {
  const { data, error } = useEngine('attachments.read', { id: file.id }, { tables: [['attachments', file.id]] });
  if (error) return isWhole ? <p className="danger-t">{messageOf(error)}</p> : <Icon name="alert" size={16} />;
  if (data === undefined) return <span className="thumb" />;
  const source = `data:${data.type};base64,${data.content}`;
  return <img className={isWhole ? 'picture' : 'thumb'} src={source} alt={isWhole ? data.name : ''} />;
};

const About = ({ file: { kind, size, at, by } }: { readonly file: Kept }): ReactElement => {
  const setting = useSetting();
  const when = at === null ? null : formatInstant(at, setting);
  return <span className="t2">{[kind, sizeOf(size, setting.locale), when, by].filter((part) => part !== null).join(' · ')}</span>;
};

type FileProps = { readonly file: Kept; readonly screen: string; readonly onShow: (file: Kept) => void };

const File = ({ file, screen, onShow }: FileProps): ReactElement => {
  const { id, name, type } = file;
  const isShown = isPicture(type);
  const remove = async (): Promise<void> => {
    await client['attachments.remove']({ id, screen });
    sayUndoable(`${name} removed`);
  };
  return (
    <li>
      <span className="thumb-box">{isShown ? <Picture file={file} /> : <Icon name="file" size={16} />}</span>
      <div className="file">
        <button
          type="button"
          className="link"
          title={isShown ? `Look at ${name}` : `Write ${name} to a file`}
          onClick={() => (isShown ? onShow(file) : void attempt(() => save(id)))}
        >
          {name}
        </button>
        <About file={file} />
      </div>
      {isShown && <IconButton icon="disk" label={`Write ${name} to a file`} onClick={() => void attempt(() => save(id))} />}
      <IconButton icon="x" label={`Remove ${name}`} onClick={() => void attempt(remove)} />
    </li>
  );
};

export const Files = ({ table, id }: { readonly table: TableName; readonly id: string }): ReactElement => {
  const about = `${table}/${id}`;
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState<Kept | null>(null);
  const { data, error, refetch } = useEngine('attachments.list', { about }, { tables: ['attachments', 'people'] });
  const files = data?.files ?? [];
  const pick = (): void => input.current?.click();
  useCommand('record.attach', pick);
  return (
    <section className="sec" aria-label="Files" data-attach={about}>
      <div className="files-head">
        <h2 className="h3">
          Files <span className="muted">{files.length}</span>
        </h2>
        <Button icon="clip" kind="flat" command="record.attach" onClick={pick}>
          Attach …
        </Button>
      </div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={attachmentEndings.join()}
        data-testid="attach-input"
        onChange={({ target }) => {
          const picked = [...(target.files ?? [])];
          target.value = '';
          void attachFiles(about, picked);
        }}
      />
      {error && <ErrorBar error={error} onRetry={() => void refetch()} />}
      {files.length === 0 ? (
        <p className="muted">None yet. Attach one, or drop it on this page.</p>
      ) : (
        <ul className="files">
          {files.map((file) => (
            <File key={file.id} file={file} screen={about} onShow={setShown} />
          ))}
        </ul>
      )}
      {shown !== null && (
        <Dialog title={shown.name} onClose={() => setShown(null)} isWide>
          <Picture file={shown} isWhole />
        </Dialog>
      )}
    </section>
  );
};
