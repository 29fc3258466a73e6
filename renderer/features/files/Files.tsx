/** The files kept with a record, on its page: pictures as pictures, everything else by its name. */
import type { ReactElement } from 'react';
import { useRef, useState } from 'react';
import { attachmentEndings, isPicture } from '../../../shared/domain/attachments.ts';
import { formatCell } from '../../../shared/domain/format.ts';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { attachments } from '../../../shared/model/attachments.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import { useCommand } from '../../state/commands.ts';
import { sayUndoable } from '../../state/undoable.ts';
import { say, sayPath } from '../../state/toasts.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useSetting } from '../register/useSetting.ts';
import { attachFiles } from './attach.ts';
import './files.css';

const MANY = 100;

const textOf = (row: GridRow, field: string): string => String(row.v[field] ?? '');

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
const Picture = ({ row, isWhole = false }: { readonly row: GridRow; readonly isWhole?: boolean }): ReactElement => {
  const { data, error } = useEngine('attachments.read', { id: row.id }, { tables: [['attachments', row.id]] });
  if (error) return isWhole ? <p className="danger-t">{messageOf(error)}</p> : <Icon name="alert" size={16} />;
  if (data === undefined) return <span className="thumb" />;
  const source = `data:${data.type};base64,${data.content}`;
  return <img className={isWhole ? 'picture' : 'thumb'} src={source} alt={isWhole ? data.name : ''} />;
};

const About = ({ row }: { readonly row: GridRow }): ReactElement => {
  const setting = useSetting();
  const kind = attachments.fields.kind.choices.find(({ key }) => key === row.v['kind'])?.label;
  const at = row.v['at'];
  const parts = [
    kind,
    sizeOf(Number(row.v['size'] ?? 0), setting.locale),
    typeof at === 'number' ? formatCell({ kind: 'instant' }, at, setting) : undefined,
    row.l?.['person_id']?.title,
  ];
  return <span className="t2">{parts.filter((part) => part !== undefined && part !== null && part !== '').join(' · ')}</span>;
};

const File = ({ row, onShow }: { readonly row: GridRow; readonly onShow: (row: GridRow) => void }): ReactElement => {
  const name = textOf(row, 'name');
  const isShown = isPicture(textOf(row, 'type'));
  const remove = async (): Promise<void> => {
    await client['attachments.remove']({ id: row.id, screen: textOf(row, 'about') });
    sayUndoable(`${name} removed`);
  };
  return (
    <li>
      <button
        type="button"
        className="file"
        title={isShown ? `Look at ${name}` : `Write ${name} to a file`}
        onClick={() => (isShown ? onShow(row) : void attempt(() => save(row.id)))}
      >
        <span className="thumb-box">{isShown ? <Picture row={row} /> : <Icon name="file" size={16} />}</span>
        <span className="file-name">{name}</span>
      </button>
      <About row={row} />
      <span className="grow" />
      {isShown && <IconButton icon="disk" label={`Write ${name} to a file`} onClick={() => void attempt(() => save(row.id))} />}
      <IconButton icon="x" label={`Remove ${name}`} onClick={() => void attempt(remove)} />
    </li>
  );
};

export const Files = ({ table, id }: { readonly table: TableName; readonly id: string }): ReactElement => {
  const about = `${table}/${id}`;
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState<GridRow | null>(null);
  const { data } = useEngine(
    'view.first',
    {
      table: 'attachments',
      filter: { field: 'about', is: 'eq', value: about },
      sort: [{ field: 'at', dir: 'desc' }],
      limit: MANY,
    },
    { tables: ['attachments', 'people'] },
  );
  const rows = data?.rows ?? [];
  const pick = (): void => input.current?.click();
  useCommand('record.attach', pick);
  return (
    <section className="sec" aria-label="Files" data-attach={about}>
      <div className="files-head">
        <h2 className="h3">
          Files <span className="muted">{rows.length}</span>
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
          const files = [...(target.files ?? [])];
          target.value = '';
          void attachFiles(about, files);
        }}
      />
      {rows.length === 0 ? (
        <p className="muted">None yet. Attach one, or drop it on this page.</p>
      ) : (
        <ul className="files">
          {rows.map((row) => (
            <File key={row.id} row={row} onShow={setShown} />
          ))}
        </ul>
      )}
      {shown !== null && (
        <Dialog title={textOf(shown, 'name')} onClose={() => setShown(null)} isWide>
          <Picture row={shown} isWhole />
        </Dialog>
      )}
    </section>
  );
};
