/** Files kept with records: judged before they are, checked against their SHA-256 when they are opened. */
import { extname } from 'node:path';
import {
  attachmentFault,
  attachmentKinds,
  likelyKind,
  mediaTypeOf,
  safeFileName,
} from '../../../../shared/domain/attachments.ts';
import { sha256 } from '../../files/sha256.ts';
import { AppError } from '../../../../shared/contract/define.ts';
import type { OutputOf } from '../../../../shared/contract/define.ts';
import type { Commands, Queries, WorkbenchContract } from '../../../../shared/contract/index.ts';
import { fieldOf, isTableName } from '../../../../shared/model/index.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StoredRow, WriteStore } from '../../store/api.ts';
import { actorOf } from '../access/identity.ts';
import { applyStep } from '../access/step.ts';
import { numberOf, textOf } from '../booking/read.ts';
import { writeDocument } from '../document/documents.ts';
import { placeOf } from '../export/exports.ts';

type Deps = { readonly store: WriteStore; readonly env: Pick<EngineEnv, 'ids' | 'clock' | 'db'> };
type AttachmentCommands = Pick<Commands, 'attachments.add' | 'attachments.remove' | 'attachments.save'>;

/** @throws AppError where the record is not here, or files are not kept with such a one */
const judgeSubject = (about: string, read: Reader): string => {
  const [table = '', id = ''] = about.split('/');
  const field = fieldOf('attachments', 'about');
  if (!isTableName(table) || field?.kind !== 'ref' || !field.to.includes(table))
    throw new AppError('invalid', 'No files are kept with such a record.', { about });
  if (read.get(table, id) === undefined) throw new AppError('not-found', 'That record is not here or was deleted.', { about });
  return table;
};

const fileById = (id: string, read: Reader): StoredRow => {
  const row = read.get('attachments', id);
  if (row === undefined) throw new AppError('not-found', 'That file is not here or was removed.', { id });
  return row;
};

/**
 * The bytes as they were kept. The name is made safe again: it may come from another device.
 * @throws AppError `damaged-file` where they are not those that were kept
 */
const contentOf = (id: string, read: Reader) => {
  const row = fileById(id, read);
  const [kept] = read.children('attachment_contents', id);
  const bytes = Buffer.from(String(kept?.['content'] ?? ''), 'base64');
  const name = safeFileName(String(row['name'] ?? ''));
  if (kept === undefined || sha256(bytes) !== row['hash'])
    throw new AppError('damaged-file', `“${name}” is not as it was kept, or has not come whole yet.`, { id });
  const fault = attachmentFault(name, bytes);
  if (fault !== null) throw new AppError('blocked', fault, { id });
  return { name, bytes };
};

const add =
  ({ store, env }: Deps): Commands['attachments.add'] =>
  ({ about, name: typed, kind, content, screen }, context) => {
    const table = judgeSubject(about, store);
    const bytes = Buffer.from(content, 'base64');
    const name = safeFileName(typed);
    const fault = attachmentFault(name, bytes);
    if (fault !== null) throw new AppError('blocked', fault, { name: typed });
    const hash = sha256(bytes);
    const isThere = store
      .match('attachments', 'about', about)
      .some((other) => store.get('attachments', other)?.['hash'] === hash);
    if (isThere) throw new AppError('blocked', `“${name}” is kept here already.`, { about });
    const id = env.ids();
    const actor = actorOf(store, context);
    const values = {
      about,
      name,
      kind: kind ?? likelyKind(name, table),
      type: mediaTypeOf(name),
      size: bytes.length,
      hash,
      at: env.clock(),
      person_id: store.get('people', actor) === undefined ? null : actor,
    };
    const done = applyStep(store, context, { label: `Attach ${name}`, screen }, [
      { kind: 'insert', table: 'attachments', id, values },
      {
        kind: 'insert',
        table: 'attachment_contents',
        id: env.ids(),
        values: { attachment_id: id, content: bytes.toString('base64') },
      },
    ]);
    return { ...done, id, name };
  };

export const attachmentCommands = (deps: Deps): AttachmentCommands => {
  const { store, env } = deps;
  return {
    'attachments.add': add(deps),
    'attachments.remove': ({ id, screen }, context) => {
      const name = String(fileById(id, store)['name'] ?? '');
      return applyStep(store, context, { label: `Remove ${name}`, screen }, [{ kind: 'delete', table: 'attachments', id }]);
    },
    'attachments.save': ({ id, to }) => {
      const { name, bytes } = contentOf(id, store);
      // Under another ending it would be opened by what it is not meant for.
      if (to !== null && extname(to).toLowerCase() !== extname(name).toLowerCase())
        throw new AppError('invalid', `The name must end in ${extname(name)}. Nothing was written.`, { path: to });
      return { path: writeDocument(placeOf(to ?? name, env.db), bytes, 'copy') };
    },
  };
};

const filesOf = (about: string, read: Reader): OutputOf<WorkbenchContract['attachments.list']>['files'] =>
  read
    .match('attachments', 'about', about)
    .flatMap((id) => read.get('attachments', id) ?? [])
    .map((row) => ({
      id: row.id,
      name: safeFileName(String(row['name'] ?? '')),
      kind: attachmentKinds.find(({ key }) => key === row['kind'])?.label ?? null,
      // By the name, as it is opened: what another device says of it may be anything.
      type: mediaTypeOf(String(row['name'] ?? '')),
      size: numberOf(row['size']) ?? 0,
      at: numberOf(row['at']),
      by: textOf(read.get('people', String(row['person_id'] ?? ''))?.['name']),
    }))
    .toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0) || (a.id < b.id ? 1 : -1));

export const attachmentQueries = ({
  read,
}: {
  readonly read: Reader;
}): Pick<Queries, 'attachments.list' | 'attachments.read'> => ({
  'attachments.list': ({ about }) => ({ files: read.together(() => filesOf(about, read)) }),
  'attachments.read': ({ id }) => {
    const { name, bytes } = contentOf(id, read);
    return { name, type: mediaTypeOf(name) ?? '', content: bytes.toString('base64') };
  },
});
